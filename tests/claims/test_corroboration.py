"""What counts as an independent origin, by example."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from claims.corroboration import (
    CitedDocument,
    CitedPassage,
    Corroboration,
    Graph,
    Hold,
    Party,
    Utterance,
    corroborate,
)

SAW, HOLDS, TOLD, OPEN = "saw-or-measured", "holds-record", "was-told", "not-established"
MONDAY, TUESDAY, WEDNESDAY = date(2020, 3, 2), date(2020, 3, 3), date(2020, 3, 4)

Cited = tuple[CitedPassage, CitedDocument]


def cited(name: str, *, stance: str = "supports", basis: str = SAW, **values: Any) -> Cited:
    """Evidence in a document of an outlet and an operator of its own."""
    of_passage = {"document", "has_anonymity_reason", "has_answer"} & values.keys()
    passage = CitedPassage(
        id=name,
        role="evidence",
        stance=stance,
        basis=basis,
        **{"document": f"{name}-text"} | {key: values.pop(key) for key in of_passage},
    )
    return passage, document(name, **values)


def said(name: str, *, first_hand: bool = False, **values: Any) -> Cited:
    """A passage that carries the claim."""
    passage = CitedPassage(
        id=name, document=f"{name}-text", role="attribution", first_hand=first_hand
    )
    return passage, document(name, **values)


def document(name: str, **values: Any) -> CitedDocument:
    row = {"is_held": True, "source": f"{name}-outlet", "operator": f"{name}-operator"} | values
    return CitedDocument(id=f"{name}-text", **row)


def graph(*cited: Cited, more: Iterable[CitedDocument] = (), **values: Any) -> Graph:
    """These citations, with relays as pairs of names, and documents that nobody cites."""
    documents = {document.id: document for _, document in cited} | {row.id: row for row in more}
    return Graph(
        passages=tuple(passage for passage, _ in cited),
        documents=tuple(documents.values()),
        relays=frozenset(values.pop("relays", ())),
        **{
            name: frozenset(values.pop(name)) for name in ("claimants", "anonymous") & values.keys()
        },
        **values,
    )


def why(found: Corroboration) -> dict[str, str]:
    """Citation → what became of it."""
    return {end.citation: end.why.value for end in (*found.supports.ends, *found.refutes.ends)}


def counts(graph: Graph) -> tuple[int, int]:
    found = corroborate(graph)
    return found.supports.origins, found.refutes.origins


# Walks


def test_outlets_of_their_own_that_saw_it_themselves_are_origins():
    found = corroborate(graph(cited("a"), cited("b", basis=HOLDS)))

    assert found.supports.origins == 2
    assert why(found) == {"a": "counts", "b": "counts"}


def test_fifteen_outlets_that_carry_one_wire_story_are_one_origin():
    outlets = [cited(f"outlet-{n}") for n in range(15)]

    found = corroborate(
        graph(cited("wire"), *outlets, relays=[(passage.id, "wire") for passage, _ in outlets])
    )

    assert found.supports.origins == 1
    assert why(found) == {"wire": "counts"}


def test_fifteen_outlets_that_republish_one_unseen_wire_story_are_one_origin():
    wire = document("wire", is_held=False)
    outlets = [cited(f"outlet-{n}", hop_of="wire-text") for n in range(15)]

    found = corroborate(graph(*outlets, more=[wire]))

    assert found.supports.origins == 1
    assert {end.document for end in found.supports.ends} == {"wire-text"}


def test_fifteen_outlets_whose_wire_story_was_told_it_are_no_origin():
    outlets = [cited(f"outlet-{n}") for n in range(15)]

    found = corroborate(
        graph(
            cited("wire", basis=TOLD),
            *outlets,
            relays=[(passage.id, "wire") for passage, _ in outlets],
        )
    )

    assert found.supports.origins == 0
    assert why(found) == {"wire": "was-told"}


def test_support_that_traces_to_the_claimants_utterance_is_no_corroboration():
    found = corroborate(
        graph(
            cited("paper"),
            said("post", first_hand=True, operator="ministry"),
            relays=[("paper", "post")],
            claimants=["ministry"],
        )
    )

    assert found.supports.origins == 0
    assert why(found) == {"paper": "leaves-its-role"}


def test_support_that_traces_to_evidence_of_another_stance_adds_nothing():
    found = corroborate(graph(cited("a"), cited("b", stance="context"), relays=[("a", "b")]))

    assert why(found) == {"a": "leaves-its-role"}


def test_translation_of_a_document_that_only_carries_the_claim_adds_nothing():
    found = corroborate(graph(cited("site", hop_of="paper-text"), said("paper")))

    assert why(found) == {"site": "leaves-its-role"}


def test_walk_goes_on_at_the_carried_document_where_that_is_cited_alike():
    found = corroborate(graph(cited("site", hop_of="paper-text"), cited("paper", basis=TOLD)))

    assert why(found) == {"paper": "was-told"}


def test_walk_takes_the_hops_first_and_then_the_relays_of_the_outer_document():
    wire = cited("wire")
    site = cited("site", hop_of="paper-text")

    found = corroborate(graph(site, wire, more=[document("paper")], relays=[("site", "wire")]))

    assert why(found) == {"wire": "counts"}


def test_walk_through_two_hops_ends_in_the_innermost_document():
    found = corroborate(
        graph(
            cited("site", hop_of="paper-text"),
            more=[document("paper", hop_of="agency-text"), document("agency")],
        )
    )

    assert [(end.citation, end.document) for end in found.supports.ends] == [
        ("site", "agency-text")
    ]


def test_circle_of_a_hop_and_a_relay_ends_nowhere():
    found = corroborate(graph(cited("a", hop_of="b-text"), cited("b"), relays=[("b", "a")]))

    assert found.supports.ends == ()


def test_circle_of_hops_is_gone_round_once():
    found = corroborate(graph(cited("a", hop_of="b-text"), more=[document("b", hop_of="a-text")]))

    assert [end.document for end in found.supports.ends] == ["b-text"]


# What is established


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"basis": TOLD}, "was-told"),
        ({"basis": OPEN}, "not-established"),
        ({"basis": ""}, "not-established"),
        ({"operator": None}, "operator-unknown"),
        ({"operator": None, "author": "reporter"}, "operator-unknown"),
        ({"operator": "voice"}, "anonymous"),
        ({"author": "voice"}, "anonymous"),
        ({"author": "voice", "has_anonymity_reason": True}, "counts"),
    ],
)
def test_origin_counts_only_when_it_is_established(values, reason):
    found = corroborate(graph(cited("a", **values), anonymous=["voice"]))

    assert why(found) == {"a": reason}
    assert found.supports.origins == (reason == "counts")


# Who stands behind it


def test_outlets_of_the_same_owner_count_once():
    found = corroborate(
        graph(
            cited("a"),
            cited("b"),
            cited("c"),
            holds=(
                Hold("a-operator", "group"),
                Hold("b-operator", "holding"),
                Hold("holding", "group"),
            ),
        )
    )

    assert found.supports.origins == 2
    assert why(found)["c"] == "counts"
    assert sorted(why(found).values()) == ["counts", "counts", "same-origin"]


def test_owner_and_owned_count_once():
    assert counts(graph(cited("a"), cited("b"), holds=(Hold("a-operator", "b-operator"),))) == (
        1,
        0,
    )


def test_outlet_and_actor_of_the_same_id_are_two():
    assert counts(graph(cited("a", source="x"), cited("b", operator="x"))) == (2, 0)


def test_two_documents_of_one_outlet_count_once():
    assert counts(graph(cited("a", source="x"), cited("b", source="x"))) == (1, 0)


def test_one_author_in_two_outlets_counts_once():
    assert counts(graph(cited("a", author="x"), cited("b", author="x"))) == (1, 0)


def test_parents_that_overlap_leave_the_two_at_the_ends():
    holds = (
        Hold("a-operator", "p"),
        Hold("b-operator", "p"),
        Hold("b-operator", "q"),
        Hold("c-operator", "q"),
    )

    found = corroborate(graph(cited("b"), cited("a"), cited("c"), holds=holds))

    assert found.supports.origins == 2
    assert why(found) == {"a": "counts", "b": "same-origin", "c": "counts"}


def test_taking_away_what_shares_with_two_never_raises_the_count():
    holds = tuple(
        Hold(f"{outlet}-operator", parent)
        for outlet, parent in ["ap", "bp", "bq", "cq", "cr", "dr", "ds", "es"]
    )
    chain = [cited(name) for name in "abcde"]

    assert counts(graph(*chain, holds=holds)) == (3, 0)
    assert counts(graph(*chain[:2], *chain[3:], holds=holds)) == (2, 0)


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        ({"first": MONDAY, "last": MONDAY}, "claimants-side"),
        ({"first": TUESDAY, "last": TUESDAY}, "claimants-side"),
        ({"first": WEDNESDAY, "last": WEDNESDAY}, "counts"),
        ({"first": TUESDAY, "last": WEDNESDAY}, "claimants-side"),
        ({"first": WEDNESDAY}, "counts"),
        ({"last": WEDNESDAY}, "claimants-side"),
        ({}, "claimants-side"),
    ],
)
def test_person_in_an_office_stands_for_its_body_on_that_day_and_not_after(published, reason):
    office = Hold("governor", "region", first=MONDAY, last=TUESDAY)

    found = corroborate(
        graph(cited("a", author="governor", **published), holds=(office,), claimants=["region"])
    )

    assert why(found) == {"a": reason}


@pytest.mark.parametrize(
    ("office", "reason"),
    [
        (Hold("governor", "region", first=TUESDAY), "counts"),
        (Hold("governor", "region", first=MONDAY), "claimants-side"),
        (Hold("governor", "region", last=MONDAY), "claimants-side"),
        (Hold("governor", "region"), "claimants-side"),
    ],
)
def test_claimant_stands_for_the_body_held_on_the_day_it_was_said(office, reason):
    found = corroborate(
        graph(
            cited("a", operator="region"),
            holds=(office,),
            claimants=["governor"],
            said_first=MONDAY,
            said_last=MONDAY,
        )
    )

    assert why(found) == {"a": reason}


# The claimant's side


@pytest.mark.parametrize(
    "values",
    [
        {"operator": "ministry"},
        {"author": "ministry"},
        {"operator": "agency"},
        {"operator": "army"},
    ],
    ids=["the claimant's channel", "its author", "its agency", "the same state"],
)
def test_who_shares_control_with_the_claimant_is_no_origin(values):
    holds = (Hold("agency", "ministry"), Hold("ministry", "state"), Hold("army", "state"))

    found = corroborate(graph(cited("a", **values), holds=holds, claimants=["ministry"]))

    assert why(found) == {"a": "claimants-side"}


@pytest.mark.parametrize("operator", ["ally", "party", "allys-channel"])
def test_ally_of_the_claimants_party_in_the_event_is_no_origin(operator):
    found = corroborate(
        graph(
            cited("a", operator=operator),
            cited("b"),
            holds=(Hold("allys-channel", "ally"),),
            parties=(Party("ministry", "party"), Party("ally", "party")),
            claimants=["ministry"],
        )
    )

    assert why(found) == {"a": "claimants-side", "b": "counts"}


def test_allies_of_another_party_are_origins_of_their_own():
    parties = (Party("a-operator", "other"), Party("b-operator", "other"))

    found = corroborate(graph(cited("a"), cited("b"), parties=parties, claimants=["ministry"]))

    assert found.supports.origins == 2


def test_outlet_does_not_corroborate_what_it_says_in_its_own_voice():
    found = corroborate(
        graph(
            cited("a", source="gazette", operator="publisher"),
            cited("b", operator="publisher"),
            cited("c"),
            own_voice_of="gazette",
            own_voice_operator="publisher",
        )
    )

    assert why(found) == {"a": "claimants-side", "b": "claimants-side", "c": "counts"}


def test_nothing_corroborates_the_own_voice_of_an_outlet_nobody_knows_the_operator_of():
    found = corroborate(
        graph(cited("a"), cited("b", source="site"), cited("c", basis=TOLD), own_voice_of="site")
    )

    assert found.supports.origins == 0
    assert why(found) == {"a": "claimant-unknown", "b": "claimants-side", "c": "was-told"}


# For and against


def test_origins_for_and_against_are_counted_apart():
    found = corroborate(
        graph(cited("a"), cited("b"), cited("c", stance="refutes"), cited("d", stance="context"))
    )

    assert (found.supports.origins, found.refutes.origins) == (2, 1)


@pytest.mark.parametrize(
    ("against", "unanswered"),
    [
        ({}, ("b",)),
        ({"has_answer": True}, ()),
        ({"basis": TOLD}, ()),
        ({"operator": "ministry"}, ("b",)),
    ],
)
def test_established_evidence_against_is_unanswered_until_an_editor_answers(against, unanswered):
    found = corroborate(
        graph(cited("a"), cited("b", stance="refutes", **against), claimants=["ministry"])
    )

    assert found.unanswered == unanswered


def test_every_citation_against_needs_its_answer_even_of_one_origin():
    found = corroborate(
        graph(
            cited("a", stance="refutes", has_answer=True, source="x"),
            cited("b", stance="refutes", source="x"),
        )
    )

    assert found.refutes.origins == 1
    assert found.unanswered == ("b",)


@pytest.mark.parametrize(
    ("support", "against", "contested"),
    [
        ({}, {}, True),
        ({"operator": "ministry"}, {}, True),
        ({"operator": "group"}, {"operator": "group"}, False),
        ({"basis": TOLD}, {}, False),
        ({}, {"basis": OPEN}, False),
    ],
    ids=["apart", "the claimant's side", "one owner", "hearsay for", "denial alone"],
)
def test_claim_is_contested_by_established_evidence_on_both_sides(support, against, contested):
    found = corroborate(
        graph(
            cited("a", **support),
            cited("b", stance="refutes", **against),
            claimants=["ministry"],
        )
    )

    assert found.contested is contested


# Who carries it


def test_carriers_are_outlets_that_we_hold_and_chains_end_in_what_was_said():
    found = corroborate(
        graph(
            said("a"),
            said("b"),
            said("c", source=None),
            said("d", source="a-outlet"),
            said("post", first_hand=True, is_held=False),
            relays=[("a", "post"), ("b", "post"), ("c", "post"), ("d", "post")],
        )
    )

    assert found.carriers == 3
    assert found.utterances == (Utterance("post-text", is_held=False),)
    assert found.open_chains == 0


def test_chain_that_is_not_first_hand_at_its_end_is_open():
    found = corroborate(
        graph(
            said("a"),
            said("b"),
            said("c"),
            said("post", first_hand=True),
            cited("witness"),
            relays=[("a", "post"), ("c", "witness")],
        )
    )

    assert found.utterances == (Utterance("post-text", is_held=True),)
    assert found.open_chains == 2


def test_utterance_that_reaches_us_by_a_hop_is_the_inner_document():
    found = corroborate(
        graph(
            said("site", first_hand=True, hop_of="post-text"),
            more=[document("post", is_held=False)],
        )
    )

    assert found.utterances == (Utterance("post-text", is_held=False),)


def test_utterance_stays_one_where_its_document_is_evidence_as_well():
    found = corroborate(
        graph(said("site", first_hand=True, hop_of="paper-text"), cited("paper", is_held=False))
    )

    assert found.utterances == (Utterance("paper-text", is_held=False),)


def test_words_taken_from_evidence_are_no_utterance():
    found = corroborate(
        graph(said("a", first_hand=True), cited("witness"), relays=[("a", "witness")])
    )

    assert found.utterances == ()
    assert found.open_chains == 1


def test_record_tells_the_count_with_its_reasons():
    found = corroborate(
        graph(
            said("site", is_held=True),
            cited("a"),
            cited("b", stance="refutes", basis=TOLD),
        )
    )

    assert found.as_record() == {
        "carriers": 1,
        "utterances": [],
        "open_chains": 1,
        "supports": {
            "origins": 1,
            "ends": [{"citation": "a", "document": "a-text", "counts": True, "why": "counts"}],
        },
        "refutes": {
            "origins": 0,
            "ends": [{"citation": "b", "document": "b-text", "counts": False, "why": "was-told"}],
        },
        "unanswered": [],
        "contested": False,
    }

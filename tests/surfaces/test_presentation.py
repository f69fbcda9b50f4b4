"""From the record's edges to the chain that a reader follows."""

from typing import Any

import pytest
from django.template.loader import get_template

from claims.presentation.chain import Step, Walk, endings
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import bounds_words, number_words
from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS


def document(id: str, *, held: bool = False, hop: str = "") -> dict[str, Any]:
    carries = {"of": hop, "manner": "translates", "translator": "machine"} if hop else None
    return {"id": id, "is_held": held, "hop": carries, "told_by": None}


def citation(id: str, document: str, **values: Any) -> dict[str, Any]:
    return {
        "id": id,
        "document": document,
        "role": "attribution",
        "stance": None,
        "first_hand": False,
        "basis": None,
    } | values


def relay(carrier: str, taken_from: str, manner: str = "quotes") -> dict[str, str]:
    return {"carrier": carrier, "taken_from": taken_from, "manner": manner, "words": ""}


def chains(*, documents: list, citations: list, relays: list) -> list[list[Step]]:
    content = {"documents": documents, "citations": citations, "relays": relays}
    return Walk(content).chains(role="attribution")


def ids(chain: list[Step]) -> list[Any]:
    """The documents of a chain, branches as lists."""
    steps: list[Any] = [step.document["id"] for step in chain]
    return steps + [ids(branch) for branch in chain[-1].branches]


def test_chain_goes_through_the_hop_before_the_relay():
    [chain] = chains(
        documents=[
            document("web", held=True, hop="article"),
            document("article"),
            document("post"),
        ],
        citations=[citation("read", "web"), citation("said", "post", first_hand=True)],
        relays=[relay("read", "said", "paraphrases")],
    )

    assert ids(chain) == ["web", "article", "post"]
    assert [step.how for step in chain] == [
        "",
        "It is a machine translation of",
        "The words are paraphrased from",
    ]
    assert [step.is_complete for step in endings(chain)] == [False]
    assert chain[-1].ending == (
        "It is said to be where the words were first said; we have not seen it."
    )


def test_chain_that_ends_first_hand_in_what_we_hold_is_complete():
    [chain] = chains(
        documents=[document("web", held=True), document("post", held=True)],
        citations=[citation("read", "web"), citation("said", "post", first_hand=True)],
        relays=[relay("read", "said")],
    )

    assert [step.is_complete for step in endings(chain)] == [True]


def test_chain_that_ends_at_second_hand_is_open():
    [chain] = chains(
        documents=[document("web", held=True)], citations=[citation("read", "web")], relays=[]
    )

    assert chain[0].ending == "Where the words were taken from, nobody here knows."
    assert not chain[0].is_complete


def test_inner_document_of_a_hop_inherits_the_citation():
    [chain] = chains(
        documents=[document("web", held=True, hop="post"), document("post", held=True)],
        citations=[citation("read", "web", first_hand=True)],
        relays=[],
    )

    assert ids(chain) == ["web", "post"]
    assert chain[-1].is_complete


def test_citation_of_the_inner_document_goes_on_by_its_own_relays():
    [chain] = chains(
        documents=[
            document("web", held=True, hop="article"),
            document("article"),
            document("post"),
        ],
        citations=[
            citation("read", "web"),
            citation("inner", "article"),
            citation("said", "post", first_hand=True),
        ],
        relays=[relay("inner", "said")],
    )

    assert ids(chain) == ["web", "article", "post"]


def test_way_that_forks_has_branches_and_tells_nothing_twice():
    [chain] = chains(
        documents=[document(name) for name in ("web", "agency", "paper", "post")],
        citations=[
            citation("read", "web"),
            citation("by-agency", "agency"),
            citation("by-paper", "paper"),
            citation("said", "post", first_hand=True),
        ],
        relays=[
            relay("read", "by-agency"),
            relay("read", "by-paper"),
            relay("by-agency", "said"),
            relay("by-paper", "said"),
        ],
    )

    assert ids(chain) == ["web", ["agency", "post"], ["paper", "post"]]
    assert [step.seen_before for step in endings(chain)] == [False, True]


def test_two_texts_that_we_hold_are_two_chains():
    found = chains(
        documents=[document("web", held=True), document("paper", held=True)],
        citations=[citation("one", "web"), citation("two", "paper")],
        relays=[],
    )

    assert [ids(chain) for chain in found] == [["web"], ["paper"]]


def test_evidence_is_no_part_of_the_chain():
    found = chains(
        documents=[document("web", held=True)],
        citations=[citation("one", "web", role="evidence", stance="supports")],
        relays=[],
    )

    assert found == []


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (None, ""),
        (("2020-03-02", "2020-03-02", "", None, None), "2 March 2020"),
        (("2020-03-02", "2020-03-04", "", None, None), "between 2 March 2020 and 4 March 2020"),
        ((None, "2020-03-04", "", None, None), "on or before 4 March 2020"),
        (("2020-03-02", None, "", None, None), "on or after 2 March 2020"),
        ((None, None, "this spring", None, None), ""),
        (
            ("2020-03-02", "2020-03-02", "", "late-evening", "Kyiv time"),
            "2 March 2020, late in the evening (Kyiv time)",
        ),
        ((None, None, "that night", "night", None), "in the night"),
    ],
)
def test_date_is_told_with_all_that_is_known(bounds: tuple | None, words: str):
    names = ("not_before", "not_after", "as_printed", "part_of_day", "time_zone")
    given = dict(zip(names, bounds, strict=True)) if bounds else None

    assert bounds_words(given) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(None, "–"), ("36", "36"), ("12000", "12,000"), ("1.5", "1.5"), ("-3", "-3")],
)
def test_number_is_told_with_its_thousands_apart(number: str | None, words: str):
    assert number_words(number) == words


def test_every_status_has_an_icon_a_word_and_a_tone():
    statuses = [
        attribution(None),
        *(attribution(code) for code in ATTRIBUTION_MEANINGS),
        *(verification(code) for code in VERIFICATION_MEANINGS),
    ]

    assert len({status.icon for status in statuses}) == len(statuses) == 20
    for status in statuses:
        assert 'aria-hidden="true"' in get_template(status.icon).render()
        assert status.label
        assert status.tone in ("open", "settled", "contested", "refuted")

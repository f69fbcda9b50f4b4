"""What a record's count of origins says to a reader."""

from typing import Any

import pytest

from claims.presentation.origins import explain

CONTENT = dict[str, Any]

BOTH_SIDES = "There is evidence on both sides, from origins outside each other's control."
NO_EVIDENCE = "No evidence is given for it or against it."


def document(name: str, **values: Any) -> CONTENT:
    """A held article of an outlet of its own."""
    return {
        "id": name,
        "kind": "article",
        "title": f"Synthetic text {name}",
        "source": {"id": f"{name}-outlet", "name": name},
        "author": None,
        "is_held": True,
    } | values


def carrier(name: str, *, first_hand: bool = False) -> CONTENT:
    return {"id": name, "document": name, "role": "attribution", "first_hand": first_hand}


def ends(**reasons: str) -> CONTENT:
    """Citation (and document) → why it counts, or does not."""
    rows = [
        {"citation": name, "document": name, "counts": why == "counts", "why": why}
        for name, why in reasons.items()
    ]
    return {"origins": sum(row["counts"] for row in rows), "ends": rows}


def content(
    *documents: CONTENT,
    carriers: tuple[CONTENT, ...] = (),
    utterances: dict[str, bool] | None = None,
    outlet: str = "",
    **found: Any,
) -> CONTENT:
    """A record's content; `utterances` are documents, and whether we hold them."""
    corroboration = {
        "carriers": len(carriers),
        "utterances": [
            {"document": name, "is_held": is_held} for name, is_held in (utterances or {}).items()
        ],
        "open_chains": 0,
        "supports": ends(),
        "refutes": ends(),
        "unanswered": [],
        "contested": False,
    }
    return {
        "speaker": {"outlet": {"id": "own", "name": outlet} if outlet else None},
        "verification": {"status": "unverified"},
        "documents": list(documents),
        "citations": list(carriers),
        "corroboration": corroboration | found,
    }


def papers(*names: str, **values: Any) -> list[CONTENT]:
    return [document(name, **values) for name in names]


def test_record_of_before_origins_were_counted_says_nothing():
    assert explain({"documents": [], "citations": []}) == []


def test_nothing_at_all_is_said_to_be_nothing():
    assert explain(content()) == [NO_EVIDENCE]


# Who carries it


def test_several_outlets_go_back_to_one_utterance_that_nobody_has_seen():
    post = document(
        "post", kind="post", is_held=False, source={"id": "s", "name": "the ministry's channel"}
    )

    sentences = explain(
        content(
            *papers("A", "B", "C"),
            post,
            carriers=(carrier("A"), carrier("B"), carrier("C"), carrier("post", first_hand=True)),
            utterances={"post": False},
        )
    )

    assert sentences == [
        NO_EVIDENCE,
        "Three outlets carry it; all go back to one utterance: a post from the ministry's channel, "
        "which nobody here has seen.",
    ]


@pytest.mark.parametrize(
    ("outlets", "sentence"),
    [
        ("", "It goes back to one utterance: an interview from X, which we hold."),
        (
            "A",
            "One outlet carries it; it goes back to one utterance: an interview from X, which "
            "we hold.",
        ),
        (
            "AB",
            "Two outlets carry it; both go back to one utterance: an interview from X, which "
            "we hold.",
        ),
        (
            "ABCDEFGHIJKLMNO",
            "15 outlets carry it; all go back to one utterance: an interview from "
            "X, which we hold.",
        ),
    ],
)
def test_utterance_that_we_hold_is_no_carrier_of_itself(outlets, sentence):
    found = content(
        *papers(*outlets, "X"),
        carriers=(*map(carrier, outlets), carrier("X", first_hand=True)),
        utterances={"X": True},
    )
    found["documents"][-1]["kind"] = "interview"

    assert explain(found)[1:] == [sentence]


def test_evidence_does_not_carry_it():
    evidence = carrier("B") | {"role": "evidence", "first_hand": None}
    found = content(*papers("A", "B"), carriers=(carrier("A"), evidence), open_chains=1)

    assert explain(found)[1:] == ["One outlet carries it; nobody here knows where it has it from."]


def test_outlet_that_carries_it_twice_is_one():
    found = content(
        document("A"),
        document("B", source={"id": "A-outlet", "name": "A"}),
        carriers=(carrier("A"), carrier("B")),
        open_chains=2,
    )

    assert explain(found)[1:] == ["One outlet carries it; nobody here knows where it has it from."]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"source": None, "author": {"name": "Amina Example"}}, "a post from Amina Example"),
        ({"source": None}, "a post"),
    ],
)
def test_utterance_is_described_by_what_is_known_of_it(values, words):
    found = content(document("P", kind="post", **values), utterances={"P": False})

    assert explain(found)[1:] == [
        f"It goes back to one utterance: {words}, which nobody here has seen."
    ]


def test_chain_without_carrier_or_utterance_says_that_nobody_knows():
    assert explain(content(document("A", is_held=False), carriers=(carrier("A"),), open_chains=1))[
        1:
    ] == ["Nobody here knows where it was first said."]


@pytest.mark.parametrize(
    ("utterances", "unfinished", "sentence"),
    [
        (
            {"A": False, "B": False, "C": True},
            0,
            "Two of the three chains end in something that nobody here has seen, and one ends in "
            "an utterance that we hold.",
        ),
        ({"A": False, "B": False}, 0, "Both chains end in something that nobody here has seen."),
        (
            {"A": True, "B": True, "C": True},
            0,
            "All three chains end in an utterance that we hold.",
        ),
        (
            {"A": True},
            1,
            "One of the two chains breaks off before the first utterance, and one ends in an "
            "utterance that we hold.",
        ),
        (
            {"A": False, "B": True},
            2,
            "One of the four chains ends in something that nobody here has seen, two break off "
            "before the first utterance, and one ends in an utterance that we hold.",
        ),
    ],
)
def test_several_chains_say_in_what_they_end_the_open_ones_first(utterances, unfinished, sentence):
    found = content(
        *papers("A", "B", "C", "D"),
        carriers=(carrier("D"),),
        utterances=utterances,
        open_chains=unfinished,
    )

    assert explain(found)[1:] == ["One outlet carries it.", sentence]


# For and against


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("A", "One independent origin supports it: A."),
        ("AB", "Two independent origins support it: A and B."),
        ("ABCD", "Four independent origins support it: A, B, C and D."),
        ("ABCDEF", "Six independent origins support it: A, B, C, D and two more."),
    ],
)
def test_origins_are_counted_and_named(names, sentence):
    found = content(*papers(*names), supports=ends(**dict.fromkeys(names, "counts")))

    assert explain(found) == [sentence]


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("was-told", "One outlet says so, but it was only told so."),
        ("not-established", "One outlet says so, but how it knows is not established."),
        ("operator-unknown", "One outlet says so, but who runs it is not known."),
        ("claimants-side", "One outlet says so, but it is on the claimant's side."),
        ("anonymous", "One outlet says so, but who says so there is anonymous."),
        (
            "leaves-its-role",
            "One outlet says so, but it has this from what is no evidence of its own.",
        ),
    ],
)
def test_outlet_that_does_not_count_is_told_with_what_is_missing(why, sentence):
    found = content(*papers("A"), supports=ends(A=why))

    assert explain(found) == ["No independent origin supports it.", sentence]


def test_one_more_that_does_not_count_follows_those_that_do():
    found = content(
        *papers(*"ABCDE"),
        supports=ends(
            A="counts", B="operator-unknown", C="same-origin", D="was-told", E="was-told"
        ),
    )

    assert explain(found) == [
        "One independent origin supports it: A.",
        "One more says so, but it is not independent of those counted.",
        "One more says so, but who runs it is not known.",
        "Two more say so, but they were only told so.",
    ]


def test_second_outlet_that_does_not_count_is_one_more():
    found = content(*papers("A", "B"), supports=ends(A="was-told", B="operator-unknown"))

    assert explain(found) == [
        "No independent origin supports it.",
        "One outlet says so, but who runs it is not known.",
        "One more says so, but it was only told so.",
    ]


def test_outlet_is_told_once_by_its_best_end():
    same = {"id": "A-outlet", "name": "A"}

    found = content(
        document("A"),
        *papers("B", "C", source=same),
        supports=ends(B="was-told", C="same-origin", A="counts"),
    )

    assert explain(found) == ["One independent origin supports it: A."]


def test_document_without_outlet_is_one_of_its_own():
    found = content(
        *papers("A", "B", source=None), supports=ends(A="operator-unknown", B="operator-unknown")
    )

    assert explain(found) == [
        "No independent origin supports it.",
        "Two outlets say so, but who runs them is not known.",
    ]


def test_origins_against_stand_beside_those_for():
    found = content(
        *papers("A", "B", "C"),
        supports=ends(A="counts"),
        refutes=ends(B="counts", C="was-told"),
        unanswered=["B"],
        contested=True,
    )

    assert explain(found) == [
        "One independent origin supports it: A.",
        "One independent origin stands against it: B.",
        "One more says otherwise, but it was only told so.",
        BOTH_SIDES,
    ]


@pytest.mark.parametrize(
    ("status", "unanswered", "answer"),
    [
        ("corroborated", [], []),
        ("corroborated", ["A"], ["We have not answered all that stands against it."]),
        ("confirmed", ["A", "B"], ["We have not answered all that stands against it."]),
        ("false", ["A", "B"], []),
    ],
)
def test_a_missing_answer_is_told_where_we_hold_it_for_so(status, unanswered, answer):
    found = content(*papers("A", "B"), refutes=ends(A="counts", B="counts"), unanswered=unanswered)
    found["verification"] = {"status": status}

    assert explain(found) == [
        "No independent origin supports it.",
        "Two independent origins stand against it: A and B.",
        *answer,
    ]


def test_denial_alone_does_not_stand_against_it():
    found = content(*papers("A"), refutes=ends(A="not-established"))

    assert explain(found) == [
        "No independent origin supports it.",
        "No independent origin stands against it.",
        "One outlet says otherwise, but how it knows is not established.",
    ]


def test_own_voice_of_an_outlet_that_nobody_knows_is_said_to_be_that():
    found = content(
        *papers("A", "B"),
        supports=ends(A="claimant-unknown", B="claimant-unknown"),
        outlet="an unnamed website",
    )

    assert explain(found) == [
        "No independent origin supports it.",
        "Two outlets say so, but nothing shows that they are independent of the claim.",
        "Nobody here knows who runs an unnamed website, whose word the claim is.",
    ]


def test_what_stands_for_and_against_comes_before_who_carries_it():
    found = content(
        *papers("A", "B", "P"),
        carriers=(carrier("A"),),
        utterances={"P": False},
        supports=ends(B="counts"),
    )

    assert explain(found) == [
        "One independent origin supports it: B.",
        "One outlet carries it; it goes back to one utterance: an article from P, which nobody "
        "here has seen.",
    ]

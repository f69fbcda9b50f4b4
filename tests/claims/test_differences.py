"""What differs between two contents of a claim's record, as people at the desk read it."""

import copy
from typing import Any

import pytest

from claims.presentation.differences import Group, differences
from factcheck.common.marked import Piece, marked

DOCUMENT: dict[str, Any] = {
    "id": "d000000001",
    "kind": "article",
    "title": "Twelve boats counted",
    "source": {"id": "s000000001", "name": "Synthetic Gazette"},
    "author": None,
    "url": None,
    "language": "en",
    "published": None,
    "is_held": True,
    "hop": None,
    "told_by": None,
}
CITATION: dict[str, Any] = {
    "id": "c000000001",
    "document": "d000000001",
    "place": {
        "capture": {"id": "k000000001", "sha256": "00", "captured_at": "2020", "status": "live"},
        "locator": None,
        "ranges": [
            {"exact": "12 boats", "prefix": "that ", "suffix": " were", "start": 5, "end": 13}
        ],
    },
    "role": "attribution",
    "stance": None,
    "cue": "said",
    "form": "indirect",
    "named_speaker": "",
    "first_hand": False,
    "basis": None,
    "anonymity_reason": "",
    "answer": "",
    "fidelity": {
        "finding": "not-compared",
        "words": "",
        "likely_reading": "",
        "reason": "",
        "compared_with": None,
    },
}
FIGURE: dict[str, Any] = {
    "id": "f000000001",
    "as_printed": "12,000 boats",
    "counts": "boats",
    "qualifier": "bare",
    "low": None,
    "best": "12000",
    "high": None,
    "unit": "boats",
    "period": "",
    "counted_as_of": None,
    "basis": "claimed",
    "measure": None,
}
CONTENT: dict[str, Any] = {
    "status_line": "Derived.",
    "text": "Twelve boats were counted.",
    "language": "en",
    "original": None,
    "speaker": {
        "kind": "actor",
        "claimant": {"id": "a000000001", "name": "Harbour Office"},
        "roles": [],
        "voiced_by": None,
        "outlet": None,
    },
    "said": {
        "not_before": "2020-03-02",
        "not_after": "2020-03-02",
        "as_printed": "",
        "part_of_day": None,
        "time_zone": None,
    },
    "event": None,
    "about": "toll",
    "kind": "factual",
    "topics": [],
    "attribution": {"status": "reported", "reason": ""},
    "verification": {"status": "unchecked", "rationale": "", "as_of": None, "review_by": None},
    "unknowns": "",
    "would_settle": "",
    "why_checked": "",
    "was_imported": False,
    "depiction": None,
    "media_findings": [],
    "figures": [FIGURE],
    "documents": [DOCUMENT],
    "citations": [CITATION],
    "relays": [],
    "corroboration": {
        "carriers": 1,
        "utterances": [],
        "open_chains": 1,
        "supports": {"origins": 0, "ends": []},
        "refutes": {"origins": 0, "ends": []},
        "unanswered": [],
        "contested": False,
    },
    "inquiries": [],
    "relations": [],
    "overrides": [],
}


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """The content with one value changed."""
    content = copy.deepcopy(CONTENT)
    inner: Any = content
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return content


def told(groups: list[Group]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """The groups as plain text: +added+ and -removed-."""
    marks = {"": "", "added": "+", "removed": "-"}
    return [
        (
            group.title,
            group.how,
            [
                (
                    change.label,
                    change.how,
                    "".join(marks[p.how] + p.text + marks[p.how] for p in change.pieces),
                )
                for change in group.changes
            ],
        )
        for group in groups
    ]


def test_equal_contents_differ_in_nothing() -> None:
    assert differences(CONTENT, copy.deepcopy(CONTENT)) == []


@pytest.mark.parametrize(
    ("path", "to", "line"),
    [
        (
            ("text",),
            "Nine boats were counted.",
            ("Claim", "changed", "-Twelve-+Nine+ boats were counted."),
        ),
        (("about",), "effect", ("What it is about", "changed", "-Toll or size-+Effect+")),
        (("about",), "", ("What it is about", "removed", "-Toll or size-")),
        (
            ("verification", "status"),
            "false",
            ("Is it so?", "changed", "-Not checked yet-+False+"),
        ),
        (("unknowns",), "Who counted.", ("What we don’t know", "added", "+Who counted.+")),
        (
            ("speaker", "claimant"),
            {"id": "a000000002", "name": "Harbour Ministry"},
            ("Claimant", "changed", "Harbour -Office-+Ministry+"),
        ),
        (("speaker", "claimant"), None, ("Claimant", "removed", "-Harbour Office-")),
        (("speaker", "kind"), "", ("Whose word it is", "removed", "-A named claimant-")),
        (
            ("said", "not_after"),
            "2020-03-03",
            (
                "When it was said",
                "changed",
                "+between +2 March 2020+ and 3 March 2020+",
            ),
        ),
        (("said",), None, ("When it was said", "removed", "-2 March 2020-")),
        (("was_imported",), True, ("Imported, without review here", "changed", "-no-+yes+")),
        (
            ("corroboration", "supports", "origins"),
            2,
            ("Independent origins for it", "changed", "-0-+2+"),
        ),
        (("a_field_of_tomorrow",), "new", ("A field of tomorrow", "added", "+new+")),
    ],
)
def test_a_field_of_the_claim_is_told_in_words(path: Any, to: Any, line: Any) -> None:
    assert told(differences(CONTENT, changed(*path, to=to))) == [("The claim", "changed", [line])]


def test_what_is_derived_from_the_rest_is_not_told_again() -> None:
    other = changed("status_line", to="Another line.")
    other["corroboration"]["utterances"] = [{"document": "d000000001", "is_held": True}]

    assert differences(CONTENT, other) == []


@pytest.mark.parametrize(
    ("path", "to", "title", "line"),
    [
        (
            ("figures", 0, "best"),
            "13000",
            "Figure: 12,000 boats",
            ("The number", "changed", "-12,000-+13,000+"),
        ),
        (
            ("citations", 0, "form"),
            "direct",
            "Citation: Twelve boats counted",
            ("Form", "changed", "-Indirect speech-+Direct quote+"),
        ),
        (
            ("citations", 0, "fidelity", "compared_with"),
            "d000000001",
            "Citation: Twelve boats counted",
            ("Compared with", "added", "+“Twelve boats counted”+"),
        ),
        (
            ("documents", 0, "source"),
            None,
            "Document: Twelve boats counted",
            ("Source", "removed", "-Synthetic Gazette-"),
        ),
        (
            ("documents", 0, "is_held"),
            False,
            "Document: Twelve boats counted",
            ("We hold a copy", "changed", "-yes-+no+"),
        ),
    ],
)
def test_an_entry_is_found_again_by_its_id(path: Any, to: Any, title: str, line: Any) -> None:
    assert told(differences(CONTENT, changed(*path, to=to))) == [(title, "changed", [line])]


def test_the_words_of_a_quote_are_compared_word_by_word() -> None:
    other = changed("citations", 0, "place", "ranges", 0, "exact", to="13 boats")

    assert told(differences(CONTENT, other)) == [
        ("Citation: Twelve boats counted", "changed", [("Quote", "changed", "-12-+13+ boats")])
    ]


def test_the_same_words_at_another_place_are_not_passed_over() -> None:
    other = changed("citations", 0, "place", "ranges", 0, "start", to=99)

    assert told(differences(CONTENT, other)) == [
        (
            "Citation: Twelve boats counted",
            "changed",
            [("A detail of the record", "changed", "not shown in words")],
        )
    ]


def test_entries_come_and_go_as_a_whole() -> None:
    new = FIGURE | {"id": "f000000002", "as_printed": "some", "best": None, "qualifier": "vague"}
    other = changed("figures", to=[new])

    groups = told(differences(CONTENT, other))

    assert [(title, how) for title, how, _ in groups] == [
        ("Figure: some", "added"),
        ("Figure: 12,000 boats", "removed"),
    ]
    assert groups[0][2][0] == ("As printed", "added", "+some+")
    assert {how for _, how, _ in groups[1][2]} == {"removed"}


def test_another_order_is_told() -> None:
    second = FIGURE | {"id": "f000000002", "as_printed": "some"}
    before, after = changed("figures", to=[FIGURE, second]), changed("figures", to=[second, FIGURE])

    assert told(differences(before, after)) == [
        (
            "Order of figures",
            "changed",
            [("Now", "changed", "Figure: some; Figure: 12,000 boats")],
        )
    ]


def test_a_record_of_before_origins_were_counted_is_read() -> None:
    older = copy.deepcopy(CONTENT)
    for name in ("corroboration", "inquiries", "overrides", "depiction", "media_findings"):
        del older[name]

    [(title, how, changes)] = told(differences(older, CONTENT))

    assert (title, how) == ("The claim", "changed")
    assert ("Outlets that carry it", "added", "+1+") in changes


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("same", "same", [("same", "")]),
        ("", "new", [("new", "added")]),
        ("old", "", [("old", "removed")]),
        (
            "Twelve boats were counted.",
            "Twelve boats were counted. Twice.",
            [("Twelve boats were counted.", ""), (" Twice.", "added")],
        ),
        (
            "a b c big red boats were counted",
            "a b c two small boats were counted",
            [
                ("a b c ", ""),
                ("big red", "removed"),
                ("two small", "added"),
                (" boats were counted", ""),
            ],
        ),
        (
            "one two three",
            "four five six",
            [("one two three", "removed"), ("four five six", "added")],
        ),
    ],
)
def test_texts_are_compared_by_words(before: str, after: str, runs: Any) -> None:
    assert [(piece.text, piece.how) for piece in marked(before, after)] == runs


@pytest.mark.parametrize(
    "texts",
    [
        ("Ціль, 12 човнів. Ще 3.", "Ціль — 13 човнів.\n\nЩе 3!"),
        ("أحصينا أكثر من ١٢ قاربا", "أحصينا أقل من ١٢ قاربا صغيرا"),
        ("नौकाओं की गिनती हुई", "नौकाओं की सही गिनती"),
        ("👩‍🚀 saw 12  boats ", " 👩‍🚀 saw 13 boats"),
        ("a " * 4000, "b " * 4000),
    ],
)
def test_nothing_of_either_text_is_lost(texts: tuple[str, str]) -> None:
    runs = marked(*texts)

    assert "".join(piece.text for piece in runs if piece.how != "added") == texts[0]
    assert "".join(piece.text for piece in runs if piece.how != "removed") == texts[1]
    assert Piece("") not in runs

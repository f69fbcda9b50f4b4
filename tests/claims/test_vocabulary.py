"""The lists of codes: complete, told apart, and dated."""

import datetime
import inspect
from collections.abc import Iterator
from enum import Enum

import pytest
from django.db.models import TextChoices

from claims import choices as said
from claims import corroboration
from claims.presentation.words import RELATIONS, label
from claims.vocabulary import CHAPTERS, LISTS, CodeList, Meaning
from factcheck.common import dates
from factcheck.ledger import choices as published
from factcheck.ledger.choices import METHODOLOGY
from sources import choices as come_from

# Where a working copy stands, and what the desk thinks of a source, is in no record.
NOT_PUBLIC = {said.Stage, said.ReviewTie, come_from.Reliability, come_from.RequestState}

EVERY_MEANING = [
    pytest.param(codes, code, meaning, id=f"{codes.name}-{code}")
    for codes in LISTS.values()
    for code, meaning in codes.meanings.items()
]


def enums_of(module: object) -> Iterator[type[Enum]]:
    for _, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, Enum) and found is not TextChoices:
            yield found


# Nothing is missing


def test_every_enum_of_public_codes_has_its_list():
    enums = {
        enum for module in (said, come_from, published, dates) for enum in enums_of(module)
    } | {corroboration.Why}

    listed = [codes.choices for codes in LISTS.values()]

    assert set(listed) == enums - NOT_PUBLIC
    assert len(listed) == len(set(listed)) == 33


@pytest.mark.parametrize("codes", LISTS.values(), ids=LISTS)
def test_every_code_has_exactly_one_entry_and_nothing_else_has(codes: CodeList):
    assert [str(code) for code in codes.meanings] == [choice.value for choice in codes.choices]


def test_no_list_is_in_two_chapters_and_no_name_is_used_twice():
    names = [codes.name for chapter in CHAPTERS for codes in chapter.lists]

    assert sorted(names) == sorted(LISTS)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("codes", LISTS.values(), ids=LISTS)
def test_every_list_says_which_question_it_answers(codes: CodeList):
    assert codes.title.strip() == codes.title != ""
    assert codes.question.endswith("?")
    assert codes.question.count("?") == 1


# Nothing is said twice


def test_no_two_codes_have_the_same_definition():
    definitions = [
        meaning.definition for codes in LISTS.values() for meaning in codes.meanings.values()
    ]

    assert len(definitions) == len(set(definitions))


@pytest.mark.parametrize("codes", LISTS.values(), ids=LISTS)
def test_no_two_codes_of_a_list_have_the_same_label(codes: CodeList):
    labels = [meaning.reader_label.lower() for meaning in codes.meanings.values()]

    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(("codes", "code", "meaning"), EVERY_MEANING)
def test_definition_is_sentences_and_label_is_none(codes: CodeList, code: str, meaning: Meaning):
    assert meaning.definition.strip() == meaning.definition
    assert meaning.definition.endswith(".")
    assert meaning.definition[0].isupper()
    assert meaning.reader_label.strip() == meaning.reader_label
    assert meaning.reader_label[0].isupper()
    assert not meaning.reader_label.endswith(".")


# Since when


@pytest.mark.parametrize(("codes", "code", "meaning"), EVERY_MEANING)
def test_code_is_dated_by_a_day_of_the_methodology_that_has_come(
    codes: CodeList, code: str, meaning: Meaning
):
    since = datetime.date.fromisoformat(meaning.since)

    assert meaning.since == since.isoformat()
    assert datetime.date.fromisoformat(METHODOLOGY) <= since
    assert since <= datetime.datetime.now(datetime.UTC).date()


def test_list_is_as_old_as_its_oldest_code():
    codes = CodeList(
        name="synthetic",
        title="Synthetic",
        question="Which?",
        choices=said.Counting,
        meanings={
            said.Counting.PER_PERIOD: Meaning("One", "It is one.", since="2026-12-01"),
            said.Counting.CUMULATIVE: Meaning("Two", "It is two.", since="2026-11-30"),
        },
    )

    assert codes.since == "2026-11-30"


# Other vocabularies


def test_three_verdicts_alone_have_a_number_on_the_scale_of_claim_review():
    numbers = {
        code: meaning.elsewhere
        for code, meaning in LISTS["verification-status"].meanings.items()
        if meaning.elsewhere is not None
    }

    assert numbers == {"false": 1, "partly-true": 3, "confirmed": 5}


def test_media_findings_follow_media_review():
    categories = {
        str(code): meaning.elsewhere for code, meaning in LISTS["media-finding"].meanings.items()
    }

    assert categories == {
        "original": "OriginalMediaContent",
        "wrong-place-or-time": "DecontextualizedContent",
        "cropped-or-edited": "EditedOrCroppedContent",
        "altered-or-generated": "TransformedContent",
        "staged": "StagedContent",
        "satire": "SatireOrParodyContent",
    }


def test_no_other_list_claims_to_correspond_to_anything():
    named = {codes.name for codes in LISTS.values() if codes.elsewhere}
    given = {
        codes.name
        for codes in LISTS.values()
        if any(meaning.elsewhere is not None for meaning in codes.meanings.values())
    }

    assert named == given == {"verification-status", "media-finding"}


# Pages take their words from here


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("kind", "claim-kind"),
        ("about", "about"),
        ("document", "document-kind"),
        ("form", "form"),
        ("fidelity", "fidelity"),
        ("basis", "evidence-basis"),
        ("qualifier", "qualifier"),
        ("figure_basis", "figure-basis"),
        ("counting", "counting"),
        ("capture", "capture-status"),
        ("inquiry_manner", "inquiry-manner"),
        ("inquiry_result", "inquiry-result"),
        ("finding", "media-finding"),
    ],
)
def test_labels_inside_a_sentence_are_those_of_the_list(kind: str, name: str):
    meanings = LISTS[name].meanings

    for code, meaning in meanings.items():
        words = label(code, kind)
        assert words[0].islower()
        assert words[0].upper() + words[1:] == meaning.reader_label


def test_labels_that_stand_otherwise_keep_the_words_of_the_list():
    assert label("denies", "relation") == "It denies"
    assert label("part-of", "relation") == "It is part of"
    assert label("correct", "publication") == "Corrected"
    assert label("merge", "publication") == "Merged into another claim"
    assert label("late-evening", "part_of_day") == "late in the evening"


def test_every_relation_has_words_on_either_page():
    codes = list(LISTS["relation-kind"].meanings)

    assert list(RELATIONS) == [*codes, *(f"{code}-by" for code in codes)]

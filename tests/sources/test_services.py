"""Copies of documents, and words found in them."""

import datetime
import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factcheck.common.errors import InvalidInput
from sources.choices import CaptureStatus
from sources.models import Capture, PassageRange
from sources.services import Quote, add_capture, anchor_passage, find_quote, mark_furniture
from tests.factories import make_capture, make_document, somebody

ACUTE = "\u0301"
GRAVE = "\u0300"
FAMILY = "👩\u200d👩\u200d👧"
TEXTS = {
    "typographic marks": ("He said “twelve boats”, twice.", 'said "twelve boats",'),
    "guillemets": ("Elle dit «\u00a0douze\u00a0», puis rien.", 'dit " douze ",'),
    "apostrophes": ("the harbour’s boats", "the harbour's boats"),
    "white space": ("twelve\n\n   boats\u00a0here", "twelve boats here"),
    "the other way round": ("twelve boats", " twelve \n boats "),
    "decomposed accents": (f"le cafe{ACUTE} ferme", "le café ferme"),
    "composed accents": ("le café ferme", f"le cafe{ACUTE} ferme"),
    "emoji": (f"a boat {FAMILY} at sea 🇺🇦", f"{FAMILY} at sea"),
    "right to left": ("قال العمدة «اثنا عشر قاربا» أمس", '"اثنا عشر قاربا" أمس'),
    "Cyrillic": ("мер сказав: „дванадцять човнів“", 'сказав: "дванадцять човнів"'),
    "beyond the first plane": ("𝔸𝔹 twelve 𝔸𝔹", "twelve 𝔸𝔹"),
    "signs of a regular expression": ("12 (or 13)? [boats] *", "(or 13)? [boats] *"),
}


def supply(words: str, **changes: object) -> Capture:
    values: dict[str, object] = {
        "content": words.encode(),
        "media_type": "text/plain",
        "status": CaptureStatus.SUPPLIED,
        "captured_at": timezone.now(),
        "by": somebody(),
        "supplied_by": somebody(),
    }
    return add_capture(make_document(), **values | changes)


# Finding


@pytest.mark.parametrize(("text", "words"), TEXTS.values(), ids=TEXTS)
def test_words_are_found_whatever_their_marks_and_white_space(text, words):
    start, end = find_quote(text, Quote(words))

    assert 0 <= start < end <= len(text)
    assert text[start : start + 1] != " "
    assert len(text[start:end].split()) == len(words.split())


def test_offsets_count_code_points_and_the_words_are_the_documents_own():
    text = f"{FAMILY} “cafe{ACUTE}”\u00a0noir"

    start, end = find_quote(text, Quote('"café" noir'))

    assert (start, end) == (6, 18)
    assert text[start:end] == f"“cafe{ACUTE}”\u00a0noir"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"le cafe{ACUTE} ferme", "le cafe"),
        (f"cafe{ACUTE}{GRAVE}", "café"),
        (f"{FAMILY}", "👩\u200d👩"),
        ("👍\U0001f3ff", "👍"),
        ("❤\ufe0f", "❤"),
        ("twelve boats", "Twelve boats"),
        ("twelve  boats", "twelveboats"),
        ("twelve boats", "boats twelve"),
    ],
)
def test_half_a_character_and_other_words_are_never_found(text, words):
    with pytest.raises(InvalidInput, match="does not stand in what we hold"):
        find_quote(text, Quote(words))


def test_words_that_stand_there_twice_need_an_occurrence():
    text = "boats, boats, boats"

    with pytest.raises(InvalidInput) as refused:
        find_quote(text, Quote("boats"), name="quotes/0")

    assert refused.value.errors[0].pointer == "quotes/0"
    assert refused.value.errors[0].message == (
        "“boats” stands there more than once: say which occurrence, or quote more words."
    )
    assert find_quote(text, Quote("boats", 1)) == (0, 5)
    assert find_quote(text, Quote("boats", 3)) == (14, 19)
    with pytest.raises(InvalidInput, match="stands there 3 times, not 4"):
        find_quote(text, Quote("boats", 4))
    with pytest.raises(InvalidInput, match="counted from 1"):
        find_quote(text, Quote("boats", 0))


def test_overlapping_places_are_two_places():
    with pytest.raises(InvalidInput, match="more than once"):
        find_quote("banana", Quote("ana"))

    assert find_quote("banana", Quote("ana", 2)) == (3, 6)


@pytest.mark.parametrize("words", ["", "  \n", "a\x00b", "a\ud800b", "a" * 20_001])
def test_words_that_cannot_stand_anywhere_are_refused(words):
    with pytest.raises(InvalidInput):
        find_quote("a b", Quote(words))


def test_finding_stays_linear_in_long_white_space():
    text = ("a" + " " * 2_000) * 500

    with pytest.raises(InvalidInput, match="does not stand"):
        find_quote(text, Quote("a b"))


# Passages


@pytest.mark.django_db
def test_a_passage_stores_each_range_with_its_surroundings():
    text = "x" * 40 + "first words, then “last words”."
    capture = make_capture(text=text)

    passage = anchor_passage(capture, [Quote('"last words"'), Quote("first words")], by=somebody())

    ranges = list(passage.ranges.values_list("start", "end", "exact", "prefix", "suffix"))
    assert ranges == [
        (40, 51, "first words", "x" * 32, ", then “last words”."),
        (58, 70, "“last words”", text[26:58], "."),
    ]
    assert {row.created_by for row in PassageRange.objects.all()} == {somebody()}


@pytest.mark.django_db
def test_a_passage_may_be_a_locator_alone_but_not_nothing():
    capture = make_capture()

    passage = anchor_passage(capture, [], by=somebody(), locator="page 3")

    assert (passage.locator, passage.ranges.count()) == ("page 3", 0)
    with pytest.raises(InvalidInput, match="Give the exact words, or a page"):
        anchor_passage(capture, [], by=somebody())


@pytest.mark.django_db
def test_a_passage_refuses_words_twice_and_then_leaves_nothing_behind():
    capture = make_capture(text="one two three")

    with pytest.raises(InvalidInput, match="overlap"):
        anchor_passage(capture, [Quote("one two"), Quote("two three")], by=somebody())
    with pytest.raises(InvalidInput) as refused:
        anchor_passage(capture, [Quote("one"), Quote("four")], by=somebody())

    assert refused.value.errors[0].pointer == "quotes/1"
    assert capture.passages.count() == 0


@pytest.mark.django_db
def test_the_database_refuses_a_range_whose_words_are_not_there():
    capture = make_capture(text="one two three")
    passage = anchor_passage(capture, [Quote("one")], by=somebody())

    with pytest.raises(IntegrityError, match="do not stand at this place"), transaction.atomic():
        PassageRange.objects.create(
            passage=passage,
            start=4,
            end=7,
            exact="too",
            prefix="one ",
            suffix=" three",
            created_by=somebody(),
        )


# Captures


@pytest.mark.django_db
def test_a_capture_keeps_the_bytes_their_hash_and_the_text_as_it_is():
    text = "\ufeffA line\r\nand “another” 👩🏿.\n"

    capture = supply(text)

    capture.refresh_from_db()
    assert bytes(capture.content) == text.encode()
    assert capture.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert capture.text == text
    assert (capture.extractor, capture.extractor_version) == ("plain text in UTF-8", "1")
    assert (capture.supplied_by, capture.created_by) == (somebody(), somebody())


@pytest.mark.django_db
def test_another_media_type_needs_the_text():
    with pytest.raises(InvalidInput, match="only plain text is read here"):
        supply("<p>words</p>", media_type="text/html")

    capture = supply("<p>words</p>", media_type="text/html", text="words")

    assert (capture.text, capture.extractor) == ("words", "text given with the copy")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": b"caf\xe9"}, "Save this as UTF-8; byte 3 is something else."),
        ({"content": b"a\x00b"}, "Remove character 2"),
        ({"captured_at": datetime.datetime(2026, 11, 22)}, "in which time zone"),
        ({"status": "unheard-of"}, "is not a valid choice"),
        ({"supplied_by": None}, "A supplied file has somebody who supplied it."),
        ({"final_url": "javascript:alert(1)"}, "http"),
    ],
)
def test_a_capture_refuses_what_it_cannot_keep(changes, message):
    with pytest.raises(InvalidInput, match=message):
        supply("words", **changes)

    assert Capture.objects.count() == 0


@pytest.mark.django_db
def test_the_same_file_is_kept_once_for_a_document():
    capture = make_capture(text="words")

    with pytest.raises(InvalidInput, match="was supplied for this Document already"):
        make_capture(capture.document, text="words")


# Furniture


@pytest.mark.django_db
def test_furniture_is_a_range_of_the_text_marked_once():
    capture = make_capture(text="one two three")

    furniture = mark_furniture(capture, 4, 7, by=somebody())

    assert capture.text[furniture.start : furniture.end] == "two"
    with pytest.raises(InvalidInput, match="marked already"):
        mark_furniture(capture, 4, 7, by=somebody())
    with pytest.raises(InvalidInput, match="after the text"):
        mark_furniture(capture, 4, 99, by=somebody())
    with pytest.raises(InvalidInput):
        mark_furniture(capture, 7, 7, by=somebody())

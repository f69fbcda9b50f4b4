"""What words propose by themselves: a number, a form, a cue. Nothing where they are not clear."""

from decimal import Decimal

import pytest

from claims.sheet.proposals import (
    cue_of,
    figure_in,
    form_of,
    is_within_marks,
    manner_of,
    read_number,
)
from tests.factories import QUOTE, TEXT

NUMBERS = {
    "36": ("bare", None, 36, None, ""),
    "36 drones": ("bare", None, 36, None, "drones"),
    "1,250 people were evacuated": ("bare", None, 1250, None, "people were evacuated"),
    "more than 100": ("more-than", 100, None, None, ""),
    "More than 100 boats": ("more-than", 100, None, None, "boats"),
    "over 1,000": ("more-than", 1000, None, None, ""),
    "at least twelve people": ("at-least", 12, None, None, "people"),
    "up to 40": ("up-to", None, None, 40, ""),
    "no more than 40": ("up-to", None, None, 40, ""),
    "fewer than 5 boats": ("fewer-than", None, None, 5, "boats"),
    "about 2.5 million": ("about", None, 2500000, None, ""),
    "exactly 7": ("exactly", None, 7, None, ""),
    "between 10 and 20 boats": ("between", 10, None, 20, "boats"),
    "10–20": ("between", 10, None, 20, ""),
    "10 to 20 boats": ("between", 10, None, 20, "boats"),
    "30% of voters": ("bare", None, 30, None, "% of voters"),
    "1\u00a0250": ("bare", None, 1250, None, ""),
    "0.5": ("bare", None, Decimal("0.5"), None, ""),
}


@pytest.mark.parametrize("words", NUMBERS)
def test_a_clear_number_is_read(words):
    read = read_number(words)

    assert read is not None
    assert (read.qualifier, read.low, read.best, read.high, read.rest) == NUMBERS[words]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "dozens",
        "a lot of boats",
        "36 drones and 2 boats",
        "two boats of twelve",
        "1.250",
        "1,25",
        "12,34,567",
        "007",
        "20 to 10",
        "12 and 14",
        "٣٦",
        "9" * 40,
        "999999999999999 billion",
        "-5",
        "2024-05-14",
    ],
)
def test_what_is_not_clear_is_left_to_a_person(words):
    assert read_number(words) is None


@pytest.mark.parametrize(
    ("quote", "form", "manner"),
    [
        ("Twelve boats were counted.", "indirect", "paraphrases"),
        ("“Twelve boats,” the office wrote.", "direct", "quotes"),
        ("„Zwölf Boote“", "direct", "quotes"),
        ("It's twelve.", "indirect", "paraphrases"),
    ],
)
def test_quotation_marks_make_a_direct_quote(quote, form, manner):
    assert form_of(quote) == form
    assert manner_of(form_of(quote)) == manner


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        (QUOTE, "said"),
        ("12 boats were counted.", "said"),
        ("“Twelve boats,”", "wrote"),
        ("Nobody else has counted them.", ""),
    ],
)
def test_the_one_cue_of_a_sentence_is_proposed(words, cue):
    assert cue_of(TEXT, *place(words), language="en") == cue


def test_two_cues_are_none():
    text = "He said, and she denied, that boats came."

    assert cue_of(text, 25, 41, language="en") == ""


def test_a_cue_is_looked_for_in_english_alone():
    assert cue_of(TEXT, *place(QUOTE), language="fr") == ""


def test_a_cue_inside_quotation_marks_is_somebody_elses():
    text = "“They said so,” the mayor announced."

    assert cue_of(text, 0, 15, language="en") == "announced"


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("The office said that 36 small wooden boats were counted.", "36 small wooden boats"),
        ("More than 100 boats in the harbour", "More than 100 boats"),
        ("It fired 10 rockets aimed at boats", "10 rockets"),
        ("“Twelve boats,” the office wrote on 5 March 2020.", "Twelve boats"),
        ("On March 5, at 5 p.m., 12 boats left one of them", ""),
        ("On March 5, at 5 p.m., 12 boats", "12 boats"),
        ("30% of voters", "30%"),
        ("between 10 and 20 boats", "between 10 and 20 boats"),
        ("12 boats and 3 cars", ""),
        ("one of them, in 2023, by the 3rd", ""),
        ("a 10-year plan for an MK-27", ""),
        ("about $5 million", ""),
    ],
)
def test_the_one_number_of_a_quote_is_proposed_with_what_is_counted(words, figure):
    assert figure_in(words, language="en") == figure


def test_words_between_quotation_marks_are_within_them_and_their_neighbours_are_not():
    text = "“Nobody came” by then.\nHe said “twelve boats came” and left “for good”."
    at = text.index("twelve boats")

    assert is_within_marks(text, at, at + 6)
    assert is_within_marks(text, at, at + 17)
    for words in ("by then", "and left", "came”\nbad", "He said “twelve"):
        at = text.find(words.split("\n")[0])
        assert not is_within_marks(text, at, at + len(words))

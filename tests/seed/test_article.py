"""The first article, entered word by word: nothing added, nothing left out unsaid."""

import hashlib
import re
from collections import Counter

from tests.seed.article import (
    ARTICLE,
    BODY,
    CLAIMS,
    FILE,
    LEFT_OUT,
    README,
    ROWS,
    TEXT,
    cited_ranges,
    figure_ranges,
    furniture_ranges,
    left_out_ranges,
    quotes_in,
    read_citation,
    sentences_of,
    without,
)

MONTHS = "January|February|May|July|August|December|Dec"
DATES = re.compile(
    rf"\b(?:{MONTHS})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}}\b)?"
    r"|The last days of 2023 and the beginning of 2024"
)
NUMBERS = re.compile(
    r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|several|many|half|twice|a (?:few|hundred|week|year|certain number))\b",
    re.IGNORECASE,
)
# As printed, the qualifier, and the lowest or the best value; vague words have none.
FIGURES = {
    "ministry-36-drones": ("36", "bare", 36),
    "moscow-ten-rockets": ("10", "bare", 10),
    "razvojaev-one-injured": ("at least one person", "at-least", 1),
    "gladkov-killed": ("25 people", "bare", 25),
    "gladkov-injured": ("more than a hundred others", "more-than", 100),
    "pellistrandi-missiles": ("a certain number of missiles", "vague", None),
    "several-attacks": ("Several", "vague", None),
    "front-line-frozen": ("for a year", "bare", 1),
    "belgorod-distance": ("50 kilometers", "bare", 50),
    "belgorod-under-pressure": ("for a week", "bare", 1),
    "belgorod-four-waves": ("four waves", "bare", 4),
    "belgorod-2-january-killed": ("one man", "bare", 1),
    "belgorod-2-january-wounded": ("eleven", "bare", 11),
    "belgorod-4-january-injured": ("two people", "bare", 2),
    "moscow-drones": ("several", "vague", None),
    "buryatia-distance": ("thousands of kilometers", "vague", None),
}


def test_the_article_is_kept_byte_by_byte():
    digest = hashlib.sha256(ARTICLE.read_bytes()).hexdigest()

    assert digest == "7f76ef2097ac2f5b8f308331e7c94e6550796c3b1d8ed0a3f9dcf5e83a5d73f8"
    assert digest in README.read_text(encoding="utf-8")


# Everything that it says


def test_no_sentence_of_the_body_is_left_without_a_claim_or_a_written_reason():
    spoken_for = [*cited_ranges(), *left_out_ranges("words")]

    left = [
        BODY[start:end]
        for start, end in sentences_of(BODY)
        if not any(first < end and start < last for first, last in spoken_for)
    ]

    assert len(sentences_of(BODY)) == 35
    assert left == []


def test_not_even_a_word_of_the_body_is():
    left = without(without(BODY, cited_ranges()), left_out_ranges("words"))

    assert left.split() == []


def test_no_number_of_the_body_is_without_a_figure():
    outside_dates = DATES.sub(lambda date: " " * len(date.group()), BODY)
    covered = [*figure_ranges(), *left_out_ranges("number")]

    numbers = [number.span() for number in NUMBERS.finditer(outside_dates)]
    left = [
        BODY[start:end]
        for start, end in numbers
        if not any(first <= start and end <= last for first, last in covered)
    ]

    assert len(numbers) == 17
    assert left == []


def test_figures_are_given_as_printed():
    figures = {
        key: (figure["as_printed"], figure["qualifier"], figure.get("low", figure.get("best")))
        for key, row in CLAIMS.items()
        for figure in row.get("figures", [])
    }

    assert figures == FIGURES
    assert len(figure_ranges()) == len(FIGURES)


def test_every_reason_for_leaving_out_is_written_and_needed():
    assert Counter(row["what"] for row in LEFT_OUT) == {"words": 2, "number": 1, "phrase": 4}
    assert [row for row in LEFT_OUT if TEXT.count(row["words"]) != 1 or not row["reason"]] == []
    needed = without(BODY, cited_ranges())
    words = [row["words"] for row in LEFT_OUT if row["what"] == "words"]
    assert " ".join(needed.split()) == " ".join(words)


# Nothing that it does not say


def test_every_quote_stands_in_the_article_once_in_the_articles_own_characters():
    quotes = quotes_in(ROWS)

    assert len(quotes) > 100
    assert [quote for quote in quotes if TEXT.count(quote) != 1] == []


def test_the_furniture_is_all_of_the_page_and_nothing_of_the_article():
    kept = " ".join(BODY.split())

    for words in ("You cannot view", "France imposes", "cookies", "ad blocker", "protected"):
        assert words not in kept
    assert kept.count("HANDOUT / AFP") == 1
    assert kept.startswith("How Ukraine is increasing its attacks in Russia to “create")
    cited = [
        (start, end)
        for start, end in cited_ranges()
        if any(first < end and start < last for first, last in furniture_ranges())
    ]
    assert cited == []


def test_cue_speaker_and_doubtful_words_stand_in_the_quotes():
    missing = []
    for key, row in CLAIMS.items():
        read = read_citation(row)
        words = [
            read[name] for name in ("cue", "named_speaker", "fidelity_words") if read.get(name)
        ]
        words += [relay["words"] for relay in row.get("relays", []) if relay.get("words")]
        missing += [(key, one) for one in words if not any(one in q for q in read["quotes"])]

    assert missing == []


def test_nothing_is_given_that_the_article_does_not_give():
    text = FILE.read_text(encoding="utf-8")

    assert "http" not in text
    assert (
        re.findall(r"wikidata_id|latitude|longitude|original_words|rationale\": \"\"", text) == []
    )
    assert {row["verification_status"] for row in CLAIMS.values()} == {"unchecked", "not-checkable"}
    assert {one["role"] for row in CLAIMS.values() for one in row["citations"]} == {"attribution"}
    assert "1704471271" not in re.sub(r'"from": "1704471271', "", text)

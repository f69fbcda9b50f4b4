"""The way to a quote inside somebody else's page."""

from typing import Any

import pytest

from claims.presentation.text_fragments import address_of_quote

URL = "https://news.example/boats"


def document(**values: Any) -> dict[str, Any]:
    return {"url": URL, "is_held": True} | values


def place(*quotes: str, prefix: str = "", suffix: str = "", start: int = 0) -> dict[str, Any]:
    parts = [
        {"exact": words, "prefix": prefix, "suffix": suffix, "start": start, "end": start}
        for words in quotes
    ]
    return {"capture": None, "locator": None, "ranges": parts}


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("The mayor said twelve boats came.", "The%20mayor%20said%20twelve%20boats%20came."),
        ("twelve boats, of a well-known make", "twelve%20boats%2C%20of%20a%20well%2Dknown%20make"),
        ("a & b – c — d-e", "a%20%26%20b%20%E2%80%93%20c%20%E2%80%94%20d%2De"),
        (
            "أحصينا أكثر من ١٢ قاربا",
            "%D8%A3%D8%AD%D8%B5%D9%8A%D9%86%D8%A7%20%D8%A3%D9%83%D8%AB%D8%B1%20%D9%85%D9%86%20"
            "%D9%A1%D9%A2%20%D9%82%D8%A7%D8%B1%D8%A8%D8%A7",
        ),
        ("We saw 🚤🚤 in the harbour", "We%20saw%20%F0%9F%9A%A4%F0%9F%9A%A4%20in%20the%20harbour"),
        (
            "100 % of them, “all” #boats?",
            "100%20%25%20of%20them%2C%20%E2%80%9Call%E2%80%9D%20%23boats%3F",
        ),
        ("two  spaces\tand a tab", "two%20spaces%20and%20a%20tab"),
    ],
)
def test_a_quote_is_looked_for_as_a_whole_with_its_marks_escaped(words: str, fragment: str):
    assert address_of_quote(document(), place(words)) == f"{URL}#:~:text={fragment}"


def test_of_a_long_quote_the_first_and_the_last_words_are_looked_for():
    words = " ".join(f"word{number}" for number in range(80))

    assert address_of_quote(document(), place(words)) == (
        f"{URL}#:~:text=word0%20word1%20word2%20word3%20word4"
        ",word75%20word76%20word77%20word78%20word79"
    )


def test_a_quote_over_several_paragraphs_is_looked_for_from_its_first_to_its_last():
    words = "Twelve boats came.\n\nNobody counted them.\nThe mayor said so on Monday evening."

    assert address_of_quote(document(), place(words)) == (
        f"{URL}#:~:text=Twelve%20boats%20came.,said%20so%20on%20Monday%20evening."
    )


def test_long_words_overlap_in_no_case():
    words = " ".join(["x" * 100] * 4)

    first, last = address_of_quote(document(), place(words)).split(":~:text=")[1].split(",")

    assert first == last == "%20".join(["x" * 100] * 2)


def test_a_long_text_without_spaces_is_one_term():
    words = "船" * 301

    assert address_of_quote(document(), place(words)) == f"{URL}#:~:text={'%E8%88%B9' * 301}"


def test_a_short_quote_is_told_by_the_whole_words_around_it():
    found = address_of_quote(
        document(),
        place(
            "12 boats", prefix="ear, the mayor of Exampleton said ", suffix=" were coun", start=99
        ),
    )

    assert found == f"{URL}#:~:text=of%20Exampleton%20said-,12%20boats,-were"


def test_the_words_around_may_begin_with_the_text():
    found = address_of_quote(
        document(), place("12 boats", prefix="Counted: ", suffix=" were seen. ", start=9)
    )

    assert found == f"{URL}#:~:text=Counted%3A-,12%20boats,-were%20seen."


def test_the_words_around_stay_in_their_paragraph():
    found = address_of_quote(
        document(),
        place("12 boats", prefix="Headline\nWe saw ", suffix=" today\nMore of", start=50),
    )

    assert found == f"{URL}#:~:text=We%20saw-,12%20boats,-today"


def test_a_quote_that_ends_inside_a_word_takes_no_words_around_it():
    found = address_of_quote(
        document(), place("2 boat", prefix="We saw 1", suffix="s today, ", start=50)
    )

    assert found == f"{URL}#:~:text=2%20boat"


def test_each_part_of_a_quote_is_looked_for():
    found = address_of_quote(
        document(), place("The mayor of Exampleton said so", "and the harbour office wrote it")
    )

    assert found == (
        f"{URL}#:~:text=The%20mayor%20of%20Exampleton%20said%20so"
        "&text=and%20the%20harbour%20office%20wrote%20it"
    )


def test_the_pages_own_fragment_stays():
    words = place("The mayor of Exampleton said so")

    assert address_of_quote(document(url=f"{URL}#part"), words) == (
        f"{URL}#part:~:text=The%20mayor%20of%20Exampleton%20said%20so"
    )
    assert address_of_quote(document(url=f"{URL}#:~:text=old"), words) == (
        f"{URL}#:~:text=The%20mayor%20of%20Exampleton%20said%20so"
    )


@pytest.mark.parametrize(
    ("values", "passage"),
    [
        ({"is_held": False}, place("twelve boats")),
        ({"url": None}, place("twelve boats")),
        ({"url": "ftp://news.example/boats"}, place("twelve boats")),
        ({"url": "javascript:alert(1)"}, place("twelve boats")),
        ({}, None),
        ({}, place()),
        ({}, place(" \n ")),
    ],
)
def test_without_a_page_or_words_there_is_no_way(values: dict, passage: dict | None):
    assert address_of_quote(document(**values), passage) == ""

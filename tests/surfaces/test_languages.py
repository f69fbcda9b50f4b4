"""Pages in the reader's language, of records that stay in theirs."""

import orjson
import pytest
from django.test import Client
from django.utils.translation import override

from claims import workflow
from claims.api.vocabulary import list_bytes, vocabulary_bytes
from claims.presentation.lines import line_of
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import bounds_words, day_words, label, number_words
from claims.status_line import status_line
from factcheck.common.languages import LANGUAGES
from factcheck.common.roles import Role
from tests.catalogs import messages
from tests.claims.test_record import content
from tests.factories import make_approved_claim, make_published_claim, make_user
from tests.surfaces.reading import current, text_of

NARROW = "\u202f"
OURS = messages()


# Records, the API and the desk are in English


def test_record_has_an_english_line_whatever_language_is_active():
    with override("fr"):
        line = status_line(content())

    assert line == (
        "The harbour office said on 2 March 2020: Twelve boats were counted. We read it in the "
        "Gazette; we have not seen the original. We have not checked whether it is so."
    )


@pytest.mark.parametrize("language", ["fr", "uk"])
def test_api_has_english_words_whatever_language_is_active(language: str):
    with override(language):
        everything, one = vocabulary_bytes.__wrapped__(), list_bytes.__wrapped__("about")

    assert (everything, one) == (vocabulary_bytes(), list_bytes("about"))
    assert b'"label":"Toll or size"' in one


@pytest.mark.django_db(databases=["default", "public"])
def test_claim_reviewed_in_one_language_is_published_the_same_in_another():
    claim = make_approved_claim()

    with override("fr"):
        workflow.publish(claim, by=make_user(Role.EDITOR))  # Refuses what was not reviewed.

    published = current(claim)
    assert "We have not checked whether it is so." in published.status_line
    assert orjson.loads(published.summary)["status_line"] == published.status_line


# Words, dates and numbers


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "1 March 2020", "2 March 2020"),
        ("fr", "1er mars 2020", "2 mars 2020"),
        ("uk", "1 березня 2020 року", "2 березня 2020 року"),
    ],
)
def test_days_are_told_in_the_language_of_the_page(language: str, first: str, second: str):
    with override(language):
        assert (day_words("2020-03-01"), day_words("2020-03-02")) == (first, second)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "between 2 March 2020 and 4 March 2020, in the night (Kyiv time)"),
        ("fr", "entre le 2 mars 2020 et le 4 mars 2020, dans la nuit (Kyiv time)"),
        ("uk", "у проміжку від 2 березня 2020 року до 4 березня 2020 року, уночі (Kyiv time)"),
    ],
)
def test_bounds_are_told_in_the_language_of_the_page(language: str, words: str):
    bounds = {
        "not_before": "2020-03-02",
        "not_after": "2020-03-04",
        "as_printed": "",
        "part_of_day": "night",
        "time_zone": "Kyiv time",
    }

    with override(language):
        assert bounds_words(bounds) == words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "12,000.5"), ("fr", "12\xa0000,5"), ("uk", "12\xa0000,5")]
)
def test_numbers_are_told_in_the_language_of_the_page(language: str, words: str):
    with override(language):
        assert number_words("12000.5") == words


def test_confirmed_and_corroborated_are_kept_apart_in_every_language():
    for language in ("en", "fr", "uk"):
        with override(language):
            confirmed, corroborated = verification("confirmed"), verification("corroborated")
            assert confirmed.label != corroborated.label
            assert confirmed.definition != corroborated.definition
    assert verification("confirmed").label == "Confirmed"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Ukrainian"), ("fr", "ukrainien"), ("uk", "українська")],
)
def test_languages_are_named_in_the_language_of_the_page(language: str, words: str):
    with override(language):
        assert label("uk", "language") == words


def test_every_language_has_a_name_of_its_own_in_every_language():
    for language in ("fr", "uk"):
        with override(language):
            names = [label(code, "language") for code, _ in LANGUAGES]
        assert len(set(names)) == len(LANGUAGES)
        assert not {name for _, name in LANGUAGES} & set(names)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Rapporté\u202f: nous n’avons pas vu l’original"),
        ("uk", "Повідомлено: оригіналу ми не бачили"),
    ],
)
def test_statuses_are_told_in_the_language_of_the_page(language: str, words: str):
    with override(language):
        assert attribution("reported").label == words


# Status lines


def test_english_page_prints_the_line_of_the_record():
    assert line_of({"status_line": "As the record has it."}) == "As the record has it."


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "fr",
            'The harbour office, propos tenus le 2 mars 2020\u202f: <span lang="en" dir="ltr">'
            "Twelve boats were counted.</span> Nous l’avons lu dans the Gazette. Nous n’avons pas "
            "vu l’original. Nous n’avons pas vérifié si c’est exact.",
        ),
        (
            "uk",
            'The harbour office — сказано 2 березня 2020 року: <span lang="en" dir="ltr">Twelve '
            "boats were counted.</span> Ми прочитали це тут: the Gazette. Оригіналу ми не "
            "бачили. Ми не перевіряли, чи це так.",
        ),
    ],
)
def test_line_is_told_from_the_record_in_other_languages(language: str, line: str):
    with override(language):
        assert line_of(content(language="en")) == line


def test_line_marks_the_words_of_the_claim_by_their_language_and_escapes_all():
    claim = content(language="ar", text="<b>&", said=None)
    claim["speaker"]["claimant"]["name"] = "<i>"

    with override("fr"):
        line = line_of(claim)

    assert '<span lang="ar" dir="rtl">&lt;b&gt;&amp;.</span>' in line
    assert line.startswith("&lt;i&gt;, propos tenus à une date non établie")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (2, "Ми прочитали це тут: 1 і 2."),
        (3, "Ми прочитали це тут: 1 і ще 2 видання."),
        (6, "Ми прочитали це тут: 1 і ще 5 видань."),
        (22, "Ми прочитали це тут: 1 і ще 21 видання."),
    ],
)
def test_other_outlets_are_counted_by_the_grammar_of_the_language(count: int, words: str):
    outlets = [str(number + 1) for number in range(count)]
    claim = content(
        language="en",
        documents=[
            {"id": id, "is_held": True, "source": {"id": id, "name": id}, "hop": None}
            for id in outlets
        ],
        citations=[{"role": "attribution", "document": id} for id in outlets],
    )

    with override("uk"):
        assert words in line_of(claim)


@pytest.mark.django_db(databases=["default", "public"])
def test_lists_have_a_line_with_claimant_and_both_statuses():
    claim = current(make_published_claim())

    with override("fr"):
        line = line_of(orjson.loads(claim.summary))

    assert line.startswith(f"{claim.claimant_name[:1].upper()}{claim.claimant_name[1:]}, propos")
    assert line.endswith(f"Rapporté{NARROW}: nous n’avons pas vu l’original. Pas encore vérifié.")


# Pages


@pytest.mark.django_db(databases=["default", "public"])
def test_page_says_that_the_claim_is_in_another_language(reader: Client):
    address = current(make_published_claim()).get_absolute_url()

    assert "This claim is written in" not in text_of(reader.get(address))
    assert "Langue de cette affirmation : anglais." in text_of(reader.get(f"/fr{address}"))
    assert "Мова цього твердження: англійська." in text_of(reader.get(f"/uk{address}"))


@pytest.mark.django_db(databases=["default", "public"])
def test_refused_request_is_told_in_the_language_of_the_page(reader: Client):
    page = reader.get("/uk/claims/?about=nonsense").content.decode()

    assert "<h1>Хибний запит</h1>" in page
    assert '<p lang="en" dir="ltr">' in page

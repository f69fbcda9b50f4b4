"""The methodology page: every code with its meaning, every rule, and an address for each."""

import html
import re

import pytest
from django.test import Client

from claims.presentation.statuses import attribution, verification
from claims.rules import RULES
from claims.views import methodology
from claims.vocabulary import CHAPTERS, LISTS, Chapter, CodeList, Meaning
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> object:
    """The page, asked for by somebody without an account."""
    return Client().get("/methodology/")


@pytest.fixture
def page(response) -> str:
    return html.unescape(response.content.decode())


def entry(page: str, anchor: str) -> str:
    """The element of that id, up to its definition's end."""
    start = page.index(f'<div id="{anchor}">')
    return page[start : page.index("</dd>", start)]


# Codes


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_printed_with_its_question_and_its_codes(page: str, name: str):
    codes = LISTS[name]

    assert f'<h3 id="{name}">{codes.title}</h3>\n<p>{codes.question} ' in page
    for code, meaning in codes.meanings.items():
        printed = entry(page, f"{name}-{code}")
        assert meaning.reader_label in printed
        assert meaning.definition in printed
        assert f'<a class="code" href="#{name}-{code}"><code>{code}</code></a>' in printed


def test_both_statuses_are_shown_with_icon_and_tone_as_everywhere(page: str):
    for status in (attribution("reported"), verification("disputed")):
        printed = entry(page, status.anchor)
        assert f'<span class="status {status.tone}"><svg' in printed
        assert f"<span>{status.label}</span>" in printed


def test_status_without_anybody_named_leads_to_the_list(page: str):
    assert attribution(None).anchor == "attribution-status"
    assert 'id="attribution-status"' in page


def test_numbers_and_categories_of_other_vocabularies_stand_beside_the_codes(page: str):
    assert "ClaimReview: 3 of 5." in entry(page, "verification-status-partly-true")
    assert "ClaimReview:" not in entry(page, "verification-status-disputed")
    satire = entry(page, "media-finding-satire")
    assert "MediaReview: <code>SatireOrParodyContent</code>." in satire


def test_harm_check_says_that_what_was_found_is_not_published(page: str):
    assert "This list is public; what was found in a claim is not" in page


# Dates


def test_every_list_says_since_when(response):
    assert text_of(response).count("Since 22 November 2026 .") == len(LISTS) == 33


def test_code_that_came_later_has_its_own_date(monkeypatch: pytest.MonkeyPatch):
    counting = LISTS["counting"].choices
    codes = CodeList(
        name="synthetic",
        title="Synthetic",
        question="Which?",
        choices=counting,
        meanings={
            "per-period": Meaning("One", "It is one."),
            "cumulative": Meaning("Two", "It is two.", since="2027-02-03"),
        },
    )
    chapter = Chapter("chapter", "A chapter", "Words.", (codes,))
    monkeypatch.setattr(methodology, "CHAPTERS", (chapter,))

    page = Client().get("/methodology/").content.decode()

    assert "<time" not in entry(page, "synthetic-per-period")
    assert '<time datetime="2027-02-03">3 February 2027</time>' in entry(
        page, "synthetic-cumulative"
    )


# Rules


def test_every_rule_is_printed_in_the_editors_words(page: str):
    for rule in RULES:
        assert rule.sentence in entry(page, f"rule-{rule.name}")


def test_rules_without_exception_stand_apart_from_those_that_an_editor_may_override(page: str):
    always = page[page.index("Without exception") : page.index("Unless an editor gives a reason")]
    otherwise = page[page.index("Unless an editor gives a reason") :]

    printed = [re.findall(r'id="rule-([\w-]+)"', part) for part in (always, otherwise)]

    assert printed == [
        [rule.name for rule in RULES if not rule.overridable],
        [rule.name for rule in RULES if rule.overridable],
    ]
    assert {"speaker", "about", "quote", "two-people", "harm-check"} == set(printed[0])


def test_rules_that_archives_have_to_meet_are_marked(page: str):
    marked = {rule.name for rule in RULES if "archives too" in entry(page, f"rule-{rule.name}")}

    assert marked == {rule.name for rule in RULES if rule.for_imports}
    assert "speaker" in marked
    assert "quote" not in marked


# The page


def test_contents_lead_to_every_chapter_and_list(page: str):
    start = page.index('<nav class="contents"')
    contents = page[start : page.index("</nav>", start)]
    prose = {"evidence-counts": ["counting-origins"], "record": ["what-corrections-are"]}

    assert re.findall(r'href="#([\w-]+)"', contents) == [
        *(
            name
            for chapter in CHAPTERS
            for name in (
                chapter.name,
                *(codes.name for codes in chapter.lists),
                *prose.get(chapter.name, []),
            )
        ),
        "rules",
        "log",
    ]


def test_page_says_in_prose_how_origins_are_counted_and_what_corrections_are(page: str):
    assert page.count('<ol class="principles">') == 2
    for sentence in (
        "Who was told adds nothing by that.",
        "“Corroborated” takes at least two such origins for the claim",
        "A correction says that we were wrong; an update, that the world or the evidence has",
        "two people stand behind the exact words",
    ):
        assert sentence in page
    for path in ("/corrections/", "/policies/#corrections"):
        assert f'href="{path}"' in page


def test_every_address_on_the_page_is_there_once(page: str):
    ids = re.findall(r' id="([^"]*)"', page)
    links = re.findall(r'href="#([^"]*)"', page)

    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)


def test_page_leads_to_the_same_words_for_programs(page: str):
    assert 'href="/api/v1/vocabulary/"' in page

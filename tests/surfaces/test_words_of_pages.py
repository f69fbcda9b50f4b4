"""Every page says in which language its words are, and its own are in the reader's."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, ClaimRelation
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests import factories
from tests.surfaces.claim_rich import make_told_claim
from tests.surfaces.every_page import make_correcting_claim, make_site, names
from tests.surfaces.ledgering import bury, publish
from tests.surfaces.reading import current
from tests.surfaces.rich import make_rich_draft
from tests.surfaces.test_answer import opened
from tests.surfaces.wording import english_words, latin_words, words_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])

LINKS = re.compile(r"<a href=.*?</a>", re.DOTALL)
STATUSES = {"not found": 404, "not yet": 404, "malformed": 400, "suspend": 410, "redact": 410}


def pages_in(language: str, reader: Client, site: dict[str, str]) -> dict[str, str]:
    """Every page of the site in a language, by what it is; and the answers to what is sent."""
    told = {
        name: reader.get(f"/{language}{address}", follow=True) for name, address in site.items()
    }
    assert {name: response.status_code for name, response in told.items()} == {
        name: STATUSES.get(name.rpartition(", ")[2], 200) for name in site
    }
    pages = {name: response.content.decode() for name, response in told.items()}
    sent = {"kind": "error", "text": "Synthetic.", "contact": "", "homepage": ""}
    for name, values in {
        "answer, nothing": {**sent, "text": "", "kind": "", "opened": opened()},
        "answer, by a program": {**sent, "homepage": "x", "opened": opened()},
        "answer, not whole": {**sent, "opened": "x"},
        "answer, too fast": {**sent, "opened": opened(0)},
        "answer, too late": {**sent, "opened": opened(10**6)},
        "answer, too long": {**sent, "contact": "x" * 301, "opened": opened()},
        "answered": {**sent, "opened": opened()},
    }.items():
        pages[name] = reader.post(f"/{language}/answer/", values).content.decode()
    return pages


def content_of(claim: Claim) -> dict[str, Any]:
    """What the claim's newest record says."""
    content = Publication.objects.get(seq=current(claim).from_seq).content
    assert content is not None
    return content


def text_of_html(markup: str) -> str:
    """The words alone."""
    return re.sub(r"<[^>]+>", "", markup)


def test_no_page_has_words_of_ours_in_english(reader: Client):
    site = make_site()
    for language in ("fr", "uk"):
        pages = pages_in(language, reader, site)
        found = {name: english_words(page, language) for name, page in pages.items()}
        assert {name: words for name, words in found.items() if words} == {}, language


def test_no_words_of_a_record_pass_for_those_of_the_page(reader: Client):
    pages = pages_in("uk", reader, make_site())
    found = {name: latin_words(page, names()) for name, page in pages.items()}

    assert {name: words for name, words in found.items() if words} == {}


def test_editors_words_are_in_the_language_of_the_claim_on_every_page(reader: Client):
    draft = make_rich_draft(language="fr")
    ClaimRelation.objects.create(
        claim=draft,
        kind="part-of",
        other=factories.make_published_claim(about="occurrence"),
        note="A number of boats says there were some.",
        created_by=factories.somebody(),
    )
    claim = publish(draft)
    content = content_of(claim)
    figure, inquiry = content["figures"][0], content["inquiries"][0]
    words = {
        content["text"],
        content["attribution"]["reason"],
        content["verification"]["rationale"],
        content["why_checked"],
        content["would_settle"],
        content["event"]["name"],
        content["speaker"]["roles"][0]["title"],
        content["citations"][0]["fidelity"]["reason"],
        content["citations"][0]["fidelity"]["likely_reading"],
        content["relations"][0]["note"],
        *(inquiry["question"], inquiry["place"]),
        *(figure["counts"], figure["period"], figure["measure"]["what"]),
        *content["unknowns"].split("\n\n"),
    }

    for prefix, language in (("", "en"), ("/fr", "fr"), ("/uk", "uk")):
        page = reader.get(prefix + current(claim).get_absolute_url()).content.decode()
        told = words_of(page, language).told
        found = {one: {code for run, code in told if one in run} for one in words}
        assert found == {one: {"fr"} for one in words}, language


def test_english_line_marks_the_words_of_a_claim_in_another_language(reader: Client):
    claim = factories.make_published_claim(text="Douze <bateaux>", language="fr")

    page = reader.get(current(claim).get_absolute_url()).content.decode()

    marked = '<span lang="fr" dir="ltr">Douze &lt;bateaux&gt;.</span>'
    assert f"said on 2 March 2020: {marked} We read it in" in page


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "we have not seen the original. We have not checked whether it is so."),
        ("fr", "Nous n’avons pas vu l’original. Nous n’avons pas vérifié si c’est exact."),
        ("uk", "Оригіналу ми не бачили. Ми не перевіряли, чи це так."),
    ],
)
def test_other_claims_have_their_whole_line_in_every_language(
    reader: Client, language: str, says: str
):
    other = factories.make_published_claim()
    claim, merged = make_correcting_claim(other), factories.make_published_claim()
    bury(merged, PublicationKind.MERGE, successor=other)
    addresses = [
        current(claim).get_absolute_url(),
        f"/claims/{merged.public_id}/",
        f"/answer/?claim={other.public_id}",
    ]

    for address in addresses:
        page = reader.get(address if language == "en" else f"/{language}{address}")
        [line] = [
            text_of_html(found)
            for found in LINKS.findall(page.content.decode())
            if current(other).get_absolute_url() in found and says in text_of_html(found)
        ]
        assert line.endswith(says)


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
def test_pages_lead_programs_to_their_feeds(reader: Client, language: str):
    claim = make_told_claim()
    event, claimant = claim.event.public_id, claim.claimant.public_id
    prefix = "" if language == "en" else f"/{language}"
    feeds = {
        "/": "/feed.atom",
        "/claims/": "/feed.atom",
        current(claim).get_absolute_url(): "/feed.atom",
        "/corrections/": "/corrections/feed.atom",
        f"/events/{event}/": f"/events/{event}/feed.atom",
        f"/claimants/{claimant}/": f"/claimants/{claimant}/feed.atom",
        "/topics/harbours/": "/topics/harbours/feed.atom",
    }

    for address, feed in feeds.items():
        page = reader.get(prefix + address, follow=True).content.decode()
        link = f'<link rel="alternate" type="application/atom+xml" href="{prefix}{feed}" title="'
        assert page.count(link) == 1, address
        assert reader.get(prefix + feed).status_code == 200

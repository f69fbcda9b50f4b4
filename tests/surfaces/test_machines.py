"""What programs read on the page of a claim: JSON-LD, and what a link to it shows elsewhere."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from claims.choices import AttributionStatus, VerificationStatus
from claims.claimreview import FINDINGS, VERDICTS, Place, markup_of
from claims.models import Claim
from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from tests.factories import make_published_claim, make_ready_claim, revise_and_publish
from tests.surfaces.ledgering import bury, publish
from tests.surfaces.reading import current
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"
NUMBERED = {"false": 1, "partly-true": 3, "confirmed": 5}
UNPLEASANT = "</script><script>alert(1)</script> <!-- & \u2028 ]]> “12 boats”."


def page_of(reader: Client, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def markups_of(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


def newest(claim: Claim) -> Publication:
    return Publication.objects.filter(subject_id=claim.public_id).order_by("-version")[0]


def content(**values: Any) -> dict[str, Any]:
    """A published content with other statuses."""
    told = dict(newest(make_published_claim()).content or {})
    for name, status in values.items():
        told[name] = {**told[name], "status": status}
    return told


def place(**values: Any) -> Place:
    given = {"path": "/claims/0123456789/a/", "claim_id": "0123456789", "version": 1}
    times = {"first_at": "2020-03-02T00:00:00Z", "at": "2020-03-03T00:00:00Z"}
    return Place(**{"origin": ORIGIN, **given, **times, **values})


def keys_of(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if isinstance(value, dict):
        return set(value) | keys_of(list(value.values()))
    return set()


# What is told of a record


@pytest.mark.parametrize("status", VerificationStatus.values)
def test_only_verdicts_are_reviews_and_only_three_have_a_number(status: str):
    markup = markup_of(content(verification=status), place())

    if status not in VERDICTS:
        assert markup["@type"] == "Claim"
        assert not keys_of(markup) & {"reviewRating", "ratingValue", "claimReviewed"}
        return
    rating = markup["reviewRating"]
    assert markup["@type"] == "ClaimReview"
    assert rating["alternateName"] == VERIFICATION_MEANINGS[status].reader_label
    scale = {name: rating.get(name) for name in ("ratingValue", "bestRating", "worstRating")}
    number = NUMBERED.get(status)
    assert scale == {
        "ratingValue": number,
        "bestRating": 5 if number else None,
        "worstRating": 1 if number else None,
    }


def test_verdicts_are_those_of_the_methodology():
    assert {
        "false",
        "misleading",
        "partly-true",
        "corroborated",
        "confirmed",
        "disputed",
        "unverifiable",
    } == VERDICTS


@pytest.mark.parametrize("status", AttributionStatus.values)
def test_a_finding_on_who_said_it_reviews_that_they_did(status: str):
    told = content(attribution=status)
    who = told["speaker"]["claimant"]["name"]

    markup = markup_of(told, place())

    if status not in FINDINGS:
        assert markup["@type"] == "Claim"
        return
    assert markup["@type"] == "ClaimReview"
    assert markup["itemReviewed"]["text"] == f"{who} said: {told['text']}"
    assert "author" not in markup["itemReviewed"]
    assert markup["reviewRating"]["alternateName"] == ATTRIBUTION_MEANINGS[status].reader_label
    assert "ratingValue" not in markup["reviewRating"]


@pytest.mark.parametrize("status", ["misattributed", "fabricated"])
def test_nobody_is_told_to_have_said_what_they_did_not_say(status: str):
    markup = markup_of(content(attribution=status, verification="false"), place())

    assert markup["reviewRating"]["ratingValue"] == 1
    assert "author" not in markup["itemReviewed"]


def test_a_long_claim_is_cut_before_the_length_that_is_shown():
    told = {**content(verification="false"), "text": "Twelve boats were counted. " * 20}

    markup = markup_of(told, place())

    assert len(markup["claimReviewed"]) == 74
    assert markup["itemReviewed"]["text"] == told["text"]


def test_the_claimant_is_known_elsewhere_by_their_own_record():
    told = content(verification="false")
    told["speaker"]["roles"] = [{"title": "mayor"}]
    person = {"kind": "person", "wikidata_id": "Q1"}

    markup = markup_of(told, place(claimant=person))

    assert markup["itemReviewed"]["author"] == {
        "@type": "Person",
        "name": told["speaker"]["claimant"]["name"],
        "sameAs": "https://www.wikidata.org/wiki/Q1",
        "jobTitle": "mayor",
    }


# On the page


def test_the_markup_is_a_fresh_projection_of_the_published_record(reader: Client):
    claim = make_rich_claim()
    row, publication = current(claim), newest(claim)
    actor = Publication.objects.filter(subject_id=row.claimant_id).order_by("-version")[0]

    page = page_of(reader, row.get_absolute_url())

    fresh = markup_of(
        publication.content or {},
        place(
            path=row.get_absolute_url(),
            claim_id=row.claim_id,
            version=2,
            first_at=time_text(row.first_published_at),
            at=time_text(publication.published_at),
            claimant=actor.content,
        ),
    )
    [markup] = markups_of(page)
    assert markup == fresh
    assert markup["@type"] == "ClaimReview"
    assert markup["url"] == f"{ORIGIN}{row.get_absolute_url()}"
    assert f'<link rel="canonical" href="{markup["url"]}">' in page
    assert markup["description"] == row.status_line
    visible = re.findall(r'<p class="answer">.*?</p>', page, re.DOTALL)
    assert any(markup["reviewRating"]["alternateName"] in answer for answer in visible)


def test_the_quotations_of_its_carriers_go_along(reader: Client):
    [markup] = markups_of(page_of(reader, current(make_rich_claim()).get_absolute_url()))

    [carrier] = markup["itemReviewed"]["appearance"]
    assert carrier["hasPart"]["@type"] == "Quotation"
    assert carrier["hasPart"]["text"].startswith("that it had “fired” 12 boats")


def test_what_nobody_has_checked_is_a_claim(reader: Client):
    row = current(make_published_claim())

    [markup] = markups_of(page_of(reader, row.get_absolute_url()))

    assert markup["@type"] == "Claim"
    assert markup["subjectOf"]["description"] == row.status_line
    assert "creativeWorkStatus" not in markup["subjectOf"]


def test_versions_have_no_review_and_say_what_became_of_them(reader: Client):
    claim = make_rich_claim()
    at = f"/claims/{claim.public_id}/versions"

    [old] = markups_of(page_of(reader, f"{at}/1/"))
    [new] = markups_of(page_of(reader, f"{at}/2/"))
    bury(claim, PublicationKind.RETRACT)
    [retracted] = markups_of(page_of(reader, f"{at}/2/"))

    assert [one["@type"] for one in (old, new, retracted)] == ["Claim"] * 3
    became = [one["subjectOf"].get("creativeWorkStatus") for one in (old, new, retracted)]
    assert became == ["Superseded", None, "Retracted"]


@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.RETRACT])
def test_pages_without_words_tell_machines_nothing(reader: Client, kind: PublicationKind):
    claim = make_rich_claim()
    bury(claim, kind)

    page = reader.get(f"/claims/{claim.public_id}/").content.decode()

    assert markups_of(page) == []
    assert "og:title" not in page


def test_a_review_stands_on_one_page_whatever_languages_there_are(reader: Client):
    address = current(make_rich_claim()).get_absolute_url()

    assert len(markups_of(page_of(reader, address))) == 1
    assert markups_of(page_of(reader, f"/fr{address}")) == []
    assert 'property="og:locale" content="fr_FR"' in page_of(reader, f"/fr{address}")


def test_words_cannot_leave_the_script(reader: Client):
    claim = publish(make_ready_claim(text=UNPLEASANT))

    page = page_of(reader, current(claim).get_absolute_url())

    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not re.search("[<>&\u2028\u2029]", script)
    assert page.count("<script") == 1
    assert json.loads(script)["text"] == UNPLEASANT


def test_a_link_to_a_claim_shows_who_and_both_statuses_elsewhere(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="“Twelve” boats & more were counted.")
    row = current(claim)

    page = page_of(reader, row.get_absolute_url())

    told = {
        name: html.unescape(text)
        for name, text in re.findall(
            r'<meta (?:property|name)="((?:og|twitter|article):[^"]+)" content="([^"]*)">', page
        )
    }
    title = html.unescape(re.findall(r"<title>(.*?)</title>", page)[0])
    assert row.claimant_name in title
    assert told == {
        "og:type": "article",
        "og:site_name": "Factcheck",
        "og:title": title,
        "og:description": row.status_line,
        "og:url": f"{ORIGIN}{row.get_absolute_url()}",
        "og:locale": "en_GB",
        "article:published_time": time_text(row.first_published_at),
        "article:modified_time": time_text(row.published_at),
        "twitter:card": "summary",
    }

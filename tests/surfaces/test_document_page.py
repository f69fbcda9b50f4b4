"""The page of a document: what it says, and no more of it than the claims rest on."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.addresses import document_path
from claims.models import Citation, Claim
from claims.views import document as document_view
from factcheck.ledger.choices import PublicationKind
from sources.models import Document
from sources.services import anchor_passage
from tests.factories import (
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    make_ready_claim,
    somebody,
    withhold,
)
from tests.surfaces.ledgering import publish
from tests.surfaces.reading import text_of
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

TEXT = "SYNTHETIC. First there was one boat. Then there were two boats. A secret stands here."


def address_of(document: Document) -> str:
    return document_path(document.public_id, document.title)


def carried(claim: Claim) -> Document:
    """The document that carries a claim."""
    return claim.citations.order_by("position")[0].document


def read(reader: Client, document: Document) -> Any:
    response = reader.get(address_of(document))
    assert response.status_code == 200
    return response


def cite(claim: Claim, document: Document, passage: Any, **values: Any) -> None:
    Citation.objects.create(
        claim=claim,
        position=9,
        document=document,
        passage=passage,
        created_by=somebody(),
        **{"role": "evidence", "stance": "refutes", "basis": "was-told"} | values,
    )


def test_document_says_whose_it_is_and_which_copy_we_hold(reader: Client):
    claim = make_rich_claim()
    website = carried(claim)
    capture = website.captures.get()

    response = read(reader, website)

    html, text = response.content.decode(), text_of(response)
    assert "Twelve boats “fired”, ministry says" in text
    assert f'href="/sources/{website.source.public_id}/an-unnamed-website/"' in html
    assert 'href="https://news.example/boats" rel="nofollow"' in html
    assert capture.sha256 in text
    assert "It is a machine translation of Douze bateaux" in text
    assert "It carries this claim" in text
    assert "that it had “fired” 12 boats aimed at the port." in text
    assert "Harbour Ministry of Exampleland" in text
    assert "Reported" in text
    assert "Disputed" in text
    # Between and around the quotes there is more, which stays with us.
    assert "A fisherman, who counted them" not in text


def test_document_known_by_report_says_where_we_read_of_it(reader: Client):
    claim = make_rich_claim()
    post = claim.citations.order_by("position")[1].document

    response = read(reader, post)

    text = text_of(response)
    assert "Nobody here has seen it: we know it only by report." in text
    assert "the ministry wrote on its channel" in text
    assert f'<a href="{address_of(carried(claim))}">' in response.content.decode()
    assert "Where in it is not known." in text


def test_claims_stand_in_the_order_of_the_text(reader: Client):
    document = make_document()
    capture = make_capture(document, TEXT)
    two = make_passage(capture, "Then there were two boats.")
    one = make_passage(capture, "First there was one boat.")
    page = anchor_passage(capture, [], by=somebody(), locator="page 2")
    by_page = make_ready_claim(text="Page claim.")
    cite(by_page, document, page, stance="supports")
    publish(by_page)
    make_published_claim(text="Second claim.", passage=two)
    make_published_claim(text="First claim.", passage=one)

    response = read(reader, document)

    html, text = response.content.decode(), text_of(response)
    places = [text.index(f"{name} claim.") for name in ("First", "Second", "Page")]
    assert places == sorted(places)
    assert text.count("It carries this claim") == 2
    assert text.count("Evidence that this is so") == 1
    assert html.count('class="account"') == html.count("Did they say it?") == 3
    assert html.count("Is it so?") == 3
    assert "page 2" in text
    assert "secret" not in text


def test_claims_that_the_same_words_carry_stand_under_them_once(reader: Client):
    document = make_document()
    words = make_passage(make_capture(document, TEXT), "First there was one boat.")
    for text in ("There was a boat.", "It was one.", "Others followed."):
        make_published_claim(text=text, passage=words)

    response = read(reader, document)

    html, text = response.content.decode(), text_of(response)
    assert text.count("First there was one boat.") == 1
    assert text.count("It carries these claims") == 1
    assert html.count('class="account"') == html.count("Did they say it?") == 3


def test_one_claim_cited_twice_stands_once_with_both_places(reader: Client):
    claim = make_ready_claim()
    document = carried(claim)
    again = make_passage(document.captures.get(), "“Twelve boats,” the harbour office wrote.")
    cite(claim, document, again, stance="supports")
    publish(claim)

    html = read(reader, document).content.decode()

    assert html.count('class="account"') == 1
    assert html.count("<blockquote") == 2


def test_document_that_no_live_claim_cites_any_more_is_like_nothing(reader: Client):
    claim = make_published_claim()
    document = carried(claim)
    before = reader.get(address_of(document)).status_code
    withhold(claim, PublicationKind.RETRACT)

    now, nothing = reader.get(address_of(document)), reader.get("/documents/zzzzzzzzzz/a/")

    assert (before, now.status_code, nothing.status_code) == (200, 404, 404)
    ids = re.compile(r"/(?:documents|fr/documents|uk/documents)/[^\"]+")
    assert ids.sub("", now.content.decode()) == ids.sub("", nothing.content.decode())


def test_document_of_a_draft_is_nothing(reader: Client):
    draft = make_ready_claim()

    assert reader.get(address_of(carried(draft))).status_code == 404
    assert reader.get("/documents/no-id/").status_code == 404


def test_old_and_foreign_slugs_lead_to_the_right_address(reader: Client):
    document = carried(make_published_claim())
    right = address_of(document)

    bare = reader.get(f"/documents/{document.public_id}/")
    wrong = reader.get(f"/documents/{document.public_id}/another/")

    assert (bare.status_code, bare["Location"]) == (302, right)
    assert (wrong.status_code, wrong["Location"]) == (301, right)


def test_more_claims_than_a_page_holds_are_said_to_be_left_out(
    reader: Client, monkeypatch: pytest.MonkeyPatch
):
    passage = make_passage()
    for text in ("Older claim.", "Newer claim."):
        make_published_claim(text=text, passage=passage)
    monkeypatch.setattr(document_view, "MOST_CLAIMS", 1)

    text = text_of(read(reader, passage.capture.document))

    assert "Only those published last are on this page." in text
    assert "Newer claim." in text
    assert "Older claim." not in text

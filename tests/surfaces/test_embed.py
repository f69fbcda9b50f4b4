"""A claim on other people's pages: the card and oEmbed."""

import html
import json
import re
from urllib.parse import quote

import pytest
from django.test import Client, override_settings

from claims.views.embed import CARD_POLICY
from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim, revise_and_publish
from tests.surfaces.ledgering import NOTE, bury, publish
from tests.surfaces.reading import current, text_of
from tests.surfaces.rich import make_rich_draft

pytestmark = pytest.mark.django_db


# The card


def test_the_card_says_who_the_words_and_both_answers(reader: Client):
    claim = publish(make_rich_draft())

    response = reader.get(f"/claims/{claim.public_id}/embed/")

    text = text_of(response)
    assert response.status_code == 200
    for words in (
        "Harbour Ministry of Exampleland",
        "2 March 2020",
        "The ministry counted more than 12 boats aimed at the port.",
        "Did they say it? Reported: we have not seen the original",
        "Is it so? Disputed as of 9 March 2020",
        "version 1,",
    ):
        assert words in text


def test_the_card_may_stand_anywhere_and_runs_nothing(reader: Client):
    claim = make_published_claim()

    response = reader.get(f"/claims/{claim.public_id}/embed/")

    assert response["Content-Security-Policy"] == CARD_POLICY
    assert "frame-ancestors *" in CARD_POLICY
    assert "script-src" not in CARD_POLICY
    assert "allow-scripts" not in CARD_POLICY
    assert "allow-same-origin" not in CARD_POLICY
    assert "X-Frame-Options" not in response.headers
    assert "<script" not in response.content.decode()
    assert not response.cookies


def test_an_unchanged_card_may_stand_anywhere_too(reader: Client):
    address = f"/claims/{make_published_claim().public_id}/embed/"
    etag = reader.get(address)["ETag"]

    response = reader.get(address, headers={"if-none-match": etag})

    assert response.status_code == 304
    assert response["Content-Security-Policy"] == CARD_POLICY
    assert "X-Frame-Options" not in response.headers


def test_no_other_page_may_stand_in_a_frame(reader: Client):
    claim = make_published_claim()

    response = reader.get(current(claim).get_absolute_url())

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_every_link_of_the_card_opens_elsewhere(reader: Client):
    claim = make_published_claim()

    page = reader.get(f"/uk/claims/{claim.public_id}/embed/").content.decode()

    links = re.findall(r"<a [^>]+>", page)
    url = f"http://testserver/uk/claims/{claim.public_id}/"
    assert links == [f'<a href="{url}" target="_blank" rel="noopener">'] * 2


def test_the_card_shows_what_stands_now(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    revise_and_publish(claim, text="Thirteen boats were counted.")

    text = text_of(reader.get(f"/claims/{claim.public_id}/embed/"))

    assert "Thirteen boats were counted." in text
    assert "Twelve" not in text


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (PublicationKind.SUSPEND, 410, "This claim is suspended"),
        (PublicationKind.REDACT, 410, "The words of this claim were removed"),
        (PublicationKind.RETRACT, 200, "We have retracted this claim"),
        (PublicationKind.MERGE, 200, "This claim was merged into another one"),
    ],
)
def test_the_card_of_what_no_longer_stands_says_so_without_its_words(
    reader: Client, kind: PublicationKind, status: int, words: str
):
    claim = make_published_claim(text="Twelve boats were counted.")
    other = make_published_claim() if kind == PublicationKind.MERGE else None
    bury(claim, kind, successor=other)

    response = reader.get(f"/claims/{claim.public_id}/embed/")

    assert response.status_code == status
    assert response["Content-Security-Policy"] == CARD_POLICY
    assert words in text_of(response)
    assert NOTE in text_of(response)
    assert "boats" not in text_of(response)


def test_what_never_went_out_has_no_card(reader: Client):
    assert reader.get("/claims/zzzzzzzzzz/embed/").status_code == 404


def test_the_page_gives_the_cards_code(reader: Client):
    claim = current(make_published_claim(text='Twelve "boats" <b>were</b> counted.'))

    page = reader.get(claim.get_absolute_url()).content.decode()

    [code] = re.findall(r"<textarea [^>]+>(.*?)</textarea>", page, re.DOTALL)
    assert html.unescape(code) == (
        f'<iframe src="http://testserver/claims/{claim.claim_id}/embed/"'
        f' title="Not checked yet, reported – {claim.claimant_name}: Twelve &quot;boats&quot;'
        ' &lt;b&gt;were&lt;/b&gt; counted." width="600" height="320" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox'
        ' allow-top-navigation-by-user-activation" referrerpolicy="no-referrer"'
        ' style="border:0;max-width:100%"></iframe>'
    )
    assert "<b>were</b>" not in page


def test_an_earlier_version_offers_no_card(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")

    page = reader.get(f"/claims/{claim.public_id}/versions/1/").content.decode()

    assert "<textarea" not in page
    assert "/oembed" not in page


# oEmbed


def ask(reader: Client, url: str, more: str = ""):
    return reader.get(f"/oembed?url={quote(url, safe='')}{more}")


def test_oembed_gives_the_card(reader: Client):
    claim = current(make_published_claim())

    response = ask(reader, f"http://testserver{claim.get_absolute_url()}", "&format=json")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json; charset=utf-8"
    answer = json.loads(response.content)
    code = answer.pop("html")
    assert code.startswith(f'<iframe src="http://testserver/claims/{claim.claim_id}/embed/"')
    assert 'width="600" height="320"' in code
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Factcheck",
        "provider_url": "http://testserver/",
        "title": f"Not checked yet, reported – {claim.claimant_name}: {claim.text}",
        "width": 600,
        "height": 320,
    }


def test_the_page_leads_to_oembed(reader: Client):
    claim = current(make_published_claim())

    page = reader.get(claim.get_absolute_url()).content.decode()

    [address] = re.findall(
        r'<link rel="alternate" href="([^"]+)" type="application/json\+oembed">', page
    )
    assert reader.get(html.unescape(address)).status_code == 200
    assert address.startswith("http://testserver/oembed?url=http%3A%2F%2Ftestserver%2Fclaims%2F")


def test_oembed_knows_every_address_of_a_claim(reader: Client):
    claim = current(make_published_claim())
    at = f"/claims/{claim.claim_id}/"

    for path in (at, f"{at}old-slug/", f"{at}versions/1/", f"{at}?as_of=2020-01-01", f"{at}#chain"):
        assert ask(reader, f"http://testserver{path}").status_code == 200, path
    french = json.loads(ask(reader, f"http://testserver/fr{at}").content)
    assert f"http://testserver/fr/claims/{claim.claim_id}/embed/" in french["html"]


def test_oembed_keeps_to_the_room_that_there_is(reader: Client):
    claim = make_published_claim()
    url = f"http://testserver/claims/{claim.public_id}/"

    small = json.loads(ask(reader, url, "&maxwidth=300&maxheight=200").content)
    large = json.loads(ask(reader, url, "&maxwidth=3000").content)

    assert (small["width"], small["height"]) == (300, 200)
    assert 'width="300" height="200"' in small["html"]
    assert (large["width"], large["height"]) == (600, 320)
    assert ask(reader, url, "&maxwidth=wide").status_code == 400
    assert ask(reader, url, "&maxwidth=0").status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example/claims/{id}/",
        "https://testserver/claims/{id}/",
        "http://testserver:8000/claims/{id}/",
        "http://testserver@elsewhere.example/claims/{id}/",
        "//testserver/claims/{id}/",
        "/claims/{id}/",
        "http://testserver/claims/",
        "http://testserver/claims/zzzzzzzzzz/",
        "http://testserver/claims/{id}/versions/2/",
        "http://testserver/claims/{id}/versions/0/",
        "http://testserver/claims/{id}/compare/1...2/",
        "http://testserver/de/claims/{id}/",
        "http://testserver/methodology/",
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_nothing_else_and_repeats_nothing(reader: Client, url: str):
    claim = make_published_claim()

    response = ask(reader, url.format(id=claim.public_id))

    assert response.status_code == 404
    assert "Location" not in response.headers
    assert response["Cache-Control"] == "no-store"
    assert b"elsewhere" not in response.content
    assert b"javascript" not in response.content


def test_oembed_of_what_no_longer_stands_is_not_found(reader: Client):
    claim = make_published_claim()
    bury(claim, PublicationKind.RETRACT)

    assert ask(reader, f"http://testserver/claims/{claim.public_id}/").status_code == 404


def test_oembed_speaks_json_alone(reader: Client):
    claim = make_published_claim()
    url = f"http://testserver/claims/{claim.public_id}/"

    assert ask(reader, url, "&format=xml").status_code == 501


@override_settings(SITE_URL="https://facts.example")
def test_oembed_knows_the_sites_own_address(reader: Client):
    claim = make_published_claim()

    found = ask(reader, f"https://facts.example/claims/{claim.public_id}/")

    assert found.status_code == 200
    assert "https://facts.example/claims/" in json.loads(found.content)["html"]
    assert ask(reader, f"http://testserver/claims/{claim.public_id}/").status_code == 404

"""What the claim page gives to trust it by: order, interest, the way, where the words stand."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from claims import event_workflow, projection
from claims.models import ClaimRelation
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.subjects import Subject
from tests.factories import (
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
)
from tests.surfaces.claim_rich import add_party, make_told_claim, make_told_draft
from tests.surfaces.ledgering import publish
from tests.surfaces.reading import current, text_of
from tests.surfaces.rich import ARABIC, make_rich_draft

pytestmark = pytest.mark.django_db


def page_of(reader: Client, claim) -> str:
    return reader.get(current(claim).get_absolute_url()).content.decode()


def test_the_page_goes_from_the_status_line_to_the_record(reader: Client):
    claim = make_told_claim()

    page = page_of(reader, claim)

    order = [
        "<main",
        'class="status-line"',
        "Synthetic note: the text was wrong.",
        "<h1",
        ARABIC,
        "We suspect an accidental distortion.",
        "<dt>Who</dt>",
        'id="verdict-attribution"',
        'id="verdict-verification"',
        'id="interest"',
        'id="chain"',
        '<svg class="drawing-chain"',
        'class="chain"',
        'id="origins"',
        'id="evidence"',
        'id="figures"',
        'id="unknowns"',
        'id="settle"',
        'id="inquiries"',
        'id="relations"',
        'id="versions"',
        'id="cite"',
        'id="record"',
    ]
    main = page[page.index("<main") :]
    places = [main.index(mark) for mark in order]
    assert places == sorted(places)


def test_what_updates_a_claim_stands_above_its_verdicts(reader: Client):
    claim = make_published_claim()
    later = make_ready_claim(text="There were thirteen boats after all.")
    ClaimRelation.objects.create(claim=later, kind="updates", other=claim, created_by=somebody())
    publish(later)

    page = page_of(reader, claim)

    assert page.count("Updated by") == 1
    assert page.index("Updated by") < page.index(current(later).status_line)
    assert page.index(current(later).status_line) < page.index("<h1")


# Interest


@pytest.mark.parametrize(
    ("party", "words"),
    [
        ({}, "Speaks for a party : Exampleland Harbours . It is the party's own body or voice"),
        (
            {"interest": "declared-ally-of"},
            "Declared ally of a party : Exampleland Harbours . It has itself declared",
        ),
        (
            {"interest": "other-stake", "party": None, "stake": "It sells the port's boats"},
            "Other stake : It sells the port's boats. It stands to gain or to lose",
        ),
        (
            {"interest": "none-known", "party": None, "passage": None},
            "None known . Somebody here has looked, and found none.",
        ),
        (
            {"interest": "not-assessed", "party": None, "passage": None},
            "Not assessed. Nobody here has looked into it yet.",
        ),
    ],
)
def test_the_claimants_interest_is_told_in_the_same_words_for_all(
    reader: Client, party: dict, words: str
):
    claim = publish(make_told_draft(**party))

    text = text_of(reader.get(current(claim).get_absolute_url())).replace("&#x27;", "'")

    assert words in text
    assert "From our record of the event, published on" in text


def test_an_interest_nobody_has_entered_is_not_assessed(reader: Client):
    claim = publish(make_rich_draft())

    text = text_of(reader.get(current(claim).get_absolute_url()))

    assert "Not assessed. Nobody here has looked into it yet." in text


def test_an_interest_shows_what_it_rests_on(reader: Client):
    page = page_of(reader, publish(make_told_draft()))

    about = page[page.index('id="interest"') : page.index('id="chain"')]
    assert "Statute of the ministry" in about
    assert '<a href="https://law.example/statute#harbours:~:text=The%20mayor' in about


def test_an_interest_is_told_as_the_event_says_now_and_in_old_versions_as_it_said_then(
    reader: Client,
):
    claim = publish(make_rich_draft())
    add_party(claim)
    event_workflow.update_event(claim.event, by=make_user("editor"), note="Synthetic note.")
    address = f"/claims/{claim.public_id}/versions/1/"

    now = text_of(reader.get(address))
    revise_and_publish(claim, text="The harbour ministry counted more than 12 boats.")
    then = text_of(reader.get(address))

    assert "Speaks for a party : Exampleland Harbours" in now
    assert "Speaks for a party" not in then
    assert "Not assessed. Nobody here has looked into it yet." in then


def test_an_event_that_is_withheld_lends_no_interest(reader: Client):
    claim = publish(make_told_draft())
    draft = log.Draft(
        subject=Subject(SubjectKind.EVENT, claim.event.public_id),
        kind=PublicationKind.SUSPEND,
        action="suspend",
        note="Synthetic note.",
    )
    with transaction.atomic():
        [publication] = log.append([draft], by=make_user("editor"))
        projection.project_event(publication)

    text = text_of(reader.get(current(claim).get_absolute_url()))

    assert "Role at the time" in text
    assert "Speaks for a party" not in text
    assert "Not assessed" not in text


def test_the_claimants_role_is_that_of_the_day(reader: Client):
    page = page_of(reader, publish(make_told_draft()))

    assert "<dt>Role at the time</dt><dd>authority for harbours</dd>" in page


# Links


def test_whoever_and_whatever_is_named_leads_to_its_page(reader: Client):
    claim = make_told_claim()
    cited = claim.citations.get(position=1).document

    page = page_of(reader, claim)

    links = set(re.findall(r'href="(/[^"]+)"', page))
    assert {
        f"/claimants/{claim.claimant.public_id}/harbour-ministry-of-exampleland/",
        f"/events/{claim.event.public_id}/boats-off-the-port-of-exampleton/",
        f"/sources/{cited.source.public_id}/an-unnamed-website/",
        f"/documents/{cited.public_id}/twelve-boats-fired-ministry-says/",
        "/topics/harbours/",
        "/corrections/",
        "/methodology/#origin",
    } <= links


def test_a_document_that_no_claim_cites_has_no_page(reader: Client):
    claim = make_told_claim()
    french = claim.citations.get(position=1).document.hop_of

    page = page_of(reader, claim)

    assert french.title in page
    assert f"/documents/{french.public_id}/" not in page


def test_an_earlier_version_leads_to_no_document_that_may_be_cited_no_more(reader: Client):
    claim = make_told_claim()

    page = reader.get(f"/claims/{claim.public_id}/versions/1/").content.decode()

    assert "/documents/" not in page
    assert f"/claimants/{claim.claimant.public_id}/" in page


def test_a_topic_is_named_in_the_language_of_the_page(reader: Client):
    claim = make_rich_draft()
    claim.topics.get().names.create(
        language="fr", name="Ports synthétiques", slug="ports", created_by=somebody()
    )
    address = current(publish(claim)).get_absolute_url()

    assert "Ports synthétiques" in reader.get(f"/fr{address}").content.decode()
    assert "Ports synthétiques" not in reader.get(address).content.decode()


# The way, and the words' places


def test_the_chain_is_drawn_and_told_as_a_list(reader: Client):
    page = page_of(reader, publish(make_told_draft()))

    svg = page[page.index('<svg class="drawing-chain"') :].split("</svg>")[0]
    assert 'role="img" aria-labelledby="drawing-title drawing-text"' in svg
    assert svg.count("<rect") == 3
    assert svg.count("stroke-dasharray") == 2
    assert [
        re.sub("<.*?>|</t$", "", one) for one in re.findall(r"<t(?:span|ext x).*?</t", svg)
    ] == [
        "machine translation of",
        "quotes",
        "1. Twelve boats “fired”,",
        "ministry says",
        "an unnamed website",
        "carries it",
        "we hold a copy",
        "2. Douze bateaux « tirés » selon",
        "le ministère",
        *re.findall(r">(Synthetic Gazette \d+, 2 March 2020)<", svg),
        "carries it",
        "nobody here has seen it",
        "3. Post on the number of boats",
        "Channel of the ministry",
        "where it was first said",
        "nobody here has seen it",
    ]
    listed = page[page.index('<ol class="chain">') :].split("</section>")[0]
    assert re.findall(r'<li value="(\d+)" id="station-(\d+)"', listed) == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
    ]
    assert "Here the chain ends. It is said to be where the words were first said;" in listed


def test_a_quote_leads_to_its_place_in_the_original(reader: Client):
    page = page_of(reader, publish(make_told_draft()))

    assert (
        '<a href="https://news.example/boats#:~:text=that%20it%20had%20%E2%80%9Cfired%E2%80%9D'
        "%2012%20boats%20aimed%20at%20the%20port.&amp;text=%E2%80%9CWe%20counted%20more%20than"
        '%2012%20boats%2C%E2%80%9D%20the%20ministry%20wrote%20on%20its%20channel."'
    ) in page


def test_evidence_has_quote_basis_and_the_copys_hash_and_time(reader: Client):
    claim = publish(make_told_draft())
    capture = claim.citations.get(position=3).passage.capture

    page = page_of(reader, claim)

    evidence = page[page.index('id="evidence"') : page.index('id="figures"')]
    assert "a list of 14 registered boats" in evidence
    assert "How the source knows: holds the record" in evidence
    assert f"<code>{capture.sha256}</code>" in evidence
    assert f'<time datetime="{capture.captured_at:%Y-%m-%d}' in evidence


def test_the_original_stands_beside_the_words_and_says_who_compared_them(reader: Client):
    page = page_of(reader, publish(make_told_draft()))

    said = page[page.index('<div class="said beside">') : page.index("<dl")]
    assert "In the original, in Arabic" in said
    assert f'<blockquote class="quoted" lang="ar" dir="rtl"><p>{ARABIC}</p></blockquote>' in said
    assert "Nobody here has compared our words with these." in said
    assert "should probably read “shot at”." in said
    assert '<p class="aside">In <cite lang="en" dir="ltr">Twelve boats' in said


def test_a_page_in_another_language_says_in_which_the_record_is(reader: Client):
    address = current(publish(make_rich_draft())).get_absolute_url()

    sentence = "This claim is written in"
    assert sentence not in reader.get(address).content.decode()
    french = reader.get(f"/fr{address}").content.decode()
    assert "Langue de cette affirmation\u202f: anglais." in french


def test_a_rich_page_with_its_style_sheet_is_light(reader: Client):
    page = reader.get(current(make_told_claim()).get_absolute_url()).content
    sheet = Path(settings.BASE_DIR, "factcheck/static/factcheck/site.css").read_bytes()

    assert len(page) + len(sheet) < 60_000

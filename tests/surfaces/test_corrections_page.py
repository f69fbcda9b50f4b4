"""Corrections and updates: every one, apart from each other, and no word that may not be read."""

import re

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import workflow as claims_workflow
from claims.kinds import KINDS
from claims.views import corrections
from factcheck.common.roles import Role
from factcheck.ledger.choices import CORRECTING, PublicationKind
from factcheck.ledger.models import Publication
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import (
    make_actor,
    make_event,
    make_published_claim,
    make_source,
    make_user,
    revise_and_publish,
    withhold,
)
from tests.surfaces.ledgering import NOTE, bury
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db

WORDS = "Twelve boats were counted off the port."


def entry(reader: Client, publication: Publication, address: str = "/corrections/") -> str:
    """What the page says of one publication."""
    page = reader.get(address).content.decode()
    start = page.index(f'<li id="seq-{publication.seq}">')
    following = page.find('<li id="seq-', start + 1)
    return page[start : following if following > 0 else page.index("</ol>", start)]


def newest(row) -> Publication:
    return Publication.objects.filter(subject_id=row.public_id).latest("version")


def seqs(page: str) -> list[int]:
    return [int(seq) for seq in re.findall(r'<li id="seq-(\d+)">', page)]


def test_a_correction_shows_the_claim_with_who_said_it_both_statuses_and_what_changed(
    reader: Client,
):
    claim = revise_and_publish(make_published_claim(), text=WORDS)

    found = entry(reader, newest(claim))

    assert "<strong>Corrected</strong>" in found
    assert f'<span class="name">{claim.claimant.name}</span>' in found
    assert f'<a href="{current(claim).get_absolute_url()}">{WORDS}</a>' in found
    assert "Reported: we have not seen the original" in found
    assert "Not checked yet" in found
    assert "Synthetic note: the text was wrong." in found
    assert f'href="/claims/{claim.public_id}/compare/1...2/"' in found


def test_updates_stand_in_a_list_of_their_own(reader: Client):
    corrected, updated = make_published_claim(), make_published_claim()
    revise_and_publish(corrected, text="One.")
    revise_and_publish(updated, "update", text="Two.")

    wrong = reader.get("/corrections/").content.decode()
    changed = reader.get("/corrections/?show=updates").content.decode()

    assert seqs(wrong) == [newest(corrected).seq]
    assert seqs(changed) == [newest(updated).seq]
    assert "Updated" in entry(reader, newest(updated), "/corrections/?show=updates")


def test_a_first_publication_is_no_correction(reader: Client):
    make_published_claim(text=WORDS)

    text = text_of(reader.get("/corrections/"))

    assert "Nothing that we published has been corrected or taken back yet." in text
    assert "Nothing that we published has been updated yet." in text_of(
        reader.get("/corrections/?show=updates")
    )


@pytest.mark.parametrize("kind", ["suspend", "retract"])
def test_what_is_withheld_or_taken_back_shows_no_word_of_the_claim(reader: Client, kind: str):
    claim = withhold(make_published_claim(text=WORDS), kind, note=NOTE)

    found = entry(reader, newest(claim))

    assert WORDS not in found
    assert claim.claimant.name not in found
    assert f'<p class="note" lang="" dir="auto">{NOTE}</p>' in found
    assert f'href="/claims/{claim.public_id}/"' in found


def test_while_a_claim_is_suspended_its_earlier_corrections_say_nothing_of_it(reader: Client):
    claim = revise_and_publish(make_published_claim(), text=WORDS)
    correction = newest(claim)
    withhold(claim, "suspend", note=NOTE)

    found = entry(reader, correction)

    assert "Synthetic note: the text was wrong." not in found
    assert "What was said of it then is withheld with its words." in found
    assert "compare" not in found


def test_a_restored_claim_is_to_be_read_again(reader: Client):
    claim = withhold(make_published_claim(text=WORDS), "suspend")
    claims_workflow.restore(claim, by=make_user(Role.EDITOR), note="Synthetic note: settled.")

    found = entry(reader, newest(claim))

    assert "<strong>Restored</strong>" in found
    assert WORDS in found
    assert "compare" not in found


def test_a_removed_claim_is_listed_without_its_words_and_its_earlier_notes(reader: Client):
    claim = revise_and_publish(make_published_claim(), text=WORDS)
    correction = newest(claim)
    claims_workflow.take("redact", claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)

    found, before = entry(reader, newest(claim)), entry(reader, correction)

    assert "<strong>Removed</strong>" in found
    assert "Its words were removed." in found
    assert WORDS not in found + before
    assert "the text was wrong" not in before


def test_a_merged_claim_leads_to_what_took_its_place(reader: Client):
    claim, other = make_published_claim(text=WORDS), make_published_claim()
    bury(claim, PublicationKind.MERGE, successor=other)

    found = entry(reader, newest(claim))

    assert WORDS not in found
    assert f'href="{current(other).get_absolute_url()}"' in found
    assert other.claimant.name in found


@pytest.mark.parametrize(
    ("make", "room"), [(make_actor, "claimants"), (make_source, "sources"), (make_event, "events")]
)
def test_actors_sources_and_events_are_listed_too(reader: Client, make, room: str):
    row = make()
    live(row)
    workflow.suspend(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
    suspended = entry(reader, newest(row))
    workflow.restore(row, by=make_user(Role.EDITOR), note="Synthetic.", kinds=KINDS)
    name = getattr(row, "name", "") or row.title

    assert name not in suspended
    assert NOTE in suspended
    assert f'href="/{room}/{row.public_id}/"' in suspended
    assert f">{name}</a>" in entry(reader, newest(row))


def test_a_private_person_is_neither_named_nor_led_to(reader: Client):
    person = make_actor(
        kind="person", name="Synthetic Name", is_private=True, description="a synthetic neighbour"
    )
    live(person)
    for step in (workflow.suspend, workflow.restore):
        step(person, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
        found = entry(reader, newest(person))
        assert "Somebody who has no page here." in found
        assert "href" not in found
        for words in ("Synthetic Name", "neighbour", NOTE, person.public_id):
            assert words not in found


def test_a_merger_into_who_became_private_does_not_lead_there(reader: Client):
    one, person = live(make_actor()), live(make_actor(kind="person", name="Synthetic Name"))
    workflow.merge(one, into=person, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
    person.is_private, person.description = True, "a synthetic neighbour"
    person.save()
    workflow.correct(person, by=make_user(Role.EDITOR), note=NOTE)

    found = entry(reader, newest(one))

    for words in ("Synthetic Name", "neighbour", person.public_id):
        assert words not in found


def test_list_goes_on_from_page_to_page(reader: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corrections, "PAGE_SIZE", 2)
    claim = make_published_claim()
    for number in range(5):
        revise_and_publish(claim, text=f"Version {number}.")
    seen, address = [], "/corrections/"

    while address:
        page = reader.get(address).content.decode()
        seen.append(seqs(page))
        [address] = re.findall(r'<a href="([^"]*)" rel="next"', page) or [""]

    ones = Publication.objects.filter(subject_id=claim.public_id, kind="correct")
    expected = sorted((one.seq for one in ones), reverse=True)
    assert seen == [expected[:2], expected[2:4], expected[4:]]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("show=everything", "show: Leave it out, or choose “updates”."),
        ("before=0", "before: Give a whole number from 1 to "),
        ("before=-1", "before: Give a whole number from 1 to "),
        ("before=99999999999999999999", "before: Give a whole number from 1 to "),
        ("before=x", "before: Give a whole number from 1 to "),
    ],
)
def test_bad_input_is_refused_in_words(reader: Client, query: str, sentence: str):
    response = reader.get(f"/corrections/?{query}")

    assert response.status_code == 400
    assert sentence in text_of(response)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(reader: Client, count: int):
    for _ in range(count):
        revise_and_publish(make_published_claim(), text=WORDS)
        revise_and_publish(make_published_claim(), "update", text=WORDS)

    for address in ("/corrections/", "/corrections/?show=updates"):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert len(seqs(reader.get(address).content.decode())) == count
        assert len(captured) == 4


def test_corrections_are_read_from_an_index_of_their_own():
    make_published_claim()
    publications = Publication.objects.order_by("-seq").defer("record", "entry")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        wrong = publications.filter(kind__in=CORRECTING, seq__lt=9)[:30].explain()
        changed = publications.filter(kind__in=[PublicationKind.UPDATE], seq__lt=9)[:30].explain()

    assert "ledger_publication_correcting" in wrong
    assert "ledger_publication_updating" in changed

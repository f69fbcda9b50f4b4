"""Events, claimants and sources as of a day in the past, and in each of their versions."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.kinds import KINDS
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import (
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_source,
    make_user,
    revise_and_publish,
    withhold,
)
from tests.surfaces.clock import a_day_later, days_ago
from tests.surfaces.event_rich import make_rich_event, say
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: the name was wrong."
NOINDEX = '<meta name="robots" content="noindex">'
ROOMS = {"claimants": make_actor, "sources": make_source, "events": make_event}
NAMES = {"claimants": "name", "sources": "name", "events": "title"}


def rename(row: Any, name: str, *, note: str = NOTE) -> None:
    """Correct the name of an actor, a source or an event."""
    setattr(row, "title" if hasattr(row, "title") else "name", name)
    row.save()
    editor = make_user(Role.EDITOR)
    workflow.send_subject(row, PublicationKind.CORRECT, kinds=KINDS, by=editor, note=note)


def step(name: str, row: Any, **further: Any) -> None:
    by = make_user(Role.ADMINISTRATOR if name == "redact" else Role.EDITOR)
    getattr(workflow, name)(row, by=by, note=NOTE, kinds=KINDS, **further)


def renamed(room: str) -> Any:
    """Published two days ago as “First Name”, corrected yesterday to “Second Name”."""
    row = live(ROOMS[room](**{NAMES[room]: "First Name"}))
    a_day_later()
    rename(row, "Second Name")
    a_day_later()
    return row


@pytest.mark.parametrize("room", ROOMS)
def test_a_day_shows_the_record_that_stood_at_its_end(reader: Client, room: str):
    row = renamed(room)
    path = f"/{room}/{row.public_id}/"

    first = reader.get(f"{path}?as_of={days_ago(2)}")
    second = reader.get(f"{path}any-slug/?as_of={days_ago(1)}")

    page, text = first.content.decode(), text_of(first)
    assert (first.status_code, second.status_code) == (200, 200)
    assert "First Name" in text
    assert "Second Name" not in text
    assert "What we said as of" in text
    assert "It was version 1, published" in text
    assert "It still stands." not in text
    assert NOINDEX in page
    permanent = f"{path}?as_of={days_ago(2)}"
    assert f'<a href="{permanent}">The permanent address of this page</a>' in page
    assert f'<link rel="canonical" href="http://testserver{permanent}">' in page
    assert f'<a href="{path}">The page as it stands now</a>' in page
    assert "application/ld+json" not in page
    assert "Second Name" in text_of(second)
    assert "It was version 2, published" in text_of(second)
    assert "It still stands." in text_of(second)


@pytest.mark.parametrize("room", ROOMS)
def test_before_its_first_publication_there_was_nothing(reader: Client, room: str):
    row = renamed(room)

    response = reader.get(f"/{room}/{row.public_id}/?as_of=2020-01-01")

    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert "On 1 January 2020 we had published nothing on this page yet" in text_of(response)
    assert "Name" not in text_of(response)
    assert f'<a href="/{room}/{row.public_id}/">' in response.content.decode()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("given", ["yesterday", "2020-13-01", "9999-01-01"])
def test_what_is_no_day_is_refused(reader: Client, room: str, given: str):
    assert reader.get(f"/{room}/{renamed(room).public_id}/?as_of={given}").status_code == 400


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_suspended_now_was_on_no_day_there_to_read(reader: Client, room: str):
    row = renamed(room)
    step("suspend", row)

    for address in (f"?as_of={days_ago(2)}", f"?as_of={days_ago(0)}", "versions/1/"):
        response = reader.get(f"/{room}/{row.public_id}/{address}")
        text = text_of(response)
        assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
        assert "This page is suspended" in text
        assert "Name" not in text


@pytest.mark.parametrize("room", ROOMS)
def test_a_day_on_which_it_was_suspended_says_so(reader: Client, room: str):
    row = renamed(room)
    step("suspend", row)
    a_day_later()
    step("restore", row)

    then = reader.get(f"/{room}/{row.public_id}/?as_of={days_ago(1)}")
    before = reader.get(f"/{room}/{row.public_id}/?as_of={days_ago(2)}")

    assert then.status_code == 200
    assert "What we said as of" in text_of(then)
    assert "This page is suspended" in text_of(then)
    assert "Second Name" not in text_of(then)
    assert "Second Name" in text_of(before)


@pytest.mark.parametrize("room", ROOMS)
def test_what_was_retracted_is_read_as_it_stood_and_says_so(reader: Client, room: str):
    row = renamed(room)
    step("retract", row)

    version = text_of(reader.get(f"/{room}/{row.public_id}/versions/1/"))

    assert "We have retracted this page." in version
    assert "First Name" in version


@pytest.mark.parametrize("room", ROOMS)
def test_what_was_merged_since_is_read_as_it_stood_and_leads_on_after(reader: Client, room: str):
    row, other = renamed(room), renamed(room)
    step("merge", row, into=other)

    now = reader.get(f"/{room}/{row.public_id}/?as_of={days_ago(0)}")
    then = reader.get(f"/{room}/{row.public_id}/?as_of={days_ago(4)}")

    assert (now.status_code, now["Location"]) == (
        302,
        f"/{room}/{other.public_id}/?as_of={days_ago(0)}",
    )
    assert then.status_code == 200
    assert "First Name" in text_of(then)
    assert "Another page has taken the place of this one." in text_of(then)


@pytest.mark.parametrize("room", ROOMS)
def test_every_version_is_listed_and_has_a_page(reader: Client, room: str):
    row = renamed(room)
    path = f"/{room}/{row.public_id}/"

    now = reader.get(path, follow=True).content.decode()
    first, second = (reader.get(f"{path}versions/{number}/") for number in (1, 2))

    start = now.index('<h2 id="versions">Versions of this record</h2>')
    listing = now[start : now.index("</section>", start)]
    assert re.findall(r'href="([^"]+)"', listing) == [f"{path}versions/2/", f"{path}versions/1/"]
    assert NOTE in listing
    assert NOINDEX not in now
    assert "This is not what we say now." in text_of(first)
    assert "It was version 1, published" in text_of(first)
    assert "First Name" in text_of(first)
    assert f'<a href="{path}">The page as it stands now</a>' in first.content.decode()
    assert NOINDEX in first.content.decode()
    assert "Exact bytes" not in text_of(first)
    assert "Second Name" in text_of(second)
    assert "This is not what we say now." not in text_of(second)
    for number in ("0", "3", "x"):
        assert reader.get(f"{path}versions/{number}/").status_code == 404


def test_a_version_has_no_day(reader: Client):
    row = renamed("events")

    response = reader.get(f"/events/{row.public_id}/versions/1/?as_of={days_ago(1)}")

    assert response.status_code == 400


# Claims of then


def told_event() -> Any:
    """An event whose one claim was corrected a day after it went out, and that got another one."""
    event = make_rich_event()
    say(event, "Seven boats came.", figures=({"as_printed": "seven boats", "best": 7},))
    a_day_later()
    claim = event.claims.get()
    revise_and_publish(claim, text="Nine boats came.")
    say(event, "Eight boats came.", figures=({"as_printed": "eight boats", "best": 8},))
    return event


def test_an_event_has_the_claims_of_then(reader: Client):
    event = told_event()

    then = reader.get(f"/events/{event.public_id}/?as_of={days_ago(1)}")
    now = text_of(reader.get(f"/events/{event.public_id}/", follow=True))

    text = text_of(then)
    assert "Seven boats came." in text
    assert "Eight boats came." not in text
    assert "Nine boats came." not in text
    assert "The claims on this page are those that stood then." in text
    figures = f"/events/{event.public_id}/figures.csv?as_of={days_ago(1)}"
    assert f'href="{figures}"' in then.content.decode()
    assert "Seven boats came." not in now
    assert "Eight boats came." in now


def test_the_figures_of_then_are_a_file_of_their_own(reader: Client):
    event = told_event()

    then = reader.get(f"/events/{event.public_id}/figures.csv?as_of={days_ago(1)}")
    now = reader.get(f"/events/{event.public_id}/figures.csv")
    before = reader.get(f"/events/{event.public_id}/figures.csv?as_of=2020-01-01")

    def printed(response: Any) -> list[str]:
        return [row["as_printed"] for row in csv.DictReader(io.StringIO(response.content.decode()))]

    assert printed(then) == ["seven boats"]
    # Both claimants spoke on one day, so that their ids decide which stands first.
    assert sorted(printed(now)) == ["eight boats", "seven boats"]
    name = f"figures-{event.public_id}-{days_ago(1)}.csv"
    assert then["Content-Disposition"] == f'attachment; filename="{name}"'
    assert before.status_code == 404


def test_the_figures_of_a_day_on_which_it_was_suspended_are_gone(reader: Client):
    event = live(make_event())
    a_day_later()
    step("suspend", event)
    a_day_later()
    step("restore", event)

    assert [
        reader.get(f"/events/{event.public_id}/figures.csv?as_of={days_ago(count)}").status_code
        for count in (2, 1, 0)
    ] == [200, 410, 200]


@pytest.mark.parametrize("kind", ["suspend", "redact"])
def test_a_claim_that_is_withheld_now_stood_on_no_day(reader: Client, kind: str):
    event = make_event()
    claim = make_published_claim(event=event, text="Something to be withheld.")
    a_day_later()
    if kind == "redact":
        from_now = make_user(Role.ADMINISTRATOR)
        workflow.redact(claim, by=from_now, note=NOTE, kinds=KINDS)
    else:
        withhold(claim, kind)

    response = reader.get(f"/events/{event.public_id}/?as_of={days_ago(1)}")

    assert response.status_code == 200
    assert "Something to be withheld." not in text_of(response)


def test_a_claimant_has_the_claims_and_ties_of_then(reader: Client):
    actor = make_actor(name="Harbour Office")
    make_published_claim(claimant=actor, text="Seven boats came.")
    source = live(
        make_source(name="First Gazette", operator=actor, operator_passage=make_passage())
    )
    a_day_later()
    rename(source, "Second Gazette")
    make_published_claim(claimant=actor, text="Eight boats came.")

    then = reader.get(f"/claimants/{actor.public_id}/?as_of={days_ago(1)}")

    text = text_of(then)
    assert "Seven boats came." in text
    assert "Eight boats came." not in text
    assert "We have published 1 claim by this claimant since" in text
    assert "First Gazette" in text
    assert "Second Gazette" not in text
    assert "stands on the page as it stands now" in text


def test_a_source_has_the_claims_of_then_in_its_own_voice(reader: Client):
    source = make_source(name="Harbour Gazette")
    passage = make_passage(make_capture(make_document(source=source)))
    voice = {"speaker": "own-voice", "claimant": None, "outlet": source, "passage": passage}
    make_published_claim(text="Seven boats came.", **voice)
    a_day_later()
    make_published_claim(text="Eight boats came.", **voice)
    make_published_claim(text="Somebody else said nine.", passage=passage)

    text = text_of(reader.get(f"/sources/{source.public_id}/?as_of={days_ago(1)}"))

    assert "Seven boats came." in text
    assert "Eight boats came." not in text
    assert "Somebody else said nine." not in text


def test_the_claims_of_what_was_merged_then_are_told_though_it_was_undone(reader: Client):
    one, other = live(make_actor(name="One Office")), live(make_actor(name="Other Office"))
    make_published_claim(claimant=one, text="Seven boats came.")
    step("merge", one, into=other)
    a_day_later()
    step("restore", one)

    then = text_of(reader.get(f"/claimants/{other.public_id}/?as_of={days_ago(1)}"))
    now = text_of(reader.get(f"/claimants/{other.public_id}/", follow=True))

    assert "Seven boats came." in then
    assert "Seven boats came." not in now


# Private persons


def test_who_is_private_now_was_public_on_no_day(reader: Client):
    person = live(make_actor(kind="person", name="Synthetic Name"))
    a_day_later()
    person.is_private, person.description = True, "a synthetic neighbour"
    person.save()
    workflow.correct(person, by=make_user(Role.EDITOR), note=NOTE)

    for address in ("", f"?as_of={days_ago(1)}", "versions/1/", "versions/2/"):
        assert reader.get(f"/claimants/{person.public_id}/{address}").status_code == 404


def test_who_was_private_has_no_page_of_then_and_no_note(reader: Client):
    person = make_actor(
        kind="person", name="Synthetic Name", is_private=True, description="a neighbour"
    )
    live(person)
    step("suspend", person)
    step("restore", person)
    a_day_later()
    person.is_private = False
    person.save()
    last = "Synthetic note: stands for an office."
    workflow.correct(person, by=make_user(Role.EDITOR), note=last)

    now = reader.get(f"/claimants/{person.public_id}/", follow=True)

    assert now.status_code == 200
    assert "Synthetic Name" in text_of(now)
    assert last in text_of(now)
    assert NOTE not in text_of(now)
    assert text_of(now).count("withheld") == 3
    for address in (f"?as_of={days_ago(1)}", "versions/1/", "versions/2/", "versions/3/"):
        assert reader.get(f"/claimants/{person.public_id}/{address}").status_code == 404


def test_who_is_private_now_is_no_tie_of_then(reader: Client):
    office = live(make_actor(name="Harbour Office"))
    person = make_actor(kind="person", name="Synthetic Name")
    person.roles.create(title="spokeswoman", body=office, created_by=person.created_by)
    live(person)
    a_day_later()
    asked = f"/claimants/{office.public_id}/?as_of={days_ago(1)}"
    assert "Synthetic Name" in text_of(reader.get(asked))
    person.is_private, person.description = True, "a synthetic neighbour"
    person.save()

    workflow.correct(person, by=make_user(Role.EDITOR), note=NOTE)

    assert "Synthetic Name" not in text_of(reader.get(asked))


# Topics, and pages that do not know the past


def test_a_topic_of_a_day_is_the_list_of_that_day(reader: Client):
    known = reader.get(f"/topics/nothing-now/?as_of={days_ago(1)}")
    unknown = reader.get(f"/topics/no topic/?as_of={days_ago(1)}")
    no_day = reader.get("/topics/nothing-now/?as_of=yesterday")

    assert (known.status_code, known["Location"]) == (
        302,
        f"/claims/?topic=nothing-now&as_of={days_ago(1)}",
    )
    assert (unknown.status_code, no_day.status_code) == (404, 400)


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/topics/", "/corrections/", "/policies/", "/methodology/"),
        *("/documents/zzzzzzzzzz/", "/feed.atom", "/claims/zzzzzzzzzz/versions/1/"),
        *("/claims/zzzzzzzzzz/embed/", "/claims/zzzzzzzzzz/compare/1...2/", "/fr/topics/"),
    ],
)
def test_a_page_that_does_not_know_the_past_refuses_to_tell_today_for_it(
    reader: Client, address: str
):
    response = reader.get(f"{address}?as_of=2020-01-01")

    assert (response.status_code, response["Cache-Control"]) == (400, "no-store")
    assert "as_of" in text_of(response)
    if not address.startswith("/fr/"):
        assert "This page does not know what stood on a day in the past" in text_of(response)


# Queries


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(reader: Client, count: int):
    actor, source, event = make_actor(), make_source(), make_event()
    for row in (actor, source, event):
        live(row)
    for number in range(count):
        rename(actor, f"Office {number}")
        rename(source, f"Gazette {number}")
        rename(event, f"Boats {number}")
        make_published_claim(event=event, claimant=actor)
        passage = make_passage(make_capture(make_document(source=source)))
        make_published_claim(
            event=event, speaker="own-voice", claimant=None, outlet=source, passage=passage
        )
        live(make_source(name=f"Paper {number}", operator=actor, operator_passage=make_passage()))
    a_day_later()

    asked = {}
    for address in (
        f"/events/{event.public_id}/?as_of={days_ago(1)}",
        f"/events/{event.public_id}/figures.csv?as_of={days_ago(1)}",
        f"/claimants/{actor.public_id}/?as_of={days_ago(1)}",
        f"/sources/{source.public_id}/?as_of={days_ago(1)}",
        f"/events/{event.public_id}/versions/1/",
    ):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert reader.get(address).status_code == 200
        asked[address.split("?")[0].replace("/", " ").split()[-1]] = len(captured)

    assert list(asked.values()) == [9, 5, 13, 7, 6]

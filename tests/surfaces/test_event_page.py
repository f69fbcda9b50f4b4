"""The page of an event: who says what, who stands where, how many, and when."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from claims.kinds import KINDS
from claims.models import Event, EventParty
from claims.views import event as event_view
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import (
    add_figure,
    make_actor,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.surfaces.canaries import MARK, make_canary_claim
from tests.surfaces.event_rich import make_told_event, march, say
from tests.surfaces.ledgering import publish
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: it was entered twice."


def path_of(event: Event, slug: str = "") -> str:
    event.refresh_from_db()
    return f"/events/{event.public_id}/{slug}"


def read(reader: Client, event: Event) -> Any:
    """The page at its right address."""
    return reader.get(path_of(event), follow=True)


def test_event_page_says_what_when_where_and_in_what_it_lies(reader: Client):
    event = make_told_event()
    larger = event.part_of

    response = read(reader, event)

    text, html = text_of(response), response.content.decode()
    assert response.status_code == 200
    assert "2 March 2020, in the night (as printed: on Monday )" in text
    assert "Exampleton" in text
    assert "the port of Exampletown" in text
    # At settlement level, and never finer.
    assert "50.12° north, 30.54° west: the settlement, not the spot" in text
    assert "50.12345" not in html
    assert f'<a href="/events/{larger.public_id}/the-synthetic-week-of-the-boats/">' in html
    assert "As of 9 March 2020 ." in text
    assert "How many is disputed." in text
    assert event.title in text_of(read(reader, larger))


def test_accounts_of_one_question_stand_side_by_side_by_day(reader: Client):
    response = read(reader, make_told_event())

    html = response.content.decode()
    asked = re.findall(r'<h3 id="about-(\w+)">', html)
    assert asked == ["occurrence", "responsibility", "toll"]
    toll = html[html.index('id="about-toll"') : html.index('id="figures"')]
    said = [toll.index(text) for text in ("More than 12", "Between 5 and 7", "Dozens of boats")]
    assert said == sorted(said)
    # None stands without who said it and both statuses.
    assert toll.count('class="account"') == toll.count("Did they say it?") == 3
    assert toll.count("Is it so?") == toll.count("<h4>") == 3


def test_positions_are_told_by_party_in_the_same_words_for_every_side(reader: Client):
    response = read(reader, make_told_event())

    html = response.content.decode()
    parties = html[html.index('id="parties"') : html.index('id="timeline"')]
    headings = [
        re.sub(r"<[^>]+>", "", heading) for heading in re.findall(r"<h3>(.*?)</h3>", parties)
    ]
    assert headings == [
        "Northland",
        "Southland",
        "With another stake",
        "With no stake that is known",
        "Not assessed",
    ]
    # One who speaks for each, an ally and two without comment; the passages that say so.
    assert parties.count("speaks for this party") == 2
    assert parties.count("a declared ally of this party") == 1
    assert parties.count("No comment known.") == 3
    assert parties.count("How we know of the interest") == 4
    assert "Westland stands by Northland" in parties
    assert "A Fisherman’s Union" in parties


def test_party_itself_is_named_where_nobody_speaks_for_it(reader: Client):
    event = make_event()
    EventParty.objects.create(
        event=event,
        actor=make_actor(name="Ally"),
        interest="declared-ally-of",
        party=make_actor(name="Side"),
        passage=live_passage(),
        created_by=somebody(),
    )
    live(event)

    text = text_of(read(reader, event))

    assert "Side the party itself" in text
    assert text.count("No comment known.") == 2


def live_passage() -> Any:
    return make_ready_claim().citations.order_by("position")[0].passage


def test_figures_stand_on_axes_with_a_table_and_nothing_added_up(reader: Client):
    response = read(reader, make_told_event())

    html, text = response.content.decode(), text_of(response)
    assert html.count('<figure class="plot"') == 4
    names = re.findall(r'<svg role="img" aria-label="([^"]+)"', html)
    assert sorted(names) == [
        "A Fisherman’s Union: 9",
        "A Fisherman’s Union: about 9",
        "A Fisherman’s Union: at least 2",
        "Harbour Office of Southland: between 5 and 7",
        "Harbour Office of Southland: up to 30",
        "Navy of Northland: more than 12",
    ]
    assert html.count('<tbody role="rowgroup">') == 4
    assert "dozens of boats" in text
    assert "In words alone" in text
    assert "Figures that belong to no measure" in text
    assert "3 ships" in text


def test_timeline_goes_by_day_and_lists_the_undated_as_such(reader: Client):
    html = read(reader, make_told_event()).content.decode()

    days = re.findall(r'<li><p class="when">(.*?)</p>', html[html.index('id="timeline"') :])
    days = [re.sub(r"<[^>]+>", "", day) for day in days]
    assert [day.split(",")[0] for day in days] == [
        "2 March 2020",
        "2 March 2020",
        "3 March 2020",
        "4 March 2020",
        "Undated",
    ]


def test_links_that_would_read_the_same_are_one_with_how_many_claims(reader: Client):
    event = make_event()
    claimant = make_actor(name="Twice Heard")
    for _ in range(2):
        publish(make_ready_claim(event=event, claimant=claimant))

    html = read(reader, event).content.decode()

    after = html[html.index('id="parties"') :]
    assert after.count('<a href="#claim-') == 2
    assert after.count('</a> <span class="count">(2 claims)</span>') == 2


def test_more_claims_than_a_page_holds_are_said_to_be_on_the_list(
    reader: Client, monkeypatch: pytest.MonkeyPatch
):
    event = make_event()
    claims = [make_ready_claim(event=event) for _ in range(2)]
    EventParty.objects.create(event=event, actor=claims[0].claimant, created_by=somebody())
    for claim in claims:
        publish(claim)
    monkeypatch.setattr(event_view, "MOST_CLAIMS", 1)

    response = read(reader, event)

    text = text_of(response)
    assert "Only the newest claim is shown on this page." in text
    assert claims[1].text in text
    assert claims[0].text not in text
    # That the page has none does not mean that nothing is known.
    assert "Nothing among the claims on this page." in text
    assert "No comment known." not in text
    html = response.content.decode()
    assert f'href="/claims/?event={event.public_id}"' in html
    assert f"?event={event.public_id}&amp;claimant={claims[0].claimant.public_id}" in html


def test_event_without_claims_says_so(reader: Client):
    text = text_of(read(reader, live(make_event(happened=DateBounds()))))

    assert "No claim about this event is published now." in text
    assert "not established" in text


def test_withheld_claims_are_not_on_the_page(reader: Client):
    event = make_event()
    claim = make_published_claim(event=event, text="Twelve synthetic boats were hidden.")
    before = read(reader, event)
    withhold(claim, PublicationKind.SUSPEND)

    assert "were hidden" in text_of(before)
    assert "were hidden" not in text_of(read(reader, event))


def test_what_is_not_published_is_not_on_the_page(reader: Client):
    event = make_told_event()
    document = event.claims.first().citations.order_by("position")[0].document
    draft = make_canary_claim()
    draft.event = event
    draft.save()
    cited = draft.citations.order_by("position")[0]
    cited.document, cited.passage = document, make_passage(document.captures.get())
    cited.save()
    event.refresh_from_db()
    for name in ("title", "summary", "place", "place_as_printed"):
        setattr(event, name, f"{MARK} {name}")
    event.save()
    document.title = f"{MARK} title"
    document.save()

    pages = [
        read(reader, event),
        reader.get(path_of(event, "figures.csv")),
        reader.get(f"/documents/{document.public_id}/", follow=True),
    ]

    for response in pages:
        assert response.status_code == 200
        assert MARK not in response.content.decode()
        assert draft.public_id not in response.content.decode()


def test_a_private_claimant_is_a_description_without_a_page(reader: Client):
    person = make_actor(
        kind="person", name="Synthetic Name", is_private=True, description="a synthetic person"
    )
    event = make_event()
    say_privately(event, person)

    html = read(reader, event).content.decode()

    assert "a synthetic person" in html.lower()
    assert "Synthetic Name" not in html
    assert "/claimants/" not in html


def say_privately(event: Event, person: Any) -> None:
    claim = make_ready_claim(event=event, claimant=person)
    add_figure(claim)
    publish(claim)


def test_page_in_another_language_leads_to_pages_in_it(reader: Client):
    event = make_told_event()

    html = reader.get(f"/fr{path_of(event)}", follow=True).content.decode()

    assert f'href="/fr/events/{event.public_id}/figures.csv"' in html
    main = html[html.index("<main") : html.index("</main>")]
    assert [link for link in re.findall(r'href="(/[^"]*)"', main) if link[:4] != "/fr/"] == []
    assert html.count(f'href="/fr/events/{event.public_id}/feed.atom"') == 2


def test_old_and_foreign_slugs_lead_to_the_right_address(reader: Client):
    event = live(make_event(title="Boats off the port"))

    bare, wrong = reader.get(path_of(event)), reader.get(path_of(event, "another/") + "?a=1")

    right = path_of(event, "boats-off-the-port/")
    assert (bare.status_code, bare["Location"]) == (302, right)
    assert (wrong.status_code, wrong["Location"]) == (301, f"{right}?a=1")


def test_an_event_that_was_never_published_is_nothing(reader: Client):
    draft = make_event()

    for address in (path_of(draft), path_of(draft, "figures.csv"), "/events/no-id/"):
        assert reader.get(address).status_code == 404


def test_a_suspended_event_says_so_and_shows_none_of_its_words(reader: Client):
    event = live(make_event(title="Synthetic secret"))
    workflow.suspend(event, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    for address in (path_of(event), path_of(event, "synthetic-secret/")):
        response = reader.get(address)
        text = text_of(response)
        assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
        assert "This page is suspended" in text
        assert NOTE in text
        assert "secret" not in text
    assert reader.get(path_of(event, "figures.csv")).status_code == 410


def test_a_retracted_event_keeps_a_page_that_says_why(reader: Client):
    event = live(make_event(title="Synthetic secret"))
    workflow.retract(event, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    response = reader.get(path_of(event))

    assert response.status_code == 200
    assert "We have retracted this page" in text_of(response)
    assert NOTE in text_of(response)
    assert "secret" not in text_of(response)


def test_a_redacted_event_is_gone(reader: Client):
    event = live(make_event(title="Synthetic secret"))
    workflow.redact(event, by=make_user(Role.ADMINISTRATOR), note=NOTE, kinds=KINDS)

    response = reader.get(path_of(event))

    assert response.status_code == 410
    assert "What stood on this page was removed" in text_of(response)
    assert "secret" not in text_of(response)


def test_a_merged_event_leads_to_what_stands_for_it_with_all_its_claims(reader: Client):
    one, other = live(make_event()), live(make_event(title="The one event"))
    claim = make_published_claim(event=one)
    add_figure_and_publish(other)
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    old, figures = reader.get(path_of(one)), reader.get(path_of(one, "figures.csv"))

    assert (old.status_code, old["Location"]) == (302, path_of(other, "the-one-event/"))
    assert (figures.status_code, figures["Location"]) == (302, path_of(other, "figures.csv"))
    assert claim.text in text_of(read(reader, other))


def add_figure_and_publish(event: Event) -> None:
    claim = make_ready_claim(event=event)
    add_figure(claim)
    publish(claim)


def test_two_ids_of_one_claimant_stand_in_one_column(reader: Client):
    event = make_event()
    one, other = live(make_actor(name="Old Name")), live(make_actor(name="New Name"))
    for actor in (one, other):
        make_published_claim(event=event, claimant=actor)
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    html = read(reader, event).content.decode()

    assert html.count('<div class="speaker">') == 1
    assert html.count('class="account"') == 2
    assert f'href="/claimants/{other.public_id}/new-name/"' in html
    assert f"/claimants/{one.public_id}/" not in html


def test_correction_of_an_event_is_on_its_page(reader: Client):
    event = live(make_event())
    event.summary, event.summary_as_of = "Boats were there.", march(3).not_before
    event.save()
    workflow.send_subject(
        event, PublicationKind.CORRECT, kinds=KINDS, by=make_user(Role.EDITOR), note=NOTE
    )

    assert NOTE in text_of(read(reader, event))


def test_page_is_known_again_until_something_is_published(reader: Client):
    event = live(make_event(title="Boats"))
    address = path_of(event, "boats/")
    etag = reader.get(address)["ETag"]

    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304
    make_published_claim(event=event)
    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 200


# Figures as CSV


def rows_of(reader: Client, event: Event) -> list[dict[str, str]]:
    response = reader.get(path_of(event, "figures.csv"))
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_csv_has_every_figure_with_who_said_it_and_both_statuses(reader: Client):
    event = make_told_event()

    rows = rows_of(reader, event)

    assert len(rows) == 8
    claim_id, measure_id = rows[0]["claim_id"], rows[0]["measure_id"]
    seq = Publication.objects.get(subject_id=claim_id).seq
    claim = event.claims.get(public_id=claim_id)
    assert rows[0] == {
        "claim_id": claim_id,
        "claim_url": f"http://testserver{current(claim).get_absolute_url()}",
        "seq": str(seq),
        "claimant": "Navy of Northland",
        "claimant_id": claim.claimant.public_id,
        "as_printed": "more than 12 boats",
        "counts": "boats off the port",
        "qualifier": "more-than",
        "low": "12",
        "best": "",
        "high": "",
        "unit": "boats",
        "period": "that night",
        "counted_not_before": "2020-03-02",
        "counted_not_after": "2020-03-02",
        "counted_as_printed": "",
        "basis": "claimed",
        "measure": "boats off the port",
        "measure_id": measure_id,
        "counting": "per-period",
        "attribution_status": "reported",
        "verification_status": "unchecked",
        "verified_as_of": "",
        "said_not_before": "2020-03-02",
        "said_not_after": "2020-03-02",
        "said_as_printed": "",
    }


def test_csv_is_no_formula_in_a_spreadsheet(reader: Client):
    event = make_event()
    say(event, "Boats.", figures=({"as_printed": "=1+1 boats", "best": 2, "counts": "@boats"},))

    [row] = rows_of(reader, event)

    assert (row["as_printed"], row["counts"]) == ("'=1+1 boats", "'@boats")


def test_csv_is_known_again_until_something_is_published(reader: Client):
    event = make_event()
    claim = say(event, "Boats.", figures=({"as_printed": "2 boats", "best": 2},))
    address = path_of(event, "figures.csv")
    etag = reader.get(address)["ETag"]

    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304
    revise_and_publish(claim, text="Two boats.")
    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 200

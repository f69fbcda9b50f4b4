"""The preview of a draft: as readers would see it, for the desk alone, and without a trace."""

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims import workflow
from claims.drafted import drafted
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.models import Publication
from tests.admin_pages import address, signed_in
from tests.factories import (
    add_figure,
    make_actor,
    make_claim,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_user,
    withhold,
)
from tests.surfaces.rich import make_rich_draft

pytestmark = pytest.mark.django_db

BANNER = "Preview of a draft. Not published."


def page_of(claim: Claim) -> str:
    return reverse("desk:preview", args=[claim.pk])


def record_of(claim: Claim) -> str:
    return reverse("desk:preview_record", args=[claim.pk])


def counts() -> dict[str, Any]:
    """How many rows every table has, but for the sessions that signing in makes."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "sessions.Session"
    ]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.mark.parametrize("role", list(Role))
def test_everybody_at_the_desk_sees_the_draft_as_readers_would(role: Role) -> None:
    claim = make_rich_draft()

    page = signed_in(make_user(role)).get(page_of(claim))

    text = page.content.decode()
    assert page.status_code == 200
    assert text.count(BANNER) == 1
    assert claim.text in text
    assert "Harbour Ministry of Exampleland" in text
    assert "How it reached us" in text
    assert "Published along with it, since it never was: actor “" in text


def test_the_page_is_what_readers_get_when_it_is_published() -> None:
    claim, desk = make_rich_draft(), signed_in(make_user(Role.EDITOR))
    before = desk.get(page_of(claim)).content.decode()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=make_user(Role.EDITOR))

    after = Client().get(f"/claims/{claim.public_id}/", follow=True).content.decode()

    # Pages of what goes out along are there only then.
    before, after = (re.sub("</?a( [^>]*)?>", "", page) for page in (before, after))
    start = '<p class="status-line">'
    assert (
        before[before.index(start) : before.rindex("</article>")].strip()
        == after[after.index(start) : after.index('<section aria-labelledby="versions">')].strip()
    )


def test_the_record_is_what_is_published_but_for_what_the_ledger_gives() -> None:
    claim, desk = make_rich_draft(), signed_in(make_user(Role.EDITOR))
    response = desk.get(record_of(claim))
    before = json.loads(response.content)
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=make_user(Role.EDITOR))

    record = json.loads(Publication.objects.get(subject_id=claim.public_id).record)

    given = {"seq", "version", "publication", "published_at", "note", "successor", "salt"}
    assert response["Content-Type"] == "application/json"
    assert response.content.decode() == canonical_text(before)
    assert record.keys() - before.keys() == given
    assert before == {name: record[name] for name in before}


def test_a_revision_is_previewed_beside_what_is_public() -> None:
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.text = "Synthetic: thirteen boats were counted."
    claim.save()

    preview = signed_in(make_user(Role.REPORTER)).get(page_of(claim)).content.decode()
    public = Client().get(f"/claims/{claim.public_id}/", follow=True).content.decode()

    assert claim.text in preview
    assert claim.text not in public


@pytest.mark.parametrize("address_of", [page_of, record_of])
def test_nobody_keeps_or_lists_a_preview(address_of: Any) -> None:
    claim = make_ready_claim()

    response = signed_in(make_user(Role.CHECKER)).get(address_of(claim))

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.has_header("ETag")
    assert not response.has_header("Last-Modified")


@pytest.mark.parametrize("address_of", [page_of, record_of])
def test_a_preview_writes_nothing(address_of: Any) -> None:
    claim = make_rich_draft()
    desk = signed_in(make_user(Role.EDITOR))
    rows, number, event = counts(), claim.edit_number, claim.event
    assert event is not None
    event_number = event.edit_number

    desk.get(address_of(claim))

    claim.refresh_from_db()
    event.refresh_from_db()
    assert counts() == rows
    assert (claim.edit_number, event.edit_number) == (number, event_number)


@pytest.mark.parametrize("address_of", [page_of, record_of])
def test_a_preview_is_for_who_may_view_claims_at_the_desk(address_of: Any) -> None:
    claim = make_ready_claim()
    visitor = User.objects.create_user("visitor")
    clerk = User.objects.create_user("clerk", is_staff=True)

    anonymous = Client().get(address_of(claim))
    outside = signed_in(visitor).get(address_of(claim))
    without = signed_in(clerk).get(address_of(claim))
    nowhere = signed_in(make_user(Role.EDITOR)).get(address_of(claim).replace(str(claim.pk), "99"))

    assert (anonymous.status_code, outside.status_code) == (302, 302)
    assert "/login/" in anonymous["Location"]
    assert claim.text not in without.content.decode()
    assert (without.status_code, nowhere.status_code) == (403, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_preview_is_only_read(method: str) -> None:
    claim = make_ready_claim()
    desk = signed_in(make_user(Role.EDITOR))

    answers = [getattr(desk, method)(address) for address in (page_of(claim), record_of(claim))]

    assert [answer.status_code for answer in answers] == [405, 405]


def test_a_draft_that_mentions_what_is_withheld_says_so() -> None:
    other = make_published_claim()
    claim = make_ready_claim(claimant=other.claimant)
    publisher = make_user(Role.EDITOR)
    withhold(other, "retract")
    assert other.claimant is not None
    from_desk = signed_in(publisher)
    from_desk.post(
        address(other.claimant, "step", "suspend"),
        {"edit_number": other.claimant.edit_number, "opened_merged": "", "note": "Synthetic."},
    )

    page = from_desk.get(page_of(claim))
    record = from_desk.get(record_of(claim))
    screen = from_desk.get(address(claim))

    reason = f"The actor “{other.claimant}” is suspended in public."
    assert page.status_code == 200
    assert "There is nothing to preview yet" in page.content.decode()
    assert reason in page.content.decode()
    assert BANNER in page.content.decode()
    assert page["Cache-Control"] == record["Cache-Control"] == "no-store, private"
    assert (record.status_code, json.loads(record.content)) == (422, {"missing": [reason]})
    assert screen.status_code == 200
    assert reason in screen.content.decode()


def test_a_draft_that_names_nobody_yet_has_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = make_claim()
    load = drafted.__globals__["load_file"]

    def without_speaker(row: Claim) -> Any:
        file = load(row)
        file.claim.speaker, file.claim.about, file.claim.claimant = "", "", None
        return file

    monkeypatch.setitem(drafted.__globals__, "load_file", without_speaker)

    draft = drafted(claim)

    assert draft.content is None
    assert draft.reasons == [
        "Say whose word it is: name the claimant or the outlet, or say that nobody is named."
    ]


def test_a_figure_of_a_measure_that_is_not_public_is_told() -> None:
    event = make_event()
    published = make_published_claim(event=event)
    claim = make_ready_claim(event=event, claimant=make_actor())
    measure = event.measures.create(
        what="boats", unit="boats", counting="per-period", created_by=published.created_by
    )
    add_figure(claim, measure=measure)

    page = signed_in(make_user(Role.REPORTER)).get(page_of(claim)).content.decode()

    assert f"Publish the change of the event “{event}” first: it counts anew." in page


def test_unmet_rules_are_told_above_the_preview() -> None:
    claim = make_ready_claim(harm_check=[])

    page = signed_in(make_user(Role.REPORTER)).get(page_of(claim)).content.decode()

    assert "1 publication rule is not met yet:" in page
    assert "Check what publishing could harm" in page


def test_the_claims_page_leads_to_the_preview() -> None:
    claim = make_ready_claim()

    page = signed_in(make_user(Role.REPORTER)).get(address(claim)).content.decode()

    assert f'<a href="{page_of(claim)}">Preview</a>' in page

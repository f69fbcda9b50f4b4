"""Publishing at a time, from the page of a claim."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.admin.embargo import how_soon
from claims.embargoes import publish_due, set_embargo
from claims.models import Claim, Embargo
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.claims.test_embargoes import NOTE, due, editor, make_approved_revision, tomorrow
from tests.factories import make_approved_claim, make_user

pytestmark = pytest.mark.django_db


def seen(claim: Claim) -> dict[str, Any]:
    claim.refresh_from_db()
    return {"edit_number": claim.edit_number, "opened_stage": claim.stage}


def post(browser: Client, claim: Claim, **values: Any) -> Any:
    """Send the form as the page shows it now, for tomorrow noon."""
    day = f"{tomorrow():%Y-%m-%d}"
    sent = {**seen(claim), "action": "publish", "day": day, "time": "12:00", **values}
    return browser.post(reverse("desk:embargo", args=[claim.pk]), sent)


def lift(browser: Client, embargo: Embargo) -> Any:
    return browser.post(
        reverse("desk:lift_embargo", args=[embargo.claim_id]), {"embargo": embargo.pk}
    )


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_an_editor_sets_one_from_the_page_and_lifts_it_again() -> None:
    claim, by = make_approved_claim(), editor()
    browser = signed_in(by)

    assert "Publish at this time" in text_of(browser.get(address(claim)))
    answer = post(browser, claim)
    embargo = Embargo.objects.get()
    page = text_of(browser.get(address(claim)))

    assert answer.status_code == 302
    assert (embargo.publish_at.hour, embargo.publish_at.utcoffset()) == (12, timedelta())
    assert embargo.created_by == by
    assert f"{embargo.publish_at:%B %Y, 12:00} UTC" in page
    assert "Lift the embargo" in page
    assert "Publish at this time" not in page

    assert lift(browser, embargo).status_code == 302
    embargo.refresh_from_db()
    assert embargo.state == "withdrawn"


def test_a_time_that_has_passed_is_refused_beside_the_form_and_nothing_typed_is_lost() -> None:
    claim = make_approved_revision()

    answer = post(signed_in(editor()), claim, action="correct", day="2020-01-02", note=NOTE)

    assert answer.status_code == 400
    assert "That time has passed" in text_of(answer)
    assert NOTE in text_of(answer)
    assert 'value="2020-01-02"' in text_of(answer)
    assert not Embargo.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"action": "correct"}, "Write a note"),
        ({"action": "correct", "note": "a\x01b"}, "Remove character 2"),
        ({"action": "publish"}, "Select a valid choice"),
        ({"day": "", "action": "update", "note": NOTE}, "This field is required"),
        ({"day": "0000-99-99", "time": "25:00"}, "Enter a valid date"),
        ({"day": "9999-12-31", "action": "update", "note": NOTE}, "within a year"),
    ],
)
def test_what_the_step_would_refuse_is_refused_now(values: dict[str, Any], sentence: str) -> None:
    answer = post(signed_in(editor()), make_approved_revision(), **values)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert not Embargo.objects.exists()


def test_what_has_changed_since_the_page_was_opened_is_not_pinned() -> None:
    claim = make_approved_claim()
    opened = seen(claim)
    Claim.objects.filter(pk=claim.pk).update(text="Synthetic: edited and approved again.")
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))

    answer = post(signed_in(editor()), claim, **opened)

    assert answer.status_code == 409
    assert "This has changed since you opened it" in text_of(answer)
    assert not Embargo.objects.exists()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.ADMINISTRATOR])
def test_who_is_no_editor_sees_what_is_planned_and_moves_nothing(role: Role) -> None:
    claim, other = make_approved_claim(), make_approved_claim()
    embargo = set_embargo(other, action="publish", publish_at=tomorrow(), by=editor())
    browser = signed_in(make_user(role))

    assert "Publish at this time" not in text_of(browser.get(address(claim)))
    page = text_of(browser.get(address(other)))
    answers = [post(browser, claim), lift(browser, embargo)]

    assert "Exactly what was approved goes out" in page
    assert "Lift the embargo" not in page
    assert [answer.status_code for answer in answers] == [403, 403]
    embargo.refresh_from_db()
    assert embargo.state == "waiting"


def test_strangers_and_links_move_nothing() -> None:
    claim = make_approved_claim()
    embargo = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())
    addresses = [
        reverse("desk:embargo", args=[claim.pk]),
        reverse("desk:lift_embargo", args=[claim.pk]),
    ]
    stranger, by = Client(), signed_in(editor())

    assert [stranger.post(one, {"embargo": embargo.pk}).status_code for one in addresses] == [
        302
    ] * 2
    assert [by.get(one).status_code for one in addresses] == [405, 405]
    assert by.post(addresses[1], {"embargo": "x"}).status_code == 404
    assert by.post(reverse("desk:embargo", args=[10**9])).status_code == 404
    embargo.refresh_from_db()
    assert embargo.state == "waiting"


def test_a_failure_is_told_on_the_page_until_it_is_put_away() -> None:
    claim, by = make_approved_claim(), editor()
    embargo = due(claim, by=by)
    by.groups.clear()
    publish_due()
    browser = signed_in(editor())

    page = text_of(browser.get(address(claim)))
    lift(browser, embargo)
    after = text_of(browser.get(address(claim)))

    assert "and did not. Nothing was published." in page
    assert f"{by} set it, and is no longer an editor." in page
    assert "and did not." not in after


def test_the_page_says_when_nobody_would_publish() -> None:
    claim, browser = make_approved_claim(), signed_in(editor())

    without = text_of(browser.get(address(claim)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
    beside = text_of(browser.get(address(claim)))

    assert "No worker is running: nothing will be published at its time." in without
    assert "No worker is running" not in beside


def test_one_that_is_overdue_says_so() -> None:
    claim = make_approved_claim()
    due(claim)

    page = text_of(signed_in(editor()).get(address(claim)))

    assert "That time has passed, and it is not out yet." in page


# Jobs


def test_administrators_read_the_list_of_jobs_and_change_nothing_there() -> None:
    set_embargo(make_approved_claim(), action="publish", publish_at=tomorrow(), by=editor())
    browser = signed_in(make_user(Role.ADMINISTRATOR))
    at = reverse("admin:procrastinate_procrastinatejob_changelist")

    page = browser.get(at)
    [job] = page.context["cl"].result_list
    one = browser.get(reverse("admin:procrastinate_procrastinatejob_change", args=[job.pk]))
    browser.post(at, {"action": "cancel", "_selected_action": [job.pk]})

    assert (page.status_code, one.status_code) == (200, 200)
    assert "style=" not in text_of(page) + text_of(one)
    job.refresh_from_db()
    assert job.status == "todo"
    assert job.scheduled_at > timezone.now()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_nobody_else_sees_the_jobs(role: Role) -> None:
    browser = signed_in(make_user(role))

    assert (
        browser.get(reverse("admin:procrastinate_procrastinatejob_changelist")).status_code == 403
    )


@pytest.mark.parametrize("shown", ["", "nonsense", "9" * 5_000, "٣", "-1", "999999"])
def test_what_is_no_embargo_cannot_be_lifted(shown: str) -> None:
    claim = make_approved_claim()
    address_of = reverse("desk:lift_embargo", args=[claim.pk])

    assert signed_in(editor()).post(address_of, {"embargo": shown}).status_code == 404


def test_what_is_planned_is_what_comes_next_and_by_hand_only_behind_a_disclosure() -> None:
    claim, other = make_approved_claim(), make_approved_claim()
    at = tomorrow().replace(hour=12, minute=0)
    set_embargo(claim, action="publish", publish_at=at, by=editor())
    browser = signed_in(editor())

    page, unplanned = browser.get(address(claim)), browser.get(address(other))

    told = f"it goes out by itself on {at:%-d %B %Y}, 12:00 UTC."
    assert page.context["panel"]["next"] == told
    assert [(one.action, one.stands_under) for one in page.context["steps"]] == [
        ("return", ""),
        ("publish", "Publish now instead"),
    ]
    assert "<summary>Publish now instead</summary>" in text_of(page)
    assert unplanned.context["panel"]["next"] == "“Publish”, by an editor."
    assert "Publish now instead" not in text_of(unplanned)


def test_less_than_a_minute_is_said_as_that() -> None:
    now = timezone.now()

    assert how_soon(now + timedelta(seconds=40)) == "in less than a minute"
    assert how_soon(now + timedelta(hours=2, seconds=5)) == "in 2 hours"

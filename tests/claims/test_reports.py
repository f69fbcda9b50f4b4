"""What readers write to us, and what becomes of it."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from claims.models import Report, ReportContact
from claims.services.reports import STEPS, open_steps, receive, take
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotFound
from factcheck.common.roles import Role
from tests.admin_pages import address, errors_of, open_form, opened_at, signed_in, values_of
from tests.factories import make_claim, make_published_claim, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADD = "/admin/claims/report/add/"


def make_report(**values: Any) -> Report:
    given = {"kind": "error", "text": "It was thirteen.", "contact": "reader@mail.example"}
    return receive(**{"by": make_user()} | given | values)


def post(user: User, report: Report, action: str, **values: Any) -> Any:
    browser = signed_in(user)
    seen = opened_at(open_form(browser, report))
    return browser.post(address(report, "step", action), seen | values)


# Taking them in


def test_a_report_is_kept_as_it_came_with_how_to_reach_them_beside_it():
    claim, rita = make_published_claim(), make_user()

    report = make_report(claim=claim, text=" It was\n thirteen. ", by=rita)

    assert (report.text, report.state, report.claim) == (" It was\n thirteen. ", "new", claim)
    assert report.contact.words == "reader@mail.example"
    assert len(report.public_id) == 10
    assert timezone.now() - report.received_at < datetime.timedelta(minutes=1)


def test_a_report_may_be_about_no_claim_and_from_nobody():
    report = make_report(claim=None, contact="  ")

    assert report.claim is None
    assert not ReportContact.objects.exists()


@pytest.mark.parametrize(
    "values",
    [{"text": "  "}, {"text": "a" * 20_001}, {"kind": "praise"}, {"contact": "two\nlines"}],
    ids=str,
)
def test_what_is_no_report_is_refused(values: dict[str, str]):
    with pytest.raises(InvalidInput):
        make_report(**values)

    assert Report.objects.count() == 0


def test_a_report_is_no_edit_of_its_claim_and_keeps_a_draft_from_being_deleted():
    claim = make_claim()

    make_report(claim=claim)

    claim.refresh_from_db()
    assert claim.edit_number == 0
    with pytest.raises(ProtectedError), transaction.atomic():
        claim.delete()


# Its states


def test_a_report_is_taken_in_hand_and_answered():
    rita, rob = make_user(), make_user()
    report = make_report()

    in_hand = take("take", report, by=rita)
    answered = take("answer", report, by=rob, note="Thank you: corrected.")

    assert (in_hand.state, in_hand.taken_by) == ("in-hand", rita)
    assert (answered.state, answered.taken_by, answered.settled_by) == ("answered", rita, rob)
    assert answered.answer == "Thank you: corrected."


def test_a_report_that_is_closed_at_once_was_in_the_hands_of_who_closed_it():
    rita = make_user()

    closed = take("close", make_report(), by=rita, note="Spam.")

    assert (closed.state, closed.taken_by, closed.settled_by) == ("closed", rita, rita)
    assert closed.outcome == "Spam."


def test_a_report_can_be_opened_again_and_keeps_what_was_answered():
    rita, rob = make_user(), make_user()
    report = make_report()
    take("answer", report, by=rita, note="It was twelve.")

    again = take("reopen", report, by=rob)

    assert (again.state, again.taken_by, again.settled_by) == ("in-hand", rob, None)
    assert again.answer == "It was twelve."


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        ("new", ["take", "answer", "close", "erase"]),
        ("in-hand", ["answer", "close", "erase"]),
        ("answered", ["close", "reopen", "erase"]),
        ("closed", ["reopen", "erase"]),
    ],
)
def test_each_state_has_its_steps(state: str, actions: list[str]):
    rita, report = make_user(), make_report()
    leading = {"new": [], "in-hand": ["take"], "answered": ["answer"], "closed": ["close"]}
    for action in leading[state]:
        note = "Synthetic note." if STEPS[action].note_is else ""
        report = take(action, report, by=rita, note=note)
    assert report.state == state

    assert [step.action for step in open_steps(report, by=rita)] == actions
    assert open_steps(report, by=make_user(Role.ADMINISTRATOR)) == []
    for action in STEPS.keys() - set(actions):
        with pytest.raises(Conflict, match="is not open"):
            take(action, report, by=rita, note="Synthetic note.")


@pytest.mark.parametrize("action", ["answer", "close"])
def test_what_ends_a_report_says_what_came_of_it(action: str):
    report = make_report()

    with pytest.raises(InvalidInput, match="Write a note"):
        take(action, report, by=make_user(), note="  ")

    report.refresh_from_db()
    assert report.state == "new"


def test_there_is_no_other_step():
    with pytest.raises(NotFound):
        take("publish", make_report(), by=make_user())


def test_an_administrator_reads_reports_and_moves_none():
    administrator = make_user(Role.ADMINISTRATOR)
    report = make_report()

    with pytest.raises(NotAllowed):
        take("take", report, by=administrator)
    with pytest.raises(NotAllowed):
        make_report(by=administrator)
    assert signed_in(administrator).get(address(report)).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"state": "in-hand"},
        {"state": "answered"},
        {"state": "closed"},
        {"state": "lost"},
        {"kind": "praise"},
        {"text": ""},
    ],
    ids=str,
)
def test_the_database_keeps_no_half_state(values: dict[str, str]):
    report = make_report()

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**values)


# How to reach them


def test_the_database_keeps_no_empty_contact():
    report = make_report()

    with pytest.raises(IntegrityError, match="reportcontact_says"), transaction.atomic():
        ReportContact.objects.update(words=" ")

    assert report.contact.words == "reader@mail.example"


def test_how_to_reach_them_is_gone_once_it_is_erased():
    report = make_report(contact="canary@mail.example")

    take("erase", report, by=make_user())

    assert not ReportContact.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        for [table] in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%%canary@%%'")
            assert (table, *cursor.fetchone()) == (table, 0)


def test_what_was_erased_already_cannot_be_erased_again():
    report = make_report(contact="")

    with pytest.raises(Conflict):
        take("erase", report, by=make_user())


# At the desk


def test_the_form_enters_a_report_and_asks_how_to_reach_them():
    claim, rita = make_published_claim(), make_user()
    browser = signed_in(rita)
    values = values_of(browser.get(ADD), "report_form")

    response = browser.post(
        ADD,
        values
        | {
            "kind": "removal",
            "claim": claim.pk,
            "text": "Please take my name out.",
            "contact": "reader@mail.example",
        },
    )

    report = Report.objects.get()
    assert response.status_code == 302
    assert (report.kind, report.claim, report.created_by) == ("removal", claim, rita)
    assert report.contact.words == "reader@mail.example"


def test_the_form_asks_for_what_they_write():
    browser = signed_in(make_user())
    values = values_of(browser.get(ADD), "report_form")

    response = browser.post(ADD, values | {"kind": "error", "text": "\x00", "contact": "a\nb"})

    assert response.status_code == 200
    assert "cannot stand here" in errors_of(response)
    assert Report.objects.count() == 0


def test_what_they_wrote_cannot_be_changed_in_the_form():
    report, claim = make_report(), make_published_claim()
    browser = signed_in(make_user())
    values = open_form(browser, report)

    browser.post(
        address(report),
        values | {"kind": "complaint", "claim": claim.pk, "text": "Nothing.", "state": "closed"},
    )

    report.refresh_from_db()
    assert (report.kind, report.claim, report.text, report.state) == (
        "complaint",
        claim,
        "It was thirteen.",
        "new",
    )


def test_the_buttons_take_a_report_to_its_end():
    rita = make_user()
    report = make_report()

    statuses = [
        post(rita, report, "take").status_code,
        post(rita, report, "answer", note="Corrected.").status_code,
        post(rita, report, "close", note="Corrected in version 2.").status_code,
        post(rita, report, "erase").status_code,
    ]

    report.refresh_from_db()
    assert statuses == [302] * 4
    assert (report.state, report.answer, report.outcome) == (
        "closed",
        "Corrected.",
        "Corrected in version 2.",
    )
    assert not ReportContact.objects.exists()


def test_a_button_of_a_stale_page_does_nothing():
    rita, rob, report = make_user(), make_user(), make_report()
    browser = signed_in(rita)
    seen = opened_at(open_form(browser, report))
    take("take", report, by=rob)

    response = browser.post(address(report, "step", "close"), seen | {"note": "Spam."})

    assert response.status_code == 409
    assert Report.objects.get().state == "in-hand"


def test_reports_are_for_the_desk_alone():
    report = make_report()
    stranger = signed_in(User.objects.create(username="reader"))
    roleless = signed_in(User.objects.create(username="staff", is_staff=True))

    for at in (ADD, address(report), "/admin/claims/report/"):
        assert stranger.get(at).status_code == 302
        assert roleless.get(at).status_code == 403
    assert roleless.post(address(report, "step", "take")).status_code == 403


def test_the_list_finds_what_is_open_and_how_to_reach_somebody():
    rita = make_user()
    browser = signed_in(rita)
    new, done = make_report(), make_report(contact="other@mail.example")
    take("close", done, by=rita, note="Spam.")

    def found(query: str) -> list[int]:
        page = browser.get(f"/admin/claims/report/?{query}")
        return sorted(page.context["cl"].queryset.values_list("pk", flat=True))

    assert found("open=yes") == [new.pk]
    assert found("q=other@mail.example") == [done.pk]
    assert found("") == [new.pk, done.pk]


def test_nobody_deletes_a_report():
    report = make_report()
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)

    for user in (make_user(Role.EDITOR), root):
        assert signed_in(user).post(address(report, "delete"), {"post": "yes"}).status_code == 403

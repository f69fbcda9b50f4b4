"""A day under attack: the desk can be read, nobody writes, and readers notice nothing."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Browser

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from factcheck import read_only
from factcheck.common.errors import InvalidInput
from factcheck.common.roles import Role
from factcheck.database.switch import CONSTRAINT
from factcheck.database.tables import switched_tables
from factcheck.ledger.models import Decision, Publication
from factcheck.models import ReadOnlySwitch
from factcheck.signing_in.read_only import RefuseChanges
from tests import factories
from tests.admin_pages import address, open_form, signed_in
from tests.factories import make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = pytest.mark.django_db

SWITCH = "/admin/read-only/"
TABLES = sorted(switched_tables())


def switch_on() -> ReadOnlySwitch:
    return read_only.switch(on=True, why="Synthetic attack.", by=None)


def constraint_of(error: IntegrityError) -> str:
    cause: Any = error.__cause__
    return str(cause.diag.constraint_name)


# At the desk


def test_an_administrator_makes_the_desk_read_only_and_opens_it_again() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    client = signed_in(administrator)

    client.post(SWITCH, {"on": "1", "why": "Synthetic attack."})
    during = client.get("/admin/").content.decode()
    client.post(SWITCH, {"on": "0", "why": "It is over."})
    after = client.get("/admin/").content.decode()

    assert "The desk is read-only." in during
    assert "The desk is read-only." not in after
    assert list(ReadOnlySwitch.objects.values_list("is_on", "why", "by")) == [
        (False, "It is over.", administrator.pk),
        (True, "Synthetic attack.", administrator.pk),
    ]
    history = client.get(SWITCH).content.decode()
    assert "Synthetic attack." in history
    assert history.count(f"<td>{administrator.username}</td>") == 2


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
@pytest.mark.parametrize("on", ["1", "0"])
def test_nobody_else_switches(role: Role, on: str) -> None:
    if on == "0":
        switch_on()

    response = signed_in(make_user(role)).post(SWITCH, {"on": on, "why": "Synthetic."})

    assert response.status_code == 403
    assert ReadOnlySwitch.objects.count() == int(on == "0")


@pytest.mark.parametrize("why", ["", "   "])
def test_a_reason_is_asked_for(why: str) -> None:
    response = signed_in(make_user(Role.ADMINISTRATOR)).post(SWITCH, {"on": "1", "why": why})

    assert "Say why" in response.content.decode()
    assert read_only.switched_on() is None


@pytest.mark.parametrize("why", ["x" * 501, "Synthetic\0attack.", "Two\nlines."])
def test_a_reason_that_cannot_be_kept_is_refused_in_words(why: str) -> None:
    response = signed_in(make_user(Role.ADMINISTRATOR)).post(SWITCH, {"on": "1", "why": why})

    assert response.status_code == 200
    assert response.context["error"] != ""
    assert read_only.switched_on() is None


def test_switching_twice_changes_nothing() -> None:
    switch_on()

    with pytest.raises(InvalidInput, match="so already"):
        switch_on()

    assert ReadOnlySwitch.objects.count() == 1


def test_every_writing_request_is_refused_and_reading_goes_on() -> None:
    editor, claim = make_user(Role.EDITOR), factories.make_approved_claim()
    client = signed_in(editor)
    values = open_form(client, claim)
    switch_on()

    for method in ("post", "put", "patch", "delete"):
        for path in (
            "/admin/no-such-page/",
            address(claim),
            address(claim, "step", "publish"),
            "/admin/password_change/",
        ):
            response = getattr(client, method)(path)
            assert response.status_code == 503
            assert response["Retry-After"] == "600"
            assert "nothing was saved" in response.content.decode()
    client.post(address(claim), {**values, "text": "Synthetic change."})

    claim.refresh_from_db()
    assert claim.text != "Synthetic change."
    assert not Publication.objects.exists()
    form = client.get(address(claim))
    assert form.status_code == 200
    assert "The desk is read-only." in form.content.decode()


SENTENCE = "The desk is read-only for the time being: nothing was saved."


def test_a_page_that_asks_before_it_sends_is_told_what_its_form_would_be_told() -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    claim = factories.make_claim()

    def asked(to: str, method: str = "get") -> int:
        ask = getattr(client, method)
        return int(ask(reverse("desk:still_here"), headers={"X-Sends-To": to}).status_code)

    before = asked(address(claim))
    switch_on()

    assert before == 200
    assert asked(address(claim)) == 503
    assert [asked(to) for to in (SWITCH, "/admin/logout/", "", "elsewhere")] == [200] * 4
    # It opens nothing: what writes is refused by the address that it is sent to.
    assert asked(SWITCH, "post") == 503


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("application/json, */*;q=0.1", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("nonsense;;", "text/html; charset=utf-8"),
    ],
)
def test_the_refusal_is_json_for_who_asks_for_it(accept: str, kind: str) -> None:
    client = signed_in(make_user(Role.EDITOR))
    switch_on()

    response = client.post("/admin/claims/claim/add/", headers={"accept": accept})

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert (response["Content-Type"], response["Cache-Control"]) == (kind, "no-store")
    if kind == "application/json":
        assert response.json() == {"error": SENTENCE}
    else:
        assert SENTENCE in response.content.decode()


@pytest.mark.parametrize("name", ["rows", "steps", "locate", "reanchor", "document", "create"])
def test_addresses_that_give_json_alone_refuse_in_json(name: str) -> None:
    client = signed_in(make_user(Role.EDITOR))
    path = reverse(f"desk:sheet_{name}", args=[factories.make_document().pk])
    switch_on()

    response = client.post(path, {"rows": []}, content_type="application/json")

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert response.json() == {"error": SENTENCE}


def test_who_says_that_a_page_is_open_is_refused_in_json() -> None:
    client, claim = signed_in(make_user(Role.EDITOR)), factories.make_claim()
    switch_on()

    response = client.post(reverse("desk:presence", args=["claims", "claim", claim.pk]))

    assert (response.status_code, response.json()) == (503, {"error": SENTENCE})


def test_people_sign_in_and_out_and_end_sessions() -> None:
    user = make_user(Role.EDITOR)
    here, there = signed_in(user), signed_in(user)
    switch_on()

    entering = Client().post(
        "/admin/login/", {"username": user.username, "password": "synthetic-password"}
    )
    ended = here.post(reverse("desk:end_other_sessions"))
    left = here.post("/admin/logout/")

    assert (entering.status_code, ended.status_code, left.status_code) == (302, 302, 200)
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 302


def test_readers_get_the_same_bytes() -> None:
    claim = factories.make_published_claim()
    paths = ["/", "/claims/", f"/api/v1/claims/{claim.public_id}/", "/api/v1/claims/", "/readyz"]
    reader = Client()
    before = [reader.get(path, follow=True) for path in paths]

    switch_on()

    after = [reader.get(path, follow=True) for path in paths]
    assert [page.status_code for page in after] == [200] * len(paths)
    assert [page.content for page in after] == [page.content for page in before]
    assert [page.get("ETag") for page in after] == [page.get("ETag") for page in before]


# In the database


def test_every_step_is_refused_whoever_calls_it() -> None:
    claim, draft = factories.make_approved_claim(), factories.make_ready_claim()
    editor, reporter = make_user(Role.EDITOR), make_user(Role.REPORTER)
    before = Decision.objects.count()
    switch_on()

    for action, row, by in (("publish", claim, editor), ("submit", draft, reporter)):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            workflow.take(action, row, by=by)
        assert constraint_of(refused.value) == CONSTRAINT
        assert "read-only" in str(refused.value)

    assert Decision.objects.count() == before


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}"])
def test_no_table_of_the_desk_is_written_to(table: str, statement: str) -> None:
    switch_on()

    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))

    assert constraint_of(refused.value) == CONSTRAINT


def test_no_setting_of_the_session_gets_around_it() -> None:
    factories.make_claim()
    switch_on()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SET LOCAL pgtrigger.ignore = '{claims_claim:desk_read_only}';
            CREATE TEMPORARY TABLE factcheck_readonlyswitch (id int, is_on bool);
            UPDATE claims_claim SET text = 'Synthetic change.'
            """
        )


def test_the_history_of_the_switch_is_for_ever() -> None:
    switch_on()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReadOnlySwitch.objects.update(is_on=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadOnlySwitch.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadOnlySwitch.objects.create(is_on=False, why="")


def test_a_refusal_by_the_database_alone_is_answered_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = make_user(Role.REPORTER)
    client = signed_in(make_user(Role.EDITOR))
    claim = factories.make_claim(created_by=account)
    switch_on()
    # As if it were flipped just after the middleware had asked.
    monkeypatch.setattr("factcheck.signing_in.read_only.stays", lambda path: True)

    form = {"post": "yes", "edit_number": str(claim.edit_number), "opened_stage": claim.stage}
    response = client.post(address(claim, "delete"), form, follow=True)

    assert "read-only for the time being" in response.content.decode()
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_what_no_page_has_caught_is_answered_as_well() -> None:
    switch_on()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Claim.objects.update(text="Synthetic change.")
    request = RequestFactory().post("/admin/")
    request.user = AnonymousUser()
    middleware = RefuseChanges(lambda request: HttpResponse())

    answer = middleware.process_exception(request, refused.value)

    assert answer is not None
    assert answer.status_code == 503
    assert middleware.process_exception(request, IntegrityError("another")) is None


def test_once_it_is_over_everything_can_be_written_again() -> None:
    claim = factories.make_ready_claim()
    switch_on()

    read_only.switch(on=False, why="It is over.", by=None)

    assert workflow.submit(claim, by=make_user(Role.REPORTER)).stage == Stage.IN_REVIEW


# At the server


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("read_only", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_command_switches_and_says_how_it_stands() -> None:
    user = make_user(Role.ADMINISTRATOR)

    untouched = command("status")
    on = command("on", "--why", "Synthetic attack.", "--by", user.username)
    off = command("off", "--why", "It is over.")

    assert untouched == "The desk is open; the switch was never touched."
    assert on.startswith("The desk is read-only since ")
    assert on.endswith(f"UTC, by {user.username}: Synthetic attack.")
    assert off.endswith("by somebody at the server: It is over.")
    assert command("status") == off


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["on"], "Say why"),
        (["off", "--why", "Synthetic."], "so already"),
        (["on", "--why", "Synthetic.", "--by", "nobody-of-this-name"], "no account"),
    ],
)
def test_the_command_refuses_in_words(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        command(*arguments)

    assert not ReadOnlySwitch.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_switch_and_refusal_are_accessible(browser: Browser, live_server: Any, width: int) -> None:
    page = open_desk(
        browser,
        live_server,
        make_user(Role.ADMINISTRATOR),
        viewport={"width": width, "height": 800},
    )
    complaints = watched(page)
    heard: list[str] = []
    found: list[Any] = []

    def look() -> None:
        """Note what the browser says, then what axe finds, whose styles the policy refuses."""
        heard.extend(complaints)
        found.extend(serious(page))
        complaints.clear()

    page.goto(f"{live_server.url}{SWITCH}")
    page.fill("#id_why", "Synthetic attack.")
    page.click("text=Make the desk read-only")
    page.wait_for_selector(".desk-read-only")
    look()
    assert "The desk is read-only." in page.inner_text(".desk-read-only")
    page.goto(f"{live_server.url}/admin/password_change/")
    page.fill("#id_old_password", "x")
    page.fill("#id_new_password1", "x")
    page.fill("#id_new_password2", "x")
    page.click("#content [type=submit]")
    page.wait_for_selector("text=Nothing was sent, and nothing is lost")
    look()
    # As a browser without scripts sends it.
    page.evaluate("document.querySelector('#content form').submit()")
    page.wait_for_selector("text=nothing was saved")

    look()

    assert User.objects.count() == 1
    assert found == []
    # What Chromium says of Django's own form for passwords.
    assert [one for one in heard if "Password forms" not in one] == []
    page.context.close()

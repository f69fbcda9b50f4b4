"""Webhooks at the desk: administrators add them, try them, stop them, and see what came of it."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from playwright.sync_api import Browser

from factcheck import read_only
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.partners import sending
from factcheck.partners.models import Delivery, Webhook, WebhookProgress, WebhookSecret
from tests.admin_pages import address, errors_of, open_form, signed_in, values_of
from tests.factories import make_published_claim, make_user
from tests.in_browser import browser, open_desk, serious
from tests.partners.hooks import Partner, answer, make_webhook

__all__ = ["browser"]

pytestmark = pytest.mark.django_db

LIST = "/admin/partners/webhook/"
ADD = f"{LIST}add/"
NOTICES = "/admin/partners/delivery/"
ENTERED = {"description": "Synthetic partner", "url": "https://Partner.Example./hook?a=b#c"}


@pytest.fixture
def desk() -> Client:
    return signed_in(make_user(Role.ADMINISTRATOR))


def said(response: Any) -> list[str]:
    return [str(one) for one in get_messages(response.wsgi_request)]


def take(desk: Client, webhook: Webhook, action: str, **values: str) -> Any:
    webhook.refresh_from_db()
    given = {"edit_number": str(webhook.edit_number), "note": "", **values}
    return desk.post(address(webhook, "step", action), given)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_administrator_adds_one_and_is_shown_its_secret_once(desk: Client) -> None:
    make_published_claim()
    opened = values_of(desk.get(ADD), "webhook_form")
    assert (opened["subjects"], opened["kinds"]) == (SubjectKind.values, PublicationKind.values)

    response = desk.post(ADD, opened | ENTERED)

    webhook, secret = Webhook.objects.get(), WebhookSecret.objects.get().secret
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<code class="desk-secret" id="secret">{secret}</code>' in page
    assert "no-store" in response["Cache-Control"]
    assert (webhook.url, webhook.description) == (
        "https://partner.example/hook?a=b",
        "Synthetic partner",
    )
    progress = WebhookProgress.objects.get()
    assert progress.written_to > 0
    for url in (address(webhook), LIST, address(webhook, "history"), ADD):
        assert secret not in desk.get(url).content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"url": "http://partner.example/"}, "notices go over TLS alone"),
        ({"url": "https://127.0.0.1/"}, "leads inside our own network"),
        ({"url": "https://2130706433/"}, "Write the number of the machine in the usual way"),
        ({"url": "https://localhost/"}, "Give the full name of the site"),
        ({"url": "https://me:word@partner.example/"}, "Leave out the name and password"),
        ({"url": "partner.example"}, "begins with https://"),
        ({"url": ""}, "This field is required"),
        ({"description": ""}, "This field is required"),
        ({"subjects": []}, "This field is required"),
        ({"kinds": ["nothing"]}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    desk: Client, values: dict[str, Any], sentence: str
) -> None:
    opened = values_of(desk.get(ADD), "webhook_form")

    response = desk.post(ADD, opened | ENTERED | values)

    assert sentence in errors_of(response)
    assert not Webhook.objects.exists()


def test_changing_one_makes_no_new_secret(desk: Client) -> None:
    webhook, secret = make_webhook()

    response = desk.post(address(webhook), open_form(desk, webhook) | {"kinds": ["retract"]})

    assert response.status_code == 302
    webhook.refresh_from_db()
    assert webhook.kinds == ["retract"]
    assert WebhookSecret.objects.get().secret == secret


def test_the_test_button_says_what_the_address_answers(desk: Client, partner: Partner) -> None:
    webhook, secret = make_webhook()
    partner.answers = [answer(204), answer(302, "Location: http://127.0.0.1/"), answer(500)]

    told = [said(desk.post(address(webhook, "step", "try"))) for _ in range(3)]

    assert told[0] == ["The test: Taken: answered 204."]
    assert "Answered 302, which leads elsewhere" in told[1][-1]
    assert told[2][-1] == "The test: Answered 500, which is no success."
    assert [body["type"] for body in partner.verified(secret)] == ["ping"] * 3


def test_a_new_secret_is_shown_once_and_signs_beside_the_old_one(desk: Client) -> None:
    webhook, old = make_webhook()

    page = desk.post(address(webhook, "step", "renew")).content.decode()

    [new, before] = WebhookSecret.objects.valid()
    assert (before.secret, before.ends_at is not None) == (old, True)
    assert new.secret in page
    assert old not in page
    assert new.secret not in desk.get(address(webhook)).content.decode()
    assert "and the secret of" in text_of(desk.get(address(webhook)))


def test_disabling_and_enabling_by_button(desk: Client) -> None:
    webhook, _ = make_webhook()

    take(desk, webhook, "disable", note="Synthetic reason")
    webhook.refresh_from_db()
    assert webhook.disabled_why == "Synthetic reason"
    assert "UTC: Synthetic reason" in text_of(desk.get(LIST))
    response = take(desk, webhook, "disable")
    assert said(response)[-1:] != ["Disabled: nothing more is sent."]

    take(desk, webhook, "enable")
    webhook.refresh_from_db()
    assert webhook.is_active


def test_a_button_on_a_stale_page_does_nothing(desk: Client) -> None:
    webhook, _ = make_webhook()

    response = desk.post(address(webhook, "step", "disable"), {"edit_number": "7"})

    webhook.refresh_from_db()
    assert (response.status_code, webhook.is_active) == (409, True)


def test_no_step_but_the_four_exists_and_none_by_get(desk: Client) -> None:
    webhook, _ = make_webhook()

    assert take(desk, webhook, "other").status_code == 404
    for action in ("try", "renew", "disable", "enable"):
        assert desk.get(address(webhook, "step", action)).status_code == 405


def test_the_list_tells_how_each_stands(desk: Client, partner: Partner) -> None:
    make_webhook(description="Synthetic silent", kinds=["redact"])
    make_webhook(description="Synthetic working", subjects=["claim"])
    make_webhook(description="Synthetic failing", url="https://1.1.1.1/", subjects=["claim"])
    make_published_claim()
    sending.send_due()

    page = text_of(desk.get(LIST))

    assert re.search(r"Synthetic silent https://\S+ Nothing was sent yet - 0", page)
    assert re.search(r"Synthetic working https://\S+ Works [^-]+ 0", page)
    assert re.search(r"Synthetic failing https://\S+ Failing, last at [-0-9: ]+ UTC - 1", page)


def test_the_log_of_notices_is_read_only_and_says_what_came_of_each(
    desk: Client, partner: Partner
) -> None:
    webhook, _ = make_webhook(subjects=["claim"])
    claim = make_published_claim()
    sending.send_due()
    row = webhook.deliveries.get()

    listed, opened = text_of(desk.get(NOTICES)), text_of(desk.get(address(row)))

    for page in (listed, opened):
        assert f"msg_{webhook.public_id}_{row.publication_id}" in page
        assert f"claim {claim.public_id} published" in page
        assert "Taken: answered 204." in page
    assert "Save" not in opened
    for query in ("taken=yes", f"webhook__id__exact={webhook.pk}"):
        assert claim.public_id in text_of(desk.get(f"{NOTICES}?{query}"))
    for query in ("taken=no", "taken=failed"):
        assert claim.public_id not in text_of(desk.get(f"{NOTICES}?{query}"))


def test_a_notice_is_sent_again_by_button(desk: Client, partner: Partner) -> None:
    webhook, _ = make_webhook(subjects=["claim"])
    make_published_claim()
    sending.send_due()
    row = webhook.deliveries.get()

    response = desk.post(address(row, "again"))
    sending.send_due()

    assert said(response)[0].startswith("In line again since")
    assert len(partner.names) == 2


def test_a_notice_of_a_disabled_one_is_not_sent_again(desk: Client, partner: Partner) -> None:
    webhook, _ = make_webhook(subjects=["claim"])
    make_published_claim()
    sending.send_due()
    take(desk, webhook, "disable")

    response = desk.post(address(webhook.deliveries.get(), "again"))

    assert said(response)[-1] == "Its webhook is disabled: enable it first."
    assert not Delivery.objects.filter(delivered_at=None).exists()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_nobody_but_administrators_sees_any_of_it(role: Role) -> None:
    webhook, _ = make_webhook()
    client = signed_in(make_user(role))

    assert [client.get(url).status_code for url in (LIST, ADD, NOTICES, address(webhook))] == [
        403,
        403,
        403,
        403,
    ]
    for action in ("try", "renew", "disable", "enable"):
        assert client.post(address(webhook, "step", action)).status_code == 403
    assert WebhookSecret.objects.count() == 1


def test_nothing_is_set_up_while_the_desk_is_read_only(desk: Client) -> None:
    webhook, _ = make_webhook()
    read_only.switch(on=True, why="Synthetic attack.", by=None)

    assert desk.post(address(webhook, "step", "try")).status_code == 503
    assert desk.post(address(webhook, "step", "renew")).status_code == 503


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_can_be_read_by_everybody(browser: Browser, live_server: Any) -> None:
    page = open_desk(browser, live_server, make_user(Role.ADMINISTRATOR))
    page.goto(f"{live_server}{ADD}")
    page.fill("#id_description", "Synthetic partner")
    page.fill("#id_url", "https://partner.example/hook")
    assert serious(page) == []

    page.click("input[name=_save]")

    assert page.inner_text("#secret").startswith("whsec_")
    assert serious(page) == []
    page.click("text=I have kept it")
    assert page.inner_text("#desk-panel-heading") == "Nothing was sent yet"
    assert serious(page) == []

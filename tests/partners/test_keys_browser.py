"""The pages of keys in a real browser: giving one, copying it, revoking it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from factcheck.common.roles import Role
from factcheck.partners.models import ApiKey
from tests.factories import make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (820, "dark")])
def test_a_key_is_given_copied_and_revoked(
    browser: Browser, live_server: Any, width: int, scheme: str
):
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = open_desk(browser, live_server, make_user(Role.ADMINISTRATOR), **look)
    complaints = watched(page)
    page.goto(f"{live_server.url}/admin/partners/apikey/add/")
    page.get_by_label("Whose it is").fill("Synthetic Partner")
    page.get_by_label("How to reach them").fill("partner@mail.example")
    page.click("input[name=_save]")

    key = page.get_by_label("The key")
    text = key.input_value()
    assert re.fullmatch(r"fc_[0-9a-z]{8}_[A-Za-z0-9_-]{43}", text)
    assert key.evaluate("one => one.scrollWidth <= one.clientWidth")  # all of it is to be seen
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.activeElement.id") == "key"
    assert serious(page) == []
    page.get_by_role("link", name="I have copied it").click()

    assert page.url.endswith(f"/admin/partners/apikey/{ApiKey.objects.get().pk}/change/")
    assert text not in page.content()
    complaints.clear()  # axe lays styles into the page that our policy refuses
    page.get_by_role("button", name="Revoke this key").click()

    assert "opens nothing any more" in page.inner_text(".messagelist")
    assert ApiKey.objects.get().state == "revoked"
    assert complaints == []
    page.context.close()

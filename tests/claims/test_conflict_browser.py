"""Two people at one claim, each in a browser: who else is there, and what comes of a conflict."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from claims.models import Claim, Presence
from factcheck.common.roles import Role
from tests.factories import add_figure, make_ready_claim, make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(width, scheme) for width in (1280, 820) for scheme in ("light", "dark")]


@pytest.fixture
def people(browser: Any, live_server: Any) -> Iterator[tuple[Page, Page]]:
    """The browsers of a reporter and of a checker, both signed in."""
    pages = tuple(
        open_desk(browser, live_server, make_user(role, name))
        for role, name in ((Role.REPORTER, "one"), (Role.CHECKER, "mira"))
    )
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def save(page: Page) -> None:
    page.click("input[name=_continue]")


def come_into_conflict(one: Page, mira: Page, address: str, claim: Claim) -> None:
    """Both open the claim; mira saves first."""
    one.goto(address)
    mira.goto(address)
    mira.fill("#id_text", "Mira’s text of the claim, which is synthetic.")
    mira.fill("#id_unknowns", "Mira asks who else has counted.")
    save(mira)
    mira.wait_for_selector(".messagelist .success")
    one.fill("#id_text", "My text of the claim, which is synthetic as well.")
    one.fill("#id_why_checked", "Readers have asked.")
    save(one)
    one.wait_for_selector("#merge_form")


def test_two_people_meet_see_each_other_and_put_their_work_together(people, live_server):
    claim = make_ready_claim()
    add_figure(claim)
    one, mira = people
    complaints = watched(one)
    address = f"{live_server.url}/admin/claims/claim/{claim.pk}/change/"

    come_into_conflict(one, mira, address, claim)
    one.click("input[name=_continue]")
    asked = one.locator("#merge_form input:invalid").count()
    one.get_by_label("Take mine").check()
    one.click("input[name=_continue]")
    one.wait_for_selector(".messagelist .success")

    claim.refresh_from_db()
    assert asked == 2
    assert claim.text == "My text of the claim, which is synthetic as well."
    assert claim.unknowns == "Mira asks who else has counted."
    assert claim.why_checked == "Readers have asked."
    one.wait_for_selector("#presence:not(:empty)")
    assert "mira (since " in one.inner_text("#presence")
    assert set(Presence.objects.values_list("user__username", flat=True)) == {"one", "mira"}
    assert complaints == []


def test_undecided_one_goes_on_in_the_form_where_each_change_is_marked(people, live_server):
    claim = make_ready_claim()
    one, mira = people
    address = f"{live_server.url}/admin/claims/claim/{claim.pk}/change/"

    come_into_conflict(one, mira, address, claim)
    one.click("input[name=_reopen]")
    one.wait_for_selector(".field-text .errorlist")

    assert one.input_value("#id_text") == "My text of the claim, which is synthetic as well."
    assert one.input_value("#id_unknowns") == "Mira asks who else has counted."
    assert "Mira’s text of the claim" in one.inner_text(".field-text .errorlist")
    assert one.inner_text(".field-why_checked .errorlist") == (
        "You have changed this. It is not saved yet."
    )


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_page_of_a_conflict_can_be_read_by_everybody(browser, live_server, width, scheme):
    claim = make_ready_claim()
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    one = open_desk(browser, live_server, make_user(Role.REPORTER), **look)
    mira = open_desk(browser, live_server, make_user(Role.CHECKER))
    address = f"{live_server.url}/admin/claims/claim/{claim.pk}/change/"

    come_into_conflict(one, mira, address, claim)

    assert serious(one) == []
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert one.evaluate(wider) is False
    for page in (one, mira):
        page.context.close()

"""Home, and a claim that the desk talks about, in a real browser."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser

from claims import workflow
from claims.models import Assignment, Claim, Report
from claims.services.comments import comment
from claims.services.desk_work import assign, save_filter
from claims.services.reports import receive
from factcheck.common.roles import Role
from tests.factories import (
    make_approved_claim,
    make_claim,
    make_published_claim,
    make_ready_claim,
    make_user,
)
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime.date(2020, 3, 3)
OPEN_ALL = """
    for (const one of document.querySelectorAll(
        ".desk-work details, .desk-filters details, .desk-nothing")) one.open = true;
"""
SCREENS = [
    pytest.param(width, scheme, id=f"{width}-{scheme}")
    for width in (1280, 820)
    for scheme in ("light", "dark")
]


def busy_desk() -> tuple[User, Claim]:
    """An editor for whom something waits in most queues, and a claim that people talk about."""
    edna, chen = make_user(Role.EDITOR, "edna"), make_user(Role.CHECKER, "chen")
    rita = make_user(Role.REPORTER, "rita")
    make_claim(created_by=edna, text="SYNTHETIC. A draft about twelve boats in the harbour.")
    make_approved_claim()
    mine = workflow.submit(make_ready_claim(), by=edna)
    workflow.return_to_draft(mine, by=chen, note="Say who counted, and on which day.")
    claim = workflow.submit(
        make_ready_claim(
            text="SYNTHETIC. Twelve boats were counted in the harbour of Exampleton on Monday, "
            "three more than on the day before, and none of them had left by the evening."
        ),
        by=rita,
    )
    assign(claim, to=edna, priority="urgent", due_on=DAY, by=chen)
    comment(claim, text="@edna, the harbour office has a list: https://harbour.example/", by=rita)
    comment(claim, text="I have asked them.\nNo answer so far, @rita.", by=chen)
    make_published_claim(review_by=DAY)
    receive(kind="error", text="SYNTHETIC. It was thirteen boats.", by=rita)
    save_filter(name="Toll", query="about__exact=toll", is_shared=True, by=edna)
    return edna, claim


def opened(browser: Browser, live_server: Any, user: User, width: int, scheme: str) -> Any:
    return open_desk(
        browser,
        live_server,
        user,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_screen_can_be_read_by_everybody(
    browser: Browser, live_server: Any, width: int, scheme: str
) -> None:
    edna, claim = busy_desk()
    page = opened(browser, live_server, edna, width, scheme)
    complaints = watched(page)

    found = {}
    heard = []
    for at in (
        "",
        f"claims/claim/{claim.pk}/change/",
        "claims/claim/?about__exact=toll&stage__exact=draft",
        "claims/report/",
        f"claims/report/{Report.objects.get().pk}/change/",
    ):
        page.goto(f"{live_server.url}/admin/{at}")
        page.evaluate(OPEN_ALL)
        # Before axe looks, whose own styles the policy refuses.
        heard += complaints
        found[at] = serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), at
        complaints.clear()

    page.context.close()
    assert {at: problems for at, problems in found.items() if problems} == {}
    assert heard == []


def test_an_empty_desk_can_be_read_by_everybody(browser: Browser, live_server: Any) -> None:
    page = opened(browser, live_server, make_user(Role.REPORTER), 1280, "light")

    page.goto(f"{live_server.url}/admin/")

    assert serious(page) == []
    assert page.is_visible("text=There is no claim yet")
    page.context.close()


def test_from_home_to_a_claim_a_comment_and_somebody_elses_work(
    browser: Browser, live_server: Any
) -> None:
    edna, claim = busy_desk()
    page = opened(browser, live_server, edna, 1280, "light")
    page.goto(f"{live_server.url}/admin/")

    page.click("#assigned .desk-waiting a")
    page.fill("#comment-text", "@rita, please ask them again.")
    page.click("#comments .desk-say button")
    page.wait_for_selector("text=Commented. Told: rita.")
    page.click("#work summary")
    page.select_option("#work-assignee", label="rita")
    page.fill("#work-due_on", "2030-01-02")
    page.click("#work button")
    page.wait_for_selector("text=Assigned to rita.")

    page.goto(f"{live_server.url}/admin/")
    assert page.query_selector("#assigned") is None
    assert page.query_selector("#mentioned") is None
    page.context.close()
    assert claim.comments.count() == 3
    assert Assignment.objects.get(claim=claim).due_on == datetime.date(2030, 1, 2)

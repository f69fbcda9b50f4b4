"""Every screen of the desk can be read by everybody: each list, form, history and deletion, and
each page of its own. Which they are and who may open them, says role_matrix; a page that it names
is visited here without being named again.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page

from claims import workflow
from claims.importing.uploads import carry_out, keep_upload
from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import address
from tests.claims.role_matrix import MODELS, NOBODY, PAGES, Roles
from tests.claims.test_role_matrix import list_of, make_things, row_of
from tests.claims.test_uploads import HEADER, sheet
from tests.in_browser import browser, open_desk, serious, watched
from tests.surfaces.conftest import public_server
from tests.surfaces.rich import make_rich_draft

__all__ = ["browser", "public_server"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

# Who is sent to look: whoever of them may, the first one first.
LOOKERS = ("editor", "administrator", "superuser")
# Answers to scripts, and files.
NO_PAGES = {
    "admin:jsi18n",
    "admin:sources_capture_file",
    "admin:sources_capture_stamp",
    "admin:sources_passage_words",
    "desk:definitions",
    "desk:import_template",
    "desk:preview_record",
    "desk:rejects",
    "desk:sheet_data",
    "desk:sheet_find",
    "desk:similar",
    "desk:still_here",
}
ELSEWHERE = {"admin:login", "desk:code"}  # lead on who has signed in; see test_sign_in.py
WIDTHS = (1280, 820)
FAULTS = {
    "cut off": """[document.documentElement, ...document.querySelectorAll("#changelist .results")]
        .some((one) => one.scrollWidth > one.clientWidth)""",
    "a table that is laid out as none": """[...document.querySelectorAll("table")]
        .some((one) => one.checkVisibility() && getComputedStyle(one).display !== "table")""",
    "words of somebody in small print": """[...document.querySelectorAll("#content blockquote")]
        .some((one) => parseFloat(getComputedStyle(one).fontSize) < 13)""",
}
SAVE = "input[name=_save]"


class Screen(NamedTuple):
    url: str
    allowed: Roles


def screens_of_models() -> Iterator[Screen]:
    """Of every registered model the list and four pages, also those that nobody may open."""
    for label, allowed in MODELS.items():
        row = row_of(label)
        yield Screen(list_of(row), allowed.view)
        yield Screen(list_of(row, "add"), allowed.add)
        yield Screen(address(row), allowed.view)
        yield Screen(address(row, "history"), allowed.view)
        yield Screen(address(row, "delete"), allowed.delete)


def screens_of_the_desk() -> Iterator[Screen]:
    """All others that can be asked for, and an import, claims and a sheet with much in them."""
    things = make_things(factories.make_user(Role.REPORTER))
    for name in sorted(PAGES.keys() - NO_PAGES - ELSEWHERE):
        page = PAGES[name]
        if page.get != NOBODY:
            arguments = [things[one].pk if one in things else one for one in page.arguments]
            yield Screen(reverse(name, args=arguments), page.get)
    rows = sheet([str(number) for number in range(len(HEADER))])
    run = carry_out(keep_upload(name="a.csv", content=rows, by=factories.make_user()))
    yield Screen(reverse("desk:import", args=[run.pk]), PAGES["desk:import"].get)
    returned = workflow.submit(factories.make_ready_claim(), by=factories.make_user(Role.REPORTER))
    checker = factories.make_user(Role.CHECKER)
    workflow.return_to_draft(returned, by=checker, note="Say who counted.")
    yield Screen(address(returned), MODELS["claims.Claim"].view)
    rich = make_rich_draft()
    allowed = MODELS["claims.Claim"].view
    yield Screen(address(rich), allowed)
    yield Screen(reverse("desk:preview", args=[rich.pk]), allowed)
    document = rich.citations.first().passage.capture.document
    yield Screen(reverse("desk:sheet", args=[document.pk]), allowed)


def make_looker(name: str) -> User:
    """Somebody of the role; one without any for the superuser."""
    user = factories.make_user(Role.EDITOR if name == "superuser" else Role(name))
    if name == "superuser":
        user.groups.clear()
        user.is_superuser = True
        user.save()
    return user


def problems_of(page: Page, width: int, complaints: list[str]) -> list[Any]:
    """What axe finds and the browser complains of, and what is cut off or torn at each width; then
    it is `width` wide again, and nothing was complained of.
    """
    found: list[Any] = []
    for one in sorted(WIDTHS, key=width.__eq__):
        page.set_viewport_size({"width": one, "height": 900})
        found += [f"{name} at {one}" for name, asked in FAULTS.items() if page.evaluate(asked)]
    found += complaints
    found += serious(page)
    complaints.clear()  # axe lays styles into the page that our policy refuses
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (820, "dark")])
def test_every_screen_can_be_read_by_everybody(
    browser: Browser, live_server: Any, public_server: Any, width: int, scheme: str
) -> None:
    screens = [*screens_of_models(), *screens_of_the_desk()]
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    desks = {name: open_desk(browser, live_server, make_looker(name), **look) for name in LOOKERS}
    complaints = {name: watched(page) for name, page in desks.items()}

    found = {}
    for screen in screens:
        looker = next((name for name in LOOKERS if name in screen.allowed), None)
        page = desks[looker or LOOKERS[0]]
        answer = page.goto(live_server.url + screen.url)
        assert answer is not None
        assert page.url == live_server.url + screen.url
        assert answer.status == (200 if looker else 403), screen.url
        assert answer.headers["content-type"].startswith("text/html"), screen.url
        problems = problems_of(page, width, complaints[looker or LOOKERS[0]])
        if looker and screen.url.endswith("/add/"):
            page.click(SAVE)
            page.wait_for_selector(".errornote", state="attached")
            problems += problems_of(page, width, complaints[looker])
        if problems:
            found[screen.url] = problems

    for page in desks.values():
        page.context.close()
    assert found == {}

"""Looking at pages for readers in a real browser: on phone and laptop, in light and dark."""

from collections.abc import Collection, Iterator, Mapping

from playwright.sync_api import Browser, Page

from tests.in_browser import serious, watched

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def screens(browser: Browser) -> Iterator[tuple[int, str, Page]]:
    """A page of its own at each width in each scheme, closed afterwards; no page of ours may leave
    a cookie in it.
    """
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            yield width, scheme, context.new_page()
            assert context.cookies() == []
            context.close()


def check_pages(
    browser: Browser,
    server: str,
    addresses: Mapping[str, str],
    *,
    statuses: Mapping[str, int] | None = None,
    without_axe: Collection[str] = (),
) -> None:
    """See that each of the pages is quiet, no wider than the screen, and read by everybody, with
    all of it opened. `statuses` are those that are not 200; `without_axe` the pages whose policy
    lets no script in, axe's neither.
    """
    for width, scheme, page in screens(browser):
        complaints = watched(page)
        for name, address in addresses.items():
            where = (name, width, scheme)
            response = page.goto(server + address)
            assert response is not None
            assert response.status == (statuses or {}).get(name, 200), where
            page.evaluate(OPEN_ALL)
            # Before axe runs, whose own styles the policy refuses.
            assert complaints == [], where
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
            if name not in without_axe:
                assert serious(page) == [], where
            complaints.clear()

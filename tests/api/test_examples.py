"""The examples for partners do what they say, copied from the page as they stand there."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from claims.api.partners import Example, examples, filled, places
from claims.models import PublicClaim
from tests.claims.rule_cases import SAW, with_verdict
from tests.in_browser import browser
from tests.surfaces.conftest import public_server
from tests.surfaces.ledgering import publish
from tests.surfaces.rich import make_rich_claim

__all__ = ["browser", "public_server"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

NAMED = {"exact_bytes.sh", "exact_bytes.py", "ask_again.sh", "ask_again.py"}
Seen = dict[str, str]
SECONDS = 60


def there_is(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def of_language(suffix: str) -> list[Example]:
    # The copy of everything is run where the feed is tested.
    return [one for one in examples() if one.path.suffix == suffix and one.path.stem != "mirror"]


def seen_by(name: str, seen: Seen) -> list[str]:
    """What an example has to print."""
    return {
        "newest_checked": [seen["confirmed"]],
        "search": [seen["rich"]],
        "citing_an_address": [seen["rich"], "Twelve boats “fired”, ministry says"],
        "has_this_been_checked": [seen["confirmed"]],
        "exact_bytes.sh": [f"{seen['sha256']}  -", f'"{seen["sha256"]}"'],
        "exact_bytes.py": ["version 1 is what was published"],
        "every_page": [f"{seen['claims']} claims"],
        "figures_table": ["more than 12 boats", "disputed"],
        "as_of": [seen["rich"], seen["confirmed"]],
        "versions": ["publish", seen["confirmed"]],
        "ask_again.sh": ["304"],
        "ask_again.py": ["nothing new"],
    }[name]


@pytest.fixture
def seen(public_server: str) -> Seen:
    """What programs are told of synthetic claims: one with figures and a cited address, and, newest
    of all, one that was confirmed.
    """
    make_rich_claim()
    newest = publish(with_verdict("confirmed", ("supports", SAW)))
    current = PublicClaim.objects.current()
    rich = current.filter(verification_status="disputed").latest("from_seq")
    confirmed = current.get(claim_id=newest.public_id)
    return {
        "rich": rich.status_line,
        "confirmed": confirmed.status_line,
        "sha256": confirmed.record_sha256,
        "claims": str(current.count()),
        "server": public_server,
    }


def check(language: list[Example], seen: Seen, run: Callable[[str], str]) -> None:
    """Run what the page shows, and see that it prints what it should."""
    shown = httpx.get(f"{seen['server']}/api/examples/").text
    words = places(seen["server"])
    for example in language:
        code = filled(example.code, words)
        assert escape(code) in shown, example.path.name
        assert "facts.example" not in code
        if "/match/" in code and not there_is("/api/v1/match/"):
            continue
        printed = run(code)
        name = example.path.name
        for words_seen in seen_by(name if name in NAMED else example.path.stem, seen):
            assert words_seen in printed, (name, printed)


def printed_by(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_examples_in_curl_do_what_they_say(seen: Seen):
    check(of_language(".sh"), seen, lambda code: printed_by("bash", "-eo", "pipefail", "-c", code))


def test_examples_in_python_do_what_they_say(seen: Seen):
    check(of_language(".py"), seen, lambda code: printed_by(sys.executable, "-c", code))


class Blank(BaseHTTPRequestHandler):
    """A page with nothing on it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def other_site() -> Iterator[str]:
    """The address of somebody else's site: to a browser, another port is another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Blank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_examples_in_javascript_do_what_they_say_on_another_site(
    seen: Seen, browser: Browser, other_site: str
):
    page = browser.new_page()
    page.goto(other_site)

    def run(code: str) -> str:
        printed: list[str] = []
        page.on("console", lambda message: printed.append(message.text))
        # As a module, which may wait; the last line tells that it has come to its end.
        page.add_script_tag(content=f"{code}\nconsole.log('END');", type="module")
        for _ in range(SECONDS * 10):
            if "END" in printed or any("ERR" in line for line in printed):
                break
            page.wait_for_timeout(100)
        return "\n".join(printed)

    check(of_language(".js"), seen, run)
    page.close()

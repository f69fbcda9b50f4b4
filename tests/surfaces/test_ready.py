"""What is answered before Django is answered as Django would, to the byte."""

import io
import re
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

import orjson
import pytest
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from pytest_django import Settings

from claims import workflow
from factcheck.common.middleware import Request
from factcheck.common.roles import Role
from factcheck.partners.keys import KNOWN
from factcheck.partners.limits import Limits
from factcheck.partners.middleware import LIMITS
from factcheck.ready import Ready
from tests.factories import make_key, make_published_claim, make_user, revise_and_publish
from tests.surfaces.rich import make_rich_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection_stays")]

LIST = "/api/v1/claims/"
NOTE = "A synthetic note."


class Answer(NamedTuple):
    """What a server would hand on. The request's id, which is nobody else's, is left out."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Asked:
    """The project's application as a server asks it, with and without what answers before Django;
    each has a clock that stands still and counts by itself.
    """

    def __init__(self, settings: Any, *, is_ready: bool) -> None:
        self.django = WSGIHandler()
        self.django.request_class = Request
        self.limits = Limits(settings.API_LIMITS)
        self.ready = Ready(self.by_django) if is_ready else None
        if self.ready:
            self.ready.limits = self.limits
        self.limits.buckets.clock = lambda: 0.0
        self.ordinary_answers = 0

    def by_django(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Django's own answer."""
        self.ordinary_answers += 1
        environ[LIMITS] = self.limits
        return self.django(environ, start)

    def get(self, address: str, method: str = "GET", **environ: str) -> Answer:
        """The answer to a request, by default one as a program sends it."""
        path, _, query = address.partition("?")
        told: list[Any] = []
        response = (self.ready or self.by_django)(
            {
                "REQUEST_METHOD": method,
                "SCRIPT_NAME": "",
                "PATH_INFO": unquote(path, "latin-1"),
                "QUERY_STRING": query,
                "SERVER_NAME": "testserver",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "192.0.2.1",
                "HTTP_HOST": "testserver",
                "HTTP_ACCEPT": "*/*",
                "HTTP_USER_AGENT": "synthetic/1.0",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": sys.stderr,
                **environ,
            },
            lambda status, headers: told.extend((status, headers)),
        )
        body = b"".join(response)
        if close := getattr(response, "close", None):
            close()
        headers = dict(told[1])
        assert len(headers) == len(told[1])
        assert re.fullmatch(r"[0-9a-f]{32}", headers.pop("X-Request-Id"))
        return Answer(told[0], sorted(headers.items()), body)


class Both:
    """One installation, asked both ways."""

    def __init__(self, settings: Any) -> None:
        self.ordinary = Asked(settings, is_ready=False)
        self.ready = Asked(settings, is_ready=True)

    def ask(self, address: str, **environ: str) -> tuple[Answer, bool]:
        """The answer, which is the same both ways, and whether it was a ready one."""
        before = self.ready.ordinary_answers
        ready = self.ready.get(address, **environ)

        assert ready == self.ordinary.get(address, **environ), address

        return ready, self.ready.ordinary_answers == before

    def ask_twice(self, address: str, **environ: str) -> tuple[Answer, bool]:
        """The second answer: the first of its kind is Django's."""
        self.ask(address, **environ)
        return self.ask(address, **environ)


@pytest.fixture
def both(settings: Settings) -> Both:
    settings.API_LIMITS = {"anonymous": (1_000, 60), "keyed": (2_000, 60)}
    return Both(settings)


@pytest.fixture
def ids() -> dict[str, str]:
    """Claims in every state, and cursors of the list of them."""
    live = make_rich_claim()
    suspended, retracted = make_published_claim(), make_published_claim()
    corrected = make_published_claim(text="Forty boats were counted.")
    revise_and_publish(corrected, text="Forty-one boats were counted.")
    editor = make_user(Role.EDITOR)
    workflow.suspend(suspended, by=editor, note=NOTE)
    workflow.retract(retracted, by=editor, note=NOTE)
    asked = Asked(None_of_limits, is_ready=False)
    pages = {}
    for name, address in {
        "next": f"{LIST}?page_size=1",
        "checked": f"{LIST}?verification_status=unchecked&page_size=1",
        "oldest": f"{LIST}?ordering=published&page_size=1",
        "said": f"{LIST}?ordering=said&page_size=1",
    }.items():
        link = orjson.loads(asked.get(address).body)["next"]
        pages[name] = link.partition("cursor=")[2].partition("&")[0] if link else "none"
    back = orjson.loads(asked.get(f"{LIST}?page_size=1&cursor={pages['next']}").body)["previous"]
    return {
        "live": live.public_id,
        "corrected": corrected.public_id,
        "suspended": suspended.public_id,
        "retracted": retracted.public_id,
        "back": back.partition("cursor=")[2],
        **pages,
    }


class None_of_limits:
    API_LIMITS: dict[str, Any] = {}


GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate"}
BROWSER = {
    "HTTP_ACCEPT": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "HTTP_ACCEPT_LANGUAGE": "uk-UA,uk;q=0.9",
    "HTTP_ORIGIN": "https://elsewhere.example",
    "HTTP_SEC_FETCH_MODE": "cors",
    "HTTP_CONNECTION": "keep-alive",
    **GZIP,
}

# Addresses and headers, and whether the answer is a ready one.
READY: list[tuple[str, dict[str, str]]] = [
    (LIST, {}),
    (f"{LIST}?", {}),
    (LIST, {"method": "HEAD"}),
    (LIST, GZIP),
    (LIST, {"HTTP_ACCEPT_ENCODING": "gzip;q=0, br"}),
    (LIST, {"HTTP_ACCEPT_ENCODING": "identity"}),
    (LIST, BROWSER),
    (LIST, {"HTTP_ACCEPT": "text/html"}),
    (LIST, {"CONTENT_LENGTH": "", "CONTENT_TYPE": ""}),
    (LIST, {"HTTP_HOST": "localhost:8000"}),
    (LIST, {"wsgi.url_scheme": "https"}),
    (LIST, {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}),
    (f"{LIST}?page_size=2", {}),
    (f"{LIST}?page_size=1&cursor={{next}}", {}),
    (f"{LIST}?cursor={{next}}&page_size=100", {}),
    (f"{LIST}?page_size=1&cursor={{next}}&ordering=-published", GZIP),
    (f"{LIST}?page_size=1&cursor={{back}}", {}),
    (f"{LIST}?ordering=published", {}),
    (f"{LIST}?ordering=published&page_size=1&cursor={{oldest}}", {}),
    (f"{LIST}?verification_status=unchecked&page_size=1", {}),
    (f"{LIST}?page_size=1&verification_status=unchecked&cursor={{checked}}", {}),
    (f"{LIST}?verification_status=false", {}),
    (f"{LIST}?attribution_status=reported&about=toll&kind=factual&language=en", {}),
    (f"{LIST}?has_figures=true", {}),
    (f"{LIST}?has_figures=false&page_size=1", GZIP),
    (f"{LIST}?min_origins=1", {}),
    (f"{LIST}{{live}}/", {}),
    (f"{LIST}{{live}}/?", {}),
    (f"{LIST}{{live}}/", {"method": "HEAD"}),
    (f"{LIST}{{live}}/", GZIP),
    (f"{LIST}{{live}}/", BROWSER),
    (f"{LIST}{{live}}/", {"HTTP_ACCEPT": "application/json"}),
    (f"{LIST}{{corrected}}/", {}),
]
DJANGOS: list[tuple[str, dict[str, str]]] = [
    # Conditions
    (LIST, {"HTTP_IF_NONE_MATCH": "*"}),
    (LIST, {"HTTP_IF_NONE_MATCH": 'W/"abc", "def"'}),
    (f"{LIST}{{live}}/", {"HTTP_IF_NONE_MATCH": "*"}),
    (f"{LIST}{{live}}/", {"HTTP_IF_NONE_MATCH": '"abc"', **GZIP}),
    # What nobody can be given
    (f"{LIST}{{suspended}}/", {}),
    (f"{LIST}{{retracted}}/", GZIP),
    (f"{LIST}zzzzzzzzzz/", {}),
    (f"{LIST}iiiiiiiiii/", {}),
    (f"{LIST}short/", {}),
    (f"{LIST}{{live}}", {}),
    ("/api/v1/claims", {}),
    (f"{LIST}{{live}}/versions/", {}),
    (f"{LIST}{{live}}/versions/1/", {}),
    (f"/fr{LIST}", {}),
    # Odd parameters
    (f"{LIST}?cursor=", {}),
    (f"{LIST}?cursor=nonsense", {}),
    (f"{LIST}?cursor={{said}}", {}),
    (f"{LIST}?cursor={{oldest}}", {}),
    (f"{LIST}?page_size=0", {}),
    (f"{LIST}?page_size=101", {}),
    (f"{LIST}?page_size=%D9%A2", {}),
    (f"{LIST}?page_size=2&page_size=2", {}),
    (f"{LIST}?page_size=2&", {}),
    (f"{LIST}?&page_size=2", {}),
    (f"{LIST}?page_size", {}),
    (f"{LIST}?no_such=1", {}),
    (f"{LIST}?kind=no-such&language=xx", {}),
    (f"{LIST}?min_origins=1000000000000", {}),
    (f"{LIST}?has_figures=yes", {}),
    (f"{LIST}?ordering=said", {}),
    (f"{LIST}?ordering=-said&cursor={{said}}", {}),
    (f"{LIST}?ordering=claimant", {}),
    (f"{LIST}?as_of=2020-01-01", {}),
    (f"{LIST}?q=boats", {}),
    (f"{LIST}?claimant=zzzzzzzzzz", {}),
    (f"{LIST}?said_on_or_after=2020-01-01", {}),
    (f"{LIST}?key=fc_abc", {}),
    (f"{LIST}?about=t%6Fll", {}),
    (f"{LIST}?about=toll+", {}),
    (f"{LIST}?q=%00", {}),
    (f"{LIST}?q=%zz", {}),
    (f"{LIST}{{live}}/?page_size=1", {}),
    # Other methods, bodies, headers
    (LIST, {"method": "POST"}),
    (LIST, {"method": "OPTIONS"}),
    (LIST, {"method": "DELETE"}),
    (f"{LIST}{{live}}/", {"method": "OPTIONS"}),
    (LIST, {"CONTENT_TYPE": "application/json; charset=koi8-r"}),
    (LIST, {"CONTENT_LENGTH": "1"}),
    (LIST, {"HTTP_COOKIE": "sessionid=abc"}),
    (LIST, {"HTTP_COOKIE": r'a="\012"'}),
    (LIST, {"HTTP_USER_AGENT": "a\x1b"}),
    (LIST, {"HTTP_USER_AGENT": "\xd0\x9e"}),
    (LIST, {"HTTP_X_ANYTHING": "1"}),
    (LIST, {"HTTP_HOST": "elsewhere.example"}),
    (LIST, {"HTTP_HOST": "test server"}),
    (f"{LIST}{{live}}/", {"HTTP_HOST": "elsewhere.example"}),
    (f"{LIST}{{live}}/", {"HTTP_ACCEPT": "application/ld+json"}),
    (f"{LIST}{{live}}/", {"HTTP_ACCEPT": "application/json, application/ld+json;q=0.1"}),
    (LIST, {"HTTP_ACCEPT": "application/ld+json"}),
    # Keys
    (LIST, {"HTTP_X_API_KEY": "{key}"}),
    (LIST, {"HTTP_AUTHORIZATION": "Bearer {key}"}),
    (LIST, {"HTTP_AUTHORIZATION": "Bearer nothing"}),
    (LIST, {"HTTP_AUTHORIZATION": "Basic abc"}),
    (f"{LIST}{{live}}/", {"HTTP_X_API_KEY": ""}),
    # Other addresses
    ("/api/v1/", {}),
    ("/claims/", {}),
    ("/admin/", {}),
    ("/healthz", {}),
    ("/v1alpha1/claims:search?query=boats", {}),
]


def test_every_request_is_answered_as_django_would(both: Both, ids: dict[str, str]):
    KNOWN.forget()
    ids["key"] = make_key(scopes=["read"])[1]
    taken = {}

    for table in (READY, DJANGOS):
        for address, given in table:
            values = {name: value.format(**ids) for name, value in given.items()}
            _, is_ready = both.ask_twice(address.format(**ids), **values)
            taken[f"{address} {given}"] = is_ready

    KNOWN.forget()
    assert [asked for asked, is_ready in taken.items() if is_ready] == [
        f"{address} {given}" for address, given in READY
    ]


def test_every_page_of_the_list_is_the_same_both_ways(both: Both, ids: dict[str, str]):
    for start in ("?page_size=1", "?page_size=1&ordering=published"):
        seen, address = [], f"{LIST}{start}"
        while address:
            answer, _ = both.ask(address, **GZIP if len(seen) % 2 else {})
            page = orjson.loads(both.ordinary.get(address).body)
            both.ready.get(address)
            seen += [claim["id"] for claim in page["results"]]
            address = (page["next"] or "").removeprefix("http://testserver")
        assert answer.status == "200 OK"
        assert {ids["live"], ids["corrected"]} < set(seen)
        assert len(seen) == len(set(seen)) == 3


def test_what_is_published_is_seen_at_once(both: Both):
    before, _ = both.ask_twice(LIST)
    claim = make_published_claim()
    address = f"{LIST}{claim.public_id}/"

    after, is_ready = both.ask(LIST)
    record, _ = both.ask_twice(address)
    revise_and_publish(claim, text="Nobody counted.")
    corrected, _ = both.ask(address)
    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    suspended, _ = both.ask(address)

    assert is_ready
    assert dict(before.headers)["ETag"] != dict(after.headers)["ETag"]
    assert record.body != corrected.body
    assert suspended.status == "410 Gone"
    assert both.ask(LIST)[0].body == before.body


def test_both_ways_count_in_one_bucket(settings: Settings):
    settings.API_LIMITS = {"anonymous": (5, 60), "keyed": (6, 60)}
    both = Both(settings)
    addresses = [LIST, LIST, f"{LIST}?as_of=2020-01-01", f"{LIST}?cursor=x", LIST, LIST, "/api/v1/"]
    networks = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1"]

    answers = [
        both.ask(address, REMOTE_ADDR=network)
        for address, network in zip(addresses, [*networks, *networks[:2]], strict=True)
    ]

    assert " ".join(answer.status[:3] for answer, _ in answers) == "200 200 200 400 200 429 429"
    assert [is_ready for _, is_ready in answers] == [False, True, False, False, True, False, False]
    assert dict(answers[4][0].headers)["RateLimit"] == '"anonymous";r=0;t=60'
    assert both.ask(LIST, REMOTE_ADDR="2001:db8::7") == both.ask(LIST, REMOTE_ADDR="2001:db8:1::1")


SETTINGS: list[dict[str, Any]] = [
    {"SITE_URL": "https://facts.example"},
    {"DEMONSTRATION": True},
    {"SECURE_SSL_REDIRECT": True},
    {"SECURE_HSTS_SECONDS": 60, "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")},
    {"ALLOWED_HOSTS": [".example"]},
    {"BEHIND_PROXY": True, "API_LIMITS": {"anonymous": (4, 60), "keyed": None}},
    {"API_LIMITS": {"anonymous": None, "keyed": None}},
    {"APPEND_SLASH": False},
]
SENT: list[dict[str, str]] = [
    {},
    {"wsgi.url_scheme": "https"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"},
    {"HTTP_HOST": "a.example"},
]


def test_settings_change_both_ways_alike(claim_id: str):
    for setting in SETTINGS:
        with override_settings(**setting):
            both = Both(django_settings)
            for environ in (*SENT, *SENT):
                both.ask(f"{LIST}?page_size=1", **environ)
                both.ask(f"{LIST}{claim_id}/", **environ)

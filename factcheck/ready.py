"""The commonest questions of programs, answered before Django makes a request of them.

A page of the list of claims and the record of one claim are ready-made text in the database: most
of the time of such an answer would go into what surrounds it. Here it is one prepared statement.

Nothing about the answer is decided here. What a filter, a cursor and a limit mean, and how a page
and its ETag are written, is asked of those who know. The headers that all answers of one kind share
are those of the first one, which Django's way has given. And whatever is not plain (a key, a
condition, a header that is not among the usual ones, anything to refuse, an error) goes that way.
"""

import functools
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, connections
from django.http import QueryDict

from claims.api.json_ld import JSON_LD
from claims.api.ledgered import Links
from claims.api.plans import Plan, is_plain
from claims.api.questions import asked_by_program
from claims.published import newest_told
from claims.views.page import etag_at, origin_of
from factcheck.common.compression import accepts_gzip, packed, weak
from factcheck.common.costs import cost_of
from factcheck.common.errors import FactcheckError
from factcheck.common.middleware import Request
from factcheck.ledger.choices import SubjectKind
from factcheck.partners.limits import Limits
from factcheck.partners.middleware import LIMITS, STANDING

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]

CLAIMS = "/api/v1/claims/"
_ID = re.compile(r"[0-9a-z]{10}/")
# Nothing that an address would have to escape.
_QUERY = re.compile(r"(?:[a-z_]+=[A-Za-z0-9._~-]+(?:&(?!\Z)|\Z))*")
MAX_QUERY = 2_000
# What programs, browsers and servers in front send along without asking for another answer.
_PROGRAMS = "HOST USER_AGENT ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE CONNECTION CACHE_CONTROL PRAGMA"
_BROWSERS = (
    "ORIGIN REFERER DNT PRIORITY UPGRADE_INSECURE_REQUESTS SEC_FETCH_SITE SEC_FETCH_MODE"
    " SEC_FETCH_DEST SEC_FETCH_USER SEC_CH_UA SEC_CH_UA_MOBILE SEC_CH_UA_PLATFORM SEC_GPC"
)
_SERVERS = (
    "FORWARDED VIA X_REAL_IP X_FORWARDED_FOR X_FORWARDED_PROTO X_FORWARDED_HOST X_FORWARDED_PORT"
    " X_REQUEST_ID TRACEPARENT TRACESTATE"
)
USUAL = frozenset(f"HTTP_{name}" for name in f"{_PROGRAMS} {_BROWSERS} {_SERVERS}".split())
# The headers that are each answer's own. All others are those of its kind.
OWN = frozenset(
    {
        "Content-Encoding",
        "Content-Length",
        "ETag",
        "Link",
        "RateLimit",
        "RateLimit-Policy",
        "X-Request-Id",
    }
)
# Kinds of answer are few, unless somebody asks under ever new names of the host.
MOST_FRAMES = 1_000


class Kind(NamedTuple):
    """All that the headers of an answer to a plain question depend on, but for its own."""

    method: str
    is_list: bool
    scheme: str
    told_scheme: str | None
    host: str


@dataclass(frozen=True)
class Frame:
    """What all answers of one kind share: headers, and the origin at which they are given."""

    headers: Headers
    origin: str
    base: str


class Body(NamedTuple):
    """What is the answer's own."""

    text: bytes
    etag: str
    link: str = ""


class Ready:
    """A WSGI application around that of Django, with which it shares the limits of callers."""

    def __init__(self, django: Application) -> None:
        self.django = django
        self.limits = Limits(settings.API_LIMITS)
        self.frames: dict[Kind, Frame] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """The answer: the ready one where there is one, and Django's for everything else."""
        environ[LIMITS] = self.limits
        kind = kind_of(environ) if is_usual(environ) else None
        if kind is None:
            return self.django(environ, start)
        frame = self.frames.get(kind)
        if frame is None:
            return self.django(environ, self.learning(kind, environ, start))
        standing = environ[STANDING] = self.limits.standing(environ, cost=cost_of(environ))
        body = None if standing and standing.wait else body_of(environ, frame)
        if body is None:
            return self.django(environ, start)
        text, etag, headers = body.text, body.etag, [*frame.headers]
        if accepts_gzip(environ) and (shorter := packed(text)):
            text, etag = shorter, weak(etag)
            headers.append(("Content-Encoding", "gzip"))
        if body.link:
            headers.append(("Link", body.link))
        if standing:
            headers.append(("RateLimit-Policy", standing.policy.header))
            headers.append(("RateLimit", standing.header))
        headers.append(("ETag", etag))
        headers.append(("Content-Length", str(len(text))))
        headers.append(("X-Request-Id", uuid.uuid4().hex))
        start("200 OK", headers)
        return [text]

    def learning(self, kind: Kind, environ: Environ, start: Start) -> Start:
        """The server's function for status and headers, which also keeps the headers of a 200."""

        def started(status: str, headers: Headers, *rest: Any) -> Any:
            if status == "200 OK":
                if len(self.frames) >= MOST_FRAMES:
                    self.frames.clear()
                self.frames[kind] = frame_of(environ, headers)
            return start(status, headers, *rest)

        return started


# What is asked


def is_usual(environ: Environ) -> bool:
    """Whether a request is for reading, has no body, and no header that could ask for more."""
    if environ.get("CONTENT_TYPE") or environ.get("CONTENT_LENGTH") or environ.get("SCRIPT_NAME"):
        return False
    for name, value in environ.items():
        if name.startswith("HTTP_") and not (
            name in USUAL and value.isascii() and value.isprintable()
        ):
            return False
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and "HTTP_HOST" in environ


def kind_of(environ: Environ) -> Kind | None:
    """The kind of answer; None where the address is none of those that are answered here."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    is_list = path == CLAIMS
    if is_list:
        if len(query) > MAX_QUERY or not _QUERY.fullmatch(query):
            return None
    elif query or not path.startswith(CLAIMS) or not _ID.fullmatch(path, len(CLAIMS)):
        return None
    if JSON_LD in environ.get("HTTP_ACCEPT", ""):
        return None
    return Kind(
        environ["REQUEST_METHOD"],
        is_list,
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ["HTTP_HOST"],
    )


def frame_of(environ: Environ, headers: Headers) -> Frame:
    """What the answer with these headers shares with others of its kind."""
    request = Request(environ)
    return Frame(
        headers=[(name, value) for name, value in headers if name not in OWN],
        origin=origin_of(request),
        base=request.build_absolute_uri("/").rstrip("/"),
    )


# What is answered


def body_of(environ: Environ, frame: Frame) -> Body | None:
    """The answer's own; None where there is none, or another than 200: Django's way tells why."""
    connection = connections["public"]
    if not connection.in_atomic_block:
        # As Django does where a request begins.
        connection.close_if_unusable_or_obsolete()
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    try:
        return page(query, frame) if path == CLAIMS else record(path[len(CLAIMS) : -1])
    except (FactcheckError, Error):
        return None


def page(query: str, frame: Frame) -> Body | None:
    """A page of the list of claims; None where the question is not plain. Raises InvalidInput for
    one that has no answer.
    """
    parts = [part.split("=") for part in query.split("&")] if query else []
    given = dict(parts)
    plan = plan_of("&".join(f"{name}={given[name]}" for name in given if name != "cursor"))
    if plan is None or len(given) < len(parts):
        return None
    found, head = plan.page(given.get("cursor"))

    def link(cursor: str | None) -> str | None:
        if cursor is None:
            return None
        # In the place of the one that was asked for, as Django's QueryDict would put it.
        there = "&".join(f"{name}={value}" for name, value in (given | {"cursor": cursor}).items())
        return f"{frame.base}{CLAIMS}?{there}"

    links = Links(link(found.next), link(found.previous))
    address = f"{frame.origin}{CLAIMS}?{query}" if query else f"{frame.origin}{CLAIMS}"
    return Body(
        links.around(text for [text] in found.rows),
        etag_at(address, settings.LANGUAGE_CODE, seq=head),
        links.header,
    )


@functools.lru_cache(maxsize=1_000)
def plan_of(query: str) -> Plan | None:
    """The way to answer a plain question without its cursor; None for another. Raises InvalidInput
    for one that has no answer.
    """
    asked = QueryDict(query)
    if not is_plain(asked.keys(), asked.get("ordering", "")):
        return None
    return Plan.of(asked_by_program(asked))


def record(claim_id: str) -> Body | None:
    """The record of a claim; None of one that is not live. Raises NotFound."""
    told = newest_told(claim_id, SubjectKind.CLAIM)
    return Body(told.record.encode(), f'"{told.sha256}"') if told.is_live else None

"""Asking something of another machine: the only way to do so in this project."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from urllib3.exceptions import HTTPError

from sources.network.answers import Answer, refusal_of
from sources.network.caps import CAPTURE, Caps, Clock
from sources.network.connections import PinnedHTTP, PinnedHTTPS, connection_to
from sources.network.errors import AddressRefused, NetworkError, Unreachable
from sources.network.outside import Outside
from sources.network.ranges import public_address
from sources.network.targets import INSIDE, Target, target_of

# The only place at which tests put another network in place of this one.
outside = Outside()

NAME = "factcheck/1 (fact-checkers keep what they quote{})"
MOST_ADDRESSES = 4
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
OTHER_PORT = "We ask at the usual ports of the web only, which are 80 and 443."
ON_AND_ON = "This address leads on to another one, and so on: we follow no further."
NOBODY = "Nobody answers at this address."
BAD_CERTIFICATE = (
    "The site cannot show that it is the one it says it is: its certificate is not valid for this "
    "name, at this time, or in the eyes of this system."
)
NO_TLS = "The site answers, but offers no secure connection."


@contextmanager
def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    caps: Caps = CAPTURE,
    redirects: int = 0,
    passed: Callable[[Answer], None] | None = None,
) -> Iterator[Answer]:
    """Ask for the address, and give the answer as soon as its header is there.

    The name is looked up once, and only what is out in the public network is connected to. Unless
    `redirects` says how many are followed (of a GET or HEAD, five at the most), they are answers
    like others; each is vetted like the first address, and all share its time. `passed` is
    handed each answer that leads on, before it is left. No proxy of the environment, no cookie, no
    password. All ends when the block does.

    Raises AddressRefused before anything is sent there, Unreachable, TooSlow, TooLarge, and
    NetworkError for an answer that breaks off, of which reading the body may raise the same.
    """
    if redirects and (redirects > MOST_REDIRECTS or method not in ("GET", "HEAD")):
        raise ValueError(f"Of GET and HEAD, up to {MOST_REDIRECTS} redirects are followed.")
    target, clock = target_of(url), Clock(caps)
    sent = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    with ExitStack() as open_now:
        for _ in range(redirects + 1):
            answer = open_now.enter_context(
                exchange(method, target, {**sent, **(headers or {})}, body, clock)
            )
            if not redirects or not (onwards := location_of(answer)):
                yield answer
                return
            if passed is not None:
                passed(answer)
            open_now.close()
            target = target_of(urljoin(target.url, onwards))
        raise NetworkError(ON_AND_ON)


def user_agent() -> str:
    """Who asks: the project, and the site that runs it, for whoever wonders in their logs."""
    return NAME.format(f"; +{settings.SITE_URL}" if settings.SITE_URL else "")


def location_of(answer: Answer) -> str:
    """Where the answer leads on to; empty where it is the last one."""
    if answer.status not in REDIRECTS:
        return ""
    # Headers are read byte by byte; addresses in them are UTF-8 nowadays.
    return answer.headers.get("location", "").encode("latin-1", "replace").decode(errors="replace")


@contextmanager
def exchange(
    method: str, target: Target, headers: Mapping[str, str], body: bytes | None, clock: Clock
) -> Iterator[Answer]:
    """One question and its answer."""
    connection, address = connected(target, vetted(target, clock), clock)
    try:
        answer = asked(connection, method, target, headers, body, address=address)
        try:
            yield answer
        finally:
            answer.response.close()
    finally:
        connection.close()


def vetted(target: Target, clock: Clock) -> list[str]:
    """The addresses of the target that may be connected to: the one that it is, or those of its
    name that are out in the public network.
    """
    if target.port not in outside.ports:
        raise AddressRefused(OTHER_PORT)
    if target.address is not None:
        return [target.address]
    found = outside.resolve(target.host, target.port, seconds=clock.left())
    public = dict.fromkeys(filter(None, map(public_address, found)))
    if not public:
        raise AddressRefused(INSIDE)
    return list(public)[:MOST_ADDRESSES]


def connected(
    target: Target, addresses: list[str], clock: Clock
) -> tuple[PinnedHTTP | PinnedHTTPS, str]:
    """A connection to the first of the addresses that takes one, with its address."""
    for address in addresses:
        connection = connection_to(target, address=address, clock=clock, outside=outside)
        try:
            connection.connect()
        except (OSError, HTTPError) as error:
            connection.close()
            if isinstance(error, ssl.SSLError):
                # Another address of the name would be no more trustworthy.
                is_untrusted = isinstance(error, ssl.SSLCertVerificationError)
                raise Unreachable(BAD_CERTIFICATE if is_untrusted else NO_TLS) from error
        else:
            return connection, address
        clock.left()
    raise Unreachable(NOBODY)


def asked(
    connection: PinnedHTTP | PinnedHTTPS,
    method: str,
    target: Target,
    headers: Mapping[str, str],
    body: bytes | None,
    *,
    address: str,
) -> Answer:
    """The answer, of which the header has been read."""
    sock = connection.sock
    try:
        connection.request(
            method, target.path, body, headers, preload_content=False, decode_content=False
        )
        response = connection.getresponse()
    except (OSError, HTTPError, HTTPException) as error:
        raise refusal_of(error) from error
    sock.body_begins()
    return Answer(response, sock, target=target, address=address)

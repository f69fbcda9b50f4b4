"""What a web address asks for: read once, strictly, and never again from the text."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from sources.network.errors import AddressRefused
from sources.network.ranges import public_address

MAX_LENGTH = 2000
MAX_HOST = 253
# An address in which two readers could see two hosts has no place here: backslashes, blanks and
# control characters are refused before it is taken apart.
SUSPECT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff\ud800-\udfff]")
PARTS = re.compile(r"(?P<scheme>[^:/?#]*)://(?P<authority>[^/?#]*)(?P<path>[^#]*)", re.IGNORECASE)
AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]*)(:(?P<port>[0-9]{0,5}))?", re.ASCII)
LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
NAME = re.compile(rf"({LABEL}\.)+{LABEL}", re.ASCII)
# What systems read as a number, in whatever spelling: 127.1, 0x7f.1, 017700000001, 2130706433.
ENDS_IN_A_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)", re.ASCII)
USUAL_PORTS = {"http": 80, "https": 443}
# In paths, what is percent-encoded stays so, and what the grammar allows stays as it is.
STAYS = "%/:?#[]@!$&'()*+,;=~-._"

INSIDE = "This address leads inside our own network."
NOT_WEB = "Give a web address that begins with https:// or http://."
UNREADABLE = "This is no web address we can read: copy it again from the browser's address bar."
WITH_NAME = "Leave out the name and password before the @: we sign in nowhere."
BY_NUMBER = "Write the number of the machine in the usual way, as in 192.0.2.1, or give its name."
NO_NAME = "Give the full name of the site, such as example.com."


@dataclass(frozen=True)
class Target:
    """Where a web address leads. `host` is what TLS and the Host header name: lower case, ASCII,
    without a dot at its end. `address` is set where the host is an address itself: a public one.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: str | None = None

    @property
    def url(self) -> str:
        """The address in its one spelling."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == USUAL_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def target_of(url: str) -> Target:
    """Where the address leads, as far as its text alone tells. Nothing is looked up.

    Raises AddressRefused for what is no http(s) address, names a user, is spelled so that readers
    could differ about it, or is an address inside.
    """
    if len(url) > MAX_LENGTH or SUSPECT.search(url):
        raise AddressRefused(UNREADABLE)
    parts = PARTS.match(url)
    if parts is None:
        raise AddressRefused(NOT_WEB)
    scheme, authority = parts["scheme"].lower(), parts["authority"]
    if scheme not in USUAL_PORTS:
        raise AddressRefused(NOT_WEB)
    if "@" in authority or "%40" in authority:
        raise AddressRefused(WITH_NAME)
    split = AUTHORITY.fullmatch(authority)
    if split is None:
        raise AddressRefused(UNREADABLE)
    host, address = host_of(split["host"])
    port = int(split["port"]) if split["port"] else USUAL_PORTS[scheme]
    path = quote(parts["path"], safe=STAYS)
    if not path.startswith("/"):
        path = f"/{path}"
    return Target(scheme=scheme, host=host, port=port, path=path, address=address)


def host_of(text: str) -> tuple[str, str | None]:
    """The host's name in ASCII, and its address where it is one."""
    if text.startswith("["):
        address = checked(text[1:-1])
        return address, address
    try:
        # Compatible forms of letters, digits and dots become the plain ones, as in browsers.
        host = text.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise AddressRefused(UNREADABLE) from error
    if len(host) > MAX_HOST:
        raise AddressRefused(UNREADABLE)
    if ENDS_IN_A_NUMBER.fullmatch(host):
        if not re.fullmatch(r"([0-9]{1,3}\.){3}[0-9]{1,3}", host, re.ASCII):
            raise AddressRefused(BY_NUMBER)
        address = checked(host)
        return address, address
    if "." not in host:
        raise AddressRefused(NO_NAME)
    if not NAME.fullmatch(host):
        raise AddressRefused(UNREADABLE)
    return host, None


def checked(text: str) -> str:
    """The address, if it is out in the public network."""
    address = public_address(text)
    if address is None:
        raise AddressRefused(INSIDE)
    return address

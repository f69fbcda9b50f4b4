"""Where a request comes from."""

import functools
import ipaddress
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NETWORK_BITS = 64
# How proxies write an address with its port, and IPv6 in brackets even without one. Without
# brackets a last group of digits is the address's own, never a port.
_WITH_PORT = re.compile(r"(?:\[(?P<v6>[^\]]*)\]|(?P<v4>[0-9.]+))(?::[0-9]{1,5})?")


def client_address(request: HttpRequest) -> str | None:
    """The address of who asks; None where nothing says so (a socket of the machine's own).

    Behind a proxy it is the last one in X-Forwarded-For, which the proxy itself has written;
    everything before it is what the client claims. Without a proxy the header says nothing.
    """
    address = _address_in(request.META)
    return str(address) if address else None


def client_network(request: HttpRequest) -> str | None:
    """The address as far as one household or office shares it: of IPv6 the first 64 bits, since
    whoever has one of those addresses has all of them.
    """
    return network_in(request.META)


def network_in(meta: Mapping[str, Any]) -> str | None:
    """The same from what the server tells of a request before Django has made one of it."""
    address = _address_in(meta)
    if isinstance(address, ipaddress.IPv6Address):
        network = ipaddress.IPv6Network((address, NETWORK_BITS), strict=False)
        return str(network.network_address)
    return str(address) if address else None


def _address_in(meta: Mapping[str, Any]) -> Address | None:
    given = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = meta.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or given
    return read_address(given.strip())


@functools.lru_cache(maxsize=1_000)
def read_address(text: str) -> Address | None:
    """The address that the text is, an IPv4 one inside IPv6 as itself, without the port that may
    stand behind it; None for anything else.
    """
    if found := _WITH_PORT.fullmatch(text):
        text = found["v6"] or found["v4"] or ""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address

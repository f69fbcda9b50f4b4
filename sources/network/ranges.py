"""Which addresses are out in the public network, and which lead inside.

Not `ipaddress.is_global`: what it says differs between releases of Python, and it looks into no
address that carries another one. Allowed is what IANA gives out as global unicast, without what its
two registries of special-purpose addresses take from it (RFC 6890), reachable or not: no site is
served from there.
"""

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

SPECIAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # between a provider and its customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link, and where clouds tell their machines' secrets
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # once 6to4's relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All that has been given out as global unicast. What is not in it is private (fc00::/7), of the
# link (fe80::/10), a segment (5f00::/16), multicast, IPv4 in disguise, or belongs to nobody.
GLOBAL_6 = IPv6Network("2000::/3")
SPECIAL_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # once 6bone
        "3fff::/20",  # documentation
    )
)
# Translators lead to the IPv4 address in the last four bytes. The local prefix, 64:ff9b:1::/48, is
# not among them: it is the own network's.
NAT64 = IPv6Network("64:ff9b::/96")
# An interface of this name is an IPv4 address too (ISATAP); the bit says only whether it is unique.
ISATAP, UNIQUE = 0x0000_5EFE, 0x0200_0000


def public_address(text: str) -> str | None:
    """The address in its one spelling, to connect to, if it is out in the public network; None for
    what is inside, is special in any way, carries an address inside, or is no address.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return None
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
    return str(address) if is_public(address) else None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether the address is out in the public network."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_4)
    if address in NAT64:
        return is_public(embedded(address))
    if address not in GLOBAL_6 or any(address in network for network in SPECIAL_6):
        return False
    return (int(address) >> 32) & 0xFFFF_FFFF & ~UNIQUE != ISATAP


def embedded(address: IPv6Address) -> IPv4Address:
    """The IPv4 address in the last four bytes."""
    return IPv4Address(int(address) & 0xFFFF_FFFF)

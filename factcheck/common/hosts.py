"""Hosts of web addresses, as they are compared: by whole labels, from the last one on."""

from urllib.parse import urlsplit

MAX_HOST = 253
MAX_LABEL = 63


def host_of(url: str) -> str:
    """The host of an address in ASCII, without a leading www.; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return ascii_host(host) or ""


def ascii_host(host: str) -> str | None:
    """A host as the network knows it, without a leading www.; None for what cannot be one."""
    host = host.strip().rstrip(".").lower().removeprefix("www.")
    try:
        name = host.encode("idna").decode() if host else ""
    except UnicodeError:
        return None
    labels = name.split(".")
    fits = len(name) <= MAX_HOST and all(
        0 < len(label) <= MAX_LABEL and set(label) <= _OF_LABELS for label in labels
    )
    return name if fits else None


def host_key(host: str) -> str:
    """The host from its last label on, each followed by a point, so that all hosts below a domain
    begin with the domain's own key; empty for none.
    """
    return "".join(f"{label}." for label in reversed(host.split("."))) if host else ""


def below(key: str) -> tuple[str, str]:
    """From which key on, and before which, the host and all below it stand, by their bytes."""
    return key, key[:-1] + chr(ord(".") + 1)


_OF_LABELS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")

"""The address of who asks, in every form in which proxies write it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from factcheck.common.client import client_address, client_network, read_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:443", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:db8::1:443", "2001:db8::1:443"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[fe80::1%eth0]:443", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:443", "192.0.2.1"),
    ],
)
def test_an_address_is_read_with_and_without_its_port(text: str, address: str) -> None:
    assert str(read_address(text)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "example.test:443",
        "192.0.2.1:",
        "192.0.2.1:https",
        "192.0.2.1:443:443",
        "192.0.2:443",
        "[2001:db8::1",
        "[2001:db8::1]443",
        "[2001:db8::1]:",
        "[]:443",
        "[192.0.2.1:443",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("written", "address", "network"),
    [
        ("203.0.113.9, 192.0.2.1:50123", "192.0.2.1", "192.0.2.1"),
        ("203.0.113.9:1, [2001:db8::7]:50123", "2001:db8::7", "2001:db8::"),
        ("198.51.100.1:443, unknown", None, None),
    ],
)
def test_behind_a_proxy_the_port_is_none_of_the_address(
    settings: Settings, written: str, address: str | None, network: str | None
) -> None:
    settings.BEHIND_PROXY = True
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=written)

    assert client_address(request) == address
    assert client_network(request) == network

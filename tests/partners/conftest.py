"""Programs that ask, and partners beyond the door."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from factcheck.partners.keys import KNOWN
from tests.network.conftest import authority
from tests.network.outside import Authority
from tests.partners.hooks import Partner, lead_to, partner_at

__all__ = ["authority"]


@pytest.fixture(autouse=True)
def no_key_of_another_test() -> Iterator[None]:
    """Keys are kept for a while, longer than a test's transaction."""
    KNOWN.forget()
    yield
    KNOWN.forget()


@pytest.fixture
def reader() -> Client:
    """A program that sees a 500 as such instead of its traceback."""
    return Client(raise_request_exception=False)


@pytest.fixture
def counted(settings: Settings) -> Client:
    """A program at a server that lets a network ask twice in a minute, and a key five times."""
    settings.API_LIMITS = {"anonymous": (2, 60), "keyed": (5, 60)}
    return Client(raise_request_exception=False)


@pytest.fixture
def partner(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partner]:
    """A partner who takes everything, at https://partner.example."""
    with partner_at(authority) as listening:
        lead_to(monkeypatch, listening.port, authority.path)
        yield listening

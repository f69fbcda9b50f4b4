"""What holds for every page."""

import pytest
from django.test import Client, override_settings

from tests.factories import (
    make_published_claim,
)
from tests.surfaces.reading import current
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db


@override_settings(DEMONSTRATION=True)
def test_demonstration_says_so_and_is_not_indexed(reader: Client):
    for address in ("/", "/claims/", "/nothing/"):
        response = reader.get(address)
        assert "This is a demonstration" in response.content.decode()
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert response["X-Robots-Tag"] == "noindex"


@override_settings(DEMONSTRATION=False)
def test_installation_is_no_demonstration(reader: Client):
    response = reader.get("/")

    assert "demonstration" not in response.content.decode()
    assert "X-Robots-Tag" not in response.headers


@pytest.mark.parametrize("cookie", ["", "sessionid=x; csrftoken=broken", "sessionid=" + "a" * 32])
def test_public_pages_know_no_cookies(reader: Client, cookie: str):
    claim = current(make_published_claim())

    for address in (
        "/",
        "/claims/",
        claim.get_absolute_url(),
        f"/claims/{claim.claim_id}/",
        f"/claims/{claim.claim_id}/versions/1/",
        "/methodology/",
        "/nothing/",
        "/claims/0000000000/",
        "/api/v1/",
        "/api/v1/claims/",
        f"/api/v1/claims/{claim.claim_id}/",
        "/api/v1/vocabulary/",
        "/api/nothing/",
        "/healthz",
        "/readyz",
    ):
        response = reader.get(address, headers={"cookie": cookie})
        assert "Set-Cookie" not in str(response.serialize_headers()), address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_take_no_changes(reader: Client, method: str):
    claim = current(make_published_claim())

    for address in ("/", "/claims/", claim.get_absolute_url(), "/methodology/", "/healthz"):
        response = getattr(reader, method)(address)
        assert response.status_code == 405


def test_a_page_is_small(reader: Client):
    response = reader.get(current(make_rich_claim()).get_absolute_url())

    assert len(response.content) < 40_000

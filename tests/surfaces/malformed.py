"""What malformed requests are sent to, and what may be answered."""

from typing import Any

from django.test import Client

from factcheck.common.rpc_errors import speaks_rpc

CLAIM = "{claim}"
LISTS = ("/claims/", "/api/v1/claims/")
PAGES = (
    "/",
    "/claims/",
    f"/claims/{CLAIM}/",
    f"/claims/{CLAIM}/a-slug/",
    f"/claims/{CLAIM}/versions/1/",
    "/methodology/",
    "/topics/",
    "/log/",
    "/log/keys",
    "/log/verify.py",
    "/healthz",
    "/readyz",
    "/admin/",
    "/admin/login/",
    "/admin/claims/claim/",
    "/api/v1/",
    "/api/v1/claims/",
    f"/api/v1/claims/{CLAIM}/",
    f"/api/v1/claims/{CLAIM}/versions/",
    f"/api/v1/claims/{CLAIM}/versions/1/",
    "/api/v1/match/",
    f"/api/v1/claims/{CLAIM}/compare/1...1/",
    "/api/v1/claimants/",
    "/api/v1/sources/",
    "/api/v1/events/",
    "/api/v1/topics/",
    "/api/v1/documents/?url=https://news.example/",
    "/api/v1/changes/",
    "/api/v1/dumps/",
    "/api/v1/dumps/latest/claims.csv",
    "/api/v1/openapi.json",
    "/api/v1/vocabulary/",
    "/api/v1/vocabulary/counting/",
    "/$discovery/rest",
    "/v1alpha1/claims:search",
)


def check(response: Any, address: str) -> None:
    """A refusal that a reader can read; for programs in the shape that they know."""
    assert response.status_code in (400, 403, 404, 405, 413, 415), (address, response.status_code)
    if address.startswith("/api/"):
        problem = response.json()
        assert response["Content-Type"] == "application/problem+json", address
        assert problem["status"] == response.status_code, address
        assert {"type", "title", "status", "detail"} <= problem.keys(), address
        assert len(response.content) < 40_000, address
    if speaks_rpc(address):
        assert response["Content-Type"] == "application/json; charset=UTF-8", address
        assert response.json()["error"]["code"] == response.status_code, address
    assert b"Traceback" not in response.content


def raw(reader: Client, method: str, address: str, query: str = "", **extra: Any) -> Any:
    """A request whose query no client has tidied."""
    return reader.generic(method, address, QUERY_STRING=query, **extra)

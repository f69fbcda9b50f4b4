"""The official client of Google's Fact Check Tools API, sent to a server of ours."""

import datetime
from typing import Any

import httplib2
import pytest
from django.http import HttpRequest
from django.utils.http import parse_header_parameters
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.models import Claim
from factcheck.common.callers import ANYBODY, Caller, Scope
from tests.factories import make_published_claim

KEY, OTHER_KEY, NO_KEY = "fck_synthetic-key", "fck_for-something-else", "fck_unknown"
# Whom the middleware of keys would find behind these.
CALLERS = {
    KEY: Caller("fck_synt", frozenset({Scope.FACT_CHECK})),
    OTHER_KEY: Caller("fck_for"),
}

SEARCH = "/v1alpha1/claims:search"
DISCOVERY = "/$discovery/rest"

# A verdict that needs no evidence beside the claim.
JUDGED: dict[str, Any] = {
    "verification_status": "unverifiable",
    "why_checked": "Many asked.",
    "rationale": "Nobody kept a list.",
    "as_of": datetime.date(2020, 4, 1),
}


def caller_of(request: HttpRequest) -> Caller:
    """Who asks, by a key where programs put it."""
    given = request.GET.get("key") or request.POST.get("key") or bearer(request)
    return CALLERS.get(given, Caller(is_refused=True)) if given else ANYBODY


def bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return parse_header_parameters(token)[0] if scheme == "Bearer" else ""


def know_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one place where tests of the façade say whose key it is."""
    monkeypatch.setattr("claims.api.google.keys.caller_of", caller_of)


def client(url: str, **options: Any) -> Any:
    """The client as its users build it, with our address."""
    given = {"developerKey": KEY, "client_options": {"api_endpoint": url}} | options
    return build("factchecktools", "v1alpha1", http=httplib2.Http(timeout=20), **given)


def refusal(call: Any) -> HttpError:
    """The error that the client raises."""
    with pytest.raises(HttpError) as raised:
        call.execute()
    return raised.value


def make_review(**values: Any) -> Claim:
    """A published claim with a verdict."""
    return make_published_claim(**JUDGED | values)

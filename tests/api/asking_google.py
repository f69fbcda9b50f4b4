"""The official client of Google's Fact Check Tools API, sent to a server of ours."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httplib2
import pytest
from django.db import connection
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.models import Claim, PublicClaim
from factcheck.common.callers import Caller, Scope
from factcheck.partners.keys import KNOWN, Kept, sha256_of
from tests.factories import make_published_claim

KEY, OTHER_KEY, NO_KEY = (
    f"fc_{name}_{'synthetic-key'.zfill(43)}" for name in ("asksours", "readsapi", "unknown0")
)
SCOPES = {KEY: Scope.FACT_CHECK, OTHER_KEY: Scope.READ}

SEARCH = "/v1alpha1/claims:search"
DISCOVERY = "/$discovery/rest"

# A verdict that needs no evidence beside the claim.
JUDGED: dict[str, Any] = {
    "verification_status": "unverifiable",
    "why_checked": "Many asked.",
    "rationale": "Nobody kept a list.",
    "as_of": datetime.date(2020, 4, 1),
}

COPIES = """
INSERT INTO claims_publicclaim
SELECT (jsonb_populate_record(claim, jsonb_build_object(
    'from_seq', -number,
    'claim_id', 'zzzzzzz' || lpad(number::text, 3, '0'),
    'summary', replace(summary, %(claim)s, 'zzzzzzz' || lpad(number::text, 3, '0'))
))).*
FROM claims_publicclaim AS claim, generate_series(1, %(count)s) AS number
WHERE claim_id = %(claim)s
"""


def know_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys above are known, as if each process had read them from its table: a server with the
    reader's rights alone could not.
    """
    kept = {
        key[3:11]: Kept(sha256_of(key), Caller(key[3:11], frozenset({scope})), None)
        for key, scope in SCOPES.items()
    }
    monkeypatch.setattr("factcheck.partners.keys.read_keys", lambda: kept)
    KNOWN.forget()


@contextmanager
def client(url: str, **options: Any) -> Iterator[Any]:
    """The client as its users build it, with our address."""
    given = {"developerKey": KEY, "client_options": {"api_endpoint": url}} | options
    if "credentials" not in given:
        given["http"] = httplib2.Http(timeout=60)
    with build("factchecktools", "v1alpha1", **given) as service:
        yield service


def discovered(url: str) -> dict[str, Any]:
    """Options for a client that knows nothing but where our discovery document is."""
    at = f"{url}{DISCOVERY}?version={{apiVersion}}"
    return {"client_options": None, "static_discovery": False, "discoveryServiceUrl": at}


def refusal(call: Any) -> HttpError:
    """The error that the client raises."""
    with pytest.raises(HttpError) as raised:
        call.execute()
    return raised.value


def make_review(**values: Any) -> Claim:
    """A published claim with a verdict."""
    return make_published_claim(**JUDGED | values)


def make_reviews(count: int) -> list[str]:
    """The addresses of so many reviews, newest first: one that was published, and older copies of
    its row on the public side.
    """
    claim_id = make_review().public_id
    with connection.cursor() as cursor:
        cursor.execute(COPIES, {"claim": claim_id, "count": count - 1})
    current = PublicClaim.objects.current().order_by("-from_seq")
    return list(current.values_list("claim_id", flat=True))


def ids_of(answer: dict[str, Any]) -> list[str]:
    """The ids of the claims that an answer tells of."""
    return [one["claimReview"][0]["url"].split("/")[4] for one in answer.get("claims", [])]

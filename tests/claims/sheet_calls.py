"""Talking to a sheet as its page does."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from factcheck.common.roles import Role
from sources.models import Document
from tests.admin_pages import signed_in
from tests.factories import make_user

Data = dict[str, Any]


def sheet_of(claim: Claim) -> Document:
    """The document whose sheet has the claim: that of its first citation."""
    return claim.citations.order_by("position").first().document


def send(document: Document, to: str, body: Any, *, browser: Client | None = None) -> HttpResponse:
    """Post JSON to one of the sheet's addresses; by a reporter of its own unless told."""
    return (browser or signed_in(make_user(Role.REPORTER))).post(
        reverse(f"desk:sheet_{to}", args=[document.pk]),
        body if isinstance(body, str | bytes) else json.dumps(body),
        content_type="application/json",
    )


def save(document: Document, *rows: Data, browser: Client | None = None) -> list[Data]:
    """What comes of each of these rows."""
    response = send(document, "rows", {"rows": list(rows)}, browser=browser)
    assert response.status_code == 200, response.content
    return response.json()["rows"]


def saved(document: Document, browser: Client | None = None, **cells: Any) -> Data:
    """The row that stands there after saving a new one with these cells."""
    [outcome] = save(document, {"key": "new", **cells}, browser=browser)
    assert "row" in outcome, outcome
    return outcome["row"]


def changed(document: Document, row: Data, browser: Client | None = None, **cells: Any) -> Data:
    """What comes of changing a row that was opened as it stands in `row`."""
    opened = {name: row[name] for name in ("id", "edit_number", "stage")}
    [outcome] = save(document, {"key": "old", **opened, **cells}, browser=browser)
    return outcome


def data_of(document: Document, browser: Client | None = None) -> Data:
    """The sheet's data."""
    browser = browser or signed_in(make_user(Role.REPORTER))
    return browser.get(reverse("desk:sheet_data", args=[document.pk])).json()

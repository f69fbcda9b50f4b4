"""Claims as readers meet them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django import Settings

from tests.api.asking_google import know_keys
from tests.factories import make_published_claim

# All that pages and API may read.
PUBLIC_TABLES = (
    "claims_publiccitation",
    "claims_publicclaim",
    "claims_publicevent",
    "claims_publictopic",
    "claims_publicword",
    "claims_publicwordchange",
    "ledger_checkpoint",
    "ledger_head",
    "ledger_key",
    "ledger_mention",
    "ledger_publication",
    "ledger_tile",
    "sources_publicactor",
    "sources_publiccontrol",
    "sources_publicsource",
    "sources_publicsuccessor",
)


@pytest.fixture
def reader() -> Client:
    """Somebody without an account, who sees a 500 as such instead of its traceback."""
    return Client(raise_request_exception=False)


@pytest.fixture
def claim_id() -> str:
    """The id of a published claim."""
    return make_published_claim().public_id


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The façade knows the keys of `tests.api.asking_google`."""
    know_keys(monkeypatch)


@pytest.fixture
def public_server(live_server: Any) -> Iterator[str]:
    """The address of a server whose pages are read with the reader's rights, and no others."""
    tables = ", ".join(PUBLIC_TABLES)
    role = connection.ops.quote_name(connections.settings["public"]["USER"])
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON {tables} TO {role}")
    yield live_server.url
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON {tables} FROM {role}")


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """The directory of the dumps, as the settings name it; not made yet."""
    settings.DUMPS_DIR = tmp_path / "dumps"
    return tmp_path / "dumps"

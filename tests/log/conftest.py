"""A log with a key, and a place for its checkpoints."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from factcheck.ledger import signing
from factcheck.ledger.tree.notes import SigningKey, new_signing_key
from tests.ledger_flush import committed_db, flush_by_owner
from tests.surfaces.conftest import public_server, reader

__all__ = ["committed_db", "flush_by_owner", "public_server", "reader"]

ORIGIN = "log.example/log"


@pytest.fixture
def key(settings: Settings, tmp_path: Path) -> SigningKey:
    """The key of the log, which the settings name."""
    key = new_signing_key(ORIGIN)
    settings.LOG_KEY, settings.LOG_KEY_FILE = key.secret_text(), None
    settings.CHECKPOINTS_DIR = tmp_path / "checkpoints"
    signing.refused.size = -1
    return key


def sign() -> Any:
    """What the worker does within seconds."""
    signed = signing.sign_due()
    assert signed is not None
    return signed

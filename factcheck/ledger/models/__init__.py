"""The ledger's tables, and how the database's roles may use them."""

from django.db import models

from factcheck.ledger.models.decision import Decision
from factcheck.ledger.models.head import Head
from factcheck.ledger.models.mention import Mention
from factcheck.ledger.models.publication import Publication
from factcheck.ledger.models.tree import LogKey, SignedCheckpoint, StoredTile

# The editing side may SELECT and INSERT here, nothing else.
APPEND_ONLY: tuple[type[models.Model], ...] = (
    Decision,
    Publication,
    Mention,
    StoredTile,
    SignedCheckpoint,
    LogKey,
)
# The public side may SELECT here. Decisions are private: they say who and why.
READABLE: tuple[type[models.Model], ...] = (
    Publication,
    Mention,
    Head,
    StoredTile,
    SignedCheckpoint,
    LogKey,
)
# Written by the worker after the commit, from what is there: signing goes on while the desk is
# read-only, since that is when it is needed most.
SIGNED_MEANWHILE: tuple[type[models.Model], ...] = (StoredTile, SignedCheckpoint, LogKey)

# What the editing side may have the owner do: erase the words of what is redacted, in the ledger
# and in the rows before each change.
FUNCTIONS_FOR_APP: tuple[str, ...] = ("ledger_erase(text, text)", "history_erase(text, text)")

__all__ = [
    "APPEND_ONLY",
    "FUNCTIONS_FOR_APP",
    "READABLE",
    "SIGNED_MEANWHILE",
    "Decision",
    "Head",
    "LogKey",
    "Mention",
    "Publication",
    "SignedCheckpoint",
    "StoredTile",
]

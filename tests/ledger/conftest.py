"""A person, subjects and drafts, the smallest that the ledger takes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from factcheck.ledger import log
from factcheck.ledger.choices import TOMBSTONES, PublicationKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from tests.ledger_flush import committed_db, flush_by_owner  # noqa: F401 -- fixtures

CONTENT_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"$ref": "#/$defs/words"}, "on": {"type": "string", "format": "date"}},
    "$defs": {"words": {"type": "string", "minLength": 1}},
}

CLAIM = Subject("claim", "0c1a1m0001")
OTHER_CLAIM = Subject("claim", "0c1a1m0002")
ACTOR = Subject("actor", "0act0r0001")
SOURCE = Subject("source", "0s0vrce001")

Publish = Callable[..., Publication]


def draft_of(subject: Subject, kind: str = "publish", **changes: Any) -> log.Draft:
    """A valid draft: words for what goes live, a note for whatever is not the first."""
    fields: dict[str, Any] = {"subject": subject, "kind": kind, "action": kind}
    if kind not in TOMBSTONES:
        fields |= {"content": {"text": "We hit the target."}, "schema": CONTENT_SCHEMA}
    if kind != PublicationKind.PUBLISH:
        fields["note"] = "The date was wrong."
    return log.Draft(**fields | changes)


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("olena")


@pytest.fixture
def publish(by: User) -> Publish:
    """Append a single draft, made as `draft_of` makes it."""

    def publish_one(subject: Subject, kind: str = "publish", **changes: Any) -> Publication:
        with transaction.atomic():
            [publication] = log.append([draft_of(subject, kind, **changes)], by=by)
        return publication

    return publish_one

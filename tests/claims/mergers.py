"""Rows that are merged by an editor, and what becomes of it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims.kinds import KINDS
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from sources import workflow
from sources.publishing import subject_of
from tests.factories import make_user

NOTE = "Synthetic note: it was entered twice."


def live(row: Any) -> Any:
    """The row, published by an editor of its own."""
    workflow.send_subject(row, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))
    return row


def merge(row: Any, into: Any) -> Publication | None:
    return workflow.merge(row, into=into, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)


def restore(row: Any) -> Publication | None:
    return workflow.restore(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)


def newest_content(row: Any) -> dict[str, Any]:
    subject = subject_of(row, KINDS)
    content = log.newest([subject])[subject].content
    assert content is not None
    return content


def refusal_of(attempt: Any) -> str:
    """The constraint that refuses what is attempted."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        attempt()
    cause: Any = caught.value.__cause__
    return str(cause.diag.constraint_name)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

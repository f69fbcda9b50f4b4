"""The ledger's words, and which publication may follow which."""

from django.db import models

# The day from which the published methodology, and with it the meaning of every status, holds.
METHODOLOGY = "2026-11-22"


class SubjectKind(models.TextChoices):
    CLAIM = "claim"
    EVENT = "event"
    ACTOR = "actor"
    SOURCE = "source"


class PublicationKind(models.TextChoices):
    """Update: the world or the evidence changed. Correct: we were wrong."""

    PUBLISH = "publish"
    UPDATE = "update"
    CORRECT = "correct"
    SUSPEND = "suspend"
    RESTORE = "restore"
    RETRACT = "retract"
    MERGE = "merge"
    REDACT = "redact"


class PublicState(models.TextChoices):
    """What the public sees of a subject. A merged one counts as retracted."""

    NEVER = "never"
    LIVE = "live"
    SUSPENDED = "suspended"
    RETRACTED = "retracted"
    REDACTED = "redacted"


STATE_AFTER = {
    PublicationKind.PUBLISH: PublicState.LIVE,
    PublicationKind.UPDATE: PublicState.LIVE,
    PublicationKind.CORRECT: PublicState.LIVE,
    PublicationKind.RESTORE: PublicState.LIVE,
    PublicationKind.SUSPEND: PublicState.SUSPENDED,
    PublicationKind.RETRACT: PublicState.RETRACTED,
    PublicationKind.MERGE: PublicState.RETRACTED,
    PublicationKind.REDACT: PublicState.REDACTED,
}

# Kinds whose record has no words of the subject, only that and why it is not there.
TOMBSTONES = frozenset(kind for kind, state in STATE_AFTER.items() if state != PublicState.LIVE)

# We were wrong, or took something back, withheld it or put it right. An update is none of these.
CORRECTING = tuple(
    kind
    for kind in PublicationKind
    if kind not in (PublicationKind.PUBLISH, PublicationKind.UPDATE)
)

FOLLOWS: dict[PublicState, frozenset[PublicationKind]] = {
    PublicState.NEVER: frozenset({PublicationKind.PUBLISH}),
    PublicState.LIVE: frozenset(
        {
            PublicationKind.UPDATE,
            PublicationKind.CORRECT,
            PublicationKind.SUSPEND,
            PublicationKind.RETRACT,
            PublicationKind.MERGE,
            PublicationKind.REDACT,
        }
    ),
    PublicState.SUSPENDED: frozenset(
        {PublicationKind.RESTORE, PublicationKind.RETRACT, PublicationKind.REDACT}
    ),
    PublicState.RETRACTED: frozenset({PublicationKind.RESTORE, PublicationKind.REDACT}),
    PublicState.REDACTED: frozenset(),
}

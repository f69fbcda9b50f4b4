"""The words of the desk's own work: they are in no record and on no page for readers."""

from django.db.models import TextChoices


class Priority(TextChoices):
    """What is taken up first."""

    URGENT = "urgent", "urgent"
    HIGH = "high", "high"
    NORMAL = "normal", "normal"
    LOW = "low", "low"


class ReportKind(TextChoices):
    """What a reader wants of us."""

    ERROR = "error", "an error in what we published"
    CHECK = "check", "a claim to check"
    COMPLAINT = "complaint", "a complaint"
    REMOVAL = "removal", "a request to remove something"


class ReportState(TextChoices):
    """How far the desk is with a reader's report."""

    NEW = "new", "new"
    IN_HAND = "in-hand", "in hand"
    ANSWERED = "answered", "answered"
    CLOSED = "closed", "closed"


class EmbargoState(TextChoices):
    """What became of an Embargo."""

    WAITING = "waiting", "waiting for its time"
    DONE = "done", "published at its time"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class RunState(TextChoices):
    """How far an import run has come."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"

"""Noting why a job failed, in words that somebody at the desk can use."""

from datetime import timedelta

from django.utils import timezone

from claims.models import JobFailure
from factcheck.common.errors import FactcheckError

MAX_REASON = 500
# Longer than jobs that failed are kept.
KEPT = timedelta(days=60)


def note_failure(job: int, error: Exception) -> None:
    """Keep the reason of a job's failure, in the place of the one before."""
    JobFailure.objects.filter(at__lt=timezone.now() - KEPT).delete()
    JobFailure.objects.update_or_create(
        job=job, defaults={"reason": words_of(error)[:MAX_REASON], "at": timezone.now()}
    )


def forget_failure(job: int) -> None:
    """Forget it, since the job has been done."""
    JobFailure.objects.filter(job=job).delete()


def words_of(error: Exception) -> str:
    """What the error says, if it was made to be read by people; else where to look."""
    if isinstance(error, FactcheckError):
        return error.message
    return f"A fault of the program ({type(error).__name__}): its log says where."

"""What stands beside a Capture, which itself never changes: the day on which its bytes go, and the
stamp of somebody who was not here.
"""

import pgtrigger
from django.db import models

from factcheck.common.guards import Guard, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_url
from sources.models.capture import Capture


@tracked
class CaptureDeletion(Entered):
    """The day on which the bytes and the text of a Capture are erased. Set, moved and lifted by an
    editor until then.
    """

    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="deletion")
    delete_on = models.DateField(
        "deletion date",
        help_text="On this day bytes and text are erased for ever; hash, time and status stay. As "
        "long as something published rests on it, nothing is erased.",
    )
    reason = models.CharField(
        max_length=500,
        validators=[validate_line],
        help_text="Why: whose wish, which law or agreement. For the desk alone.",
    )

    class Meta:
        ordering = ["delete_on", "capture_id"]
        verbose_name = "deletion date"
        triggers = [
            Guard(
                name="is_kept_once_done",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF EXISTS (SELECT FROM sources_capture
                        WHERE id = OLD.capture_id AND erased_at IS NOT NULL)
                    THEN
                        {
                    refuse(
                        name="capturedeletion_is_kept_once_done",
                        message="The bytes are erased already: the date and its reason stay.",
                    )
                }
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.delete_on}"


class CaptureStamp(Entered):
    """The word of a time-stamping authority (RFC 3161) that the bytes were there at a time.

    Written once by `sources.capturing.stamping`, which has verified it. It proves when the bytes
    were here, and not that the site served them.
    """

    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, related_name="stamp")
    authority = models.CharField(max_length=2000, validators=[validate_url])
    stamped_at = models.DateTimeField(help_text="The authority's own time.")
    token = models.BinaryField(help_text="Its whole answer, with its certificates.")

    class Meta:
        ordering = ["capture_id"]
        triggers = [
            Guard(
                name="never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=refuse(
                    name="capturestamp_never_changes",
                    message="A stamp never changes, and is never deleted.",
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stamped_at:%Y-%m-%d %H:%M:%S}"

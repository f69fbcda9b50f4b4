"""Embargoes: what was approved goes out at a time."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from claims.desk_choices import EmbargoState
from claims.models.claim import Claim
from factcheck.common.guards import Guard, insist
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_text
from factcheck.ledger.choices import PublicationKind

# The steps that can be taken at a time.
ACTIONS = (PublicationKind.PUBLISH, PublicationKind.UPDATE, PublicationKind.CORRECT)

RETURNED = "It was returned to draft before its time."
CHANGED = "It was changed before its time, which took it back to draft."
DISCARDED = "Its changes were discarded before its time."
OVERTAKEN = "It was published by hand before its time."
# Holds, until the transaction ends, the embargo that is just being carried out.
FIRING = "factcheck.embargo"

# Whoever moves the claim, and whichever way, finds its embargo closed in the same moment: nobody
# who edits has to think of it. The row is always locked after its claim's, so nobody waits in a
# ring.
CLOSE_EMBARGOES = f"""
    IF NEW.stage = OLD.stage THEN
        RETURN NULL;
    END IF;
    IF NEW.stage = 'draft' THEN
        UPDATE claims_embargo SET state = 'failed', closed_at = clock_timestamp(),
            reason = CASE WHEN NEW.decision_id IS DISTINCT FROM OLD.decision_id
                THEN '{RETURNED}' ELSE '{CHANGED}' END
        WHERE claim_id = NEW.id AND state = 'waiting';
    ELSIF NEW.stage = 'settled' THEN
        UPDATE claims_embargo SET state = 'done', closed_at = clock_timestamp()
        WHERE claim_id = NEW.id AND state = 'waiting' AND content_hash = OLD.reviewed_hash
            AND id::text = current_setting('{FIRING}', true);
        UPDATE claims_embargo SET state = 'withdrawn', closed_at = clock_timestamp(),
            reason = CASE
                WHEN (SELECT action FROM ledger_decision WHERE id = NEW.decision_id) = 'discard'
                THEN '{DISCARDED}' WHEN reason <> '' THEN reason ELSE '{OVERTAKEN}' END
        WHERE claim_id = NEW.id AND state IN ('waiting', 'failed');
    END IF;
    RETURN NULL;
"""
pgtrigger.register(
    Guard(
        name="closes_embargoes",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=CLOSE_EMBARGOES,
    )
)(Claim)

PINS_WHAT_WAS_APPROVED = (
    "IF NEW.state = 'waiting' THEN "
    + insist(
        "EXISTS (SELECT 1 FROM claims_claim WHERE id = NEW.claim_id AND stage = 'approved'"
        " AND reviewed_hash = NEW.content_hash)",
        name="embargo_pins_what_was_approved",
        message="An embargo is set on an approved claim, and pins what was approved.",
    )
    + "END IF; RETURN NEW;"
)
MOVES_ONE_WAY = (
    insist(
        "to_jsonb(NEW) - ARRAY['state', 'reason', 'closed_at']"
        " = to_jsonb(OLD) - ARRAY['state', 'reason', 'closed_at']",
        name="embargo_stays_as_it_was_set",
        message="An embargo is not changed: lift it, and set another.",
    )
    + insist(
        "NEW.state = OLD.state OR OLD.state = 'waiting'"
        " OR OLD.state = 'failed' AND NEW.state = 'withdrawn'",
        name="embargo_closes_once",
        message="This embargo is closed: set another.",
    )
    + "RETURN NEW;"
)


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    """The verbs that read after `Embargo.objects`."""

    def waiting(self) -> "EmbargoQuerySet":
        """Those whose claim goes out at their time."""
        return self.filter(state=EmbargoState.WAITING)

    def due(self) -> "EmbargoQuerySet":
        """Those that wait and whose time has come by the clock of the database, longest ago first.

        While a worker runs, there are none for more than a moment.
        """
        return self.waiting().filter(publish_at__lte=Now()).order_by("publish_at", "pk")

    def failed(self) -> "EmbargoQuerySet":
        """Those that published nothing, for as long as nobody has put them away, set another one or
        published the claim. `reason` says why, in words for the desk; newest first.
        """
        return self.filter(state=EmbargoState.FAILED).order_by("-closed_at")


@tracked
class Embargo(Entered):
    """What was approved of a Claim goes out at a time, by the step of the editor who set it.

    Written by `claims.embargoes`; a trigger on the Claim closes it when the Claim moves. It is no
    part of the Claim's file. At most one waits at a time, earlier ones are kept.
    """

    # Whatever goes with its claim counts as part of the file, and goes when changes are discarded.
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="embargoes")
    action = models.CharField(
        max_length=20,
        choices=[(action.value, action.label) for action in ACTIONS],
        help_text="The step that is taken at that time.",
    )
    publish_at = models.DateTimeField(
        help_text="Not before this time; by the worker's next look after it."
    )
    note = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="The public note of an update or a correction: what changes, and why.",
    )
    content_hash = models.CharField(
        max_length=64, editable=False, help_text="Of what was approved; nothing else goes out."
    )
    state = models.CharField(
        max_length=20,
        choices=EmbargoState.choices,
        default=EmbargoState.WAITING,
        editable=False,
        help_text="Whether it waits, and what became of it.",
    )
    reason = models.TextField(
        blank=True,
        validators=[validate_text],
        editable=False,
        help_text="Why it failed or was withdrawn, in words for the desk.",
    )
    closed_at = models.DateTimeField(
        null=True, editable=False, help_text="When it came to its end, whichever way."
    )

    objects = EmbargoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="embargo_waits_once",
                fields=["claim"],
                condition=Q(state="waiting"),
                violation_error_message="An embargo is waiting already: lift it first.",
            ),
            models.CheckConstraint(
                name="embargo_lies_ahead",
                condition=Q(publish_at__gt=F("created_at")),
                violation_error_message="That time has passed: give one that is still to come.",
            ),
            models.CheckConstraint(
                name="embargo_has_a_note_for_readers",
                condition=Q(action="publish", note="")
                | (Q(action__in=["update", "correct"]) & Q(note__regex=r"\S")),
                violation_error_message="An update or a correction has a public note, a first "
                "publication none.",
            ),
            models.CheckConstraint(
                name="embargo_pins_a_hash", condition=Q(content_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="embargo_is_open_or_closed",
                condition=(Q(state="waiting") & Q(closed_at=None))
                | (Q(state__in=["done", "failed", "withdrawn"]) & ~Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="embargo_failed_for_a_reason",
                condition=(Q(state="failed") & Q(reason__regex=r"\S"))
                | (Q(state__in=["waiting", "done"]) & Q(reason=""))
                | Q(state="withdrawn"),
            ),
        ]
        indexes = [
            models.Index(
                name="embargo_by_time", fields=["publish_at"], condition=Q(state="waiting")
            )
        ]
        triggers = [
            Guard(
                name="pins_what_was_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PINS_WHAT_WAS_APPROVED,
            ),
            Guard(
                name="moves_one_way",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=MOVES_ONE_WAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} at {self.publish_at:%Y-%m-%d %H:%M} UTC"

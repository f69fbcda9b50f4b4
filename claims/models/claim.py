"""Claims: one thing that can be true or false by itself, said by one claimant."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from claims.choices import (
    NOT_SAID,
    NOT_SAID_YET,
    About,
    AttributionStatus,
    ClaimKind,
    HarmCheck,
    Speaker,
    Stage,
    VerificationStatus,
)
from factcheck.common.dates import (
    DateBoundsField,
    date_bounds_constraints,
    days_can_be_meant,
    validate_day,
)
from factcheck.common.guards import Guard, refuse, touches
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Entered, Identified, public_id_never_changes
from factcheck.common.text import validate_quote, validate_text
from factcheck.ledger.triggers import published_is_kept

# The columns that are not the claim's file: the workflow's own, and the count itself.
WORKFLOW_COLUMNS = ("stage", "reviewed_hash", "decision_id", "edit_number")
# The columns that a step back to an earlier file leaves as they are.
NOT_OF_THE_FILE = ("id", "public_id", "created_at", "created_by_id", *WORKFLOW_COLUMNS)

# An edit of the claim's file is counted, takes a claim under review back to draft, and is refused
# once it is settled. A stage moves only along with a new Decision that says so, from this stage and
# for this content: no form, import or query can move it otherwise, and no old Decision again.
FILE_AND_STAGE = f"""
    IF (to_jsonb(NEW) - ARRAY{list(WORKFLOW_COLUMNS)})
            IS DISTINCT FROM (to_jsonb(OLD) - ARRAY{list(WORKFLOW_COLUMNS)})
        OR NEW.edit_number <> OLD.edit_number
    THEN
        IF OLD.stage = 'settled' THEN
            {
    refuse(
        name="claim_settled_is_read_only",
        message="A settled claim is read-only: revise it first.",
    )
}
        END IF;
        NEW.edit_number := OLD.edit_number + 1;
        NEW.stage := 'draft';
        NEW.reviewed_hash := '';
        NEW.decision_id := OLD.decision_id;
    ELSIF NEW.stage <> OLD.stage OR NEW.reviewed_hash <> OLD.reviewed_hash
        OR NEW.decision_id IS DISTINCT FROM OLD.decision_id
    THEN
        IF NOT EXISTS (
            SELECT 1 FROM ledger_decision
            WHERE id = NEW.decision_id AND id > coalesce(OLD.decision_id, 0)
                AND subject_kind = 'claim' AND subject_id = NEW.public_id
                AND stage_from = OLD.stage AND stage_to = NEW.stage
                AND NEW.reviewed_hash IN ('', content_hash)
        ) THEN
            {
    refuse(
        name="claim_stage_moves_by_a_decision",
        message="A stage moves only by a step of the workflow.",
    )
}
        END IF;
        -- What is revised goes through the review of two people from here on.
        NEW.was_imported := OLD.was_imported AND OLD.stage <> 'settled';
    END IF;
    RETURN NEW;
"""

BEGINS_AS_DRAFT = f"""
    IF NEW.stage <> 'draft' OR NEW.decision_id IS NOT NULL THEN
        {refuse(name="claim_begins_as_draft", message="A claim begins as a draft.")}
    END IF;
    RETURN NEW;
"""


class WordsKey(models.Func):
    """`words_key(text)` in SQL: the same for texts of the same words, whatever case and marks."""

    function = "words_key"
    arity = 1
    output_field = models.CharField(max_length=32)


def touches_claim() -> Guard:
    """A change of this row is a change of the claim's file."""
    return touches(table="claims_claim", column="claim_id")


@tracked
class Claim(Identified):
    """What somebody said, as it can be true or false by itself. `stage`, `reviewed_hash` and
    `decision` are written by `claims.workflow` alone, which triggers hold in place.
    """

    text = models.TextField(
        validators=[validate_text],
        help_text="One statement, in our language, without any verdict of ours.",
    )
    language = models.CharField(
        max_length=20,
        default="en",
        validators=[validate_language],
        help_text="The language of that text.",
    )
    original_words = models.TextField(
        blank=True,
        validators=[validate_quote],
        help_text="The words as first said, in their language, where we have them.",
    )
    original_language = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_language],
        help_text="The language in which it was said, where known.",
    )
    translation_reviewed = models.BooleanField(
        default=False,
        help_text="Somebody who reads the original's language has compared our text with it.",
    )
    speaker = models.CharField(
        max_length=20,
        blank=True,
        choices=[(NOT_SAID, NOT_SAID_YET), *Speaker.choices],
        default=Speaker.ACTOR,
        help_text="Whose word it is: a claimant's, the outlet's own, or nobody's by name. A draft "
        "may leave it open.",
    )
    claimant = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text="Who says it.",
    )
    voiced_by = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voiced_claims",
        help_text="Who spoke the words for the claimant, such as a spokesperson.",
    )
    outlet = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_in_own_voice",
        help_text="The outlet, where it says so in its own voice.",
    )
    said = DateBoundsField("when it was said")
    event = models.ForeignKey(
        "claims.Event",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text="What it is about; accounts of one Event are shown side by side.",
    )
    about = models.CharField(
        max_length=20,
        blank=True,
        choices=[(NOT_SAID, NOT_SAID_YET), *About.choices],
        help_text="Which question of the Event it answers. A draft may leave it open.",
    )
    kind = models.CharField(
        max_length=20,
        choices=ClaimKind.choices,
        default=ClaimKind.FACTUAL,
        help_text="What sort of statement it is; opinions and pledges are never checked as facts.",
    )
    topics = models.ManyToManyField(
        "claims.Topic", through="claims.ClaimTopic", related_name="claims", blank=True
    )
    attribution_status = models.CharField(
        max_length=20,
        blank=True,
        choices=AttributionStatus.choices,
        default=AttributionStatus.REPORTED,
        help_text="Did the claimant say it? Empty only where nobody is named, or not said yet who.",
    )
    attribution_reason = models.TextField(
        blank=True, validators=[validate_text], help_text="Why, in words for the reader."
    )
    verification_status = models.CharField(
        max_length=20,
        choices=VerificationStatus.choices,
        default=VerificationStatus.UNCHECKED,
        help_text="Is it so? Unchecked until somebody has examined it.",
    )
    rationale = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="Why this verdict, or which part is so, in words for the reader.",
    )
    as_of = models.DateField(
        "checked as of",
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day on which the verdict was the best that could be said.",
    )
    review_by = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="When to look again; a prediction needs it.",
    )
    unknowns = models.TextField(
        "what we don't know",
        blank=True,
        validators=[validate_text],
        help_text="What is open, in words for the reader.",
    )
    would_settle = models.TextField(
        "what would settle this",
        blank=True,
        validators=[validate_text],
        help_text="What somebody would have to find, ask or measure, in words for the reader.",
    )
    why_checked = models.TextField(
        blank=True, validators=[validate_text], help_text="Why this claim was taken up."
    )
    harm_check = ArrayField(
        models.CharField(max_length=20, choices=HarmCheck.choices),
        default=list,
        blank=True,
        help_text="What publishing could harm. “Nothing found” says that somebody has looked.",
    )
    harm_note = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="For the desk, never published: what was found, and what was done about it.",
    )
    was_imported = models.BooleanField(
        default=False,
        editable=False,
        help_text="Published from another archive, without the review of two people here.",
    )
    stage = models.CharField(
        max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    reviewed_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    decision = models.ForeignKey(
        "ledger.Decision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            *date_bounds_constraints("claim", "said"),
            days_can_be_meant("claim", "as_of", "review_by"),
            models.CheckConstraint(
                name="claim_has_one_speaker",
                condition=Q(speaker=Speaker.ACTOR, claimant__isnull=False, outlet=None)
                | Q(speaker=Speaker.OWN_VOICE, outlet__isnull=False, claimant=None, voiced_by=None)
                | Q(
                    speaker__in=[Speaker.NOBODY_NAMED, NOT_SAID],
                    claimant=None,
                    outlet=None,
                    voiced_by=None,
                ),
                violation_error_message=(
                    "A claimant's word names the claimant, an own voice the outlet, nobody's word "
                    "neither, nor one of which it is not said yet whose it is."
                ),
            ),
            models.CheckConstraint(
                name="claim_nobody_named_has_no_attribution",
                condition=(
                    Q(speaker__in=[Speaker.NOBODY_NAMED, NOT_SAID]) & Q(attribution_status="")
                )
                | (
                    ~Q(speaker__in=[Speaker.NOBODY_NAMED, NOT_SAID])
                    & Q(attribution_status__in=AttributionStatus.values)
                ),
                violation_error_message=(
                    "The attribution status is empty where nobody is named, or not said yet who, "
                    "and only there."
                ),
            ),
            models.CheckConstraint(
                name="claim_original_words_have_a_language",
                condition=Q(original_words="") | ~Q(original_language=""),
                violation_error_message="Say in which language the original words are.",
            ),
            models.CheckConstraint(
                name="claim_verdict_is_dated",
                condition=Q(
                    verification_status__in=[
                        VerificationStatus.UNCHECKED,
                        VerificationStatus.NOT_CHECKABLE,
                    ]
                )
                | Q(as_of__isnull=False),
                violation_error_message="Say as of which day it was checked.",
            ),
            models.CheckConstraint(
                name="claim_unchecked_carries_no_verdict",
                condition=~Q(verification_status=VerificationStatus.UNCHECKED)
                | Q(as_of=None, rationale=""),
                violation_error_message=(
                    "Unchecked is no verdict: it has no date and no rationale."
                ),
            ),
            models.CheckConstraint(
                name="claim_not_checkable_is_no_fact",
                condition=~Q(verification_status=VerificationStatus.NOT_CHECKABLE)
                | Q(
                    kind__in=[
                        ClaimKind.OPINION,
                        ClaimKind.PLEDGE,
                        ClaimKind.INSTRUCTION,
                        ClaimKind.PREDICTION,
                    ]
                ),
                violation_error_message=(
                    "Only an opinion, a pledge, an instruction or a prediction is not checkable."
                ),
            ),
            models.CheckConstraint(
                name="claim_harm_check_is_known",
                condition=Q(harm_check__contained_by=HarmCheck.values),
                violation_error_message="The harm check names something unknown.",
            ),
            models.CheckConstraint(
                name="claim_harm_none_stands_alone",
                condition=~Q(harm_check__contains=[HarmCheck.NONE])
                | Q(harm_check=[HarmCheck.NONE]),
                violation_error_message="“Nothing found” excludes every other finding.",
            ),
            models.CheckConstraint(
                name="claim_under_review_is_pinned",
                condition=(
                    Q(stage__in=[Stage.IN_REVIEW, Stage.APPROVED])
                    & Q(reviewed_hash__regex=r"^[0-9a-f]{64}$")
                )
                | (Q(stage__in=[Stage.DRAFT, Stage.SETTLED]) & Q(reviewed_hash="")),
                violation_error_message="A claim under review has the hash of what is reviewed.",
            ),
            models.CheckConstraint(
                name="claim_left_open_is_a_draft",
                condition=Q(stage=Stage.DRAFT) | ~(Q(speaker=NOT_SAID) | Q(about=NOT_SAID)),
                violation_error_message="Only a draft leaves open who says it, or on what.",
            ),
            models.CheckConstraint(
                name="claim_codes_are_known",
                condition=Q(about__in=[NOT_SAID, *About.values])
                & Q(kind__in=ClaimKind.values)
                & Q(verification_status__in=VerificationStatus.values),
            ),
        ]
        indexes = [
            models.Index(name="claim_by_stage", fields=["stage", "-id"]),
            models.Index(WordsKey("text"), name="claim_by_words"),
            models.Index(
                name="claim_by_review_day",
                fields=["review_by"],
                condition=Q(review_by__isnull=False),
            ),
        ]
        triggers = [
            public_id_never_changes(),
            published_is_kept("claim"),
            Guard(
                name="file_and_stage",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=FILE_AND_STAGE,
            ),
            Guard(
                name="begins_as_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_AS_DRAFT,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@tracked
class ClaimTopic(Entered):
    """A Claim is browsed under a Topic."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="claim_topics")
    topic = models.ForeignKey(
        "claims.Topic",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Readers find the claim under it.",
    )

    class Meta:
        ordering = ["claim_id", "topic__name"]
        constraints = [
            models.UniqueConstraint(
                name="claimtopic_stands_once",
                fields=["claim", "topic"],
                violation_error_message="The claim has this topic already.",
            ),
        ]
        triggers = [touches_claim()]

    def __str__(self) -> str:
        return str(self.topic)

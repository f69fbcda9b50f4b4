"""Citations and the relays between them."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from claims.choices import (
    CitationForm,
    CitationRole,
    EvidenceBasis,
    Fidelity,
    RelayManner,
    Stance,
)
from claims.models.claim import Claim, touches_claim
from factcheck.common.acyclic import acyclic, check_acyclic
from factcheck.common.guards import Guard, insist, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId, public_id_never_changes
from factcheck.common.text import validate_line, validate_quote, validate_text

RELAY_IN_CIRCLE = "This relay would close a circle: no passage is taken from what takes it."
RELAY_OF_ONE_CLAIM = "A relay joins two citations of the same claim."
PASSAGE_OF_THE_DOCUMENT = "The passage is of another document."


@tracked
class Citation(Entered):
    """A passage of a Document tied to a Claim: it carries the claim, or bears on it as evidence.

    Where the Document is known by report there is no Passage: nobody here has seen the words.
    """

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the list.")
    document = models.ForeignKey(
        "sources.Document",
        on_delete=models.PROTECT,
        related_name="citations",
        help_text="The item that has these words, held by us or known by report.",
    )
    passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Where in it the words stand. Empty where nobody here has seen the document.",
    )
    unfound_quote = models.TextField(
        blank=True,
        default="",
        # For the code of before, which goes on running while the new one is put in its place.
        db_default="",
        validators=[validate_quote],
        help_text="Words that were entered as the quote, and are not in what we hold. Never "
        "published; the claim waits until they are found, or taken out here.",
    )
    role = models.CharField(
        max_length=20,
        choices=CitationRole.choices,
        default=CitationRole.ATTRIBUTION,
        help_text="Does it carry the claim, or say something on whether the claim is so?",
    )
    stance = models.CharField(
        max_length=20,
        blank=True,
        choices=Stance.choices,
        help_text="For evidence: which way it points.",
    )
    cue = models.CharField(
        max_length=100,
        blank=True,
        validators=[validate_line],
        help_text="The attributing words, such as “said” or “claimed”.",
    )
    form = models.CharField(
        max_length=20,
        blank=True,
        choices=CitationForm.choices,
        help_text="How the document gives the words.",
    )
    named_speaker = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="Whom the document names as speaker, as printed.",
    )
    first_hand = models.BooleanField(
        null=True,
        blank=True,
        help_text="For what carries the claim: is it the claimant's own utterance, or its "
        "recording? No, unless said.",
    )
    basis = models.CharField(
        max_length=20,
        blank=True,
        choices=EvidenceBasis.choices,
        help_text="For evidence: how its source knows.",
    )
    anonymity_reason = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="For evidence from an anonymous voice: why it counts all the same. Published.",
    )
    answer = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="For evidence against: why it does not settle the matter. Published.",
    )
    fidelity = models.CharField(
        max_length=20,
        choices=Fidelity.choices,
        default=Fidelity.NOT_COMPARED,
        help_text="How the passage stands to the words it carries.",
    )
    fidelity_words = models.CharField(
        max_length=300,
        blank=True,
        validators=[validate_quote],
        help_text="Which words of the passage are in doubt.",
    )
    likely_reading = models.CharField(
        max_length=300,
        blank=True,
        validators=[validate_line],
        help_text="What they probably should say.",
    )
    fidelity_reason = models.TextField(
        blank=True, validators=[validate_text], help_text="Why, in words for the reader."
    )
    compared_with = models.ForeignKey(
        "sources.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The original that was laid beside it.",
    )

    class Meta:
        ordering = ["claim_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="citation_evidence_points_somewhere",
                condition=(
                    Q(role=CitationRole.EVIDENCE)
                    & Q(stance__in=Stance.values)
                    & Q(basis__in=EvidenceBasis.values)
                    & Q(first_hand=None)
                )
                | Q(role=CitationRole.ATTRIBUTION, stance="", basis="", first_hand__isnull=False),
                violation_error_message=(
                    "Evidence needs a stance and a basis. An attribution has neither of them, and "
                    "says whether it is first-hand."
                ),
            ),
            models.CheckConstraint(
                name="citation_anonymity_is_of_evidence",
                condition=Q(role=CitationRole.EVIDENCE) | Q(anonymity_reason=""),
                violation_error_message="Only for evidence is it said why an anonymous one counts.",
            ),
            models.CheckConstraint(
                name="citation_answer_is_to_what_refutes",
                condition=Q(stance=Stance.REFUTES) | Q(answer=""),
                violation_error_message="Only evidence against is answered.",
            ),
            models.CheckConstraint(
                name="citation_suspicion_says_which_words",
                condition=~Q(fidelity=Fidelity.SUSPECTED)
                | (~Q(fidelity_words="") & ~Q(likely_reading="") & ~Q(fidelity_reason="")),
                violation_error_message=(
                    "A suspicion says which words, the likely reading, and why."
                ),
            ),
            models.CheckConstraint(
                name="citation_finding_needs_the_original",
                condition=~Q(
                    fidelity__in=[
                        Fidelity.MISQUOTED,
                        Fidelity.MISTRANSLATED,
                        Fidelity.OUT_OF_CONTEXT,
                    ]
                )
                | Q(compared_with__isnull=False),
                violation_error_message="This finding needs the original beside it.",
            ),
            models.CheckConstraint(
                name="citation_codes_are_known",
                condition=Q(fidelity__in=Fidelity.values)
                & (Q(form="") | Q(form__in=CitationForm.values)),
            ),
        ]
        triggers = [
            public_id_never_changes(),
            Guard(
                name="claim_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=insist(
                    "NEW.claim_id = OLD.claim_id",
                    name="citation_claim_never_changes",
                    message="A citation stays with its claim.",
                )
                + "RETURN NEW;",
            ),
            touches_claim(),
            Guard(
                name="passage_of_the_document",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF NEW.passage_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM sources_passage AS passage
                        JOIN sources_capture AS capture ON capture.id = passage.capture_id
                        WHERE passage.id = NEW.passage_id
                            AND capture.document_id = NEW.document_id
                    ) THEN
                        {
                    refuse(
                        name="citation_passage_of_the_document",
                        message=PASSAGE_OF_THE_DOCUMENT,
                    )
                }
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.document}"

    def clean(self) -> None:
        """Refuse a passage of another document before the database does."""
        if self.passage is not None and self.passage.capture.document_id != self.document_id:
            raise ValidationError({"passage": PASSAGE_OF_THE_DOCUMENT})


@tracked
class Relay(Entered):
    """An edge from a Citation to the one its words were taken from. Acyclic within its Claim, held
    by a trigger that locks the claim first.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relays")
    carrier = models.ForeignKey(
        Citation,
        on_delete=models.CASCADE,
        related_name="relays",
        help_text="The passage that carries the words.",
    )
    taken_from = models.ForeignKey(
        Citation,
        on_delete=models.CASCADE,
        related_name="relayed_by",
        help_text="The passage they were taken from.",
    )
    manner = models.CharField(
        max_length=20, choices=RelayManner.choices, help_text="How the words were carried over."
    )
    words = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_quote],
        help_text="The words that say so, such as “on Telegram”.",
    )

    class Meta:
        ordering = ["claim_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="relay_stands_once",
                fields=["carrier", "taken_from"],
                violation_error_message="This relay is given already.",
            ),
            models.CheckConstraint(
                name="relay_manner_is_known", condition=Q(manner__in=RelayManner.values)
            ),
        ]
        triggers = [
            touches_claim(),
            Guard(
                name="of_one_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF 2 <> (
                        SELECT count(*) FROM claims_citation
                        WHERE id IN (NEW.carrier_id, NEW.taken_from_id)
                            AND claim_id = NEW.claim_id
                    ) THEN
                        {refuse(name="relay_of_one_claim", message=RELAY_OF_ONE_CLAIM)}
                    END IF;
                    RETURN NEW;
                """,
            ),
            acyclic(
                table="claims_relay",
                child="carrier_id",
                parent="taken_from_id",
                message=RELAY_IN_CIRCLE,
                lock="PERFORM 1 FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_manner_display()} {self.taken_from}"

    def clean(self) -> None:
        """Refuse a circle or two claims before the database does, with the same words."""
        if self.carrier_id is None or self.taken_from_id is None:
            return  # The fields say for themselves that they are required.
        if {self.carrier.claim_id, self.taken_from.claim_id} != {self.claim_id}:
            raise ValidationError(RELAY_OF_ONE_CLAIM)
        check_acyclic(self, child="carrier_id", parent="taken_from_id", message=RELAY_IN_CIRCLE)

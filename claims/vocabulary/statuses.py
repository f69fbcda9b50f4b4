"""The two questions that are asked of every claim, and every answer that there can be."""

from django.utils.translation import gettext_noop as _

from claims.choices import AttributionStatus, VerificationStatus
from claims.vocabulary.entry import Chapter, CodeList, Meaning

ATTRIBUTION_MEANINGS: dict[str, Meaning] = {
    AttributionStatus.ON_RECORD: Meaning(
        _("On record: we hold the original"),
        _(
            "We hold the claimant's own utterance, or a recording of it, in the language in "
            "which it was made."
        ),
    ),
    AttributionStatus.REPORTED: Meaning(
        _("Reported: we have not seen the original"),
        _("Others carry it; we have not seen the original."),
    ),
    AttributionStatus.NO_RECORD: Meaning(
        _("No record found"),
        _(
            "We searched where it should be and found nothing. That does not show that it "
            "was never said."
        ),
    ),
    AttributionStatus.DISOWNED: Meaning(
        _("Disowned: the named claimant denies it"), _("The named claimant denies having said it.")
    ),
    AttributionStatus.MISQUOTED: Meaning(
        _("Misquoted"), _("The circulating words depart from the original, which we hold.")
    ),
    AttributionStatus.MISTRANSLATED: Meaning(
        _("Mistranslated"),
        _("The circulating translation departs from the original, which we hold."),
    ),
    AttributionStatus.OUT_OF_CONTEXT: Meaning(
        _("Out of context"),
        _(
            "The words are the claimant's; what surrounds them in the original, which we hold, "
            "changes what they mean."
        ),
    ),
    AttributionStatus.MISATTRIBUTED: Meaning(
        _("Misattributed: somebody else said it"), _("It was said, by somebody else than is named.")
    ),
    AttributionStatus.FABRICATED: Meaning(
        _("Fabricated"), _("There is evidence that the words were made up.")
    ),
}

ATTRIBUTION_STATUS = CodeList(
    name="attribution-status",
    title=_("Did they say it?"),
    question=_("Did the named claimant say what the claim says?"),
    choices=AttributionStatus,
    meanings=ATTRIBUTION_MEANINGS,
    note=_(
        "Where more than one answer fits, one is given, the first of these that applies: "
        "fabricated, misattributed, mistranslated, misquoted, out of context, on record, "
        "disowned, no record, reported. Where nobody is named there is nobody to ask, and no"
        " answer to this question."
    ),
)

VERIFICATION_MEANINGS: dict[str, Meaning] = {
    VerificationStatus.UNCHECKED: Meaning(
        _("Not checked yet"),
        _("We have recorded it and not examined whether it is so. That is no verdict."),
    ),
    VerificationStatus.UNVERIFIED: Meaning(
        _("Checked, not settled"), _("Examined on a date; what there is does not settle it.")
    ),
    VerificationStatus.CORROBORATED: Meaning(
        _("Corroborated by independent origins"),
        _(
            "Two or more independent origins besides the claimant's side support it, and "
            "none stands against it without a published answer."
        ),
    ),
    VerificationStatus.CONFIRMED: Meaning(
        _("Confirmed"),
        _(
            "Evidence from somebody who saw, measured or holds the record, or a concession by the "
            "party it harms."
        ),
        elsewhere=5,
    ),
    VerificationStatus.DISPUTED: Meaning(
        _("Disputed"),
        _(
            "There is evidence on both sides, from origins outside each other's control. A denial "
            "alone is a position, not evidence."
        ),
    ),
    VerificationStatus.PARTLY_TRUE: Meaning(
        _("Partly true"),
        _("One part is so and another is not; the reason says which."),
        elsewhere=3,
    ),
    VerificationStatus.MISLEADING: Meaning(
        _("Misleading"), _("What is said may be so, and what it makes people believe is not.")
    ),
    VerificationStatus.FALSE: Meaning(
        _("False"),
        _("It is not so, on evidence from somebody who saw, measured or holds the record."),
        elsewhere=1,
    ),
    VerificationStatus.UNVERIFIABLE: Meaning(
        _("Cannot be verified"), _("It cannot be settled, for the reason given.")
    ),
    VerificationStatus.NOT_CHECKABLE: Meaning(
        _("Not a checkable statement"),
        _("An opinion, a pledge, an instruction, or a prediction before its date."),
    ),
}

VERIFICATION_STATUS = CodeList(
    name="verification-status",
    title=_("Is it so?"),
    question=_("Is what the claim says so, as far as there is evidence?"),
    choices=VerificationStatus,
    meanings=VERIFICATION_MEANINGS,
    note=_(
        "Every verdict carries the day on which it was the best that could be said. The word"
        " “confirmed” is used for facts only, never for the question who said something. "
        "Three verdicts have a number on the scale of schema.org's ClaimReview, which runs "
        "from 1, false, to 5, true; the others do not lie on that line and have none."
    ),
    elsewhere="claim_review_rating",
)

STATUSES = Chapter(
    name="questions",
    title=_("Two questions"),
    words=_(
        "We ask two questions of every claim and never mix the answers. A statement can be "
        "quoted faithfully and still be false."
    ),
    lists=(ATTRIBUTION_STATUS, VERIFICATION_STATUS),
)

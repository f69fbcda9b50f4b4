"""The two questions that are asked of every claim, and every answer that there can be."""

from claims.choices import AttributionStatus, VerificationStatus
from claims.vocabulary.entry import Chapter, CodeList, Meaning

ATTRIBUTION_MEANINGS: dict[str, Meaning] = {
    AttributionStatus.ON_RECORD: Meaning(
        "On record: we hold the original",
        "We hold the claimant's own utterance, or a recording of it, in the language in which it "
        "was made.",
    ),
    AttributionStatus.REPORTED: Meaning(
        "Reported: we have not seen the original",
        "Others carry it; we have not seen the original.",
    ),
    AttributionStatus.NO_RECORD: Meaning(
        "No record found",
        "We searched where it should be and found nothing. That does not show that it was never "
        "said.",
    ),
    AttributionStatus.DISOWNED: Meaning(
        "Disowned: the named claimant denies it", "The named claimant denies having said it."
    ),
    AttributionStatus.MISQUOTED: Meaning(
        "Misquoted", "The circulating words depart from the original, which we hold."
    ),
    AttributionStatus.MISTRANSLATED: Meaning(
        "Mistranslated", "The circulating translation departs from the original, which we hold."
    ),
    AttributionStatus.OUT_OF_CONTEXT: Meaning(
        "Out of context",
        "The words are the claimant's; what surrounds them in the original, which we hold, "
        "changes what they mean.",
    ),
    AttributionStatus.MISATTRIBUTED: Meaning(
        "Misattributed: somebody else said it", "It was said, by somebody else than is named."
    ),
    AttributionStatus.FABRICATED: Meaning(
        "Fabricated", "There is evidence that the words were made up."
    ),
}

ATTRIBUTION_STATUS = CodeList(
    name="attribution-status",
    title="Did they say it?",
    question="Did the named claimant say what the claim says?",
    choices=AttributionStatus,
    meanings=ATTRIBUTION_MEANINGS,
    note="Where more than one answer fits, one is given, the first of these that applies: "
    "fabricated, misattributed, mistranslated, misquoted, out of context, on record, disowned, no "
    "record, reported. Where nobody is named there is nobody to ask, and no answer to this "
    "question.",
)

VERIFICATION_MEANINGS: dict[str, Meaning] = {
    VerificationStatus.UNCHECKED: Meaning(
        "Not checked yet",
        "We have recorded it and not examined whether it is so. That is no verdict.",
    ),
    VerificationStatus.UNVERIFIED: Meaning(
        "Checked, not settled", "Examined on a date; what there is does not settle it."
    ),
    VerificationStatus.CORROBORATED: Meaning(
        "Corroborated by independent origins",
        "Two or more independent origins besides the claimant's side support it, and none stands "
        "against it without a published answer.",
    ),
    VerificationStatus.CONFIRMED: Meaning(
        "Confirmed",
        "Evidence from somebody who saw, measured or holds the record, or a concession by the "
        "party it harms.",
        elsewhere=5,
    ),
    VerificationStatus.DISPUTED: Meaning(
        "Disputed",
        "There is evidence on both sides, from origins outside each other's control. A denial "
        "alone is a position, not evidence.",
    ),
    VerificationStatus.PARTLY_TRUE: Meaning(
        "Partly true", "One part is so and another is not; the reason says which.", elsewhere=3
    ),
    VerificationStatus.MISLEADING: Meaning(
        "Misleading", "What is said may be so, and what it makes people believe is not."
    ),
    VerificationStatus.FALSE: Meaning(
        "False",
        "It is not so, on evidence from somebody who saw, measured or holds the record.",
        elsewhere=1,
    ),
    VerificationStatus.UNVERIFIABLE: Meaning(
        "Cannot be verified", "It cannot be settled, for the reason given."
    ),
    VerificationStatus.NOT_CHECKABLE: Meaning(
        "Not a checkable statement",
        "An opinion, a pledge, an instruction, or a prediction before its date.",
    ),
}

VERIFICATION_STATUS = CodeList(
    name="verification-status",
    title="Is it so?",
    question="Is what the claim says so, as far as there is evidence?",
    choices=VerificationStatus,
    meanings=VERIFICATION_MEANINGS,
    note="Every verdict carries the day on which it was the best that could be said. The word "
    "“confirmed” is used for facts only, never for the question who said something. Three verdicts "
    "have a number on the scale of schema.org's ClaimReview, which runs from 1, false, to 5, true; "
    "the others do not lie on that line and have none.",
    elsewhere="claim_review_rating",
)

STATUSES = Chapter(
    name="questions",
    title="Two questions",
    words="We ask two questions of every claim and never mix the answers. A statement can be "
    "quoted faithfully and still be false.",
    lists=(ATTRIBUTION_STATUS, VERIFICATION_STATUS),
)

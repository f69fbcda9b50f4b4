"""The words of what is said and whether it is so, as they are stored and published.

What each means, in words for readers, stands in claims/vocabulary.
"""

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where the working copy of a Claim stands. What the public sees is another fact."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    APPROVED = "approved", "approved"
    SETTLED = "settled", "settled"


class Speaker(TextChoices):
    """Whose word a Claim is."""

    ACTOR = "actor", "a named claimant"
    OWN_VOICE = "own-voice", "the outlet in its own voice"
    NOBODY_NAMED = "nobody-named", "nobody named"


# What a draft has in place of a code that nobody has chosen yet. Nothing goes to review with it.
NOT_SAID = ""
NOT_SAID_YET = "not said yet"


class About(TextChoices):
    """Which question of an Event a Claim answers; accounts are compared within one of these."""

    OCCURRENCE = "occurrence", "occurrence"
    RESPONSIBILITY = "responsibility", "responsibility"
    TOLL = "toll", "toll or size"
    INTENT = "intent", "intent"
    EFFECT = "effect", "effect"
    POSITION = "position", "position"
    OUTLOOK = "outlook", "outlook"
    BACKGROUND = "background", "background"


class ClaimKind(TextChoices):
    """What sort of statement a Claim is, which decides how it can be checked."""

    FACTUAL = "factual"
    QUANTITATIVE = "quantitative"
    IMAGE = "image-or-video", "image or video"
    ASSESSMENT = "assessment"
    OPINION = "opinion"
    PREDICTION = "prediction"
    PLEDGE = "pledge"
    INSTRUCTION = "instruction"


class AttributionStatus(TextChoices):
    """Did the named claimant say what the Claim says?"""

    ON_RECORD = "on-record", "on record"
    REPORTED = "reported", "reported"
    NO_RECORD = "no-record", "no record found"
    DISOWNED = "disowned", "disowned"
    MISQUOTED = "misquoted", "misquoted"
    MISTRANSLATED = "mistranslated", "mistranslated"
    OUT_OF_CONTEXT = "out-of-context", "out of context"
    MISATTRIBUTED = "misattributed", "misattributed"
    FABRICATED = "fabricated", "fabricated"


class VerificationStatus(TextChoices):
    """Is it so?"""

    UNCHECKED = "unchecked", "unchecked"
    UNVERIFIED = "unverified", "unverified"
    CORROBORATED = "corroborated", "corroborated"
    CONFIRMED = "confirmed", "confirmed"
    DISPUTED = "disputed", "disputed"
    PARTLY_TRUE = "partly-true", "partly true"
    MISLEADING = "misleading", "misleading"
    FALSE = "false", "false"
    UNVERIFIABLE = "unverifiable", "unverifiable"
    NOT_CHECKABLE = "not-checkable", "not checkable"


# What a ClaimReview is made for: that somebody has found out whether it is so, or who said it.
VERDICTS = frozenset(
    {
        VerificationStatus.FALSE,
        VerificationStatus.MISLEADING,
        VerificationStatus.PARTLY_TRUE,
        VerificationStatus.CORROBORATED,
        VerificationStatus.CONFIRMED,
        VerificationStatus.DISPUTED,
        VerificationStatus.UNVERIFIABLE,
    }
)
FINDINGS = frozenset(
    {
        AttributionStatus.MISQUOTED,
        AttributionStatus.MISTRANSLATED,
        AttributionStatus.OUT_OF_CONTEXT,
        AttributionStatus.MISATTRIBUTED,
        AttributionStatus.FABRICATED,
    }
)


class HarmCheck(TextChoices):
    """What publishing could harm; somebody has to have looked."""

    NONE = "none", "nothing found"
    PERSONAL_DATA = "personal-data", "personal data"
    CHILD = "child", "a child"
    VICTIM = "victim", "a victim"
    GRAPHIC = "graphic", "graphic"
    SOURCE_AT_RISK = "source-at-risk", "a source at risk"
    POSITION = "position", "position of people or forces"


class Qualifier(TextChoices):
    """How exactly the words give a number; decides which of low, best and high may stand."""

    BARE = "bare"
    EXACTLY = "exactly"
    AT_LEAST = "at-least", "at least"
    MORE_THAN = "more-than", "more than"
    UP_TO = "up-to", "up to"
    FEWER_THAN = "fewer-than", "fewer than"
    ABOUT = "about"
    BETWEEN = "between"
    VAGUE = "vague"


class FigureBasis(TextChoices):
    """How the number was come by, according to the source."""

    CLAIMED = "claimed"
    OBSERVED = "observed"
    ESTIMATED = "estimated"


class Counting(TextChoices):
    """Whether a Measure counts within a period or from the start."""

    PER_PERIOD = "per-period", "per period"
    CUMULATIVE = "cumulative"


class CitationRole(TextChoices):
    """Whether a passage carries the Claim or bears on whether it is so."""

    ATTRIBUTION = "attribution"
    EVIDENCE = "evidence"


class Stance(TextChoices):
    """Which way evidence points."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class CitationForm(TextChoices):
    """In what form a passage gives the words."""

    DIRECT = "direct"
    PART_QUOTE = "part-quote", "part quote"
    INDIRECT = "indirect"
    HEADLINE = "headline"
    CAPTION = "caption"
    OWN_VOICE = "own-voice", "own voice"


class Fidelity(TextChoices):
    """How a passage stands to the words it carries."""

    NOT_COMPARED = "not-compared", "not compared"
    FAITHFUL = "faithful"
    SUSPECTED = "suspected"
    MISQUOTED = "misquoted"
    MISTRANSLATED = "mistranslated"
    OUT_OF_CONTEXT = "out-of-context", "out of context"
    DAMAGED = "damaged"


class EvidenceBasis(TextChoices):
    """How the source of evidence knows."""

    SAW_OR_MEASURED = "saw-or-measured", "saw or measured it"
    HOLDS_RECORD = "holds-record", "holds the record"
    WAS_TOLD = "was-told", "was told"
    NOT_ESTABLISHED = "not-established", "not established"


class RelayManner(TextChoices):
    """How one passage took its words from another."""

    QUOTES = "quotes"
    PARAPHRASES = "paraphrases"
    TRANSLATES = "translates"
    REPUBLISHES = "republishes"
    EXCERPTS = "excerpts"
    AGGREGATES = "aggregates"


class RelationKind(TextChoices):
    """How one Claim stands to another."""

    REPEATS = "repeats"
    UPDATES = "updates"
    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    CONCEDES = "concedes"
    PART_OF = "part-of", "is part of"


class Interest(TextChoices):
    """An Actor's interest in an Event, in the same words for every side."""

    SPEAKS_FOR = "speaks-for", "speaks for a party"
    DECLARED_ALLY_OF = "declared-ally-of", "declared ally of a party"
    OTHER_STAKE = "other-stake", "other stake"
    NONE_KNOWN = "none-known", "none known"
    NOT_ASSESSED = "not-assessed", "not assessed"


class MediaFindingKind(TextChoices):
    """What was found out about an image or video, after the ratings of schema.org MediaReview."""

    ORIGINAL = "original"
    WRONG_PLACE_OR_TIME = "wrong-place-or-time", "wrong place or time"
    CROPPED_OR_EDITED = "cropped-or-edited", "cropped or edited"
    ALTERED_OR_GENERATED = "altered-or-generated", "altered or generated"
    STAGED = "staged"
    SATIRE = "satire"


class InquiryManner(TextChoices):
    """What an Inquiry did: asked somebody, or looked in a place where it should be."""

    ASKED = "asked"
    LOOKED_FOR = "looked-for", "looked for"


class InquiryResult(TextChoices):
    """What came of an Inquiry."""

    WAITING = "waiting", "waiting for an answer"
    ANSWERED = "answered"
    DENIED = "denied"
    DECLINED = "declined", "declined to answer"
    NO_ANSWER = "no-answer", "no answer"
    SILENT = "silent", "has said nothing on it"
    NOTHING_FOUND = "nothing-found", "nothing found"


class PlacePrecision(TextChoices):
    """How exactly coordinates point."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    REGION = "region"
    COUNTRY = "country"


class ReviewTie(TextChoices):
    """What a review of another organisation was to the claim that it is tied to."""

    MADE = "made", "the claim was entered from it"
    CITED = "cited", "cited for a claim that another review had brought"
    LINKED = "linked", "about a claim that was here already, which stays as it is"

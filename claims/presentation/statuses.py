"""The two verdicts as readers see them: an icon, words and a tone."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from claims.choices import AttributionStatus, VerificationStatus
from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS, Meaning

NO_ATTRIBUTION = Meaning(
    gettext_noop("Nobody is named"), gettext_noop("Nobody is named, so there is nobody to ask.")
)

# A tone says how far a question is settled, never for whom.
OPEN, SETTLED, CONTESTED, REFUTED = "open", "settled", "contested", "refuted"
TONES: dict[str, str] = {
    AttributionStatus.ON_RECORD: SETTLED,
    AttributionStatus.REPORTED: OPEN,
    AttributionStatus.NO_RECORD: CONTESTED,
    AttributionStatus.DISOWNED: CONTESTED,
    AttributionStatus.MISQUOTED: REFUTED,
    AttributionStatus.MISTRANSLATED: REFUTED,
    AttributionStatus.OUT_OF_CONTEXT: REFUTED,
    AttributionStatus.MISATTRIBUTED: REFUTED,
    AttributionStatus.FABRICATED: REFUTED,
    VerificationStatus.UNCHECKED: OPEN,
    VerificationStatus.UNVERIFIED: OPEN,
    VerificationStatus.CORROBORATED: SETTLED,
    VerificationStatus.CONFIRMED: SETTLED,
    VerificationStatus.DISPUTED: CONTESTED,
    VerificationStatus.PARTLY_TRUE: CONTESTED,
    VerificationStatus.MISLEADING: CONTESTED,
    VerificationStatus.FALSE: REFUTED,
    VerificationStatus.UNVERIFIABLE: OPEN,
    VerificationStatus.NOT_CHECKABLE: OPEN,
}


@dataclass(frozen=True)
class Status:
    """One status as readers see it: an icon, words and a tone."""

    axis: str
    code: str
    label: str
    definition: str
    tone: str

    @property
    def icon(self) -> str:
        """The template of its icon."""
        return f"claims/icons/{self.code or 'nobody-named'}.svg"

    @property
    def anchor(self) -> str:
        """Its place on the methodology page."""
        return f"{self.axis}-status-{self.code}" if self.code else f"{self.axis}-status"


def attribution(code: str | None) -> Status:
    """Did they say it?"""
    meaning = ATTRIBUTION_MEANINGS[code] if code else NO_ATTRIBUTION
    return status_of("attribution", code or "", meaning)


def verification(code: str) -> Status:
    """Is it so?"""
    return status_of("verification", code, VERIFICATION_MEANINGS[code])


def status_of(axis: str, code: str, meaning: Meaning) -> Status:
    """A status with its meaning's words, in the language that is active."""
    label, definition = gettext(meaning.reader_label), gettext(meaning.definition)
    return Status(axis, code, label, definition, TONES.get(code, OPEN))

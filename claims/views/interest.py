"""What interest the claimant has in the event that the claim is about, as we published it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from claims.choices import Interest
from claims.published import is_withheld
from claims.vocabulary import LISTS
from factcheck.ledger import log
from factcheck.ledger.choices import TOMBSTONES, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.models import PublicSuccessor

Content = dict[str, Any]


@dataclass(frozen=True)
class ClaimantsInterest:
    """One party's entry in an event's record (`content`; None where there is none: not assessed),
    and when that record was published.
    """

    content: Content | None
    published_at: datetime

    @property
    def code(self) -> str:
        """The interest, as records write it."""
        return str(self.content["interest"]) if self.content else Interest.NOT_ASSESSED.value

    @property
    def label(self) -> str:
        """The reader's label: the same words for every side."""
        return gettext(LISTS["interest"].meanings[self.code].reader_label)

    @property
    def definition(self) -> str:
        """What the label means."""
        return gettext(LISTS["interest"].meanings[self.code].definition)


def interest_of(
    content: Content, version: Publication, *, is_newest: bool
) -> ClaimantsInterest | None:
    """The claimant's interest in the claim's event: as the event's record says now or, beside an
    earlier version of the claim, as it said then. None where the claim names no claimant or no
    event, or where the event's record may not be read.
    """
    claimant, event = content["speaker"]["claimant"], content["event"]
    if claimant is None or event is None:
        return None
    told = event_told(event["id"], until=None if is_newest else version.seq)
    if told is None:
        return None
    parties = (told.content or {})["parties"]
    names = {claimant["id"]}
    if parties and all(party["actor"]["id"] not in names for party in parties):
        # One of the two records may have gone out before a merger, and name what was merged.
        successors = PublicSuccessor.objects.using("public")
        final = successors.final(SubjectKind.ACTOR, claimant["id"])
        names |= successors.standing_for(SubjectKind.ACTOR, final)
    party = next((party for party in parties if party["actor"]["id"] in names), None)
    return ClaimantsInterest(party, told.published_at)


def event_told(event_id: str, *, until: int | None) -> Publication | None:
    """The event's newest publication with words, up to a place of the ledger; None where it may
    not be read. Two queries.
    """
    subject = Subject(SubjectKind.EVENT, event_id)
    versions = list(log.versions(subject, using="public").defer("record", "entry"))
    told = [
        version
        for version in versions
        if version.kind not in TOMBSTONES and (until is None or version.seq <= until)
    ]
    if not told or is_withheld(told[-1], versions):
        return None
    return Publication.objects.using("public").get(seq=told[-1].seq)

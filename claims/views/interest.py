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


def interest_of(content: Content, *, until: int | None = None) -> ClaimantsInterest | None:
    """The claimant's interest in the claim's event: as the event's record says now or, beside an
    earlier version of the claim, as it said at that place of the ledger. None where the claim
    names no claimant or no event, or where the event's record may not be read.
    """
    if content["speaker"]["claimant"] is None or content["event"] is None:
        return None
    told = event_told(content["event"]["id"], until=until)
    return interest_in(told.content or {}, content, told.published_at) if told else None


def interest_in(event: Content, content: Content, published_at: datetime) -> ClaimantsInterest:
    """The interest of the claimant of a claim's content, by the content of its event."""
    claimant, parties = content["speaker"]["claimant"], event["parties"]
    names = {claimant["id"]}
    if parties and all(party["actor"]["id"] not in names for party in parties):
        # One of the two records may have gone out before a merger, and name what was merged.
        successors = PublicSuccessor.objects.using("public")
        final = successors.final(SubjectKind.ACTOR, claimant["id"])
        names |= successors.standing_for(SubjectKind.ACTOR, final)
    party = next((party for party in parties if party["actor"]["id"] in names), None)
    return ClaimantsInterest(party, published_at)


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

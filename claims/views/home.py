"""The front page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.choices import AttributionStatus, VerificationStatus
from claims.models import PublicClaim, PublicTopic
from claims.presentation.statuses import attribution, verification
from claims.views.lists import Line, line_of, newest_lines
from claims.views.page import PublicPage, page
from claims.views.topics import TopicLink, link_of
from factcheck.common.languages import UNDETERMINED
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication

CHECKED_LATELY = 6
RECORDED_LATELY = 4
CORRECTED_LATELY = 3
MOST_TOPICS = 12


@dataclass(frozen=True)
class Correction:
    """What we took back or put right, and the claim as it stands now; none where it is gone."""

    kind: str
    claim_id: str
    note: str
    published_at: Any
    line: Line | None

    @property
    def language(self) -> str:
        """What the note is written in: that of the claim, of which a tombstone says nothing."""
        return str(self.line.claim["language"]) if self.line else UNDETERMINED


class Home(PublicPage):
    """What this is, what was checked and put right lately, and what our answers mean."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, in six queries."""
        standing = PublicClaim.objects.using("public").current()
        recorded = standing.filter(verification_status=VerificationStatus.UNCHECKED)
        examined = standing.exclude(verification_status=VerificationStatus.UNCHECKED)
        context = {
            "checked": newest_lines(examined, CHECKED_LATELY),
            "recorded": newest_lines(recorded, RECORDED_LATELY),
            "corrections": corrections(CORRECTED_LATELY),
            "topics": largest_topics(MOST_TOPICS),
            "attribution_statuses": [attribution(code) for code in AttributionStatus.values],
            "verification_statuses": [verification(code) for code in VerificationStatus.values],
        }
        return page("home.html", context, request=request)


def corrections(count: int) -> list[Correction]:
    """The claims that were corrected or retracted last, in two queries."""
    newest = (
        Publication.objects.using("public")
        .filter(
            subject_kind=SubjectKind.CLAIM,
            kind__in=(PublicationKind.CORRECT, PublicationKind.RETRACT),
        )
        .order_by("-seq")
        .only("kind", "subject_id", "note", "published_at")[:count]
    )
    publications = list(newest)
    standing = PublicClaim.objects.using("public").current()
    rows = standing.filter(claim_id__in=[publication.subject_id for publication in publications])
    lines = {
        claim_id: line_of(summary, published_at)
        for claim_id, summary, published_at in rows.values_list(
            "claim_id", "summary", "published_at"
        )
    }
    return [
        Correction(
            kind=publication.kind,
            claim_id=publication.subject_id,
            note=publication.note,
            published_at=publication.published_at,
            line=lines.get(publication.subject_id),
        )
        for publication in publications
    ]


def largest_topics(count: int) -> list[TopicLink]:
    """The topics that most claims name."""
    return [link_of(topic) for topic in PublicTopic.objects.using("public")[:count]]

"""What is new, as feeds tell it: all of it, of one claimant, event or topic, and what was wrong.

A claim is one entry, under a name that never changes. While it cannot be read, the entry is told to
be deleted; where what went is what the feed is about, it is told in words of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db.models import OuterRef, Q, Subquery
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.models import PublicClaim
from claims.presentation import lines
from claims.presentation.atom import Category, Deleted, Entry
from claims.presentation.claim import title_of
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import label
from claims.published import is_withheld
from claims.publisher import METHODOLOGY_PATH
from factcheck.common.page_language import here
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.models.publication import PublicationQuerySet

MOST = 50
CORRECTIONS = (
    PublicationKind.CORRECT,
    PublicationKind.SUSPEND,
    PublicationKind.RESTORE,
    PublicationKind.RETRACT,
    PublicationKind.MERGE,
    PublicationKind.REDACT,
)
Content = dict[str, Any]
Items = list[Entry | Deleted]


@dataclass(frozen=True)
class Teller:
    """Makes the entries of a feed of the site at `origin`, in the active language."""

    origin: str

    def name_of(self, claim_id: str, first_at: datetime, part: str = "") -> str:
        """What a claim's entry is called for ever: a tag (RFC 4151), dated by its first day."""
        return f"tag:{urlsplit(self.origin).hostname},{first_at:%Y-%m-%d}:claims/{claim_id}{part}"

    def entry(self, publication: Any, content: Content, path: str) -> Entry:
        """A claim as it stands now, with what was changed last and why."""
        line = line_of(content)
        return Entry(
            id=self.name_of(publication.subject_id, publication.first_at),
            title=title_of(content),
            url=f"{self.origin}{here(path)}",
            published_at=publication.first_at,
            updated_at=publication.published_at,
            summary=line,
            content=f"{changed_line(publication)}\n\n{line}" if publication.note else "",
            categories=self.categories(content),
        )

    def gone(self, publication: Any) -> Deleted:
        """A claim that cannot be read now, and why."""
        name = self.name_of(publication.subject_id, publication.first_at)
        return Deleted(name, publication.published_at, changed_line(publication))

    def correction(self, publication: Any, versions: list[Publication]) -> Entry | Deleted:
        """A correction, retraction or return; of its claim only as much as can be read."""
        name = self.name_of(publication.subject_id, publication.first_at, f"/{publication.version}")
        if publication.is_erased or is_withheld(publication, versions):
            return Deleted(name, versions[-1].published_at, changed_line(versions[-1]))
        is_live = public_state(versions[-1]) == PublicState.LIVE
        content = publication.content if is_live else None
        what = title_of(content) if content else _("A claim that is not to be read here now")
        kind = label(publication.kind, "publication")
        line = line_of(content) if content else ""
        path = f"/claims/{publication.subject_id}/versions/{publication.version}/"
        return Entry(
            id=name,
            title=_("%(what_was_done)s: %(claim)s") % {"what_was_done": kind, "claim": what},
            url=f"{self.origin}{here(path)}",
            published_at=publication.published_at,
            updated_at=publication.published_at,
            summary=line or changed_line(publication),
            content=f"{changed_line(publication)}\n\n{line}" if line else "",
            categories=self.categories(content) if content else [],
        )

    def categories(self, content: Content) -> list[Category]:
        """Both statuses as codes, under the addresses that define them."""
        statuses = [verification(content["verification"]["status"])]
        if said := content["attribution"]["status"]:
            statuses.insert(0, attribution(said))
        scheme = f"{self.origin}{METHODOLOGY_PATH}"
        return [Category(one.code, f"{scheme}#{one.axis}-status", one.label) for one in statuses]


def claims_in(scope: Q | None, teller: Teller) -> Items:
    """The claims that were published last, newest first, in two queries.

    `scope` narrows them by columns of PublicClaim. A redacted claim is told of only in the feed of
    everything: whom and what it was about is part of what was removed.
    """
    newest = of_claims().newest()
    rows = PublicClaim.objects.using("public").current()
    if scope is not None:
        newest = newest.filter(subject_id__in=PublicClaim.objects.filter(scope).values("claim_id"))
        rows = rows.filter(scope)
    found = list(newest.order_by("-seq")[:MOST])
    paths = {
        row.from_seq: row.get_absolute_url()
        for row in rows.filter(from_seq__in=[one.seq for one in found]).only("claim_id", "slug")
    }
    items: Items = []
    for publication in found:
        if publication.kind in TOMBSTONES:
            items.append(teller.gone(publication))
        elif publication.seq in paths:  # else it is about somebody or something else by now
            content = publication.content or {}
            items.append(teller.entry(publication, content, paths[publication.seq]))
    return items


def corrections(teller: Teller) -> Items:
    """What was corrected, withheld, taken back or restored last, newest first, in two queries."""
    found = list(of_claims().filter(kind__in=CORRECTIONS).order_by("-seq")[:MOST])
    versions: dict[str, list[Publication]] = {}
    for one in versions_of(publication.subject_id for publication in found):
        versions.setdefault(one.subject_id, []).append(one)
    return [teller.correction(one, versions[one.subject_id]) for one in found]


def of_claims() -> PublicationQuerySet:
    """The publications of claims, each with when its claim was first published (`first_at`)."""
    claims = Publication.objects.using("public").filter(subject_kind=SubjectKind.CLAIM)
    first = Publication.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("subject_id"), version=1
    )
    return claims.defer("entry").annotate(first_at=Subquery(first.values("published_at")))


def versions_of(claim_ids: Iterable[str]) -> list[Publication]:
    """All versions of the claims, oldest first, without their records, which can be long."""
    versions = Publication.objects.using("public").filter(
        subject_kind=SubjectKind.CLAIM, subject_id__in=set(claim_ids)
    )
    return list(versions.defer("record", "entry").order_by("subject_id", "version"))


def changed_line(publication: Publication) -> str:
    """What was done last, and why."""
    kind = label(publication.kind, "publication")
    if not publication.note:
        return kind
    return _("%(what_was_done)s: %(note)s") % {"what_was_done": kind, "note": publication.note}


def line_of(content: Content) -> str:
    """The status line in the active language, as text without markup."""
    line = lines.line_of(content)
    return unescape(strip_tags(line)) if isinstance(line, SafeString) else line

"""Which live claims have to be looked at again, and why. Derived: nothing is pushed or stored."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils import timezone

from claims.choices import RelationKind, Stage
from claims.claim_file import load_file
from claims.corroboration import corroborate
from claims.lineage import graph_of
from claims.models import Claim
from claims.queues.behind import changed_ids
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.choices import CaptureStatus
from sources.models import Capture, Document, PassageRange
from sources.record import Content
from sources.services import find_places
from sources.workflow.changes import last_sent

CHANGED_BEHIND_IT = (
    "Who or what stands behind its evidence has changed since it went out; it counts as before."
)


def recheck_reasons(claim: Claim) -> list[str]:
    """Why a live claim has to be looked at again, a sentence each; none for one that is not live.

    Compares what the newest record says with what would be counted, what other claims say and what
    stands at the addresses of what it cites, now. A change behind its evidence is a reason although
    it counts as before.
    """
    subject = Subject(SubjectKind.CLAIM, claim.public_id)
    newest = log.newest([subject]).get(subject)
    if newest is None or log.public_state(newest) != PublicState.LIVE:
        return []
    content = newest.content or {}
    reasons = [
        *counts_differ(claim, content),
        *others_changed(content),
        *documents_merged(content),
        *pages_changed(claim, last_sent(subject) or newest.published_at),
    ]
    if not reasons and changed_ids(claim):
        reasons = [CHANGED_BEHIND_IT]
    return [*day_has_come(content), *reasons]


def waiting(claims: Iterable[Claim]) -> Iterator[tuple[Claim, list[str]]]:
    """Those of the claims that have to be looked at again, with the reasons."""
    for claim in claims:
        if reasons := recheck_reasons(claim):
            yield claim, reasons


def day_has_come(content: Content) -> Iterator[str]:
    """The day on which we said that we would look again."""
    day = content["verification"]["review_by"]
    if day and datetime.date.fromisoformat(day) <= timezone.localdate():
        yield f"It was to be looked at again by {day}."


def counts_differ(claim: Claim, content: Content) -> Iterator[str]:
    """Independent origins, counted now and as published; older records have no count."""
    recorded = content.get("corroboration")
    if recorded is None:
        return
    has_evidence = recorded["supports"]["ends"] or recorded["refutes"]["ends"]
    if claim.stage == Stage.SETTLED and not has_evidence:
        return  # Evidence comes with an edit of the file, and a settled file is read-only.
    now = corroborate(graph_of(load_file(claim))).as_record()
    for side, words in (("supports", "for it"), ("refutes", "against it")):
        before, after = recorded[side]["origins"], now[side]["origins"]
        if before != after:
            yield f"Independent origins {words}: {after} now, {before} in the newest version."


def others_changed(content: Content) -> Iterator[str]:
    """Claims that this one repeats, whose verdict is not what it was."""
    repeated = {
        relation["claim"]: relation["statuses"]
        for relation in content["relations"]
        if relation["kind"] == RelationKind.REPEATS and "statuses" in relation
    }
    newest = log.newest(Subject(SubjectKind.CLAIM, public_id) for public_id in repeated)
    for subject, publication in sorted(newest.items()):
        if verdict_of(publication) != repeated[subject.id]["verification"]:
            yield (
                f"The claim {subject.id}, which it repeats, is now "
                f"“{verdict_of(publication) or log.public_state(publication).value}”."
            )


def documents_merged(content: Content) -> Iterator[str]:
    """Documents that were merged into others since: readers go on being told of two, and an old
    address leads on only once the claim has gone out again.
    """
    told = [document["id"] for document in content["documents"]]
    for document in Document.objects.filter(public_id__in=told, merged_into__isnull=False):
        yield f"“{document}” was merged into another; its newest version tells the old document."


def pages_changed(claim: Claim, since: datetime.datetime) -> Iterator[str]:
    """Pages that the claim cites, of which a copy with other words was taken since; with whether
    what it quotes still stands there.
    """
    changed = (
        Capture.objects.filter(
            document__citations__claim=claim, status=CaptureStatus.CHANGED, created_at__gt=since
        )
        .distinct()
        .select_related("document")
        .defer("content", "text")
        .order_by("document__title", "-captured_at", "-pk")
    )
    newest = {capture.document_id: capture for capture in reversed(changed)}
    for capture in newest.values():
        quotes = PassageRange.objects.filter(
            passage__citations__claim=claim, passage__capture__document=capture.document
        )
        stands = all(find_places(capture.text, one.exact, limit=1) for one in quotes)
        yield (
            f"“{capture.document}” has changed at its address, seen on "
            f"{capture.captured_at:%Y-%m-%d}; what we quote of it "
            + ("still stands there." if stands else "does not stand there any more.")
        )


def verdict_of(publication: Publication) -> str | None:
    """The verification status of a published claim; None for one that is not live."""
    content = publication.content
    return content["verification"]["status"] if content else None

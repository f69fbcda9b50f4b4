"""From the ledger to what readers of claims and events are served.

Every function can be run again from the ledger's first entry on (`rebuild_public`).
"""

from typing import Any

import orjson
from django.db.models import Min

from claims.models import PublicCitation, PublicClaim, PublicEvent
from claims.models.public import claim_path
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.projection import project_successor, slug_of


def project_event(publication: Publication) -> None:
    """Bring PublicEvent into step with the Event's newest publication."""
    project_successor(publication)
    if publication.is_erased:
        return
    if public_state(publication) != PublicState.LIVE:
        PublicEvent.objects.filter(public_id=publication.subject_id).delete()
        return
    content = publication.content or {}
    happened = content["happened"] or {}
    PublicEvent.objects.update_or_create(
        public_id=publication.subject_id,
        defaults={
            "seq": publication.seq,
            "version": publication.version,
            "name": content["name"],
            "slug": slug_of(content["name"]),
            "happened_not_before": happened.get("not_before"),
            "happened_not_after": happened.get("not_after"),
        },
    )


def project_claim(publication: Publication) -> None:
    """End the version that stood, add the new one, and point the documents at it."""
    claim_id = publication.subject_id
    project_successor(publication)
    if publication.is_erased:
        return  # It was redacted since: there is nothing left to show.
    if publication.kind == PublicationKind.REDACT:
        PublicClaim.objects.filter(claim_id=claim_id).delete()
    PublicClaim.objects.filter(claim_id=claim_id, until_seq=None).update(until_seq=publication.seq)
    PublicCitation.objects.filter(claim_id=claim_id).delete()
    if public_state(publication) != PublicState.LIVE:
        return
    content = publication.content or {}
    PublicClaim.objects.create(**version_of(publication, content))
    PublicCitation.objects.bulk_create(citations_of(publication, content))


def version_of(publication: Publication, content: dict[str, Any]) -> dict[str, Any]:
    """The columns of one published version."""
    speaker, said = content["speaker"], content["said"] or {}
    slug = slug_of(speaker_name(speaker), content["text"])
    first = Publication.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=publication.subject_id
    ).aggregate(at=Min("published_at"))["at"]
    return {
        "from_seq": publication.seq,
        "claim_id": publication.subject_id,
        "version": publication.version,
        "slug": slug,
        "text": content["text"],
        "status_line": content["status_line"],
        "language": content["language"],
        "speaker": speaker["kind"],
        "claimant_id": id_of(speaker["claimant"]),
        "claimant_name": (speaker["claimant"] or {}).get("name", ""),
        "voiced_by_id": id_of(speaker["voiced_by"]),
        "outlet_id": id_of(speaker["outlet"]),
        "event_id": id_of(content["event"]),
        "topics": [topic["names"][0]["slug"] for topic in content["topics"]],
        "about": content["about"],
        "kind": content["kind"],
        "attribution_status": content["attribution"]["status"] or "",
        "verification_status": content["verification"]["status"],
        "said_not_before": said.get("not_before"),
        "said_not_after": said.get("not_after"),
        "has_figures": bool(content["figures"]),
        "published_at": publication.published_at,
        "first_published_at": first,
        "record_sha256": publication.record_sha256,
        "summary": summary_of(publication, content, slug),
    }


def summary_of(publication: Publication, content: dict[str, Any], slug: str) -> str:
    """The claim as lists show it, ready-made: never its words without who and both statuses."""
    record = orjson.loads(publication.record)
    summary = {
        "id": publication.subject_id,
        "version": publication.version,
        "seq": publication.seq,
        "published_at": record["published_at"],
        "sha256": publication.record_sha256,
        "path": claim_path(publication.subject_id, slug),
        "status_line": content["status_line"],
        "text": content["text"],
        "language": content["language"],
        "speaker": content["speaker"],
        "said": content["said"],
        "event": content["event"],
        "about": content["about"],
        "kind": content["kind"],
        "topics": content["topics"],
        "attribution_status": content["attribution"]["status"],
        "verification_status": content["verification"]["status"],
        "as_of": content["verification"]["as_of"],
        "figures": content["figures"],
    }
    return orjson.dumps(summary).decode()


def citations_of(publication: Publication, content: dict[str, Any]) -> list[PublicCitation]:
    """One row per Citation, with its Document as the record tells it."""
    documents = {document["id"]: document for document in content["documents"]}
    return [
        PublicCitation(
            citation_id=citation["id"],
            claim_id=publication.subject_id,
            seq=publication.seq,
            role=citation["role"],
            document_id=citation["document"],
            document_title=documents[citation["document"]]["title"],
            document_url=documents[citation["document"]]["url"] or "",
            is_held=documents[citation["document"]]["is_held"],
            source_id=id_of(documents[citation["document"]]["source"]),
        )
        for citation in content["citations"]
    ]


def speaker_name(speaker: dict[str, Any]) -> str:
    """Who says it, for an address."""
    named = speaker["claimant"] or speaker["outlet"] or {"name": "nobody named"}
    return str(named["name"])


def id_of(reference: dict[str, Any] | None) -> str:
    """The id of a quoted subject, or an empty string."""
    return reference["id"] if reference else ""

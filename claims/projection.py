"""From the ledger to what readers of claims and events are served.

Every function can be run again from the ledger's first entry on (`rebuild_public`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db.models import F, Min

from claims.models import PublicCitation, PublicClaim, PublicEvent, PublicTopic
from claims.models.public import claim_path
from claims.word_counts import fold
from factcheck.common.finding import Filed
from factcheck.common.hosts import host_key, host_of
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from sources.projection import project_successor, slug_of
from sources.projection import summary_of as subject_summary

BATCH = 100


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
    slug = slug_of(content["name"])
    told = ("name", "happened", "place", "part_of", "measures")
    PublicEvent.objects.update_or_create(
        public_id=publication.subject_id,
        defaults={
            "seq": publication.seq,
            "version": publication.version,
            "name": content["name"],
            "slug": slug,
            "happened_not_before": happened.get("not_before"),
            "happened_not_after": happened.get("not_after"),
            "summary": subject_summary(
                publication, "events", slug, {name: content[name] for name in told}
            ),
        },
    )


def project_claim(publication: Publication) -> None:
    """End the version that stood, add the new one, and point documents and topics at it."""
    claim_id = publication.subject_id
    project_successor(publication)
    if publication.is_erased:
        return  # It was redacted since: there is nothing left to show.
    stood = PublicClaim.objects.filter(claim_id=claim_id, until_seq=None)
    topics_before = {topic for ids in stood.values_list("topic_ids", flat=True) for topic in ids}
    if publication.kind == PublicationKind.REDACT:
        PublicClaim.objects.filter(claim_id=claim_id).delete()
        # Not even that somebody once had a word stays behind.
        fold()
    stood.update(until_seq=publication.seq, words="")
    PublicCitation.objects.filter(claim_id=claim_id).delete()
    if public_state(publication) != PublicState.LIVE:
        project_topics(publication, [], before=topics_before)
        return
    content = publication.content or {}
    first_at = first_published(claim_id)
    PublicClaim.objects.create(**version_of(publication, content, first_at=first_at))
    PublicCitation.objects.bulk_create(citations_of(publication, content))
    project_topics(publication, content["topics"], before=topics_before)


def project_new_claims(publications: Sequence[Publication]) -> None:
    """The same for claims that were never published before, in few questions for all of them."""
    contents = [publication.content or {} for publication in publications]
    pairs = list(zip(publications, contents, strict=True))
    PublicClaim.objects.bulk_create(
        [
            PublicClaim(**version_of(publication, content, first_at=publication.published_at))
            for publication, content in pairs
        ],
        batch_size=BATCH,
    )
    PublicCitation.objects.bulk_create(
        [row for publication, content in pairs for row in citations_of(publication, content)]
    )
    for publication, content in pairs:
        project_topics(publication, content["topics"], before=set())


def project_topics(
    publication: Publication, topics: list[dict[str, Any]], *, before: set[str]
) -> None:
    """Count the claim under the topics that it names now, which it tells newest of all, and no
    longer under those that it named before.
    """
    for topic in topics:
        row, is_new = PublicTopic.objects.update_or_create(
            public_id=topic["id"],
            defaults=told(publication.seq, topic),
            create_defaults={**told(publication.seq, topic), "claims": 1},
        )
        if not is_new and topic["id"] not in before:
            PublicTopic.objects.filter(pk=row.pk).update(claims=F("claims") + 1)
    for topic_id in sorted(before - {topic["id"] for topic in topics}):
        PublicTopic.objects.filter(public_id=topic_id).update(claims=F("claims") - 1)
        naming = PublicClaim.objects.current().filter(topic_ids__contains=[topic_id])
        newest = naming.order_by("-from_seq").values_list("from_seq", "summary").first()
        if newest is None:
            PublicTopic.objects.filter(public_id=topic_id).delete()
            continue
        [topic] = [one for one in orjson.loads(newest[1])["topics"] if one["id"] == topic_id]
        PublicTopic.objects.filter(public_id=topic_id).update(**told(newest[0], topic))


def told(seq: int, topic: dict[str, Any]) -> dict[str, Any]:
    """A topic's columns as the record with this seq tells it."""
    slugs = list(dict.fromkeys(name["slug"] for name in topic["names"]))
    return {"seq": seq, "names": topic["names"], "slugs": slugs}


def first_published(claim_id: str) -> datetime:
    """When the claim was first published."""
    versions = Publication.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=claim_id)
    first: datetime = versions.aggregate(at=Min("published_at"))["at"]
    return first


def version_of(
    publication: Publication, content: dict[str, Any], *, first_at: datetime
) -> dict[str, Any]:
    """The columns of one published version."""
    speaker, said = content["speaker"], content["said"] or {}
    slug = slug_of(speaker_name(speaker), content["text"])
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
        "topic_ids": [topic["id"] for topic in content["topics"]],
        "about": content["about"],
        "kind": content["kind"],
        "attribution_status": content["attribution"]["status"] or "",
        "verification_status": content["verification"]["status"],
        "said_not_before": said.get("not_before"),
        "said_not_after": said.get("not_after"),
        "has_figures": bool(content["figures"]),
        "origins": content["corroboration"]["supports"]["origins"],
        "published_at": publication.published_at,
        "first_published_at": first_at,
        "was_imported": content.get("was_imported", False),
        "record_sha256": publication.record_sha256,
        "summary": summary_of(publication, content, slug),
        "original_words": (content["original"] or {}).get("words") or "",
        "original_language": (content["original"] or {}).get("language") or "",
        "words": words_of(content),
    }


def words_of(content: dict[str, Any]) -> Filed:
    """What readers find the claim by, heaviest first: its own words, who says it, what circulates
    in another language; the event and where it stands. And whom it names, as facts.
    """
    speaker, event = content["speaker"], content["event"]
    named = [speaker[role] for role in ("claimant", "voiced_by", "outlet") if speaker[role]]
    return Filed(
        A=[content["text"]],
        B=[(content["original"] or {}).get("words") or "", *(one["name"] for one in named)],
        C=[event["name"]] if event else [],
        D=[document["title"] for document in content["documents"]],
        facts=list(facts_of(speaker)),
    )


def facts_of(speaker: dict[str, Any]) -> Iterator[str]:
    """Whom a search for a name may lead to this claim from."""
    for role, kind in (("claimant", "actor"), ("voiced_by", "actor"), ("outlet", "outlet")):
        if speaker[role]:
            yield f"={kind}:{speaker[role]['id']}"


def summary_of(publication: Publication, content: dict[str, Any], slug: str) -> str:
    """The claim as lists show it, ready-made: never its words without who and both statuses."""
    corroboration = content["corroboration"]
    summary = {
        "id": publication.subject_id,
        "version": publication.version,
        "seq": publication.seq,
        "published_at": time_text(publication.published_at),
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
        "was_imported": content.get("was_imported", False),
        "imported_review": content.get("imported_review"),
        "origins": {stance: corroboration[stance]["origins"] for stance in ("supports", "refutes")},
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
            # The records of older schemas do not tell.
            former_ids=documents[citation["document"]].get("former_ids", []),
            document_title=documents[citation["document"]]["title"],
            document_url=documents[citation["document"]]["url"] or "",
            host=host_key(host_of(documents[citation["document"]]["url"] or "")),
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

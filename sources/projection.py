"""From the ledger to what readers of actors and sources are served.

Every function can be run again from the ledger's first entry on (`rebuild_public`).
"""

from collections.abc import Sequence
from typing import Any

import orjson
from django.utils.text import slugify

from factcheck.ledger.choices import PublicState
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from sources.models import PublicActor, PublicControl, PublicSource, PublicSuccessor
from sources.models.public import subject_path

SLUG_LENGTH = 80


def slug_of(*words: str) -> str:
    """Words as they stand in an address: whole ones, at most 80 characters in all; empty for
    other scripts.
    """
    slug = slugify(" ".join(words)).strip("-")
    if len(slug) <= SLUG_LENGTH:
        return slug
    whole, _, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
    return whole or slug[:SLUG_LENGTH]


def project_successor(publication: Publication) -> None:
    """Note what stands in the subject's place since this publication, or that nothing does."""
    place = {"kind": publication.subject_kind, "public_id": publication.subject_id}
    PublicSuccessor.objects.filter(**place).delete()
    if publication.successor_id:
        PublicSuccessor.objects.create(
            seq=publication.seq, successor_id=publication.successor_id, **place
        )


def project_actor(publication: Publication) -> None:
    """Bring PublicActor into step with the Actor's newest publication. An erased one left nothing
    behind: a redaction came later.
    """
    project_successor(publication)
    if publication.is_erased:
        return
    PublicControl.objects.filter(actor_id=publication.subject_id).delete()
    if public_state(publication) != PublicState.LIVE:
        PublicActor.objects.filter(public_id=publication.subject_id).delete()
        return
    PublicActor.objects.update_or_create(
        public_id=publication.subject_id, defaults=actor_columns(publication)
    )
    PublicControl.objects.bulk_create(controls_of(publication))


def project_new_actors(publications: Sequence[Publication]) -> None:
    """The same for actors that were never published before, in few questions for all of them."""
    PublicActor.objects.bulk_create(
        PublicActor(public_id=one.subject_id, **actor_columns(one)) for one in publications
    )
    PublicControl.objects.bulk_create(row for one in publications for row in controls_of(one))


def actor_columns(publication: Publication) -> dict[str, Any]:
    """What an Actor's newest publication tells."""
    content = publication.content or {}
    slug = "" if content["is_private"] else slug_of(content["name"])
    return {
        "seq": publication.seq,
        "version": publication.version,
        "name": content["name"],
        "slug": slug,
        "kind": content["kind"],
        "is_private": content["is_private"],
        "names": "\n".join([content["name"], *(name["name"] for name in content["names"])]),
        "summary": summary_of(publication, "claimants", slug, told_of_actor(content)),
    }


def controls_of(publication: Publication) -> list[PublicControl]:
    """Who controls the Actor, as its publication tells."""
    return [
        PublicControl(
            key=f"{publication.seq}-{number}",
            actor_id=publication.subject_id,
            parent_id=control["parent"]["id"],
            held_from=control["held_from"],
            held_until=control["held_until"],
        )
        for number, control in enumerate((publication.content or {})["controls"], start=1)
    ]


def told_of_actor(content: dict[str, Any]) -> dict[str, Any]:
    """What lists tell of an actor beside its name: the passages stand in its record."""
    told = ("kind", "name", "description", "names", "wikidata_id")
    days = ("parent", "held_from", "held_until")
    return {
        **{name: content[name] for name in told},
        "controls": [{name: control[name] for name in days} for control in content["controls"]],
    }


def summary_of(publication: Publication, room: str, slug: str, told: dict[str, Any]) -> str:
    """The subject as lists of programs show it, ready-made."""
    summary = {
        "id": publication.subject_id,
        "version": publication.version,
        "seq": publication.seq,
        "published_at": time_text(publication.published_at),
        "sha256": publication.record_sha256,
        "path": subject_path(room, publication.subject_id, slug),
        **told,
    }
    return orjson.dumps(summary).decode()


def project_source(publication: Publication) -> None:
    """Bring PublicSource into step with the Source's newest publication, as with an Actor's."""
    project_successor(publication)
    if publication.is_erased:
        return
    if public_state(publication) != PublicState.LIVE:
        PublicSource.objects.filter(public_id=publication.subject_id).delete()
        return
    PublicSource.objects.update_or_create(
        public_id=publication.subject_id, defaults=source_columns(publication)
    )


def project_new_sources(publications: Sequence[Publication]) -> None:
    """The same for sources that were never published before, in few questions for all of them."""
    PublicSource.objects.bulk_create(
        PublicSource(public_id=one.subject_id, **source_columns(one)) for one in publications
    )


def source_columns(publication: Publication) -> dict[str, Any]:
    """What a Source's newest publication tells."""
    content = publication.content or {}
    slug, told = slug_of(content["name"]), ("kind", "name", "language", "operator", "addresses")
    return {
        "seq": publication.seq,
        "version": publication.version,
        "name": content["name"],
        "slug": slug,
        "kind": content["kind"],
        "operator_id": content["operator"]["id"] if content["operator"] else "",
        "summary": summary_of(publication, "sources", slug, {name: content[name] for name in told}),
    }

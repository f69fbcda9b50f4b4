"""From the ledger to what readers of actors and sources are served.

Every function can be run again from the ledger's first entry on (`rebuild_public`).
"""

from django.utils.text import slugify

from factcheck.ledger.choices import PublicState
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.models import PublicActor, PublicSource, PublicSuccessor

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
    if public_state(publication) != PublicState.LIVE:
        PublicActor.objects.filter(public_id=publication.subject_id).delete()
        return
    content = publication.content or {}
    PublicActor.objects.update_or_create(
        public_id=publication.subject_id,
        defaults={
            "seq": publication.seq,
            "version": publication.version,
            "name": content["name"],
            "slug": "" if content["is_private"] else slug_of(content["name"]),
            "kind": content["kind"],
            "is_private": content["is_private"],
            "names": "\n".join([content["name"], *(name["name"] for name in content["names"])]),
        },
    )


def project_source(publication: Publication) -> None:
    """Bring PublicSource into step with the Source's newest publication, as with an Actor's."""
    project_successor(publication)
    if publication.is_erased:
        return
    if public_state(publication) != PublicState.LIVE:
        PublicSource.objects.filter(public_id=publication.subject_id).delete()
        return
    content = publication.content or {}
    PublicSource.objects.update_or_create(
        public_id=publication.subject_id,
        defaults={
            "seq": publication.seq,
            "version": publication.version,
            "name": content["name"],
            "slug": slug_of(content["name"]),
            "kind": content["kind"],
            "operator_id": content["operator"]["id"] if content["operator"] else "",
        },
    )

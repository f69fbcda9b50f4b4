"""The page of a claim, and of each of its versions."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from claims.models import PublicClaim
from claims.presentation.claim import claim_context, title_of
from claims.published import is_withheld, version_of, versions_of, with_record
from claims.rules import BY_NAME
from claims.views.page import PublicPage, moved_to, page
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.models import PublicSuccessor

# Claims that speak of this one, on its page.
MOST_OTHERS = 50
# Withheld now, or for good; retracted and merged claims keep a page that can be read.
GONE = frozenset({PublicationKind.SUSPEND, PublicationKind.REDACT})


class ClaimPage(PublicPage):
    """A claim as it stands now, or the page that says why it does not."""

    def get(self, request: HttpRequest, claim_id: str, slug: str = "") -> HttpResponse:
        """The newest version; another slug leads to the right one, so that old links hold."""
        versions = versions_of(claim_id)
        newest = versions[-1]
        if public_state(newest) != PublicState.LIVE:
            return tombstone_page(request, newest, versions)
        record = orjson.loads(with_record(newest).record)
        others = told_by_others(claim_id)
        claims = current_claims(claim_id, record["content"], others)
        current = claims.get(claim_id)
        if current is not None:
            # Without a slug it is an address of its own; with another one it was and is no more.
            moved = moved_to(request, current.get_absolute_url(), for_good=bool(slug))
            if moved is not None:
                return moved
        return claim_page(request, newest, versions, record, others, claims)


class VersionPage(PublicPage):
    """One version of a claim, which never changes."""

    def get(self, request: HttpRequest, claim_id: str, number: str) -> HttpResponse:
        """The version, with a banner unless it is what stands now."""
        versions = versions_of(claim_id)
        version = version_of(versions, number)
        if version.kind in TOMBSTONES or is_withheld(version, versions):
            return tombstone_page(request, version, versions)
        record = orjson.loads(with_record(version).record)
        others = told_by_others(claim_id)
        claims = current_claims(claim_id, record["content"], others)
        return claim_page(request, version, versions, record, others, claims)


def claim_page(
    request: HttpRequest,
    version: Publication,
    versions: Sequence[Publication],
    record: dict[str, Any],
    others: list[dict[str, Any]],
    claims: dict[str, PublicClaim],
) -> HttpResponse:
    """The page of a version with its words."""
    context = {
        **words_context(record["content"], others, claims),
        **versions_context(request, version, versions),
        "methodology": record["methodology"],
        "current": claims.get(version.subject_id),
    }
    return page("claims/claim.html", context, request=request)


def words_context(
    content: dict[str, Any], others: list[dict[str, Any]], claims: dict[str, PublicClaim]
) -> dict[str, Any]:
    """All that the page shows of a record's content, whether it was published or would be."""
    return {
        **claim_context(content),
        "title": title_of(content),
        "relations": [
            (relation, claims[relation["claim"]])
            for relation in [*content["relations"], *others]
            if relation["claim"] in claims
        ],
        "overrides": [
            (
                BY_NAME[one["rule"]].sentence if one["rule"] in BY_NAME else one["rule"],
                one["reason"],
            )
            for one in content.get("overrides", [])
        ],
    }


def tombstone_page(
    request: HttpRequest, version: Publication, versions: Sequence[Publication]
) -> HttpResponse:
    """The page of a claim, or a version, that is not to be read; without any of its words."""
    newest = versions[-1]
    is_hidden = is_withheld(version, versions)
    is_gone = is_hidden or (version == newest and newest.kind in GONE)
    context = {
        **versions_context(request, version, versions),
        "tombstone": withheld_by(version, versions) if is_hidden else version,
        "successor": successor_of(version) if version.successor_id else None,
    }
    response = page(
        "claims/tombstone.html", context, request=request, status=410 if is_gone else 200
    )
    if is_gone:
        # It can come back, so nobody may remember that it was gone.
        response["Cache-Control"] = "no-store"
    return response


def versions_context(
    request: HttpRequest, version: Publication, versions: Sequence[Publication]
) -> dict[str, Any]:
    """What the record section and the banner need."""
    newest = versions[-1]
    at = f"/api/v1/claims/{version.subject_id}/versions/{version.version}/"
    return {
        "claim_id": version.subject_id,
        "version": version,
        "newest": newest,
        "state": public_state(newest),
        "is_newest": version.version == newest.version,
        "later": [other for other in versions if other.version > version.version],
        "versions": listed(versions),
        "record_url": request.build_absolute_uri(at),
    }


def listed(
    versions: Sequence[Publication],
) -> list[tuple[Publication, bool, Publication | None]]:
    """The versions from the newest back, each with whether it may be read, and the one before it
    with which its words can be compared.
    """
    found: list[tuple[Publication, bool, Publication | None]] = []
    before: Publication | None = None
    for version in versions:
        is_readable = not is_withheld(version, versions)
        has_words = is_readable and version.kind not in TOMBSTONES
        found.append((version, is_readable, before if has_words else None))
        before = version if has_words else before
    return found[::-1]


def withheld_by(version: Publication, versions: Sequence[Publication]) -> Publication:
    """The tombstone for which a version is withheld."""
    later = [other for other in versions if other.version > version.version]
    redacted = (other for other in later if other.kind == PublicationKind.REDACT)
    return next(redacted, next((other for other in later if other.kind in GONE), versions[-1]))


def successor_of(version: Publication) -> PublicClaim | None:
    """The claim into which this one was merged, if it is live."""
    successors = PublicSuccessor.objects.using("public")
    claim_id = successors.final(SubjectKind.CLAIM, version.successor_id)
    return PublicClaim.objects.using("public").current().filter(claim_id=claim_id).first()


def told_by_others(claim_id: str) -> list[dict[str, Any]]:
    """How live claims stand to this one, by their own records, as relations of this one."""
    live = Publication.objects.using("public").newest().with_content()
    records = live.filter(
        subject_kind=SubjectKind.CLAIM,
        mentions__subject_kind=SubjectKind.CLAIM,
        mentions__subject_id=claim_id,
    )
    return [
        {**relation, "kind": f"{relation['kind']}-by", "claim": publication.subject_id}
        for publication in records.order_by("seq")[:MOST_OTHERS]
        for relation in (publication.content or {})["relations"]
        if relation["claim"] == claim_id
    ]


def current_claims(
    claim_id: str, content: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, PublicClaim]:
    """The claim itself and those it is related to, as they stand now, in one query."""
    related = [relation["claim"] for relation in [*content["relations"], *others]]
    claims = PublicClaim.objects.using("public").current()
    found = claims.filter(claim_id__in=[claim_id, *related]).defer("summary")
    return {claim.claim_id: claim for claim in found}

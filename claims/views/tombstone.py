"""What every page about a version of a claim has: the versions, the record, and why it is gone."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.as_of import AsOf
from claims.models import PublicClaim
from claims.published import is_withheld, told_in_full
from claims.views.page import origin_of, page
from factcheck.common.languages import UNDETERMINED
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.models import PublicSuccessor

# Withheld now, or for good; retracted and merged claims keep a page that can be read.
GONE = frozenset({PublicationKind.SUSPEND, PublicationKind.REDACT})


def tombstone_page(
    request: HttpRequest,
    version: Publication,
    versions: Sequence[Publication],
    *,
    asked: AsOf | None = None,
) -> HttpResponse:
    """The page of a claim, or a version, that is not to be read; without any of its words."""
    newest = versions[-1]
    is_hidden = is_withheld(version, versions)
    is_gone = is_hidden or (version == newest and newest.kind in GONE)
    context = {
        **versions_context(request, version, versions, asked=asked),
        "ours": UNDETERMINED,
        "is_hidden": is_hidden,
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
    request: HttpRequest,
    version: Publication,
    versions: Sequence[Publication],
    *,
    asked: AsOf | None = None,
) -> dict[str, Any]:
    """What the record section and the banner need."""
    newest = versions[-1]
    return {
        "claim_id": version.subject_id,
        "version": version,
        "newest": newest,
        "state": public_state(newest),
        "is_newest": version.version == newest.version,
        "later": [other for other in versions if other.version > version.version],
        "versions": listed(versions),
        "asked": asked,
        "record_url": f"{origin_of(request)}/api/v1{version_path(version)}",
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
    standing = told_in_full(PublicClaim.objects.using("public").current())
    return standing.filter(claim_id=claim_id).first()


def version_path(version: Publication) -> str:
    """The permanent address of a version, in English."""
    return f"/claims/{version.subject_id}/versions/{version.version}/"

"""A claim as its page tells it to machines: JSON-LD, for who asks for that and no less."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from rest_framework.request import Request

from claims.claimreview import Place, markup_of
from claims.models import PublicClaim
from claims.views.machines import record_of_claimant
from claims.views.page import origin_of
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text

JSON_LD = "application/ld+json"


def is_wanted(request: HttpRequest) -> bool:
    """Whether the asker would rather have JSON-LD than JSON, which everybody else gets."""
    header = request.META.get("HTTP_ACCEPT", "")
    if JSON_LD not in header:
        return False
    accepted = [MediaType(one) for one in header.split(",")]
    wanted = quality_of(JSON_LD, accepted)
    plain = quality_of("application/json", accepted)
    if plain is not None:
        return wanted is not None and wanted > plain
    # Under a wildcard, plain JSON is what somebody takes who cannot have the other.
    others = (quality_of(wildcard, accepted) or 0 for wildcard in ("application/*", "*/*"))
    return bool(wanted) and (wanted or 0) >= max(others)


def quality_of(name: str, accepted: list[MediaType]) -> float | None:
    """How much a media type is wanted by its own name; None where it is not named."""
    found = [one.quality for one in accepted if f"{one.main_type}/{one.sub_type}" == name]
    return max(found, default=None)


def json_ld_of(request: Request, claim_id: str) -> HttpResponse | None:
    """What stands on the page of the claim; None for one that is not live. Two queries, and one
    more where a claimant is named.
    """
    claims = PublicClaim.objects.using("public").current().filter(claim_id=claim_id)
    current = claims.only("claim_id", "slug", "version", "first_published_at").first()
    if current is None:
        return None
    version = Publication.objects.using("public").get(seq=current.from_seq)
    content = version.content or {}
    place = Place(
        origin=origin_of(request),
        path=current.get_absolute_url(),
        claim_id=claim_id,
        version=current.version,
        first_at=time_text(current.first_published_at),
        at=time_text(version.published_at),
        claimant=record_of_claimant(content),
    )
    return HttpResponse(orjson.dumps(markup_of(content, place)), content_type=JSON_LD)

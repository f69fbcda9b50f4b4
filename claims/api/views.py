"""The API for reading: exact bytes of records, ready-made summaries in lists."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.filters import asked_by_program
from claims.published import is_withheld, newest_of, version_of, versions_of, with_record
from claims.views.page import MAY_BE_KEPT, ignore_cookies
from factcheck.common.errors import Gone
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from sources.models import PublicSuccessor

METHODS = "GET, HEAD, OPTIONS"
# Reading is open to pages of other sites, with the headers that reading well needs.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Request-Id",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class OnlyJson(BaseContentNegotiation):
    """JSON, whatever is asked for: an answer that can be read is better than none."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The only parser."""
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The only renderer."""
        return renderers[0], renderers[0].media_type


class PublicRead(APIView):
    """An address for reading. Problems are application/problem+json, see factcheck.common."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = OnlyJson

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, which no cookie changes."""
        ignore_cookies(request)
        return super().dispatch(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What may be done here, the same for every address: nothing that tells of what it has."""
        return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT})

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, open to pages of other sites, errors included."""
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in CORS.items():
            final[name] = value
        return final


class Index(PublicRead):
    """Where to start."""

    def get(self, request: Request) -> HttpResponse:
        """The addresses of the API."""
        at = request.build_absolute_uri
        return json_response(
            {
                "claims": at("/api/v1/claims/"),
                "claim": at("/api/v1/claims/") + "{id}/",
                "versions": at("/api/v1/claims/") + "{id}/versions/",
                "version": at("/api/v1/claims/") + "{id}/versions/{version}/",
                "claimant": at("/api/v1/claimants/") + "{id}/",
                "source": at("/api/v1/sources/") + "{id}/",
                "event": at("/api/v1/events/") + "{id}/",
                "vocabulary": at("/api/v1/vocabulary/"),
                "methodology": at("/methodology/"),
            }
        )


class ClaimList(PublicRead):
    """Published claims as they stand now, by their newest version."""

    def get(self, request: Request) -> HttpResponse:
        """A page of summaries as the projection keeps them, pasted together unread."""
        page = asked_by_program(request.query_params).slice("summary")
        links = {
            "next": self.link(request, page.next),
            "previous": self.link(request, page.previous),
        }
        body = b'{"next":%b,"previous":%b,"results":[%b]}' % (
            orjson.dumps(links["next"]),
            orjson.dumps(links["previous"]),
            ",".join(summary for [summary] in page.rows).encode(),
        )
        response = HttpResponse(body, content_type="application/json")
        response["Cache-Control"] = MAY_BE_KEPT
        relations = {"next": links["next"], "prev": links["previous"]}
        if any(relations.values()):
            response["Link"] = ", ".join(
                f'<{url}>; rel="{relation}"' for relation, url in relations.items() if url
            )
        return response

    def link(self, request: Request, cursor: str | None) -> str | None:
        """The same question from another place on."""
        if cursor is None:
            return None
        query = request.query_params.copy()
        query["cursor"] = cursor
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class ClaimRecord(PublicRead):
    """The newest record of a claim: the logged bytes, a tombstone's included."""

    def get(self, request: Request, claim_id: str) -> HttpResponse:
        """200 while the claim is live; 410 with the tombstone's bytes after that."""
        newest = newest_of(claim_id)
        is_live = public_state(newest) == PublicState.LIVE
        return record_response(request, newest, status=200 if is_live else 410)


class SubjectRecord(PublicRead):
    """The newest record of an actor, a source or an event: the logged bytes."""

    kind: SubjectKind = SubjectKind.ACTOR

    def get(self, request: Request, public_id: str) -> HttpResponse:
        """200 while it is live; 410 with the tombstone after that. What was merged into another
        leads there, with the tombstone's bytes; not for ever, since a merge can be undone.
        """
        newest = newest_of(public_id, self.kind)
        if newest.kind == PublicationKind.MERGE:
            final = PublicSuccessor.objects.using("public").final(self.kind, public_id)
            response = record_response(request, newest, status=307)
            response["Location"] = request.build_absolute_uri(f"../{final}/")
            return response
        is_live = public_state(newest) == PublicState.LIVE
        return record_response(request, newest, status=200 if is_live else 410)


class ClaimVersions(PublicRead):
    """All versions of a claim, oldest first."""

    def get(self, request: Request, claim_id: str) -> HttpResponse:
        """What each version is, and where its bytes are."""
        versions = versions_of(claim_id)
        return json_response(
            {
                "next": None,
                "previous": None,
                "results": [
                    {
                        "version": version.version,
                        "publication": version.kind,
                        "seq": version.seq,
                        "published_at": time_text(version.published_at),
                        "note": version.note or None,
                        "sha256": version.record_sha256,
                        "url": request.build_absolute_uri(f"{request.path}{version.version}/"),
                    }
                    for version in versions
                ],
            }
        )


class ClaimVersion(PublicRead):
    """The record of one version, for as long as it may be read."""

    def get(self, request: Request, claim_id: str, number: str) -> HttpResponse:
        """The logged bytes; 410 with the public note while the claim is withheld."""
        versions = versions_of(claim_id)
        version = version_of(versions, number)
        if is_withheld(version, versions):
            raise Gone(f"This version is withheld: {versions[-1].note}")
        return record_response(request, with_record(version))


def record_response(
    request: Request, publication: Publication, *, status: int = 200
) -> HttpResponse:
    """The record's bytes, exactly as logged."""
    return bytes_response(
        request, publication.record_bytes, sha256=publication.record_sha256, status=status
    )


def bytes_response(
    request: Request, body: bytes, *, sha256: str, status: int = 200
) -> HttpResponse:
    """Exactly the bytes whose SHA-256 is the ETag, or 304 to who has them."""
    etag = f'"{sha256}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if status == 200 and ("*" in known or etag in [tag.removeprefix("W/") for tag in known]):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = etag
    # A withheld record can come back, so nobody may remember a 410.
    response["Cache-Control"] = MAY_BE_KEPT if status == 200 else "no-store"
    return response


def json_response(value: Any) -> HttpResponse:
    """A value as JSON."""
    return HttpResponse(
        orjson.dumps(value),
        content_type="application/json",
        headers={"Cache-Control": MAY_BE_KEPT},
    )

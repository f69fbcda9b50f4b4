"""Claims for programs: exact bytes of records, ready-made summaries in lists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.described import claims as described
from claims.api.json_ld import is_wanted, json_ld_of
from claims.api.ledgered import LedgerRead, list_response
from claims.api.plans import Plan, is_plain
from claims.api.questions import asked_by_program
from claims.api.reading import (
    PublicRead,
    bytes_response,
    json_response,
    known_hashes,
    record_response,
)
from claims.published import is_withheld, newest_told, version_of, versions_of, with_record
from claims.views.page import MAY_BE_KEPT, etag_of
from factcheck.common.errors import Gone
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.records import time_text


class ClaimList(LedgerRead):
    """Published claims as they stand now, or stood on a past day, by one version each."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; that of a plain question, as most are, by a shorter way."""
        if is_new(request) and is_plain(request.GET.keys(), request.GET.get("ordering", "")):
            return PlainClaims.as_view()(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    @described.claim_list
    def get(self, request: Request) -> HttpResponse:
        """A page of summaries as the projection keeps them, pasted together unread."""
        return list_response(request, asked_by_program(request.query_params).slice("summary"))


class PlainClaims(PublicRead):
    """The same for a plain question, in one statement."""

    def get(self, request: Request) -> HttpResponse:
        """A page in one query."""
        question = asked_by_program(request.query_params)
        page, head = Plan.of(question).page(question.cursor)
        response = list_response(request, page)
        response["ETag"] = etag_of(request, seq=head)
        response["Cache-Control"] = MAY_BE_KEPT
        return response


class ClaimRecord(PublicRead):
    """The newest record of a claim: the logged bytes, a tombstone's included."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The record, or what its page tells machines, as is asked for. Each has an ETag."""
        view = ClaimJsonLd.as_view() if is_wanted(request) else super().dispatch
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 304, 410):
            response["Vary"] = "Accept"
        return response

    @described.claim_record
    def get(self, request: Request, claim_id: str) -> HttpResponse:
        """200 while the claim is live; 410 with the tombstone's bytes after that."""
        return newest_response(request, claim_id)


class ClaimJsonLd(LedgerRead):
    """The same for who asks for JSON-LD."""

    def get(self, request: Request, claim_id: str) -> HttpResponse:
        """The markup while the claim is live; after that the tombstone's bytes, which are none."""
        return json_ld_of(request, claim_id) or newest_response(request, claim_id)


class ClaimVersions(LedgerRead):
    """All versions of a claim, oldest first."""

    @described.claim_versions
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

    @described.claim_version
    def get(self, request: Request, claim_id: str, number: str) -> HttpResponse:
        """The logged bytes; 410 with the public note while the claim is withheld. Who has them is
        told so without reading them.
        """
        versions = versions_of(claim_id)
        version = version_of(versions, number)
        if is_withheld(version, versions):
            raise Gone(f"This version is withheld: {versions[-1].note}")
        if version.record_sha256 in known_hashes(request):
            return bytes_response(request, b"", sha256=version.record_sha256)
        return record_response(request, with_record(version))


def is_new(request: HttpRequest) -> bool:
    """Whether somebody asks who has no page of the list yet."""
    return request.method in ("GET", "HEAD") and "HTTP_IF_NONE_MATCH" not in request.META


def newest_response(request: Request, claim_id: str) -> HttpResponse:
    """The newest record of the claim, in one query."""
    told = newest_told(claim_id, SubjectKind.CLAIM, known=known_hashes(request))
    status = 200 if told.is_live else 410
    return bytes_response(request, told.record.encode(), sha256=told.sha256, status=status)

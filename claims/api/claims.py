"""Claims for programs: exact bytes of records, ready-made summaries in lists."""

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.reading import PublicRead, json_response, record_response
from claims.filters import asked_by_program
from claims.published import is_withheld, newest_of, version_of, versions_of, with_record
from claims.views.page import MAY_BE_KEPT
from factcheck.common.errors import Gone
from factcheck.ledger.choices import PublicState
from factcheck.ledger.log import public_state
from factcheck.ledger.records import time_text


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

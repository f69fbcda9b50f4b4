"""Documents for programs: which public claims cite them."""

from typing import Any

import orjson
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from claims.addresses import document_path
from claims.api.described import others as described
from claims.api.filters import cited_at
from claims.api.ledgered import LedgerRead, list_response
from claims.api.parameters import PAGING, given_in, page_size_of
from claims.models import PublicCitation, PublicClaim
from claims.paging import Keyset, Slice
from claims.presentation.document import documents_of
from claims.published import NOTHING_HERE, is_public_id
from factcheck.common.errors import InvalidInput, NotFound
from factcheck.common.text import clean_url
from factcheck.ledger.models import Publication

# Documents that are told of at one address; more than one or two are a mistake of ours.
MOST_DOCUMENTS = 20


class DocumentList(LedgerRead):
    """Which public claims cite an address; none is no error, since most addresses are cited by
    nobody.
    """

    @described.document_list
    def get(self, request: Request) -> HttpResponse:
        """The documents at the address, and a page of the summaries of claims that cite them."""
        given = given_in(request.query_params, ("url", *PAGING))
        if "url" not in given:
            raise InvalidInput.at("url", "Give the address of a document, with https://.")
        url = clean_url(given["url"], name="url")
        citations = cited_at(url)
        page = page_of(citations, given, scope=f"documents {url}")
        found = citations.using("public").order_by("document_id", "-seq").distinct("document_id")
        documents = [
            {
                "id": one.document_id,
                "title": one.document_title,
                "url": one.document_url,
                "is_held": one.is_held,
                "path": document_path(one.document_id, one.document_title),
            }
            for one in found[:MOST_DOCUMENTS]
        ]
        return list_response(request, page, url=url, documents=documents)


class DocumentDetail(LedgerRead):
    """A document as the newest of the claims that cite it tells of it, while one does. One that was
    merged into another leads there; not for ever, since a merger can be undone.
    """

    @described.document
    def get(self, request: Request, document_id: str) -> HttpResponse:
        """The document, and a page of the summaries of claims that cite it. Raises NotFound."""
        given = given_in(request.query_params, PAGING)
        if not is_public_id(document_id):
            raise NotFound(NOTHING_HERE)
        citations = PublicCitation.objects.filter(document_id=document_id)
        told = told_newest(citations)
        if told is None:
            return merged_document(request, document_id)
        document = documents_of(told)[document_id]
        page = page_of(citations, given, scope=f"document {document_id}")
        path = document_path(document_id, document["title"])
        return list_response(request, page, document={**document, "path": path})


def told_newest(citations: QuerySet[PublicCitation, Any]) -> dict[str, Any] | None:
    """The newest record among those that have the citations, if one does."""
    newest = citations.order_by("-seq").values("seq")[:1]
    found = Publication.objects.using("public").filter(seq=newest).first()
    return found.content if found else None


def merged_document(request: Request, document_id: str) -> HttpResponse:
    """The way to what stands for a document that nothing cites. Raises NotFound where nothing
    does.
    """
    document = PublicCitation.objects.using("public").document_now(document_id)
    if document is None:
        raise NotFound(NOTHING_HERE)
    body = orjson.dumps({"successor": {"kind": "document", "id": document}})
    there = request.build_absolute_uri(f"../{document}/")
    headers = {"Location": there, "Cache-Control": "no-store"}
    return HttpResponse(body, status=307, content_type="application/json", headers=headers)


def page_of(
    citations: QuerySet[PublicCitation, Any], given: dict[str, str], *, scope: str
) -> Slice:
    """The claims that stand now and have one of the citations, the newest first."""
    claims = PublicClaim.objects.using("public").current()
    return Keyset().slice(
        claims.filter(Exists(citations.filter(claim_id=OuterRef("claim_id")))),
        "summary",
        size=page_size_of(given),
        scope=scope,
        cursor=given.get("cursor"),
    )

"""The page of a document: what it says, as the claims that cite it tell."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from claims.addresses import addresses_of, document_path
from claims.models import PublicCitation, PublicClaim
from claims.presentation.accounts import account_of
from claims.presentation.document import (
    copies_of,
    document_in,
    documents_of,
    sayings_of,
)
from claims.published import NOTHING_HERE, is_public_id
from claims.views.page import PublicPage, moved_to, page
from claims.views.page_machines import document_machines
from factcheck.common.errors import NotFound
from factcheck.ledger.models import Publication

Content = dict[str, Any]

# Claims that a page tells of; a document with more is a book, and the newest come first.
MOST_CLAIMS = 100


class DocumentPage(PublicPage):
    """What a document says: its claims in the order of its text, never the text itself.

    There is one while a live claim cites the document. The address of one that was merged into
    another leads there, for as long as a live claim says so.
    """

    def get(self, request: HttpRequest, document_id: str, slug: str = "") -> HttpResponse:
        """In a fixed number of queries; another slug leads to the right one."""
        seqs = citing(document_id)
        contents = records_at(seqs[:MOST_CLAIMS])
        newest = [contents[seq] for seq in seqs if seq in contents]
        if not newest:
            return merged_document(request, document_id)
        document = document_in(newest, document_id)
        moved = moved_to(
            request, document_path(document_id, document["title"]), for_good=bool(slug)
        )
        if moved is not None:
            return moved
        summaries = summaries_at(list(contents))
        told = [
            (account_of(orjson.loads(summaries[seq])), contents[seq])
            for seq in seqs
            if seq in contents and seq in summaries
        ]
        others = documents_of(newest[0])
        beyond = [
            other
            for other in (document["hop"] and document["hop"]["of"], told_by(document))
            if other in others
        ]
        has_more = len(seqs) > MOST_CLAIMS
        context = {
            "document": document,
            "is_own_page": True,
            "machines": document_machines(request, document, len(told), has_more=has_more),
            "ours": newest[0]["language"],
            "documents": others,
            "copies": copies_of(document_id, newest),
            "paths": paths_of(beyond, others),
            "sayings": sayings_of(document_id, told),
            "has_more": has_more,
            "addresses": addresses_of(document, [account.claim["speaker"] for account, _ in told]),
        }
        return page("claims/document.html", context, request=request)


def merged_document(request: HttpRequest, document_id: str) -> HttpResponse:
    """The way to what stands for a document that nothing cites. Not for good, since a merger can be
    undone. Raises NotFound where nothing does.
    """
    document = PublicCitation.objects.using("public").document_now(document_id)
    moved = moved_to(request, f"/documents/{document}/", for_good=False) if document else None
    if moved is None:
        raise NotFound(NOTHING_HERE)
    return moved


def citing(document_id: str) -> list[int]:
    """Where the live claims that cite the document stand in the ledger, the newest first."""
    if not is_public_id(document_id):
        raise NotFound(NOTHING_HERE)
    citations = PublicCitation.objects.using("public").filter(document_id=document_id)
    seqs = citations.order_by("-seq").values_list("seq", flat=True).distinct()
    return list(seqs[: MOST_CLAIMS + 1])


def records_at(seqs: list[int]) -> dict[int, Content]:
    """The contents of these places in the ledger."""
    found = Publication.objects.using("public").filter(seq__in=seqs).only("seq", "record")
    return {one.seq: one.content for one in found if one.content}


def summaries_at(seqs: list[int]) -> dict[int, str]:
    """The claims that stand there, as lists show them."""
    claims = PublicClaim.objects.using("public").current().filter(from_seq__in=seqs)
    return dict(claims.values_list("from_seq", "summary"))


def told_by(document: Content) -> str | None:
    """The document in which we read of one that nobody here has seen."""
    return document["told_by"]["document"] if document["told_by"] else None


def paths_of(document_ids: list[str], documents: dict[str, Content]) -> dict[str, str]:
    """The pages of those of the documents that have one."""
    cited = PublicCitation.objects.using("public").filter(document_id__in=document_ids)
    found = cited.order_by().values_list("document_id", flat=True).distinct()
    return {one: document_path(one, documents[one]["title"]) for one in found}

"""The page of a source: who runs it and how we know, what it said, and what was read in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.addresses import addresses_of
from claims.filters import merged_ids
from claims.presentation.people import meaning
from claims.views.changes import corrections_of
from claims.views.page import page
from claims.views.said import (
    MOST_READ,
    claims_ever_of,
    claims_of,
    claims_read_in,
    said,
)
from claims.views.subjects import SubjectPage, standing_context
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Publication

Content = dict[str, Any]


class SourcePage(SubjectPage):
    """A source as it stands now."""

    kind = SubjectKind.SOURCE

    def show(self, request: HttpRequest, newest: Publication, content: Content) -> HttpResponse:
        """What it is; then what it said in its own voice, apart from what others said in it."""
        ids = merged_ids(self.kind, newest.subject_id)
        context = {
            **standing_context(request, newest),
            "source_id": newest.subject_id,
            "source": content,
            "kind": meaning("source-kind", content["kind"]),
            "said": said(claims_of(self.kind, ids)),
            "read": said(claims_read_in(ids), most=MOST_READ),
            "corrections": corrections_of(claims_ever_of(self.kind, ids)),
            "addresses": addresses_of(content),
            "pages": {},
        }
        return page("claims/source.html", context, request=request)

"""The page of a source: who runs it and how we know, what it said, and what was read in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.addresses import addresses_of
from claims.presentation.people import meaning
from claims.views.changes import corrections_of
from claims.views.page import page
from claims.views.page_machines import source_machines
from claims.views.past import ids_at
from claims.views.said import (
    MOST_READ,
    claims_ever_of,
    claims_of,
    claims_read_in,
    said,
)
from claims.views.subjects import Shown, SubjectPage, list_of_all, standing_context
from factcheck.ledger.choices import SubjectKind

Content = dict[str, Any]


class SourcePage(SubjectPage):
    """A source as it stands now, or stood."""

    kind = SubjectKind.SOURCE

    def show(self, request: HttpRequest, shown: Shown, content: Content) -> HttpResponse:
        """What it is; then what it said in its own voice, apart from what others said in it, which
        is told for today only.
        """
        source_id, seq = shown.version.subject_id, shown.seq
        ids = ids_at(self.kind, source_id, seq)
        context = {
            **standing_context(request, shown),
            "source_id": source_id,
            "source": content,
            "kind": meaning("source-kind", content["kind"]),
            "said": said(claims_of(self.kind, ids, seq)),
            "all_said": list_of_all(shown, "outlet"),
            "read": said(claims_read_in(ids), most=MOST_READ) if seq is None else None,
            "corrections": (
                corrections_of(claims_ever_of(self.kind, ids)) if seq is None else None
            ),
            "addresses": addresses_of(content),
            "pages": {},
        }
        if shown.is_own_page:
            context["machines"] = source_machines(request, shown, content, context["said"])
        return page("claims/source.html", context, request=request, canonical=shown.canonical)

"""What the pages of actors, sources and events share: which of them there is, and where."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from claims.addresses import ROOMS, addresses_of, subject_path
from claims.published import NOTHING_HERE, newest_of
from claims.views.page import PublicPage, moved_to, origin_of, page
from claims.views.tombstone import GONE
from factcheck.common.errors import NotFound
from factcheck.common.page_language import here
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.models import PublicSuccessor
from sources.projection import slug_of

Content = dict[str, Any]


class SubjectPage(PublicPage):
    """The page of an actor, a source or an event as it stands now, the page that says why there is
    none, or the way to what stands for it. A subclass says of which `kind`, and what `show` shows.
    """

    kind: SubjectKind

    def get(self, request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
        """One query before `show`; another slug leads to the right one, so that old links hold."""
        newest = newest_of(public_id, self.kind)
        if not self.has_page(newest):
            raise NotFound(NOTHING_HERE)
        if newest.kind == PublicationKind.MERGE:
            return way_to_successor(request, newest)
        if public_state(newest) != PublicState.LIVE:
            return tombstone_page(request, newest)
        content = newest.content or {}
        path = subject_path(self.kind, public_id, slug_of(content["name"]))
        moved = moved_to(request, path, for_good=bool(slug))
        return moved or self.show(request, newest, content)

    def has_page(self, newest: Publication) -> bool:
        """Whether there is a page at all, be it to say why there is nothing on it."""
        return True

    def show(self, request: HttpRequest, newest: Publication, content: Content) -> HttpResponse:
        """The page of a live subject, asked for at its right address."""
        raise NotImplementedError


def standing_context(request: HttpRequest, newest: Publication) -> dict[str, Any]:
    """What `claims/_subject_record.html` needs: the publication, and where its exact bytes are."""
    room = ROOMS[newest.subject_kind]
    record_url = f"{origin_of(request)}/api/v1/{room}/{newest.subject_id}/"
    return {"version": newest, "record_url": record_url}


def way_to_successor(request: HttpRequest, merged: Publication, tail: str = "") -> HttpResponse:
    """The way from what was merged to what stands for it now. Not for ever: a merger can be undone.

    `tail` is what follows the id in the address; without it, the way leads to the page itself.
    """
    kind = merged.subject_kind
    final = PublicSuccessor.objects.using("public").final(kind, merged.subject_id)
    path = f"/{ROOMS[kind]}/{final}/{tail}"
    if not tail:
        # What stands for it may be gone itself; its page says so without a slug.
        path = path_of(kind, final) or path
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(here(f"{path}?{query}" if query else path))


def tombstone_page(request: HttpRequest, newest: Publication) -> HttpResponse:
    """The page of what was suspended, retracted or removed: that it was, when and why; no word of
    what stood there.
    """
    kind = newest.subject_kind
    successor = newest.successor_id
    is_gone = newest.kind in GONE
    context = {
        **standing_context(request, newest),
        "tombstone": newest,
        "successor": path_of(kind, successor) if successor else "",
    }
    canonical = f"/{ROOMS[kind]}/{newest.subject_id}/"
    response = page(
        "claims/subject_tombstone.html",
        context,
        request=request,
        canonical=canonical,
        status=410 if is_gone else 200,
    )
    if is_gone:
        # It can come back, so nobody may remember that it was gone.
        response["Cache-Control"] = "no-store"
    return response


def path_of(kind: str, public_id: str) -> str:
    """The page of a live subject, in one query; empty where it has none."""
    # Each kind is also what a record calls it.
    return addresses_of({kind: {"id": public_id}}).get((kind, public_id), "")

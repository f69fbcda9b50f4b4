"""What the pages of actors, sources and events share: which of them there is, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from claims.addresses import ROOMS, addresses_of, subject_path
from claims.as_of import PARAMETER as AS_OF
from claims.as_of import AsOf, as_of
from claims.presentation.words import day_words
from claims.published import NOTHING_HERE, is_withheld, version_of, versions_of, with_record
from claims.views.page import PublicPage, moved_to, origin_of, page
from claims.views.tombstone import GONE, withheld_by
from factcheck.common.errors import NotFound
from factcheck.common.page_language import here
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from sources.models import PublicSuccessor
from sources.projection import slug_of

Content = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What a page shows: one of the `versions` of a record, and beside it the claims that stood at
    the place `seq` in the ledger; those of now, where that is None. `asked` is the day that the
    address asks for, if any; `private` are the versions of which nothing may be told.
    """

    version: Publication
    versions: Sequence[Publication]
    private: frozenset[int] = field(default_factory=frozenset)
    seq: int | None = None
    asked: AsOf | None = None
    is_own_page: bool = True

    @property
    def path(self) -> str:
        """The subject's page, without its slug."""
        return f"/{ROOMS[self.version.subject_kind]}/{self.version.subject_id}/"

    @property
    def address(self) -> str:
        """The lasting address of what is shown, in English; the subject's own page has a slug."""
        if self.asked is not None:
            return f"{self.path}?{AS_OF}={self.asked.given}"
        return self.path if self.is_own_page else f"{self.path}versions/{self.version.version}/"

    @property
    def canonical(self) -> str:
        """What machines are told to be its one address; empty for the subject's own page, which
        stands there.
        """
        return "" if self.is_own_page else self.address

    @property
    def is_newest(self) -> bool:
        """Whether the version is what stands now."""
        return self.version.version == self.versions[-1].version


@dataclass(frozen=True)
class Listed:
    """A version in the list of all; without path and note where these may not be read."""

    publication: Publication
    path: str
    note: str


class SubjectPage(PublicPage):
    """The page of an actor, a source or an event as it stands now, stood at a time, or was in one
    of its versions; the page that says why there is none, or the way to what stands for it. A
    subclass says of which `kind`, and what `show` shows.
    """

    kind: SubjectKind
    knows_past = True

    def get(
        self, request: HttpRequest, public_id: str, slug: str = "", number: str = ""
    ) -> HttpResponse:
        """Another slug leads to the right one, so that old links hold; as of a day any will do.
        With a number it is that version.
        """
        versions = versions_of(public_id, self.kind)
        newest = versions[-1]
        private = self.private_among(versions)
        if number:
            return self.get_version(request, version_of(versions, number), versions, private)
        if (asked := as_of(request.GET)) is not None:
            return self.get_as_of(request, asked, versions, private)
        if newest.kind == PublicationKind.MERGE:
            return way_to_successor(request, newest)
        if public_state(newest) != PublicState.LIVE:
            return tombstone_page(request, Shown(newest, versions, private))
        shown = Shown(with_record(newest), versions, private)
        content = shown.version.content or {}
        path = subject_path(self.kind, public_id, slug_of(content["name"]))
        moved = moved_to(request, path, for_good=bool(slug))
        return moved or self.show(request, shown, content)

    def get_as_of(
        self,
        request: HttpRequest,
        asked: AsOf,
        versions: Sequence[Publication],
        private: frozenset[int],
    ) -> HttpResponse:
        """The version that stood at a time with the claims of then; the way to what stood for it,
        or the page that says that there was none yet.
        """
        stood = [version for version in versions if version.published_at < asked.until]
        if not stood:
            return not_yet_page(request, asked, versions)
        version = stood[-1]
        if version.kind == PublicationKind.MERGE:
            return way_to(request, f"/{ROOMS[self.kind]}/{version.successor_id}/")
        shown = Shown(version, versions, private, asked.seq(), asked, is_own_page=False)
        return self.show_version(request, shown)

    def get_version(
        self,
        request: HttpRequest,
        version: Publication,
        versions: Sequence[Publication],
        private: frozenset[int],
    ) -> HttpResponse:
        """One version, with the claims that stood when another took its place."""
        later = [one.seq for one in versions if one.version > version.version]
        seq = later[0] - 1 if later else None
        shown = Shown(version, versions, private, seq, is_own_page=False)
        return self.show_version(request, shown)

    def show_version(self, request: HttpRequest, shown: Shown) -> HttpResponse:
        """A version, whichever it is: its words, or why they are not to be read."""
        version = shown.version
        if version.version in shown.private:
            raise NotFound(NOTHING_HERE)
        if version.kind in TOMBSTONES or is_withheld(version, shown.versions):
            return tombstone_page(request, shown)
        full = replace(shown, version=with_record(version))
        return self.show(request, full, full.version.content or {})

    def private_among(self, versions: Sequence[Publication]) -> frozenset[int]:
        """The numbers of the versions of which nothing may be told. Raises NotFound where nothing
        may be told at all.
        """
        return frozenset()

    def show(self, request: HttpRequest, shown: Shown, content: Content) -> HttpResponse:
        """The page with words, asked for at its right address."""
        raise NotImplementedError


def standing_context(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What the banner, the list of versions and `claims/_subject_record.html` need."""
    newest = shown.versions[-1]
    return {
        "version": shown.version,
        "is_newest": shown.is_newest,
        "newest": newest,
        "state": public_state(newest),
        "asked": shown.asked,
        "is_past": shown.asked is not None or not shown.is_newest,
        "is_own_page": shown.is_own_page,
        "permanent": shown.address,
        "now": shown.path,
        "versions": listed(shown),
        # The newest record has an address that serves its bytes; earlier ones have their hash.
        "record_url": f"{origin_of(request)}/api/v1{shown.path}" if shown.is_newest else "",
        # Their records name no language.
        "ours": "",
    }


def listed(shown: Shown) -> list[Listed]:
    """All versions, from the newest back."""
    return [
        Listed(one, "", "")
        if one.version in shown.private or is_withheld(one, shown.versions)
        else Listed(one, f"{shown.path}versions/{one.version}/", one.note)
        for one in reversed(shown.versions)
    ]


def list_of_all(shown: Shown, name: str) -> str:
    """The list of all claims that name the subject as `name`, those of the day that was asked for;
    empty beside an earlier version, for which there is no list.
    """
    query = f"{name}={shown.version.subject_id}"
    if shown.asked is not None:
        return f"/claims/?{query}&{AS_OF}={shown.asked.given}"
    return f"/claims/?sort=said&{query}" if shown.seq is None else ""


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
    return way_to(request, path)


def way_to(request: HttpRequest, path: str) -> HttpResponse:
    """The way to another page, in the same language and with what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(here(f"{path}?{query}" if query else path))


def not_yet_page(
    request: HttpRequest, asked: AsOf, versions: Sequence[Publication]
) -> HttpResponse:
    """The page that says that nothing had been published on the day that was asked for."""
    now = Shown(versions[0], versions).path
    context = {"day": day_words(asked.day), "first": versions[0], "now": now}
    response = page("claims/subject_not_yet.html", context, request=request, status=404)
    response["Cache-Control"] = "no-store"
    return response


def tombstone_page(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The page of what was suspended, retracted or removed: that it was, when and why; no word of
    what stood there.
    """
    version, versions = shown.version, shown.versions
    is_hidden = is_withheld(version, versions)
    tombstone = withheld_by(version, versions) if is_hidden else version
    is_gone = is_hidden or (shown.is_newest and version.kind in GONE)
    kind, successor = version.subject_kind, tombstone.successor_id
    context = {
        **standing_context(request, shown),
        "tombstone": tombstone,
        "is_hidden": is_hidden,
        "successor": path_of(kind, successor) if successor else "",
    }
    response = page(
        "claims/subject_tombstone.html",
        context,
        request=request,
        canonical=shown.address,
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

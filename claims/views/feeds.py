"""Feeds in Atom: what is new, for who does not want to come and look."""

from typing import Any

import orjson
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.addresses import ACTOR, EVENT, ROOMS, subject_path, topic_path
from claims.feeds import Items, Teller, claims_in, corrections
from claims.filters import merged_ids
from claims.models import PublicClaim, PublicEvent
from claims.presentation.atom import MEDIA_TYPE, Feed, as_xml
from claims.published import NOTHING_HERE, subject_of
from claims.publisher import publisher_name
from claims.views.page import PublicPage, moved_to, origin_of
from factcheck.common.errors import NotFound
from factcheck.common.page_language import here
from factcheck.ledger.choices import SubjectKind
from sources.models import PublicActor, PublicSuccessor

MAX_SLUG = 100


class FeedPage(PublicPage):
    """A feed, kept and asked for anew like a page."""

    def feed(self, request: HttpRequest, title: str, page_path: str, items: Items) -> HttpResponse:
        """The feed at the address asked for; `page_path` is the page that shows the same."""
        origin = origin_of(request)
        feed = Feed(
            title=title,
            url=f"{origin}{request.path}",
            page_url=f"{origin}{here(page_path)}",
            language=get_language() or "",
            author=publisher_name(),
            author_url=f"{origin}/",
            items=items,
        )
        return HttpResponse(as_xml(feed), content_type=MEDIA_TYPE)


class AllFeed(FeedPage):
    """Every claim, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The feed, in two queries."""
        title = _("%(site)s: every claim") % {"site": publisher_name()}
        return self.feed(request, title, "/claims/", claims_in(None, Teller(origin_of(request))))


class CorrectionsFeed(FeedPage):
    """What was corrected, withheld or taken back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The feed, in two queries."""
        title = _("%(site)s: corrections") % {"site": publisher_name()}
        items = corrections(Teller(origin_of(request)))
        return self.feed(request, title, "/corrections/", items)


class SubjectFeed(FeedPage):
    """The claims of a claimant, or about an event; of what was merged, the way to what stands for
    it. A subclass says of which `kind`, and by which `column` of PublicClaim.
    """

    kind: SubjectKind
    column: str

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The feed, in a few queries."""
        subject_of(public_id, self.kind)
        final = PublicSuccessor.objects.using("public").final(self.kind, public_id)
        if moved := moved_to(request, f"/{ROOMS[self.kind]}/{final}/feed.atom", for_good=False):
            return moved
        subject = self.subject(public_id)
        if subject is None:
            raise NotFound(NOTHING_HERE)
        scope = Q(**{f"{self.column}__in": merged_ids(self.kind, public_id)})
        path = subject_path(self.kind, public_id, subject.slug)
        items = claims_in(scope, Teller(origin_of(request)))
        return self.feed(request, self.title(subject.name), path, items)

    def subject(self, public_id: str) -> Any:
        """The live subject; None where it has no page."""
        raise NotImplementedError

    def title(self, name: str) -> str:
        """What the feed is called."""
        raise NotImplementedError


class ClaimantFeed(SubjectFeed):
    """What somebody said. A private person has no feed."""

    kind = SubjectKind(ACTOR)
    column = "claimant_id"

    def subject(self, public_id: str) -> Any:
        """The actor, unless it is a private person."""
        actors = PublicActor.objects.using("public").filter(is_private=False)
        return actors.filter(public_id=public_id).first()

    def title(self, name: str) -> str:
        """Whose claims."""
        return _("%(site)s: what %(claimant)s said") % {"site": publisher_name(), "claimant": name}


class EventFeed(SubjectFeed):
    """What was said about an event."""

    kind = SubjectKind(EVENT)
    column = "event_id"

    def subject(self, public_id: str) -> Any:
        """The event."""
        return PublicEvent.objects.using("public").filter(public_id=public_id).first()

    def title(self, name: str) -> str:
        """About which event."""
        return _("%(site)s: claims about %(event)s") % {"site": publisher_name(), "event": name}


class TopicFeed(FeedPage):
    """The claims on a topic."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The feed, in three queries."""
        on_topic = Q(topics__contains=[slug])
        claims = PublicClaim.objects.using("public").current().filter(on_topic)
        newest = claims.values_list("summary", flat=True).first() if len(slug) <= MAX_SLUG else None
        if newest is None:
            raise NotFound(NOTHING_HERE)
        names = {"site": publisher_name(), "topic": name_of_topic(newest, slug)}
        items = claims_in(on_topic, Teller(origin_of(request)))
        title = _("%(site)s: claims on %(topic)s") % names
        return self.feed(request, title, topic_path(slug), items)


def name_of_topic(summary: str, slug: str) -> str:
    """The topic's name in the active language, as a claim tells it; else in English."""
    topics = [topic["names"] for topic in orjson.loads(summary)["topics"]]
    names = next(names for names in topics if names[0]["slug"] == slug)
    code = get_language()
    return str(next((one for one in names if one["language"] == code), names[0])["name"])

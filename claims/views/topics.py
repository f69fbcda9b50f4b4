"""What readers browse: all topics that claims name, and the claims of one."""

import re
from dataclasses import dataclass

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import get_language

from claims.addresses import topic_path
from claims.as_of import PARAMETER as AS_OF
from claims.as_of import as_of
from claims.listing import address_of, asked_by_reader
from claims.models import PublicClaim, PublicTopic
from claims.presentation.topics import told_in
from claims.presentation.words import number_words
from claims.published import NOTHING_HERE
from claims.views.lists import sections_of
from claims.views.page import PublicPage, moved_to, page
from factcheck.common.errors import NotFound
from factcheck.common.page_language import here

# More than a newsroom can keep apart; the page says so where there are more.
MOST_TOPICS = 1_000
MAX_SLUG = 100
IS_SLUG = re.compile(rf"[-a-zA-Z0-9_]{{1,{MAX_SLUG}}}")


@dataclass(frozen=True)
class TopicLink:
    """A topic in the reader's language, with the number of its claims."""

    name: str
    language: str
    path: str
    claims: int
    number: str


class TopicListPage(PublicPage):
    """All topics that a claim names now, by name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, in one query."""
        largest = list(PublicTopic.objects.using("public")[: MOST_TOPICS + 1])
        links = [link_of(topic) for topic in largest[:MOST_TOPICS]]
        links.sort(key=lambda link: (link.name.casefold(), link.path))
        context = {"topics": links, "has_more": len(largest) > MOST_TOPICS}
        return page("claims/topics.html", context, request=request)


class TopicPage(PublicPage):
    """The claims on one topic, under its name in the reader's language."""

    knows_past = True

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page; from any other name of the topic the way to it."""
        asked = as_of(request.GET)
        if asked is not None:
            past = {"topic": past_slug(slug), AS_OF: asked.given}
            return HttpResponseRedirect(here(address_of(past)))
        topic = topic_of(slug)
        english = topic.slug
        told = told_in(topic.names)
        path = topic_path(told["slug"])
        # A topic can be renamed, and its old name be given to another.
        if moved := moved_to(request, path, for_good=False):
            return moved
        query = QueryDict(mutable=True)
        query["topic"] = english
        question = asked_by_reader(query)
        context = {
            "topic": link_of(topic),
            "sections": sections_of(question),
            "list": here(question.address),
            "feed": f"/topics/{english}/feed.atom",
        }
        return page("claims/topic.html", context, request=request, canonical=path)


def past_slug(slug: str) -> str:
    """The English name of a topic, under which the list of a past day is asked; as it is given
    where no claim names the topic now, since one may have done so then.
    """
    try:
        return topic_of(slug).slug
    except NotFound:
        if not IS_SLUG.fullmatch(slug):
            raise
        return slug


def link_of(topic: PublicTopic) -> TopicLink:
    """The topic as a link."""
    told = told_in(topic.names)
    return TopicLink(
        name=told["name"],
        language=told["language"],
        path=here(topic_path(told["slug"])),
        claims=topic.claims,
        number=number_words(str(topic.claims)),
    )


def topic_of(slug: str) -> PublicTopic:
    """The topic that has this name in the page's language, in English or in any other, or that had
    it when a claim that stands was published. Raises NotFound where there is none.
    """
    if len(slug) > MAX_SLUG or "\x00" in slug:
        raise NotFound(NOTHING_HERE)
    topics = PublicTopic.objects.using("public")
    found = list(topics.filter(slugs__contains=[slug]))
    for language in (get_language(), "en"):
        for topic in found:
            if told_in(topic.names, language)["slug"] == slug:
                return topic
    if found:
        return found[0]
    naming = PublicClaim.objects.using("public").current().filter(topics__contains=[slug])
    summary = naming.order_by("-from_seq").values_list("summary", flat=True).first()
    if summary is not None:
        for told in orjson.loads(summary)["topics"]:
            if told["names"][0]["slug"] == slug:
                return topics.get(public_id=told["id"])
    raise NotFound(NOTHING_HERE)

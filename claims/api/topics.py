"""Topics for programs."""

from django.db.models import F, TextField
from django.db.models.functions import Cast, JSONObject
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import others as described
from claims.api.ledgered import LedgerRead, list_response
from claims.api.parameters import PAGING, given_in, page_size_of
from claims.api.reading import json_response
from claims.models import PublicTopic
from claims.paging import Keyset
from claims.views.topics import topic_of

# As the newest claim that names it tells it: its names and slugs, the English ones first.
SUMMARY = Cast(
    JSONObject(
        id=F("public_id"),
        seq=F("seq"),
        slug=F("names__0__slug"),
        names=F("names"),
        claims=F("claims"),
    ),
    TextField(),
)


class TopicList(LedgerRead):
    """All topics that a claim names now, in the order of their ids, which stays when claims come
    and go.
    """

    @described.topic_list
    def get(self, request: Request) -> HttpResponse:
        """A page of them, each with the number of its claims."""
        given = given_in(request.query_params, PAGING)
        page = Keyset(key="public_id", key_type=str, newest_first=False).slice(
            PublicTopic.objects.using("public").annotate(summary=SUMMARY),
            "summary",
            size=page_size_of(given),
            scope="topics",
            cursor=given.get("cursor"),
        )
        return list_response(request, page)


class TopicDetail(LedgerRead):
    """One topic, under any of its names."""

    @described.topic
    def get(self, request: Request, slug: str) -> HttpResponse:
        """What lists tell of it, and where its claims are."""
        topic = topic_of(slug)
        claims = request.build_absolute_uri(f"/api/v1/claims/?topic={topic.slug}")
        return json_response(
            {
                "id": topic.public_id,
                "seq": topic.seq,
                "slug": topic.slug,
                "names": topic.names,
                "claims": topic.claims,
                "claims_url": claims,
            }
        )

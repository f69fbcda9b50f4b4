"""The addresses of pages about claims. What looks like no id at all is answered by the view too,
so that every 404 is the same.
"""

from django.urls import path

from claims.views.answer import AnswerPage
from claims.views.cite import CitePage
from claims.views.claim import ClaimPage, VersionPage
from claims.views.claimant import ClaimantPage
from claims.views.compare import ComparePage
from claims.views.corrections import CorrectionsPage
from claims.views.document import DocumentPage
from claims.views.embed import EmbedPage, OEmbed
from claims.views.event import EventPage
from claims.views.event_figures import EventFigures
from claims.views.feeds import AllFeed, ClaimantFeed, CorrectionsFeed, EventFeed, TopicFeed
from claims.views.lists import ClaimListPage
from claims.views.methodology import MethodologyPage
from claims.views.policies import PoliciesPage
from claims.views.source import SourcePage
from claims.views.topics import TopicListPage, TopicPage

app_name = "claims"

urlpatterns = [
    path("claims/", ClaimListPage.as_view(), name="list"),
    path("claims/<claim_id>/", ClaimPage.as_view(), name="claim"),
    path("claims/<claim_id>/embed/", EmbedPage.as_view(), name="embed"),
    path("claims/<claim_id>/<slug>/", ClaimPage.as_view(), name="claim"),
    path("claims/<claim_id>/versions/<number>/", VersionPage.as_view(), name="version"),
    path("claims/<claim_id>/versions/<number>/cite.json", CitePage.as_view(), name="cite"),
    path("oembed", OEmbed.as_view(), name="oembed"),
    path("claims/<claim_id>/compare/<first>...<second>/", ComparePage.as_view(), name="compare"),
    path("documents/<document_id>/", DocumentPage.as_view(), name="document"),
    path("documents/<document_id>/<slug>/", DocumentPage.as_view(), name="document"),
    path("events/<public_id>/figures.csv", EventFigures.as_view(), name="event-figures"),
    path("events/<public_id>/", EventPage.as_view(), name="event"),
    path("events/<public_id>/<slug>/", EventPage.as_view(), name="event"),
    path(
        "events/<public_id>/versions/<number>/",
        EventPage.as_view(knows_past=False),
        name="event-version",
    ),
    path("topics/", TopicListPage.as_view(), name="topics"),
    path("topics/<slug>/", TopicPage.as_view(), name="topic"),
    path("claimants/<public_id>/", ClaimantPage.as_view(), name="claimant"),
    path("claimants/<public_id>/<slug>/", ClaimantPage.as_view(), name="claimant"),
    path(
        "claimants/<public_id>/versions/<number>/",
        ClaimantPage.as_view(knows_past=False),
        name="claimant-version",
    ),
    path("sources/<public_id>/", SourcePage.as_view(), name="source"),
    path("sources/<public_id>/<slug>/", SourcePage.as_view(), name="source"),
    path(
        "sources/<public_id>/versions/<number>/",
        SourcePage.as_view(knows_past=False),
        name="source-version",
    ),
    path("corrections/", CorrectionsPage.as_view(), name="corrections"),
    path("policies/", PoliciesPage.as_view(), name="policies"),
    path("feed.atom", AllFeed.as_view(), name="feed"),
    path("corrections/feed.atom", CorrectionsFeed.as_view(), name="corrections-feed"),
    path("claimants/<public_id>/feed.atom", ClaimantFeed.as_view(), name="claimant-feed"),
    path("events/<public_id>/feed.atom", EventFeed.as_view(), name="event-feed"),
    path("topics/<slug>/feed.atom", TopicFeed.as_view(), name="topic-feed"),
    path("answer/", AnswerPage.as_view(), name="answer"),
    path("methodology/", MethodologyPage.as_view(), name="methodology"),
]

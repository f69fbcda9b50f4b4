"""The addresses under /api/v1/. What looks like no id at all is answered by the view too, so that
every 404 is the same.
"""

from django.urls import path

from claims.api import claims, documents, figures, subjects, topics
from claims.api.changes import Changes
from claims.api.compare import ClaimComparison
from claims.api.dumps import DumpFile, DumpList
from claims.api.index import Index
from claims.api.match import MatchText
from claims.api.openapi import OpenApi
from claims.api.vocabulary import Vocabulary, VocabularyList

app_name = "api"

urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<claim_id>/", claims.ClaimRecord.as_view(), name="claim"),
    path("claims/<claim_id>/versions/", claims.ClaimVersions.as_view(), name="versions"),
    path("claims/<claim_id>/versions/<number>/", claims.ClaimVersion.as_view(), name="version"),
    path(
        "claims/<claim_id>/compare/<first>...<second>/", ClaimComparison.as_view(), name="compare"
    ),
    path("claimants/", subjects.ActorList.as_view(), name="claimants-list"),
    path("sources/", subjects.SourceList.as_view(), name="sources-list"),
    path("events/", subjects.EventList.as_view(), name="events-list"),
    path("events/<public_id>/figures/", figures.EventFigures.as_view(), name="event-figures"),
    path("topics/", topics.TopicList.as_view(), name="topics"),
    path("topics/<slug>/", topics.TopicDetail.as_view(), name="topic"),
    path("documents/", documents.DocumentList.as_view(), name="documents"),
    path("documents/<document_id>/", documents.DocumentDetail.as_view(), name="document"),
    path("claimants/<public_id>/", subjects.ActorRecord.as_view(), name="claimants"),
    path("sources/<public_id>/", subjects.SourceRecord.as_view(), name="sources"),
    path("events/<public_id>/", subjects.EventRecord.as_view(), name="events"),
    path("match/", MatchText.as_view(), name="match"),
    path("changes/", Changes.as_view(), name="changes"),
    path("dumps/", DumpList.as_view(), name="dumps"),
    path("dumps/<seq>/<name>", DumpFile.as_view(), name="dump-file"),
    path("openapi.json", OpenApi.as_view(), name="openapi"),
    path("vocabulary/", Vocabulary.as_view(), name="vocabulary"),
    path("vocabulary/<name>/", VocabularyList.as_view(), name="vocabulary-list"),
]

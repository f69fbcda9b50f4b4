"""Where programs start."""

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import others as described
from claims.api.reading import PublicRead, json_response


class Index(PublicRead):
    """Where to start."""

    @described.index
    def get(self, request: Request) -> HttpResponse:
        """The addresses of the API."""
        at = request.build_absolute_uri
        return json_response(
            {
                "claims": at("/api/v1/claims/"),
                "claim": at("/api/v1/claims/") + "{id}/",
                "versions": at("/api/v1/claims/") + "{id}/versions/",
                "version": at("/api/v1/claims/") + "{id}/versions/{version}/",
                "compare": at("/api/v1/claims/") + "{id}/compare/{version}...{version}/",
                "claimants": at("/api/v1/claimants/"),
                "claimant": at("/api/v1/claimants/") + "{id}/",
                "sources": at("/api/v1/sources/"),
                "source": at("/api/v1/sources/") + "{id}/",
                "events": at("/api/v1/events/"),
                "event": at("/api/v1/events/") + "{id}/",
                "figures": at("/api/v1/events/") + "{id}/figures/",
                "topics": at("/api/v1/topics/"),
                "topic": at("/api/v1/topics/") + "{slug}/",
                "documents": at("/api/v1/documents/") + "?url={url}",
                "document": at("/api/v1/documents/") + "{id}/",
                "match": at("/api/v1/match/") + "?text={text}",
                "changes": at("/api/v1/changes/"),
                "dumps": at("/api/v1/dumps/"),
                "vocabulary": at("/api/v1/vocabulary/"),
                "openapi": at("/api/v1/openapi.json"),
                "docs": at("/api/docs/"),
                "examples": at("/api/examples/"),
                "methodology": at("/methodology/"),
            }
        )

"""Where programs start."""

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.reading import PublicRead, json_response


class Index(PublicRead):
    """Where to start."""

    def get(self, request: Request) -> HttpResponse:
        """The addresses of the API."""
        at = request.build_absolute_uri
        return json_response(
            {
                "claims": at("/api/v1/claims/"),
                "claim": at("/api/v1/claims/") + "{id}/",
                "versions": at("/api/v1/claims/") + "{id}/versions/",
                "version": at("/api/v1/claims/") + "{id}/versions/{version}/",
                "claimant": at("/api/v1/claimants/") + "{id}/",
                "source": at("/api/v1/sources/") + "{id}/",
                "event": at("/api/v1/events/") + "{id}/",
                "match": at("/api/v1/match/") + "?text={text}",
                "vocabulary": at("/api/v1/vocabulary/"),
                "methodology": at("/methodology/"),
            }
        )

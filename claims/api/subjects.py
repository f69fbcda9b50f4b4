"""Actors, sources and events for programs."""

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.reading import PublicRead, record_response
from claims.published import newest_of
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from sources.models import PublicSuccessor


class SubjectRecord(PublicRead):
    """The newest record of an actor, a source or an event: the logged bytes."""

    kind: SubjectKind = SubjectKind.ACTOR

    def get(self, request: Request, public_id: str) -> HttpResponse:
        """200 while it is live; 410 with the tombstone after that. What was merged into another
        leads there, with the tombstone's bytes; not for ever, since a merge can be undone.
        """
        newest = newest_of(public_id, self.kind)
        if newest.kind == PublicationKind.MERGE:
            final = PublicSuccessor.objects.using("public").final(self.kind, public_id)
            response = record_response(request, newest, status=307)
            response["Location"] = request.build_absolute_uri(f"../{final}/")
            return response
        is_live = public_state(newest) == PublicState.LIVE
        return record_response(request, newest, status=200 if is_live else 410)

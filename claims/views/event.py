"""The page of an event: what is known, and who says what about it."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from claims.addresses import EVENT, addresses_of, subject_path
from claims.filters import merged_ids
from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from claims.presentation.accounts import (
    Account,
    Standing,
    account_of,
    by_party,
    by_question,
    timeline,
)
from claims.presentation.place import coordinates_words
from claims.presentation.plot import plots_of
from claims.views.page import page
from claims.views.subjects import SubjectPage, standing_context
from factcheck.ledger import log
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.projection import slug_of

Content = dict[str, Any]

# Claims that a page puts side by side, and parts of an event that it lists.
MOST_CLAIMS = 200
MOST_PARTS = 100
# What records call those who are put side by side, and what they are.
SIDES = {
    "claimant": SubjectKind.ACTOR,
    "voiced_by": SubjectKind.ACTOR,
    "outlet": SubjectKind.SOURCE,
}


class EventPage(SubjectPage):
    """An event as it stands now."""

    kind = SubjectKind.EVENT

    def show(self, request: HttpRequest, newest: Publication, content: Content) -> HttpResponse:
        """Accounts side by side, positions by party, figures on axes, and a timeline."""
        ids = merged_ids(self.kind, newest.subject_id)
        summaries = list(
            claims_about(ids)
            .order_by("-from_seq")
            .values_list("summary", flat=True)[: MOST_CLAIMS + 1]
        )
        accounts = [account_of(orjson.loads(summary)) for summary in summaries[:MOST_CLAIMS]]
        parts = parts_of(ids)
        standing = standing_of(content["parties"], accounts)
        context = {
            **standing_context(request, newest),
            "event_id": newest.subject_id,
            "event": content,
            "coordinates": coordinates_words(content["place"]),
            "parts": parts,
            "questions": by_question(accounts, standing),
            "positions": by_party(content["parties"], accounts, standing),
            "plots": plots_of(accounts),
            "moments": timeline(content["happened"], accounts),
            "claim_count": len(accounts),
            "has_more": len(summaries) > MOST_CLAIMS,
            "addresses": addresses_of(content, [account.claim["speaker"] for account in accounts]),
        }
        return page("claims/event.html", context, request=request)


def claims_about(ids: list[str]) -> PublicClaimQuerySet:
    """The live claims about the event."""
    return PublicClaim.objects.using("public").current().filter(event_id__in=ids)


def parts_of(ids: list[str]) -> list[tuple[str, str]]:
    """Name and path of the live events that lie in this one, by the day on which they happened."""
    mentioning = (
        Publication.objects.using("public")
        .newest()
        .with_content()
        .filter(
            subject_kind=SubjectKind.EVENT,
            mentions__subject_kind=SubjectKind.EVENT,
            mentions__subject_id__in=ids,
        )
    )
    found: dict[str, Content] = {
        one.subject_id: one.content or {}
        for one in mentioning.exclude(subject_id__in=ids).order_by("seq")[:MOST_PARTS]
    }
    parts = [
        ((content["happened"] or {}).get("not_before") or "~", content["name"], public_id)
        for public_id, content in found.items()
        if content["part_of"] and content["part_of"]["id"] in ids
    ]
    return [
        (name, subject_path(EVENT, public_id, slug_of(name)))
        for _, name, public_id in sorted(parts)
    ]


def standing_of(parties: Sequence[Content], accounts: Iterable[Account]) -> Standing:
    """What stands now for every speaker and party, which older records can name otherwise."""
    named = {
        Subject(kind, account.claim["speaker"][role]["id"])
        for account in accounts
        for role, kind in SIDES.items()
        if account.claim["speaker"][role]
    }
    named |= {
        Subject(SubjectKind.ACTOR, party[role]["id"])
        for party in parties
        for role in ("actor", "party")
        if party[role]
    }
    standing = log.standing(named, using="public")
    return {(one.kind, one.id): final.id for one, final in standing.items()}

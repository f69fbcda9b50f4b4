"""The page of an event: what is known, and who says what about it."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from claims.addresses import EVENT, addresses_of, subject_path
from claims.as_of import PARAMETER as AS_OF
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
from claims.views.page_machines import event_machines
from claims.views.past import claims_naming, ids_at, records_naming
from claims.views.subjects import Shown, SubjectPage, standing_context
from factcheck.ledger import log
from factcheck.ledger.choices import SubjectKind
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
    """An event as it stands now, or stood."""

    kind = SubjectKind.EVENT

    def show(self, request: HttpRequest, shown: Shown, content: Content) -> HttpResponse:
        """Accounts side by side, positions by party, figures on axes, and a timeline."""
        event_id = shown.version.subject_id
        ids = ids_at(self.kind, event_id, shown.seq)
        summaries = list(
            claims_about(ids, shown.seq)
            .order_by("-from_seq")
            .values_list("summary", flat=True)[: MOST_CLAIMS + 1]
        )
        accounts = [account_of(orjson.loads(summary)) for summary in summaries[:MOST_CLAIMS]]
        has_more = len(summaries) > MOST_CLAIMS
        standing = standing_of(content["parties"], accounts, shown.seq)
        tail = f"?{AS_OF}={shown.asked.given}" if shown.asked else ""
        context = {
            **standing_context(request, shown),
            "event_id": event_id,
            "event": content,
            "coordinates": coordinates_words(content["place"]),
            "parts": [(name, path + tail) for name, path in parts_of(ids, shown.seq)],
            "figures": f"/events/{event_id}/figures.csv{tail}" if has_figures(shown) else "",
            "questions": by_question(accounts, standing),
            "positions": by_party(content["parties"], accounts, standing),
            "plots": plots_of(accounts),
            "moments": timeline(content["happened"], accounts),
            "claim_count": len(accounts),
            "has_more": has_more,
            "addresses": addresses_of(content, [account.claim["speaker"] for account in accounts]),
        }
        if shown.is_own_page:
            context["machines"] = event_machines(
                request, shown, content, accounts, has_more=has_more
            )
        return page("claims/event.html", context, request=request, canonical=shown.canonical)


def has_figures(shown: Shown) -> bool:
    """Whether the figures beside the version have a file: those of now and those as of a day."""
    return shown.seq is None or shown.asked is not None


def claims_about(ids: list[str], seq: int | None = None) -> PublicClaimQuerySet:
    """The claims about the event that stand, or stood at a place in the ledger."""
    return claims_naming(SubjectKind.EVENT, ids, seq).filter(event_id__in=ids)


def parts_of(ids: list[str], seq: int | None) -> list[tuple[str, str]]:
    """Name and path of the live events that lie in this one, by the day on which they happened."""
    naming = records_naming(SubjectKind.EVENT, SubjectKind.EVENT, ids, seq)
    found: dict[str, Content] = {
        one.subject_id: one.content or {} for one in naming.order_by("seq")[:MOST_PARTS]
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


def standing_of(
    parties: Sequence[Content], accounts: Iterable[Account], seq: int | None
) -> Standing:
    """What stands for every speaker and party, which older records can name otherwise."""
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
    standing = log.standing(named, using="public", until=seq)
    return {(one.kind, one.id): final.id for one, final in standing.items()}

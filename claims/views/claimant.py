"""The page of a claimant: who it is, who controls it, and what it said."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.addresses import addresses_of
from claims.filters import merged_ids
from claims.presentation.people import Held, controls_of, held, meaning, names_of, roles_of
from claims.views.changes import corrections_of
from claims.views.page import page
from claims.views.private import private_among
from claims.views.said import (
    MOST_READ,
    actors_that_name,
    claims_ever_of,
    claims_of,
    claims_voiced_by,
    said,
)
from claims.views.subjects import SubjectPage, standing_context
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from sources.models import PublicSource, PublicSuccessor

Content = dict[str, Any]

# Records of others that name the claimant, and sources that it runs, as far as a page shows them.
MOST_TIES = 100


class ClaimantPage(SubjectPage):
    """An actor as it stands now. A private person has no page, and nothing leads to one."""

    kind = SubjectKind.ACTOR

    def has_page(self, newest: Publication) -> bool:
        """Whether neither it, nor what it was merged into, is a private person."""
        if newest.content is not None:
            return not newest.content["is_private"]
        ids = {newest.subject_id}
        if newest.kind == PublicationKind.MERGE:
            successors = PublicSuccessor.objects.using("public")
            ids.add(successors.final(self.kind, newest.subject_id))
        return not private_among(ids)

    def show(self, request: HttpRequest, newest: Publication, content: Content) -> HttpResponse:
        """Names, roles and control with the passages that they rest on; then what it said."""
        ids = merged_ids(self.kind, newest.subject_id)
        naming = actors_that_name(ids, most=MOST_TIES)
        controlled, holders = ties_of(naming[:MOST_TIES], ids)
        operated = list(
            PublicSource.objects.using("public")
            .filter(operator_id__in=ids)
            .order_by("name", "public_id")[: MOST_TIES + 1]
        )
        ties = [tie.reference for tie in (*controlled, *holders)]
        sources = [{"id": one.public_id, "name": one.name} for one in operated[:MOST_TIES]]
        context = {
            **standing_context(request, newest),
            "actor_id": newest.subject_id,
            "actor": content,
            "kind": meaning("actor-kind", content["kind"]),
            "names": names_of(content),
            "roles": roles_of(content),
            "controls": controls_of(content),
            "controlled": controlled,
            "holders": holders,
            "sources": sources,
            "has_more_ties": max(len(naming), len(operated)) > MOST_TIES,
            "said": said(claims_of(self.kind, ids)),
            "voiced": said(claims_voiced_by(ids), most=MOST_READ),
            "corrections": corrections_of(claims_ever_of(self.kind, ids)),
            "addresses": addresses_of(
                content, [{"actor": tie} for tie in ties], [{"source": one} for one in sources]
            ),
            "pages": {},
        }
        return page("claims/claimant.html", context, request=request)


def ties_of(naming: list[Publication], ids: list[str]) -> tuple[list[Held], list[Held]]:
    """Whom the actor controls, and who has a role in it, by the records of these, each by name."""
    controlled: list[Held] = []
    holders: list[Held] = []
    for one in naming:
        content = one.content or {}
        reference = {"id": one.subject_id, "name": content["name"]}
        controlled += [
            held(reference, control)
            for control in content["controls"]
            if control["parent"]["id"] in ids
        ]
        holders += [
            held(reference, role)
            for role in content["roles"]
            if role["body"] and role["body"]["id"] in ids
        ]
    return by_name(controlled), by_name(holders)


def by_name(ties: list[Held]) -> list[Held]:
    """The ties in the order of the names."""
    return sorted(ties, key=lambda tie: str((tie.reference or {})["name"]).casefold())

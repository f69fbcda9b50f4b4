"""The page of a claimant: who it is, who controls it, and what it said."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.addresses import addresses_of
from claims.presentation.people import Held, controls_of, held, meaning, names_of, roles_of
from claims.published import NOTHING_HERE
from claims.views.changes import corrections_of
from claims.views.page import page
from claims.views.page_machines import claimant_machines
from claims.views.past import ids_at, records_naming
from claims.views.private import private_among, private_versions
from claims.views.said import MOST_READ, claims_ever_of, claims_of, claims_voiced_by, said
from claims.views.subjects import Shown, SubjectPage, list_of_all, standing_context
from factcheck.common.errors import NotFound
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from sources.models import PublicSource, PublicSuccessor

Content = dict[str, Any]

# Records of others that name the claimant, and sources that it runs, as far as a page shows them.
MOST_TIES = 100


class ClaimantPage(SubjectPage):
    """An actor as it stands now, or stood. A private person has no page, and nothing leads to one;
    nor is there a day on which who is private now had one.
    """

    kind = SubjectKind.ACTOR

    def private_among(self, versions: Sequence[Publication]) -> frozenset[int]:
        """Raises NotFound where it, or what it was merged into, is a private person now."""
        newest = versions[-1]
        private = private_versions(versions)
        told = [one.version for one in versions if one.kind not in TOMBSTONES]
        if told[-1] in private:
            raise NotFound(NOTHING_HERE)
        if newest.kind == PublicationKind.MERGE:
            successors = PublicSuccessor.objects.using("public")
            if private_among({successors.final(self.kind, newest.subject_id)}):
                raise NotFound(NOTHING_HERE)
        return private

    def show(self, request: HttpRequest, shown: Shown, content: Content) -> HttpResponse:
        """Names, roles and control with the passages that they rest on; then what it said."""
        actor_id, seq = shown.version.subject_id, shown.seq
        ids = ids_at(self.kind, actor_id, seq)
        naming = actors_that_name(ids, seq)
        controlled, holders = ties_of(naming[:MOST_TIES], ids)
        operated = sources_run_by(ids, seq)
        ties = [tie.reference for tie in (*controlled, *holders)]
        sources = operated[:MOST_TIES]
        context = {
            **standing_context(request, shown),
            "actor_id": actor_id,
            "actor": content,
            "kind": meaning("actor-kind", content["kind"]),
            "names": names_of(content),
            "roles": roles_of(content),
            "controls": controls_of(content),
            "controlled": controlled,
            "holders": holders,
            "sources": sources,
            "has_more_ties": max(len(naming), len(operated)) > MOST_TIES,
            "said": said(claims_of(self.kind, ids, seq)),
            "all_said": list_of_all(shown, "claimant"),
            "voiced": said(claims_voiced_by(ids, seq), most=MOST_READ),
            "corrections": (
                corrections_of(claims_ever_of(self.kind, ids)) if seq is None else None
            ),
            "addresses": addresses_of(
                content, [{"actor": tie} for tie in ties], [{"source": one} for one in sources]
            ),
            "pages": {},
        }
        if shown.is_own_page:
            context["machines"] = claimant_machines(request, shown, content, context["said"])
        return page("claims/claimant.html", context, request=request, canonical=shown.canonical)


def actors_that_name(ids: list[str], seq: int | None) -> list[Publication]:
    """The records of other actors that name the actor, one more than is shown at most. Of those
    that stood in the past none of a person who is private now.
    """
    naming = records_naming(SubjectKind.ACTOR, SubjectKind.ACTOR, ids, seq)
    found = list(naming.order_by("-seq")[: MOST_TIES + 1])
    if seq is None:
        return found
    private = private_among({one.subject_id for one in found})
    return [one for one in found if one.subject_id not in private]


def sources_run_by(ids: list[str], seq: int | None) -> list[Content]:
    """The sources that the actor runs, or ran then, by name; one more than is shown at most."""
    if seq is None:
        operated = PublicSource.objects.using("public").filter(operator_id__in=ids)
        rows = operated.order_by("name", "public_id").values_list("public_id", "name")
        return [{"id": key, "name": name} for key, name in rows[: MOST_TIES + 1]]
    naming = records_naming(SubjectKind.SOURCE, SubjectKind.ACTOR, ids, seq)
    told = [(one.subject_id, one.content or {}) for one in naming[: MOST_TIES + 1]]
    run = [
        {"id": key, "name": content["name"]}
        for key, content in told
        if content["operator"] and content["operator"]["id"] in ids
    ]
    return sorted(run, key=lambda one: (one["name"], one["id"]))


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

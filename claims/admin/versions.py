"""What changed from one version of a claim to the next, and in the working copy since."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import workflow
from claims.choices import Stage
from claims.drafted import Drafted
from claims.models import Claim
from claims.presentation.differences import Group, differences
from factcheck.ledger import log
from factcheck.ledger.choices import TOMBSTONES
from factcheck.ledger.models import Publication
from sources.record import Content


def newest_content(versions: Sequence[Publication]) -> Content | None:
    """The content that readers last read, one query; None where there is none, or none any more.

    `versions` are the newest first, and need not have their records loaded.
    """
    for version in versions:
        if version.kind not in TOMBSTONES:
            return Publication.objects.get(pk=version.pk).content
    return None


def changes_since_newest(
    claim: Claim, draft: Drafted, newest: Content | None
) -> list[Group] | None:
    """What the working copy would change for readers; None where there is nothing to compare."""
    if claim.stage == Stage.SETTLED or newest is None or draft.content is None:
        return None
    return differences(newest, draft.content)


@require_safe
def version_changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What one version changed, against the one before that had words."""
    claim = viewed_claim(request, pk)
    versions = list(log.versions(workflow.subject_of_claim(claim)).select_related("decision__by"))
    version = next((one for one in versions if one.version == number), None)
    if version is None:
        raise Http404
    earlier = [one for one in versions[: number - 1] if one.kind not in TOMBSTONES]
    before = earlier[-1] if earlier else None
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"What version {number} changed",
        "opts": Claim._meta,
        "original": claim,
        "current_url": reverse("admin:claims_claim_change", args=[claim.pk]),
        "version": version,
        "before": before,
        "groups": groups_between(before, version),
        "is_tombstone": version.kind in TOMBSTONES,
    }
    return TemplateResponse(request, "admin/claims/claim/version.html", context)


def groups_between(before: Publication | None, version: Publication) -> list[Group] | None:
    """What differs, or None where one of the two has no words: it is the first, or was erased."""
    if before is None or before.content is None or version.content is None:
        return None
    return differences(before.content, version.content)


def viewed_claim(request: HttpRequest, pk: int) -> Claim:
    """The claim, for who may view claims at the desk. Raises PermissionDenied and Http404."""
    if not admin.site.get_model_admin(Claim).has_view_permission(request):
        raise PermissionDenied
    claim = Claim.objects.filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim

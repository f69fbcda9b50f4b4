"""Existing claims that say nearly the same, for whoever is typing a new one."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse

from claims.similar import Similar, similar_claims
from factcheck.common.admin.fields import is_key
from sources.admin.subjects import SubjectAdmin


class SimilarClaimsAdmin(SubjectAdmin):
    """For the admin of claims: whoever types one is shown those that say nearly the same."""

    class Media:
        js = [Script("factcheck/similar.js", defer=True)]

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The form field; that of the text says where similar claims are asked for."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "text":
            field.widget.attrs["data-similar"] = reverse("desk:similar")
        return field


def similar_view(request: HttpRequest) -> HttpResponse:
    """Claims like `text`, as JSON, for who may see claims; `except` is the claim being edited."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    user: Any = request.user
    if not (user.has_perm("claims.view_claim") or user.has_perm("claims.change_claim")):
        raise PermissionDenied
    edited = request.GET.get("except", "")
    leaving_out = int(edited) if is_key(edited) else None
    found = similar_claims(request.GET.get("text", ""), leaving_out=leaving_out)
    return JsonResponse({"similar": [as_json(similar) for similar in found]})


def as_json(similar: Similar) -> dict[str, Any]:
    """Never the words alone: who says so, and both statuses."""
    claim = similar.claim
    return {
        "id": claim.public_id,
        "url": reverse("admin:claims_claim_change", args=[claim.pk]),
        "text": claim.text,
        "language": claim.language,
        "said_by": str(claim.claimant or claim.outlet or claim.get_speaker_display()),
        "attribution": claim.get_attribution_status_display() or "Nobody named",
        "verification": claim.get_verification_status_display(),
        "stage": claim.get_stage_display(),
        "other_numbers": list(similar.numbers),
        "alike": round(similar.alike, 2),
    }

"""What a claim is browsed under, and how it stands to other claims."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from claims.models import ClaimRelation, ClaimTopic
from factcheck.common.admin import EnteredTabularInline


class ClaimTopicInline(EnteredTabularInline):
    """Topics under which readers find the claim."""

    model = ClaimTopic
    verbose_name = "topic"
    fields = ["topic"]
    autocomplete_fields = ["topic"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("topic")


class ClaimRelationInline(EnteredTabularInline):
    """How the claim stands to others; each keeps its own statuses."""

    model = ClaimRelation
    fk_name = "claim"
    verbose_name = "relation to another claim"
    verbose_name_plural = "relations to other claims"
    fields = ["kind", "other", "note"]
    autocomplete_fields = ["other"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("other")

"""The bar above the list of claims: filters that somebody wants to use again."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.admin.desk_work import person_of, refusals_told
from claims.models import SavedFilter
from claims.services.desk_work import MAX_NAME, clean_query, delete_filter, save_filter
from factcheck.common.errors import InvalidInput

MAX_SHOWN = 40


class SavedFiltersMixin(ModelAdmin):
    """For the admin of claims: the bar above its list."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's list, with the bar."""
        context = {**(extra_context or {}), "saved_filters": saved_filters(request)}
        return super().changelist_view(request, context)


def saved_filters(request: HttpRequest) -> dict[str, Any]:
    """The person's filters and those for everybody; the list's own query, if it has one to save."""
    user = person_of(request)
    visible = SavedFilter.objects.filter(Q(created_by=user) | Q(is_shared=True))
    query = query_of(request)
    rows = list(visible.select_related("created_by")[: MAX_SHOWN + 1])
    return {
        "rows": [
            {
                "row": row,
                "url": f"{reverse('admin:claims_claim_changelist')}?{row.query}",
                "is_mine": row.created_by_id == user.pk,
                "is_current": row.query == query,
                "delete_url": reverse("desk:delete_filter", args=[row.pk]),
            }
            for row in rows[:MAX_SHOWN]
        ],
        "has_more": len(rows) > MAX_SHOWN,
        "query": query,
        "max_name": MAX_NAME,
        "may_save": user.has_perm("claims.add_savedfilter"),
        "may_delete": user.has_perm("claims.delete_savedfilter"),
        "url": reverse("desk:save_filter"),
    }


def query_of(request: HttpRequest) -> str:
    """The list's query as it would be saved; empty where there is nothing to save."""
    try:
        return clean_query(request.META.get("QUERY_STRING", ""))
    except InvalidInput:
        return ""


@require_POST
def save_filter_view(request: HttpRequest) -> HttpResponse:
    """Save the query that the form has with it; for who may."""
    user = person_of(request)
    if not user.has_perm("claims.add_savedfilter"):
        raise PermissionDenied
    query = request.POST.get("query", "")
    with refusals_told(request) as told:
        row = save_filter(
            name=request.POST.get("name", ""),
            query=query,
            is_shared=request.POST.get("is_shared") == "on",
            by=user,
        )
    if told.refused:
        return back_to_list("")
    messages.success(request, f"Saved as “{row.name}”.")
    return back_to_list(row.query)


@require_POST
def delete_filter_view(request: HttpRequest, filter_pk: int) -> HttpResponse:
    """Delete a filter of one's own; the service says whose it has to be."""
    user = person_of(request)
    if not user.has_perm("claims.delete_savedfilter"):
        raise PermissionDenied
    visible = SavedFilter.objects.filter(Q(created_by=user) | Q(is_shared=True))
    row = get_object_or_404(visible, pk=filter_pk)
    with refusals_told(request) as told:
        delete_filter(row, by=user)
    if not told.refused:
        messages.success(request, f"The filter “{row.name}” is deleted.")
    return back_to_list("")


def back_to_list(query: str) -> HttpResponse:
    """To the list of claims, with a query that was cleaned."""
    address = reverse("admin:claims_claim_changelist")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)

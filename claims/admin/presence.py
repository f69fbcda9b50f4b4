"""Pages of the desk say that they are open, and hear who else has the same row open."""

from datetime import UTC
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from claims.presence import Other, others_at, say_open
from factcheck.common.admin import IdentifiedAdmin
from factcheck.common.json_callers import gives_json


@gives_json
def presence(request: HttpRequest, app_label: str, model: str, pk: int) -> HttpResponseBase:
    """Note that the person has the row open; who else has, as JSON. POST alone.

    `{"others": [{"name", "since"}], "sentence": …}`: times are ISO 8601 in UTC, and the sentence is
    empty while nobody else is there.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    model_admin = admin_of(app_label, model)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    row = model_admin.model._base_manager.only("pk").filter(pk=pk).first()
    if row is None:
        raise Http404
    say_open(row, by=request.user)
    others = others_at(row, than=request.user)
    return JsonResponse(
        {
            "others": [
                {"name": other.name, "since": other.since.astimezone(UTC).isoformat()}
                for other in others
            ],
            "sentence": sentence_of(others),
        }
    )


def admin_of(app_label: str, model: str) -> Any:
    """The admin of a model whose rows are edited at the desk. Raises Http404 for any other."""
    try:
        found = admin.site.get_model_admin(apps.get_model(app_label, model))
    except (LookupError, NotRegistered) as error:
        raise Http404 from error
    if not isinstance(found, IdentifiedAdmin):
        raise Http404
    return found


def sentence_of(others: list[Other]) -> str:
    """Who else is there, for the person to read; empty where nobody is."""
    if not others:
        return ""
    told = (f"{other.name} (since {other.since.astimezone(UTC):%H:%M})" for other in others)
    return f"Also open at the desk: {', '.join(told)}. Times are in UTC."

"""The page of one's own sessions, and ending them."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from factcheck.signing_in import sessions


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    user: Any = request.user
    context = {
        **admin.site.each_context(request),
        "title": "Where you are signed in",
        "idle_hours": settings.SESSION_COOKIE_AGE // 3600,
        "longest_hours": settings.SESSION_LONGEST_AGE // 3600,
        "sessions": sessions.sessions_of(user, current_key=request.session.session_key),
    }
    return TemplateResponse(request, "admin/signing_in/sessions.html", context)


@require_POST
def end_one(request: HttpRequest, handle: str) -> HttpResponse:
    """End one of my sessions; nobody else's has a handle here."""
    user: Any = request.user
    if sessions.end(user, handle=handle):
        messages.success(request, "That session has ended.")
    else:
        messages.info(request, "That session had ended already.")
    return redirect("desk:sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of my sessions but this one."""
    count = sessions.end_others(request)
    messages.success(request, f"{count} other sessions have ended." if count else "No others.")
    return redirect("desk:sessions")

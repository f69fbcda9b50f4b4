"""What a request meets while the desk is read-only, and the page with the switch."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from factcheck import read_only
from factcheck.common.errors import InvalidInput
from factcheck.common.json_callers import wants_json
from factcheck.common.middleware import GetResponse
from factcheck.database.switch import CONSTRAINT
from factcheck.models import ReadOnlySwitch

WRITING = ("POST", "PUT", "PATCH", "DELETE")
DESK = "/admin/"
# What stays possible: signing in and out, oneself or by ending sessions, and switching back.
STAYS = ("admin:login", "admin:logout", "desk:code", "desk:second_factor", "desk:read_only")
STAYS_BELOW = "desk:sessions"
RETRY_AFTER = 600
SHOWN = 50
# What a page sends along when it asks before a form is sent: the address that the form goes to.
SENDS_TO = "HTTP_X_SENDS_TO"
SENTENCE = "The desk is read-only for the time being: nothing was saved."


class RefuseChanges:
    """Answers 503 to every request that would change something at the desk while it is read-only.

    The database refuses the same once more, whoever asks; that refusal is answered alike.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's response, or the refusal."""
        is_writing = request.method in WRITING
        # The question is answered as the form would be, while what was typed still stands there.
        path = request.path if is_writing else request.META.get(SENDS_TO, "")
        if path.startswith(DESK) and not stays(path) and read_only.switched_on():
            return refusal(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal, where the switch was flipped between the question above and the writing."""
        diagnostic = getattr(error.__cause__, "diag", None)
        if isinstance(error, IntegrityError) and diagnostic is not None:
            return refusal(request) if diagnostic.constraint_name == CONSTRAINT else None
        return None


def stays(path: str) -> bool:
    """Whether what the address does goes on while the desk is read-only."""
    below = reverse(STAYS_BELOW)
    return path.startswith(below) or path in {reverse(name) for name in STAYS}


def refusal(request: HttpRequest) -> HttpResponse:
    """Why nothing was saved: a page, or the same sentence as JSON for who takes that."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if wants_json(request):
        return JsonResponse({"error": SENTENCE}, status=503, headers=headers)
    context = {
        **admin.site.each_context(request),
        "title": "Nothing was saved",
        "sentence": SENTENCE,
    }
    return TemplateResponse(
        request, "admin/signing_in/refused.html", context, status=503, headers=headers
    ).render()


@never_cache
@require_http_methods(["GET", "POST"])
def switch_page(request: HttpRequest) -> HttpResponse:
    """How the switch stands, the switch itself, and what was done with it. For administrators."""
    user: Any = request.user
    if not user.has_perm("factcheck.add_readonlyswitch"):
        raise PermissionDenied
    error = ""
    if request.method == "POST":
        try:
            row = read_only.switch(
                on=request.POST.get("on") == "1", why=request.POST.get("why", ""), by=user
            )
        except InvalidInput as refused:
            error = refused.errors[0].message
        else:
            messages.success(request, f"The desk is {row} now.")
            return redirect("desk:read_only")
    context = {
        **admin.site.each_context(request),
        "title": "Read-only switch",
        "rows": ReadOnlySwitch.objects.select_related("by")[:SHOWN],
        "error": error,
        "why": request.POST.get("why", "") if error else "",
    }
    return TemplateResponse(request, "admin/signing_in/read_only.html", context)

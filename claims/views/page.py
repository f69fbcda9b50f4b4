"""What all pages for readers have in common."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from factcheck.common.errors import FactcheckError, NotFound

# A page may be kept, but is asked for anew each time: a publication is seen at once.
MAY_BE_KEPT = "public, max-age=0, must-revalidate"
ERROR_TEMPLATES = {400: "400.html", 403: "403.html", 404: "404.html", 500: "500.html"}
NOT_FOUND = NotFound("There is nothing at this address.")


# Nothing can be changed here, so there is nothing to forge: who posts is told 405, not 403.
@method_decorator(csrf_exempt, name="dispatch")
class PublicPage(View):
    """A page for readers: the same bytes for everybody, drawn from the public side alone.

    Errors of the project's family become pages with their status.
    """

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the page that says why there is none."""
        ignore_cookies(request)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except FactcheckError as error:
            return error_page(error)
        response.setdefault("Cache-Control", MAY_BE_KEPT)
        return response


def page(template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without the request's context, in which a session or a person could hide."""
    return HttpResponse(render_to_string(template, dict(context)), status=status)


def error_page(error: FactcheckError) -> HttpResponse:
    """The page for an error. All 404s are the same, whatever was looked for."""
    if error.status == NOT_FOUND.status:
        error = NOT_FOUND
    context = {"status": error.status, "title": error.title, "detail": error.message}
    response = page(ERROR_TEMPLATES.get(error.status, "400.html"), context, status=error.status)
    # Some errors, 404 and 410 among them, may otherwise be kept by caches.
    response["Cache-Control"] = "no-store"
    return response


def ignore_cookies(request: HttpRequest) -> None:
    """Make the answer independent of cookies that came along, broken ones included.

    Otherwise the middlewares for sessions and forms would mend a broken one in their answer, and a
    cache in front would hand that out to everybody.
    """
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)

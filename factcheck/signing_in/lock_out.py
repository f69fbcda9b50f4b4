"""Who guesses passwords has to wait: what django-axes counts, and what it answers.

Counted are the failures of one name from one address, and those of one address whatever the names.
Not those of one name from everywhere: anybody could then shut a person out from afar, and behind
the password stands the second factor. What counts does not depend on whether the account exists.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# So many of one address weigh like one of a name: an office may share its address.
NAMES_OF_AN_ADDRESS = 6
MAX_USERNAME = 150


class Handler(AxesDatabaseHandler):
    """Counts in the database, so that all processes and restarts share it."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures as far as they weigh against AXES_FAILURE_LIMIT."""
        by_name, by_address = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_name, by_address // NAMES_OF_AN_ADDRESS)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget the failures of a person who has signed in now; not those of other names, which
        an account of one's own would otherwise wipe off.
        """
        of_the_name, _ = self.filter_user_attempts(request, credentials)
        count, _ = of_the_name.delete()
        return count


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that is counted: no longer than one can be, or there would be no room for it."""
    given = (credentials or {}).get("username") or request.POST.get("username") or ""
    return str(given)[:MAX_USERNAME]


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page that says how long to wait, the same for every name."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {
        **admin.site.each_context(request),
        "title": "Too many attempts",
        "minutes": seconds // 60,
    }
    page = TemplateResponse(request, "admin/signing_in/locked_out.html", context, status=429)
    page["Retry-After"] = str(seconds)
    page["Cache-Control"] = "no-store"
    return page.render()

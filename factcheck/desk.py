"""The desk: Django's admin site, open to who has shown both factors."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path

from factcheck import read_only
from factcheck.partners.models import Webhook
from factcheck.signing_in import confirming, second_factor, sessions
from factcheck.signing_in.views import next_step

# Their tables, named for the desk. In the models themselves it would take migrations of theirs.
NAMES = {"AccessAttempt": "Failed attempts to sign in", "ProcrastinateJob": "Jobs of the worker"}


class DeskSite(AdminSite):
    """The admin site of the project. What a person may do here is said by roles and permissions;
    whether the person is here at all, by `has_permission`.
    """

    site_title = "Factcheck desk"
    site_header = "Factcheck desk"
    # The ways about the desk stand at the head of each page, and all tables on its home.
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """An active staff account whose second factor has been shown in this session."""
        return super().has_permission(request) and second_factor.is_through(request.user)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list of the tables, without the names of libraries."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for table in (table for app in apps for table in app["models"]):
            table["name"] = NAMES.get(table["object_name"], table["name"])
        return apps

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The form for name and password; who has filled it in is led on to the second factor."""
        if request.method == "GET" and super().has_permission(request):
            return next_step(request)
        return super().login(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's view; whoever else was signed in with the old password is not any more. Wrong
        ones count as those of signing in do, which Django's form does not see to.
        """
        old = request.POST.get("old_password", "") if request.method == "POST" else ""
        if old and not confirming.knows_password(request, old) and confirming.has_to_wait(request):
            # The page about the waiting takes the place of this response.
            return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        response = super().password_change(request, extra_context)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            sessions.end_others(request)
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, with a way out for who is only half signed in."""
        return [path("logout/", self.logout, name="logout"), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the desk knows: whether anything can be changed at the moment; and for
        the page that asks, which webhooks were given up.
        """
        return {
            **super().each_context(request),
            "read_only": read_only.switched_on(),
            "webhooks_given_up": partial(webhooks_given_up, request.user),
        }


def webhooks_given_up(user: Any) -> list[Webhook]:
    """The webhooks that somebody has to look at; none for who may not see them."""
    if not user.has_perm("partners.view_webhook"):
        return []
    return list(Webhook.objects.given_up().order_by("-disabled_at"))

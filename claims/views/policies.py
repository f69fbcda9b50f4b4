"""Who publishes, and by which policies, in the publisher's words."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from claims.publisher import POLICIES, Policy, policies
from claims.views.page import PublicPage, page

TITLES = {
    "corrections": gettext_noop("Corrections"),
    "ownership": gettext_noop("Who owns us"),
    "funding": gettext_noop("Who pays for it"),
    "staff": gettext_noop("Who works here"),
    "complaints": gettext_noop("Complaints"),
}


@dataclass(frozen=True)
class Shown:
    """A policy's place on the page. `policy` is None where the publisher has not stated it, and
    `is_foreign` says that its words are not in the page's language.
    """

    name: str
    title: str
    policy: Policy | None
    is_foreign: bool


class PoliciesPage(PublicPage):
    """Each policy under its own address; what is not stated is said to be not stated."""

    reads_ledger = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; it asks the database nothing."""
        language = get_language() or settings.LANGUAGE_CODE
        stated = {policy.name: policy for policy in policies(language)}
        shown = [shown_as(name, stated.get(name), language) for name in POLICIES]
        return page("claims/policies.html", {"policies": shown}, request=request)


def shown_as(name: str, policy: Policy | None, language: str) -> Shown:
    """One policy as the page shows it."""
    is_foreign = policy is not None and policy.language != language
    return Shown(name, _(TITLES[name]), policy, is_foreign)

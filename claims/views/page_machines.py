"""What pages other than a claim's tell machines: JSON-LD, and what a link to them shows elsewhere.

That is a name and how much there is: no claim's words, which never go out without their statuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.choices import VerificationStatus
from claims.page_markup import Page, claimant_page, document_page, event_page, source_page
from claims.presentation.accounts import Account
from claims.presentation.words import number_words
from claims.views.machines import TERRITORIES, in_script
from claims.views.page import origin_of
from claims.views.said import Said
from claims.views.subjects import Shown
from factcheck.common.page_language import here
from factcheck.ledger.records import time_text

Content = dict[str, Any]


@dataclass(frozen=True)
class PageMachines:
    """For `claims/_subject_machines.html`."""

    title: str
    description: str
    url: str
    locale: str
    markup: SafeString


def page_told(
    request: HttpRequest, title: str, description: str, shown: Shown | None = None
) -> Page:
    """The page that is asked for, at its right address."""
    origin = origin_of(request)
    return Page(
        origin=origin,
        url=f"{origin}{request.path}",
        language=get_language() or settings.LANGUAGE_CODE,
        title=title,
        description=description,
        first_at=time_text(shown.versions[0].published_at) if shown else "",
        version=shown.version.version if shown else None,
    )


def machines(page: Page, markup: dict[str, Any]) -> PageMachines:
    """All that the page tells machines."""
    return PageMachines(
        title=page.title,
        description=page.description,
        url=page.url,
        locale=TERRITORIES[page.language],
        markup=in_script(markup),
    )


def event_machines(
    request: HttpRequest,
    shown: Shown,
    content: Content,
    accounts: Sequence[Account],
    *,
    has_more: bool,
) -> PageMachines:
    """An event with the addresses of the claims on its page."""
    description = (
        _("%(name)s: who says what about it, with both of our answers, and what is not known.")
        % {"name": content["name"]}
        if has_more
        else about_event(accounts)
    )
    page = page_told(request, content["name"], description, shown)
    claims = [f"{page.origin}{here(account.claim['path'])}" for account in accounts]
    return machines(page, event_page(page, shown.version.subject_id, content, claims))


def about_event(accounts: Sequence[Account]) -> str:
    """How many claims there are about it, and how many were checked."""
    count = len(accounts)
    if not count:
        return _("No claim about this event is published now.")
    checked = sum(
        account.claim["verification_status"] != VerificationStatus.UNCHECKED for account in accounts
    )
    first = counted(
        ngettext(
            "%(number)s claim about this event, with who said it and both of our answers.",
            "%(number)s claims about this event, with who said them and both of our answers.",
            count,
        ),
        count,
    )
    if not checked:
        return f"{first} {_('None of these has been checked yet.')}"
    second = counted(
        ngettext(
            "%(number)s of them has been checked.", "%(number)s of them have been checked.", checked
        ),
        checked,
    )
    return f"{first} {second}"


def claimant_machines(
    request: HttpRequest, shown: Shown, content: Content, said: Said
) -> PageMachines:
    """A claimant, with how many of its claims we published."""
    description = (
        counted(
            ngettext(
                "%(number)s claim of theirs, with both of our answers. Which ones we take up is "
                "our choice.",
                "%(number)s claims of theirs, with both of our answers. Which ones we take up is "
                "our choice.",
                said.count,
            ),
            said.count,
        )
        if said.count
        else _(
            "We have published no claim by this claimant. Which ones we take up is our choice, so "
            "that says nothing about them."
        )
    )
    page = page_told(request, content["name"], description, shown)
    return machines(page, claimant_page(page, shown.version.subject_id, content))


def source_machines(
    request: HttpRequest, shown: Shown, content: Content, said: Said
) -> PageMachines:
    """A source, with how many claims in its own voice we published."""
    description = (
        counted(
            ngettext(
                "%(number)s claim in its own voice, with both of our answers. Which ones we take "
                "up is our choice.",
                "%(number)s claims in its own voice, with both of our answers. Which ones we take "
                "up is our choice.",
                said.count,
            ),
            said.count,
        )
        if said.count
        else _(
            "We have published no claim by this source in its own voice. Which ones we take up is "
            "our choice, so that says nothing about it."
        )
    )
    page = page_told(request, content["name"], description, shown)
    return machines(page, source_page(page, shown.version.subject_id, content))


def document_machines(
    request: HttpRequest, document: Content, count: int, *, has_more: bool
) -> PageMachines:
    """A document, with how many claims we took from it."""
    words = {"title": document["title"]}
    description = (
        _("%(title)s: the claims in it, with who said them and both of our answers.") % words
        if has_more
        else counted(
            ngettext(
                "%(number)s claim in this document, with who said it and both of our answers.",
                "%(number)s claims in this document, with who said them and both of our answers.",
                count,
            ),
            count,
        )
    )
    page = page_told(request, _("What this document says: %(title)s") % words, description)
    return machines(page, document_page(page, document))


def counted(sentence: str, count: int) -> str:
    """The sentence with its number."""
    return sentence % {"number": number_words(str(count))}

"""The page of corrections: every time that we were wrong, took something back or withheld it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims.views.changes import changes_of
from claims.views.page import PublicPage, page
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_int
from factcheck.common.page_language import here
from factcheck.ledger.choices import CORRECTING, PublicationKind
from factcheck.ledger.models import Publication

PAGE_SIZE = 30
MAX_SEQ = 2**63 - 1
PATH = "/corrections/"
UPDATES = "updates"


class CorrectionsPage(PublicPage):
    """What we corrected, or, asked for `updates`, what we changed because the world had changed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list, newest first, from the place `before` which it was left."""
        show, before = asked(request)
        kinds = [PublicationKind.UPDATE] if show else CORRECTING
        found = Publication.objects.using("public").filter(kind__in=kinds)
        if before is not None:
            found = found.filter(seq__lt=before)
        rows = list(found.order_by("-seq").defer("record", "entry")[: PAGE_SIZE + 1])
        shown = rows[:PAGE_SIZE]
        context = {
            "show_updates": bool(show),
            "changes": changes_of(shown),
            "is_continued": before is not None,
            "start": address(show),
            "next": address(show, shown[-1].seq) if len(rows) > PAGE_SIZE else "",
        }
        return page("claims/corrections.html", context, request=request)


def asked(request: HttpRequest) -> tuple[str, int | None]:
    """Which list, and from where on; foreign parameters are passed over. Raises InvalidInput."""
    show = str(request.GET.get("show", "")).strip()
    if show not in ("", UPDATES):
        raise InvalidInput.at("show", _("Leave it out, or choose “updates”."))
    given = str(request.GET.get("before", "")).strip()
    return show, parse_int(given, name="before", low=1, high=MAX_SEQ) if given else None


def address(show: str, before: int | None = None) -> str:
    """The list's address, in the page's language."""
    parameters = ({"show": show} if show else {}) | ({"before": before} if before else {})
    return here(f"{PATH}?{urlencode(parameters)}" if parameters else PATH)

"""The page about the log: what it is for, its keys, and its last checkpoints."""

from django.http import HttpRequest, HttpResponse

from claims.views.page import PublicPage, origin_of, page
from factcheck.ledger.signed import LISTED, Log, newest_signature


class LogPage(PublicPage):
    """How anybody can see that nothing was changed unnoticed, in plain words."""

    def newest_change(self) -> int:
        """The page changes when something is signed, seconds after it was published."""
        return newest_signature()

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; three queries."""
        context = {"log": Log(), "most": LISTED, "origin": origin_of(request)}
        return page("log/log.html", context, request=request)

"""What the statuses mean, printed from the tables that define them."""

from django.http import HttpRequest, HttpResponse

from claims.choices import AttributionStatus, VerificationStatus
from claims.presentation.statuses import attribution, verification
from claims.views.page import PublicPage, page
from factcheck.ledger.choices import METHODOLOGY


class MethodologyPage(PublicPage):
    """The two questions, and every answer that there can be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; it asks the database nothing."""
        context = {
            "since": METHODOLOGY,
            "attribution": [attribution(code) for code in AttributionStatus.values],
            "verification": [verification(code) for code in VerificationStatus.values],
        }
        return page("claims/methodology.html", context)

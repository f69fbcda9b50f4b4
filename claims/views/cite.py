"""How a version is cited, for programs that keep references."""

import orjson
from django.http import HttpRequest, HttpResponse

from claims.presentation.citing import CSL_TYPE
from claims.published import is_withheld, version_of, versions_of, with_record
from claims.views.claim import cited_of
from claims.views.page import PublicPage
from claims.views.tombstone import tombstone_page
from factcheck.ledger.choices import TOMBSTONES


class CitePage(PublicPage):
    """One version as CSL-JSON."""

    def get(self, request: HttpRequest, claim_id: str, number: str) -> HttpResponse:
        """The citation; for a version that is not to be read, the page that says why not."""
        versions = versions_of(claim_id)
        version = version_of(versions, number)
        if version.kind in TOMBSTONES or is_withheld(version, versions):
            return tombstone_page(request, version, versions)
        version = with_record(version)
        cited = cited_of(request, version, version.content or {})
        return HttpResponse(orjson.dumps(cited.csl), content_type=CSL_TYPE)

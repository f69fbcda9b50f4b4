"""What changed between two versions of a claim, for readers."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from claims.presentation.claim import title_of
from claims.presentation.differences import differences
from claims.published import is_withheld, version_of, versions_of, with_record
from claims.views.page import PublicPage, page
from claims.views.tombstone import tombstone_page
from factcheck.ledger.choices import TOMBSTONES
from factcheck.ledger.models import Publication


class ComparePage(PublicPage):
    """Two versions side by side in their words: what was added, and what was taken out."""

    def get(self, request: HttpRequest, claim_id: str, first: str, second: str) -> HttpResponse:
        """The differences; for a version that is not to be read, the page that says why not."""
        versions = versions_of(claim_id)
        pair = [version_of(versions, first), version_of(versions, second)]
        for version in pair:
            if not has_words(version, versions):
                return tombstone_page(request, version, versions)
        before, after = map(with_record, pair)
        context = {
            "claim_id": claim_id,
            "before": before,
            "after": after,
            "title": title_of(after.content or {}),
            "sides": [(one, one.content or {}) for one in (before, after)],
            "groups": differences(before.content or {}, after.content or {}),
        }
        return page("claims/compare.html", context, request=request)


def has_words(version: Publication, versions: Sequence[Publication]) -> bool:
    """Whether the version says something that may be read now."""
    return version.kind not in TOMBSTONES and not is_withheld(version, versions)

"""What changed between two versions of a claim, for programs."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import claims as described
from claims.api.ledgered import LedgerRead
from claims.api.reading import json_response
from claims.presentation.differences import Group, differences
from claims.published import is_withheld, version_of, versions_of, with_record
from factcheck.common.errors import Gone
from factcheck.ledger.choices import TOMBSTONES
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text


class ClaimComparison(LedgerRead):
    """The differences that the page of two versions shows, field by field, in the record's codes
    and values; what is derived from the rest is left out.
    """

    @described.claim_comparison
    def get(self, request: Request, claim_id: str, first: str, second: str) -> HttpResponse:
        """From the one version to the other; 410 where one of them is not to be read."""
        versions = versions_of(claim_id)
        pair = [version_of(versions, first), version_of(versions, second)]
        for version in pair:
            if is_withheld(version, versions):
                raise Gone(f"Version {version.version} is withheld: {versions[-1].note}")
            if version.kind in TOMBSTONES:
                raise Gone(f"Version {version.version} has no words to compare: {version.note}")
        before, after = map(with_record, pair)
        groups = differences(before.content or {}, after.content or {})
        return json_response(
            {
                "claim": claim_id,
                "before": side_of(before),
                "after": side_of(after),
                "differences": [difference_of(group) for group in groups],
            }
        )


def side_of(version: Publication) -> dict[str, Any]:
    """Which version it is."""
    return {
        "version": version.version,
        "publication": version.kind,
        "seq": version.seq,
        "published_at": time_text(version.published_at),
        "note": version.note or None,
        "sha256": version.record_sha256,
    }


def difference_of(group: Group) -> dict[str, Any]:
    """What changed in one part of the record: the claim itself, or one entry of a list."""
    return {
        "part": group.part,
        "key": group.key,
        "title": group.title,
        "how": group.how,
        "changes": [
            {
                "field": change.field,
                "label": change.label,
                "how": change.how,
                "before": change.before,
                "after": change.after,
            }
            for change in group.changes
        ],
    }

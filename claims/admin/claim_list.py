"""The list of claims at the desk: its columns, its filters, its search."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.models import Claim
from claims.rechecks import waiting
from factcheck.ledger.choices import STATE_AFTER, PublicationKind, PublicState
from sources.admin.subjects import SubjectAdmin


class LookAgain(admin.SimpleListFilter):
    """Live claims whose day has come, or for which something counts otherwise by now."""

    title = "to look at again"
    parameter_name = "again"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One question."""
        return [("yes", "to look at again")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the claims; which they are is derived claim by claim."""
        if self.value() != "yes":
            return queryset
        live = queryset.filter(newest_kind__in=[kind for kind in STATE_AFTER if is_live(kind)])
        return queryset.filter(pk__in=[claim.pk for claim, _ in waiting(live)])


class ClaimListAdmin(SubjectAdmin):
    """What the admin of claims says of its list."""

    list_display = [
        "short_text",
        "said_by",
        "attribution_status",
        "verification_status",
        "stage",
        "public_state",
        "public_id",
    ]
    list_select_related = ["claimant", "outlet"]
    list_filter = [
        LookAgain,
        "stage",
        "attribution_status",
        "verification_status",
        "about",
        "kind",
        "speaker",
    ]
    search_fields = ["text", "=public_id", "claimant__name", "event__title"]

    @admin.display(description="claim", ordering="text")
    def short_text(self, claim: Claim) -> str:
        """The beginning of the claim's text."""
        return claim.text if len(claim.text) <= 120 else f"{claim.text[:119]}…"

    @admin.display(description="said by")
    def said_by(self, claim: Claim) -> str:
        """Whose word it is."""
        return str(claim.claimant or claim.outlet or claim.get_speaker_display())


def is_live(kind: PublicationKind) -> bool:
    """Whether the public sees a claim whose newest publication is of this kind."""
    return STATE_AFTER[kind] == PublicState.LIVE

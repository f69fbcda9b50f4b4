"""What stands beside the form of a claim: where it stands, what is missing, how it came about."""

from typing import Any

from django.http import HttpRequest

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from claims.rechecks import recheck_reasons
from claims.rules import unmet
from factcheck.common.errors import NotReady
from factcheck.ledger.choices import PublicState
from factcheck.ledger.models import Decision
from sources.admin.subjects import SubjectAdmin

UNDER_REVIEW = {
    Stage.IN_REVIEW: "This claim is in review. Saving a change takes it back to draft.",
    Stage.APPROVED: "This claim is approved. Saving a change takes it back to draft.",
}


class ClaimPanelAdmin(SubjectAdmin):
    """What the admin of claims says of one claim beside its form."""

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What is public, where the working copy stands, and which rules it does not meet yet."""
        return {
            **super().panel(request, obj),
            "public_url": public_url(obj),
            "returned": returned(obj),
            "stage": obj.get_stage_display(),
            "under_review": UNDER_REVIEW.get(obj.stage, ""),
            "changed_since": changed_since(obj),
            "recheck": recheck_reasons(obj),
            "unmet": [] if obj.stage == Stage.SETTLED else readiness(obj, self.inline_fields()),
        }

    def inline_fields(self) -> set[str]:
        """The names of what is entered in rows of its own."""
        return {
            "citations",
            "depiction",
            "figures",
            "inquiries",
            "media_findings",
            "overrides",
            "relations",
            "relays",
            "topics",
        }


def returned(claim: Claim) -> Decision | None:
    """The decision that returned a draft, for as long as it is the last one."""
    decision = claim.decision
    is_open = claim.stage == Stage.DRAFT and decision is not None and decision.action == "return"
    return decision if is_open else None


def public_url(claim: Claim) -> str:
    """The address that leads to the claim's public page, empty where there is none."""
    never = workflow.public_state_of(claim) == PublicState.NEVER
    return "" if never else f"/claims/{claim.public_id}/"


def readiness(claim: Claim, in_rows: set[str]) -> list[dict[str, str]]:
    """The unmet rules, each with the place in the form that mends it."""
    return [
        {
            "sentence": rule.sentence,
            "anchor": f"{rule.field}-group" if rule.field in in_rows else f"id_{rule.field}",
        }
        for rule in unmet(claim)
    ]


def changed_since(claim: Claim) -> list[str]:
    """What has changed elsewhere since the claim was submitted."""
    try:
        return workflow.reviewed_changes(claim)
    except NotReady as error:
        return error.reasons

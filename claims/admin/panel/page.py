"""The panel of one claim, put together for its page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims import workflow
from claims.admin.embargo import embargo_panel
from claims.admin.panel.readiness import closed_steps, lines_of
from claims.admin.panel.standing import next_words, people_behind, returned
from claims.admin.panel.words import words_of
from claims.admin.versions import changes_since_newest, newest_content
from claims.choices import Stage
from claims.corroboration import Why
from claims.drafted import Drafted, carried, drafted
from claims.models import Claim
from claims.presentation.drawing import drawing_of
from claims.presentation.origins import documents_of, explain
from claims.presentation.statuses import attribution, verification
from claims.rechecks import recheck_reasons
from claims.rules import checklist
from claims.vocabulary import LISTS
from sources.admin.subjects import SubjectAdmin
from sources.record import Content

UNDER_REVIEW = {
    Stage.IN_REVIEW: "This claim is in review. Saving a change takes it back to draft.",
    Stage.APPROVED: "This claim is approved. Saving a change takes it back to draft.",
}


class ClaimPanelAdmin(SubjectAdmin):
    """What the admin of claims says of one claim beside its form."""

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """All that the claim's page shows beside the form."""
        draft = drafted(obj)
        panel = super().panel(request, obj)
        newest = newest_content(panel["versions"])
        changed = changed_since(obj, draft)
        ready = None if obj.stage == Stage.SETTLED else checklist(draft.file)
        may_change = self.has_change_permission(request, obj)
        steps, shut_out = workflow.next_steps(obj)
        embargo = embargo_panel(obj, by=request.user)
        waiting = embargo.get("waiting")
        goes_out_at = waiting.publish_at if waiting and not embargo["is_overdue"] else None
        return {
            **panel,
            "public_url": f"/claims/{obj.public_id}/" if panel["versions"] else "",
            "preview_url": reverse("desk:preview", args=[obj.pk]),
            "words": words_of(draft),
            "stage": obj.get_stage_display(),
            "stage_code": obj.stage,
            "state_code": panel["public_state"].lower(),
            "attribution": attribution(obj.attribution_status),
            "verification": verification(obj.verification_status),
            "people": people_behind(obj, panel["decisions"]),
            "next": next_words(steps, shut_out, goes_out_at=goes_out_at),
            "returned": returned(obj),
            "under_review": UNDER_REVIEW.get(obj.stage, ""),
            "changed_since": changed,
            "recheck": recheck_reasons(obj),
            "embargo": embargo,
            "not_told": draft.reasons,
            "readiness": lines_of(ready, self.in_rows(), with_links=may_change) if ready else None,
            "closed_steps": closed_steps(ready, draft, changed) if ready else {},
            "parts": parts_of(draft),
            **corroboration_of(draft, newest),
            "changes": changes_since_newest(obj, draft, newest),
            "is_review": obj.stage == Stage.IN_REVIEW,
        }

    def in_rows(self) -> set[str]:
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


def changed_since(claim: Claim, draft: Drafted) -> list[str]:
    """What has changed elsewhere since the claim was submitted."""
    if draft.content is None or claim.reviewed_hash in ("", draft.review_hash):
        return []
    return workflow.changes_since(claim)


def parts_of(draft: Drafted) -> list[dict[str, Any]]:
    """How much there is of each part that is entered in rows, and where."""
    claim = draft.file.claim
    parts: list[tuple[str, str, Iterable[Any]]] = [
        ("Citations", "citations", draft.file.citations),
        ("Relays", "relays", claim.relays.all()),
        ("Figures", "figures", claim.figures.all()),
        ("Inquiries", "inquiries", claim.inquiries.all()),
        ("Relations", "relations", claim.relations.all()),
        ("Topics", "claim_topics", claim.topics.all()),
        ("Overrides", "overrides", claim.overrides.all()),
    ]
    return [
        {"name": name, "count": len(list(rows)), "anchor": f"{prefix}-group"}
        for name, prefix, rows in parts
    ]


def corroboration_of(draft: Drafted, newest: Content | None) -> dict[str, Any]:
    """The chain as a drawing, and what is counted of it, in the words of the public page."""
    content = draft.content or carried(draft.file)
    found, documents = content["corroboration"], documents_of(content)
    before = (newest or {}).get("corroboration")
    sides = [
        {
            "heading": heading,
            "count": found[side]["origins"],
            "before": before[side]["origins"] if before else None,
            "ends": [
                {
                    "document": documents[end["document"]],
                    "why": LISTS["origin"].meanings[end["why"]],
                    "counts": end["why"] == Why.COUNTS,
                }
                for end in found[side]["ends"]
            ],
        }
        for side, heading in (("supports", "For it"), ("refutes", "Against it"))
    ]
    return {
        "drawing": drawing_of(content),
        "origins": explain(content),
        "sides": sides,
        "utterances": [documents[one["document"]] for one in found["utterances"]],
        "open_chains": found["open_chains"],
        "is_public": newest is not None,
    }

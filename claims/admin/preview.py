"""A draft as readers would see it: its page and its record, for who may view claims at the desk.

Made from the working copy each time it is asked for; writes nothing, and nobody may keep it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.addresses import addresses_of
from claims.admin.versions import viewed_claim
from claims.choices import Stage
from claims.drafted import Drafted, drafted
from claims.kinds import KINDS
from claims.rules import checklist
from claims.views.claim import current_claims, told_by_others, words_context
from claims.views.interest import ClaimantsInterest, interest_in, interest_of
from claims.views.page import page
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import METHODOLOGY, SubjectKind
from factcheck.ledger.records import LICENCE
from sources.record import Content

KEPT_BY_NOBODY = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it would be published now, or what is missing for one."""
    claim = viewed_claim(request, pk)
    draft = drafted(claim)
    context: dict[str, Any] = {
        "claim_url": reverse("admin:claims_claim_change", args=[claim.pk]),
        "record_url": reverse("desk:preview_record", args=[claim.pk]),
        "stage": claim.get_stage_display(),
        "is_settled": claim.stage == Stage.SETTLED,
        "unmet": [rule.sentence for rule in checklist(draft.file).unmet],
    }
    if draft.content is None:
        context["reasons"] = draft.reasons
        return kept_by_nobody(page("admin/claims/claim/preview_missing.html", context))
    others = told_by_others(claim.public_id)
    related = current_claims(claim.public_id, draft.content, others)
    context |= words_context(draft.content, others, related)
    interest = interest_to_be(draft, draft.content)
    context |= {
        "interest": interest,
        "addresses": addresses_of(draft.content, interest.content if interest else None),
        "is_newest": True,
        "along": [(part.subject.kind, part.content["name"]) for part in draft.along],
    }
    return kept_by_nobody(page("admin/claims/claim/preview.html", context))


def interest_to_be(draft: Drafted, content: Content) -> ClaimantsInterest | None:
    """The claimant's interest by the event's record, which goes out along where it never did."""
    event, claimant = content["event"], content["speaker"]["claimant"]
    for part in draft.along if event and claimant else ():
        if (part.subject.kind, part.subject.id) == (SubjectKind.EVENT, event["id"]):
            return interest_in(part.content, content, timezone.now())
    return interest_of(content)


@require_safe
def preview_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it would be published now, in its canonical form; 422 where none can be made.

    What the ledger gives at publication is left out: place, version, time, salt, kind and note.
    """
    draft = drafted(viewed_claim(request, pk))
    if draft.content is None:
        return kept_by_nobody(JsonResponse({"missing": draft.reasons}, status=422))
    text = canonical_text(record_to_be(draft, draft.content))
    return kept_by_nobody(HttpResponse(text, content_type="application/json"))


def record_to_be(draft: Drafted, content: Content) -> dict[str, Any]:
    """The record, as far as it is known before it is published."""
    kind = KINDS[SubjectKind.CLAIM]
    return {
        "schema": kind.schema_version,
        "subject": {"kind": SubjectKind.CLAIM.value, "id": draft.file.claim.public_id},
        "methodology": METHODOLOGY,
        "rights": {"ours": LICENCE, "others_words": list(kind.others_words)},
        "content": content,
    }


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """The response, which no cache keeps and no search engine lists."""
    for name, value in KEPT_BY_NOBODY.items():
        response[name] = value
    return response

"""A quote pointed at other words of its document, or at the same ones in a newer capture."""

from typing import Any

from django.db import transaction

from claims.choices import Stage
from claims.models import Citation, Claim
from claims.sheet.conflicts import check_as_opened
from claims.sheet.entering import check_may, enter
from claims.sheet.opened import NO_SUCH_ROW, Sheet
from claims.sheet.placing import Places
from claims.sheet.problems import Refused, refused_input
from claims.steps import SETTLED
from factcheck.common.errors import Conflict, InvalidInput
from factcheck.ledger.history import acting
from sources.models import Passage
from sources.services import anchor_ranges


def reanchor(sheet: Sheet, posted: dict[str, Any], places: Places) -> Claim:
    """Let a citation, which is named by its public id, point at these places. Raises Refused,
    Stale, Conflict, NotAllowed.
    """
    assert sheet.capture is not None
    with transaction.atomic(), acting(sheet.by):
        public_id = posted.get("citation")
        cited = (
            Citation.objects.filter(document=sheet.document, public_id=public_id).first()
            if isinstance(public_id, str)
            else None
        )
        if cited is None:
            raise Refused.at("citation", NO_SUCH_ROW)
        claims = Claim.objects.select_for_update(no_key=True, of=("self",))
        claim = claims.get(pk=cited.claim_id)
        check_as_opened(sheet, claim, posted, {})
        if claim.stage == Stage.SETTLED:
            raise Conflict(SETTLED)
        check_may(sheet.by, "add", Passage)
        citation = Citation.objects.get(pk=cited.pk)
        try:
            citation.passage = anchor_ranges(sheet.capture, places, by=sheet.by)
        except InvalidInput as error:
            raise refused_input("quote", error) from error
        citation.unfound_quote = ""
        enter(citation, by=sheet.by, cells={"passage": "quote"})
        return claim

"""What one cell says of the others: a claimant makes it a claimant's word, an opinion is not
checked. Filled in where nobody has said otherwise, never asked.
"""

import unicodedata

from claims.choices import (
    NOT_SAID,
    AttributionStatus,
    ClaimKind,
    Speaker,
    VerificationStatus,
)
from claims.models import Claim
from claims.rules.verdict import NEVER_CHECKED
from claims.sheet.cells import Cells
from claims.sheet.problems import Refused
from factcheck.common.text import MAX_TEXT
from sources.models import Document
from sources.services import runs_of

PEOPLE = ("claimant", "voiced_by", "outlet")


def settle_speaker(claim: Claim, cells: Cells, document: Document) -> None:
    """Set whose word it is, and all that hangs on it. Raises Refused where the cells say two
    things.
    """
    claim.speaker = speaker_of(claim, cells)
    for name in PEOPLE:
        if name in cells:
            setattr(claim, name, cells[name])
    if claim.speaker == Speaker.ACTOR:
        drop(claim, cells, "outlet", why="A claimant says it: take out the outlet.")
        if claim.claimant is None:
            raise Refused.at("claimant", "Name the claimant, or leave open who says it.")
    elif claim.speaker == Speaker.OWN_VOICE:
        for name in ("claimant", "voiced_by"):
            drop(claim, cells, name, why="The outlet says it in its own voice: take this out.")
        claim.outlet = claim.outlet or document.source
        if claim.outlet is None:
            raise Refused.at("outlet", "Name the outlet that says it in its own voice.")
    else:
        for name in PEOPLE:
            drop(claim, cells, name, why="Say whose word it is, or take this out.")
    settle_attribution(claim, cells)


def speaker_of(claim: Claim, cells: Cells) -> str:
    """Whose word it is: as chosen, else as the people who are named or taken out say."""
    if "speaker" in cells:
        return str(cells["speaker"])
    if cells.get("claimant") is not None:
        return Speaker.ACTOR
    if cells.get("outlet") is not None:
        return Speaker.OWN_VOICE
    holder = {Speaker.ACTOR.value: "claimant", Speaker.OWN_VOICE.value: "outlet"}
    is_taken_out = holder.get(claim.speaker) in cells
    return NOT_SAID if is_taken_out else claim.speaker


def drop(claim: Claim, cells: Cells, name: str, *, why: str) -> None:
    """Take out who can have no part in it; refused where the row has just named them."""
    if cells.get(name) is not None:
        raise Refused.at(name, why)
    setattr(claim, name, None)


def settle_attribution(claim: Claim, cells: Cells) -> None:
    """Where somebody is named it is reported until somebody finds otherwise; else there is none."""
    chosen = cells.get("attribution_status", claim.attribution_status)
    if claim.speaker in (NOT_SAID, Speaker.NOBODY_NAMED):
        claim.attribution_status = ""
    else:
        claim.attribution_status = chosen or AttributionStatus.REPORTED


def settle_verification(claim: Claim) -> None:
    """Opinions and the like are not checkable, and nothing else is. A verdict stays."""
    status = claim.verification_status
    if claim.kind in NEVER_CHECKED and status == VerificationStatus.UNCHECKED:
        claim.verification_status = VerificationStatus.NOT_CHECKABLE
    elif (
        claim.kind not in {*NEVER_CHECKED, ClaimKind.PREDICTION}
        and status == VerificationStatus.NOT_CHECKABLE
    ):
        claim.verification_status = VerificationStatus.UNCHECKED


def settle_original_words(claim: Claim, document: Document) -> None:
    """Original words have a language: that of the original, else the document's own."""
    if claim.original_words and not claim.original_language:
        claim.original_language = document.language
        if not claim.original_language:
            raise Refused.at("original_words", "Say in which language the original words are.")


def text_from(quote: str) -> str:
    """A quote as the beginning of our own text: in one line, without what only other people's words
    may have in them.
    """
    runs = [" ".join(run.split()) for run in runs_of(quote)]
    kept = [char for char in " […] ".join(runs) if unicodedata.category(char) not in NOT_OURS]
    return "".join(char for char in kept if char not in DIRECTION_SWITCHES)[:MAX_TEXT]


NOT_OURS = ("Cc", "Cs", "Co", "Cn")
DIRECTION_SWITCHES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

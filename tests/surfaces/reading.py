"""How tests read pages."""

import re
from typing import Any

from claims.models import Claim, PublicClaim


def current(claim: Claim) -> PublicClaim:
    """The claim's version that stands now."""
    return PublicClaim.objects.current().get(claim_id=claim.public_id)


def text_of(response: Any) -> str:
    """The page as it reads: without tags, white space as one space."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)

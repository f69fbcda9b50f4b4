"""A claim's working copy as the record that it would be. Reads; writes nothing."""

from dataclasses import dataclass

from django.db import models

from claims.claim_file import ClaimFile, load_file
from claims.kinds import KINDS
from claims.models import Claim
from claims.record import carrying_content
from factcheck.common.errors import NotReady
from sources.models.merging import resolved
from sources.publishing import Part, gather, subject_of
from sources.record import Content

NO_SPEAKER = "Say whose word it is: name the claimant or the outlet, or say that nobody is named."


@dataclass(frozen=True)
class Drafted:
    """What publishing the working copy would send out now.

    `root` is None, and `reasons` say why, as long as no record can be made of it.
    """

    file: ClaimFile
    root: Part | None
    along: tuple[Part, ...]
    review_hash: str
    reasons: list[str]

    @property
    def content(self) -> Content | None:
        """The record's content."""
        return self.root.content if self.root else None


def drafted(claim: Claim) -> Drafted:
    """The record that the claim would have, whether or not the publication rules are met."""
    file = load_file(claim)
    if not has_whose_word(file.claim):
        return Drafted(file, None, (), "", [NO_SPEAKER])
    try:
        bundle = gather(claim, KINDS, loaded=file)
    except NotReady as error:
        return Drafted(file, None, (), "", error.reasons or [error.message])
    return Drafted(file, bundle.root, bundle.along, bundle.review_hash, [])


def has_whose_word(claim: Claim) -> bool:
    """Whether a status line can be made: it begins with who says it."""
    return {
        "actor": claim.claimant is not None,
        "own-voice": claim.outlet is not None,
        "nobody-named": True,
    }.get(claim.speaker, False)


def carried(file: ClaimFile) -> Content:
    """The part of a record that tells the chain, of a claim that need not be ready for one.

    Names are those of the working rows. Enough for `presentation.chain` and `presentation.origins`.
    """
    claim = file.claim
    return {
        **carrying_content(file, WorkingNames()),
        "verification": {"status": claim.verification_status},
        "speaker": {"outlet": WorkingNames()(claim.outlet) if claim.outlet else None},
    }


class WorkingNames:
    """Quotes rows by the name under which they would go out, whatever is public of them."""

    def __call__(self, mentioned: models.Model) -> Content:
        """The subject by id and name."""
        row = resolved(mentioned)
        subject = subject_of(row, KINDS)
        return {"id": subject.id, "name": KINDS[subject.kind].name(row)}

    def content(self, mentioned: models.Model) -> Content:
        """The subject's whole content, which no chain tells."""
        raise NotReady("Nothing is told of it here but its name.")

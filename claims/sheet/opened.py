"""One document's sheet, as somebody has opened it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from claims.choices import CitationRole
from claims.models import Citation, Claim
from factcheck.common.roles import Role, roles_of
from sources.models import Capture, Document
from sources.services import newest_capture

MAX_ROWS = 500

NO_SUCH_ROW = "There is no such row on this sheet."


@dataclass(frozen=True)
class Sheet:
    """A Document with its newest Capture and the person who works on it.

    `address` gives the address of a claim's form, and in it that of one field unless empty.
    """

    document: Document
    by: User
    address: Callable[[Claim, str], str]

    @cached_property
    def capture(self) -> Capture | None:
        """What new quotes are looked for in; None where nobody here has seen the document."""
        return newest_capture(self.document)

    @property
    def text(self) -> str:
        """The text that quotes point into; empty where nothing is held."""
        return self.capture.text if self.capture is not None else ""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's roles."""
        return roles_of(self.by)

    @cached_property
    def may_add(self) -> bool:
        """Whether the person may enter new rows."""
        return self.by.has_perms(["claims.add_claim", "claims.add_citation", "sources.add_passage"])

    @cached_property
    def may_change(self) -> bool:
        """Whether the person may change rows."""
        return self.by.has_perms(["claims.change_claim", "claims.change_citation"])

    def claims(self) -> QuerySet[Claim]:
        """The claims that this document carries, in the order in which they were entered."""
        carried = Citation.objects.filter(
            claim=OuterRef("pk"), document=self.document, role=CitationRole.ATTRIBUTION
        )
        return Claim.objects.filter(Exists(carried)).order_by("pk")

    def citing(self) -> QuerySet[Claim]:
        """Those, and the claims for which it is evidence."""
        cited = Citation.objects.filter(claim=OuterRef("pk"), document=self.document)
        return Claim.objects.filter(Exists(cited)).order_by("pk")

"""What our words mean and what we ask of ourselves, printed from the tables that hold them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims.presentation.statuses import Status, attribution, verification
from claims.rules import RULES
from claims.views.page import PublicPage, page
from claims.vocabulary import CHAPTERS, CodeList, Meaning
from factcheck.ledger.choices import METHODOLOGY
from factcheck.ledger.signed import Log, newest_signature

STATUSES = {"attribution-status": attribution, "verification-status": verification}


@dataclass(frozen=True)
class Entry:
    """A code as the page prints it. `since` is empty where it is that of the whole list."""

    anchor: str
    code: str
    meaning: Meaning
    status: Status | None
    since: str


class MethodologyPage(PublicPage):
    """Every code of our records with its meaning, and the rules of publication."""

    def newest_change(self) -> int:
        """All but the keys of the log stands in code, and they change with a signature."""
        return newest_signature()

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; two queries, for the keys of the log."""
        context = {
            "log": Log(),
            "since": METHODOLOGY,
            "chapters": [
                (chapter, [(codes, entries_of(codes)) for codes in chapter.lists])
                for chapter in CHAPTERS
            ],
            "rules": [
                (_("Without exception"), [rule for rule in RULES if not rule.overridable]),
                (
                    _("Unless an editor gives a reason"),
                    [rule for rule in RULES if rule.overridable],
                ),
            ],
        }
        return page("claims/methodology.html", context, request=request)


def entries_of(codes: CodeList) -> list[Entry]:
    """The codes of a list, with an address on the page for each."""
    status_of = STATUSES.get(codes.name)
    return [
        Entry(
            anchor=f"{codes.name}-{code}",
            code=code,
            meaning=meaning,
            status=status_of(code) if status_of else None,
            since="" if meaning.since == codes.since else meaning.since,
        )
        for code, meaning in codes.meanings.items()
    ]

"""The clauses and sentences of which `origins` makes its explanation, with their plural forms."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from claims.corroboration import Why
from sources.choices import DocumentKind

NUMBERS = (
    *(_("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight")),
    *(_("nine"), _("ten"), _("eleven"), _("twelve")),
)
MOST_NAMES = 4
SUPPORTS, REFUTES = "supports", "refutes"
# In what a chain ends, the most open first.
UNSEEN, BROKEN, HELD = "unseen", "broken", "held"
A_DOCUMENT: dict[str, str] = {
    DocumentKind.ARTICLE: _("an article"),
    DocumentKind.POST: _("a post"),
    DocumentKind.BROADCAST: _("a broadcast"),
    DocumentKind.PHOTO: _("a photo"),
    DocumentKind.VIDEO: _("a video"),
    DocumentKind.REPORT: _("a report"),
    DocumentKind.TRANSCRIPT: _("a transcript"),
    DocumentKind.NOTICE: _("a notice"),
    DocumentKind.ADDRESS: _("an address"),
    DocumentKind.INTERVIEW: _("an interview"),
    DocumentKind.STATEMENT: _("a statement"),
}


def who_says(count: int, side: str, *, are_more: bool) -> str:
    """How many outlets say the same, or otherwise; others than those told of before."""
    if side == SUPPORTS:
        if are_more:
            return ngettext("%(number)s more says so", "%(number)s more say so", count)
        return ngettext("%(number)s outlet says so", "%(number)s outlets say so", count)
    if are_more:
        return ngettext("%(number)s more says otherwise", "%(number)s more say otherwise", count)
    return ngettext("%(number)s outlet says otherwise", "%(number)s outlets say otherwise", count)


def shortfall(why: str, count: int) -> str:
    """Why an outlet, or several, do not count: a clause that follows “but”."""
    words: dict[str, str] = {
        Why.SAME_ORIGIN: ngettext(
            "it is not independent of those counted",
            "they are not independent of those counted",
            count,
        ),
        Why.CLAIMANTS_SIDE: ngettext(
            "it is on the claimant's side", "they are on the claimant's side", count
        ),
        Why.CLAIMANT_UNKNOWN: ngettext(
            "nothing shows that it is independent of the claim",
            "nothing shows that they are independent of the claim",
            count,
        ),
        Why.ANONYMOUS: gettext("who says so there is anonymous"),
        Why.OPERATOR_UNKNOWN: ngettext(
            "who runs it is not known", "who runs them is not known", count
        ),
        Why.WAS_TOLD: ngettext("it was only told so", "they were only told so", count),
        Why.LEAVES_ITS_ROLE: ngettext(
            "it has this from what is no evidence of its own",
            "they have this from what is no evidence of its own",
            count,
        ),
        Why.NOT_ESTABLISHED: ngettext(
            "how it knows is not established", "how they know is not established", count
        ),
    }
    return words[why]


def going_back(outlets: int) -> str:
    """How many carry what goes back to one utterance."""
    if not outlets:
        return gettext("It goes back to one utterance: %(utterance)s.")
    if outlets == 1:
        return gettext("One outlet carries it; it goes back to one utterance: %(utterance)s.")
    if outlets == 2:
        return gettext("Two outlets carry it; both go back to one utterance: %(utterance)s.")
    return ngettext(
        "%(number)s outlet carries it; all go back to one utterance: %(utterance)s.",
        "%(number)s outlets carry it; all go back to one utterance: %(utterance)s.",
        outlets,
    )


def all_end(kind: str, total: int) -> str:
    """The sentence for chains that all end alike."""
    if total == 2:
        return {
            UNSEEN: gettext("Both chains end in something that nobody here has seen."),
            BROKEN: gettext("Both chains break off before the first utterance."),
            HELD: gettext("Both chains end in an utterance that we hold."),
        }[kind]
    return {
        UNSEEN: ngettext(
            "All %(total)s chain ends in something that nobody here has seen.",
            "All %(total)s chains end in something that nobody here has seen.",
            total,
        ),
        BROKEN: ngettext(
            "All %(total)s chain breaks off before the first utterance.",
            "All %(total)s chains break off before the first utterance.",
            total,
        ),
        HELD: ngettext(
            "All %(total)s chain ends in an utterance that we hold.",
            "All %(total)s chains end in an utterance that we hold.",
            total,
        ),
    }[kind]


def some_of_all_end(kind: str, count: int) -> str:
    """The clause for some chains, with which a sentence on all of them begins."""
    return {
        UNSEEN: ngettext(
            "%(number)s of the %(total)s chains ends in something that nobody here has seen",
            "%(number)s of the %(total)s chains end in something that nobody here has seen",
            count,
        ),
        BROKEN: ngettext(
            "%(number)s of the %(total)s chains breaks off before the first utterance",
            "%(number)s of the %(total)s chains break off before the first utterance",
            count,
        ),
        HELD: ngettext(
            "%(number)s of the %(total)s chains ends in an utterance that we hold",
            "%(number)s of the %(total)s chains end in an utterance that we hold",
            count,
        ),
    }[kind]


def some_end(kind: str, count: int) -> str:
    """The clause for other chains of the same claim, with which the sentence goes on."""
    return {
        UNSEEN: ngettext(
            "%(number)s ends in something that nobody here has seen",
            "%(number)s end in something that nobody here has seen",
            count,
        ),
        BROKEN: ngettext(
            "%(number)s breaks off before the first utterance",
            "%(number)s break off before the first utterance",
            count,
        ),
        HELD: ngettext(
            "%(number)s ends in an utterance that we hold",
            "%(number)s end in an utterance that we hold",
            count,
        ),
    }[kind]


def listed(names: list[str]) -> str:
    """“A, B and C”; what is more than a reader takes in is counted."""
    if more := max(len(names) - MOST_NAMES, 0):
        others = ngettext("%(number)s more", "%(number)s more", more) % {"number": number(more)}
        names = [*names[:MOST_NAMES], others]
    *first, last = names
    if not first:
        return last
    return gettext("%(names)s and %(last_name)s") % {"names": ", ".join(first), "last_name": last}


def number(count: int) -> str:
    """A small number as a word."""
    return gettext(NUMBERS[count - 1]) if 0 < count <= len(NUMBERS) else str(count)

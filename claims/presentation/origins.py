"""What stands for and against a claim, and where those who carry it have it from, in sentences."""

from typing import Any

from django.utils.translation import gettext, ngettext

from claims.choices import CitationRole, VerificationStatus
from claims.corroboration import Why
from claims.presentation.origin_words import (
    A_DOCUMENT,
    BROKEN,
    HELD,
    REFUTES,
    SUPPORTS,
    UNSEEN,
    all_end,
    going_back,
    listed,
    number,
    shortfall,
    some_end,
    some_of_all_end,
    who_says,
)
from claims.status_line import capital

Content = dict[str, Any]

HOLDS_IT_FOR_SO = {VerificationStatus.CORROBORATED.value, VerificationStatus.CONFIRMED.value}
# Why an outlet does not count, the nearest to counting first.
SHORTFALLS = (
    Why.SAME_ORIGIN,
    Why.CLAIMANTS_SIDE,
    Why.CLAIMANT_UNKNOWN,
    Why.ANONYMOUS,
    Why.OPERATOR_UNKNOWN,
    Why.WAS_TOLD,
    Why.LEAVES_ITS_ROLE,
    Why.NOT_ESTABLISHED,
)


def explain(content: Content) -> list[str]:
    """What stands for and against the claim, then who carries it and where they have it from.

    Empty for a record of before origins were counted.
    """
    if "corroboration" not in content:
        return []
    return [*support(content), *opposition(content), *whose_word(content), *carrying(content)]


# For and against


def support(content: Content) -> list[str]:
    """How many origins support it, and why other outlets that do so are none."""
    found = content["corroboration"]
    if not found[SUPPORTS]["ends"] and not found[REFUTES]["ends"]:
        return [gettext("No evidence is given for it or against it.")]
    return [counted(content, SUPPORTS), *uncounted(content, SUPPORTS)]


def opposition(content: Content) -> list[str]:
    """How many origins stand against it, whether we answered, and why other outlets are none."""
    found = content["corroboration"]
    if not found[REFUTES]["ends"]:
        return []
    sentences = [counted(content, REFUTES)]
    if found["unanswered"] and content["verification"]["status"] in HOLDS_IT_FOR_SO:
        sentences.append(gettext("We have not answered all that stands against it."))
    sentences += uncounted(content, REFUTES)
    if found["contested"]:
        both = found[SUPPORTS]["origins"] and found[REFUTES]["origins"]
        sentences.append(
            gettext("There is evidence on both sides, from origins outside each other's control.")
            if both
            else gettext("There is evidence on both sides, the claimant's own among it.")
        )
    return sentences


def counted(content: Content, side: str) -> str:
    """“Two independent origins support it: A and B.”"""
    documents = documents_of(content)
    ends = content["corroboration"][side]["ends"]
    names = sorted(name_of(documents[end["document"]]) for end in ends if end["counts"])
    if not names:
        return (
            gettext("No independent origin supports it.")
            if side == SUPPORTS
            else gettext("No independent origin stands against it.")
        )
    sentence = (
        ngettext(
            "%(number)s independent origin supports it: %(names)s.",
            "%(number)s independent origins support it: %(names)s.",
            len(names),
        )
        if side == SUPPORTS
        else ngettext(
            "%(number)s independent origin stands against it: %(names)s.",
            "%(number)s independent origins stand against it: %(names)s.",
            len(names),
        )
    )
    return capital(sentence % {"number": number(len(names)), "names": listed(names)})


def uncounted(content: Content, side: str) -> list[str]:
    """“One more says so, but who runs it is not known.” Each outlet once, by its best end."""
    documents = documents_of(content)
    ends = content["corroboration"][side]["ends"]
    nearest: dict[str, str] = {}
    for why in (Why.COUNTS, *SHORTFALLS):
        for end in ends:
            if end["why"] == why:
                nearest.setdefault(outlet_of(documents[end["document"]]), why)
    are_more = Why.COUNTS in nearest.values()
    sentences = []
    for why in SHORTFALLS:
        if count := sum(reason == why for reason in nearest.values()):
            who = who_says(count, side, are_more=are_more) % {"number": number(count)}
            words = {"who_says": capital(who), "why_not": shortfall(why, count)}
            sentences.append(gettext("%(who_says)s, but %(why_not)s.") % words)
            are_more = True
    return sentences


def whose_word(content: Content) -> list[str]:
    """Why nothing at all counts, where nobody knows whose word the claim is."""
    found = content["corroboration"]
    ends = [*found["supports"]["ends"], *found["refutes"]["ends"]]
    if all(end["why"] != Why.CLAIMANT_UNKNOWN for end in ends):
        return []
    outlet = {"outlet": content["speaker"]["outlet"]["name"]}
    return [gettext("Nobody here knows who runs %(outlet)s, whose word the claim is.") % outlet]


# Who carries it


def carrying(content: Content) -> list[str]:
    """Who carries it, and in what their chains end."""
    found = content["corroboration"]
    utterances, unfinished = found["utterances"], found["open_chains"]
    outlets = carriers(content)
    if not utterances and not unfinished:
        return []
    if not utterances and not outlets:
        return [gettext("Nobody here knows where it was first said.")]
    words = {"number": number(outlets) if outlets else ""}
    if not utterances:
        sentence = ngettext(
            "%(number)s outlet carries it; nobody here knows where it has it from.",
            "%(number)s outlets carry it; nobody here knows where they have it from.",
            outlets,
        )
        return [capital(sentence % words)]
    if len(utterances) + unfinished == 1:
        words["utterance"] = described(content, utterances[0])
        return [capital(going_back(outlets) % words)]
    carried = ngettext("%(number)s outlet carries it.", "%(number)s outlets carry it.", outlets)
    ends = chain_ends(utterances, unfinished)
    return [capital(carried % words), ends] if outlets else [ends]


def chain_ends(utterances: list[Content], unfinished: int) -> str:
    """In what several chains end, the open ones first."""
    held, total = sum(one["is_held"] for one in utterances), len(utterances) + unfinished
    ends = {UNSEEN: len(utterances) - held, BROKEN: unfinished, HELD: held}
    (kind, count), *others = [(kind, count) for kind, count in ends.items() if count]
    words = {"number": number(count), "total": number(total)}
    if not others:
        return all_end(kind, total) % words
    first = capital(some_of_all_end(kind, count) % words)
    more = [some_end(kind, count) % {"number": number(count)} for kind, count in others]
    clauses = {"ends": ", ".join([first, *more[:-1]]), "last_end": more[-1]}
    return gettext("%(ends)s, and %(last_end)s.") % clauses


def carriers(content: Content) -> int:
    """The outlets that carry it in what we hold, without the utterances themselves."""
    documents = documents_of(content)
    return len(
        {
            outlet_of(documents[citation["document"]])
            for citation in content["citations"]
            if citation["role"] == CitationRole.ATTRIBUTION
            and not citation["first_hand"]
            and documents[citation["document"]]["is_held"]
        }
    )


def described(content: Content, utterance: Content) -> str:
    """“a post from the ministry's channel, which we have not seen”."""
    document = documents_of(content)[utterance["document"]]
    named = document["source"] or document["author"]
    words = {
        "document": gettext(A_DOCUMENT.get(document["kind"]) or str(document["kind"])),
        "name": named["name"] if named else "",
    }
    if utterance["is_held"]:
        sentence = (
            gettext("%(document)s from %(name)s, which we hold")
            if named
            else gettext("%(document)s, which we hold")
        )
    else:
        sentence = (
            gettext("%(document)s from %(name)s, which nobody here has seen")
            if named
            else gettext("%(document)s, which nobody here has seen")
        )
    return sentence % words


# Words


def documents_of(content: Content) -> dict[str, Content]:
    """The claim's documents by id."""
    return {document["id"]: document for document in content["documents"]}


def outlet_of(document: Content) -> str:
    """What tells outlets apart; a document without one is its own."""
    return str((document["source"] or document)["id"])


def name_of(document: Content) -> str:
    """The outlet by name, or the document's title."""
    return str(document["source"]["name"] if document["source"] else document["title"])

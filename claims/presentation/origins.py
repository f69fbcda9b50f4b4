"""What stands for and against a claim, and where those who carry it have it from, in sentences."""

from typing import Any

from claims.choices import CitationRole, VerificationStatus
from claims.corroboration import Why
from claims.presentation.words import label
from claims.status_line import capital

Content = dict[str, Any]

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
MOST_NAMES = 4
HOLDS_IT_FOR_SO = {VerificationStatus.CORROBORATED.value, VerificationStatus.CONFIRMED.value}

# Why an outlet does not count, the nearest to counting first: for one of them and for several.
SHORTFALLS: dict[str, tuple[str, str]] = {
    Why.SAME_ORIGIN: (
        "it is not independent of those counted",
        "they are not independent of those counted",
    ),
    Why.CLAIMANTS_SIDE: ("it is on the claimant's side", "they are on the claimant's side"),
    Why.CLAIMANT_UNKNOWN: (
        "nothing shows that it is independent of the claim",
        "nothing shows that they are independent of the claim",
    ),
    Why.ANONYMOUS: ("who says so there is anonymous", "who says so there is anonymous"),
    Why.OPERATOR_UNKNOWN: ("who runs it is not known", "who runs them is not known"),
    Why.WAS_TOLD: ("it was only told so", "they were only told so"),
    Why.LEAVES_ITS_ROLE: (
        "it has this from what is no evidence of its own",
        "they have this from what is no evidence of its own",
    ),
    Why.NOT_ESTABLISHED: ("how it knows is not established", "how they know is not established"),
}


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
    if not found["supports"]["ends"] and not found["refutes"]["ends"]:
        return ["No evidence is given for it or against it."]
    return [
        counted(content, found["supports"], ("supports it", "support it")),
        *uncounted(content, found["supports"], ("says so", "say so")),
    ]


def opposition(content: Content) -> list[str]:
    """How many origins stand against it, whether we answered, and why other outlets are none."""
    found = content["corroboration"]
    if not found["refutes"]["ends"]:
        return []
    sentences = [counted(content, found["refutes"], ("stands against it", "stand against it"))]
    if found["unanswered"] and content["verification"]["status"] in HOLDS_IT_FOR_SO:
        sentences.append("We have not answered all that stands against it.")
    sentences += uncounted(content, found["refutes"], ("says otherwise", "say otherwise"))
    if found["contested"]:
        both = found["supports"]["origins"] and found["refutes"]["origins"]
        sentences.append(
            "There is evidence on both sides, from origins outside each other's control."
            if both
            else "There is evidence on both sides, the claimant's own among it."
        )
    return sentences


def counted(content: Content, side: Content, verb: tuple[str, str]) -> str:
    """“Two independent origins support it: A and B.”"""
    documents = documents_of(content)
    names = sorted(name_of(documents[end["document"]]) for end in side["ends"] if end["counts"])
    sentence = (
        f"{capital(number(len(names)))} independent {of(len(names), 'origin', 'origins')} "
        f"{of(len(names), *verb)}"
    )
    return f"{sentence}: {listed(names)}." if names else f"{sentence}."


def uncounted(content: Content, side: Content, verb: tuple[str, str]) -> list[str]:
    """“One more says so, but who runs it is not known.” Each outlet once, by its best end."""
    documents = documents_of(content)
    nearest: dict[str, str] = {}
    for why in (Why.COUNTS, *SHORTFALLS):
        for end in side["ends"]:
            if end["why"] == why:
                nearest.setdefault(outlet_of(documents[end["document"]]), why)
    more = Why.COUNTS in nearest.values()
    sentences = []
    for why, words in SHORTFALLS.items():
        if count := sum(reason == why for reason in nearest.values()):
            who = "more" if more else of(count, "outlet", "outlets")
            sentences.append(
                f"{capital(number(count))} {who} {of(count, *verb)}, but {of(count, *words)}."
            )
            more = True
    return sentences


def whose_word(content: Content) -> list[str]:
    """Why nothing at all counts, where nobody knows whose word the claim is."""
    found = content["corroboration"]
    ends = [*found["supports"]["ends"], *found["refutes"]["ends"]]
    if all(end["why"] != Why.CLAIMANT_UNKNOWN for end in ends):
        return []
    outlet = content["speaker"]["outlet"]["name"]
    return [f"Nobody here knows who runs {outlet}, whose word the claim is."]


# Who carries it


def carrying(content: Content) -> list[str]:
    """Who carries it, and in what their chains end."""
    found = content["corroboration"]
    utterances, unfinished = found["utterances"], found["open_chains"]
    outlets = carriers(content)
    carry = f"{capital(number(outlets))} {of(outlets, 'outlet carries', 'outlets carry')} it"
    if not utterances and not unfinished:
        return []
    if not utterances and not outlets:
        return ["Nobody here knows where it was first said."]
    if not utterances:
        return [f"{carry}; nobody here knows where {of(outlets, 'it has', 'they have')} it from."]
    if len(utterances) + unfinished == 1:
        back = f"one utterance: {described(content, utterances[0])}."
        all_of_them = {1: "it goes", 2: "both go"}.get(outlets, "all go")
        return [f"{carry}; {all_of_them} back to {back}" if outlets else f"It goes back to {back}"]
    return [*([f"{carry}."] if outlets else []), chain_ends(utterances, unfinished)]


def chain_ends(utterances: list[Content], unfinished: int) -> str:
    """In what several chains end, the open ones first."""
    held = sum(utterance["is_held"] for utterance in utterances)
    parts = [
        (len(utterances) - held, "ends", "end", "in something that nobody here has seen"),
        (unfinished, "breaks", "break", "off before the first utterance"),
        (held, "ends", "end", "in an utterance that we hold"),
    ]
    (count, one, several, where), *others = [part for part in parts if part[0]]
    total = len(utterances) + unfinished
    if count == total:
        return f"{'Both' if total == 2 else f'All {number(total)}'} chains {several} {where}."
    first = (
        f"{capital(number(count))} of the {number(total)} chains {of(count, one, several)} {where}"
    )
    more = [f"{number(n)} {of(n, one, several)} {where}" for n, one, several, where in others]
    return f"{', '.join([first, *more[:-1]])}, and {more[-1]}."


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
    kind = label(document["kind"], "document")
    named = document["source"] or document["author"]
    whose = f" from {named['name']}" if named else ""
    seen = "which we hold" if utterance["is_held"] else "which nobody here has seen"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}{whose}, {seen}"


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


def listed(names: list[str]) -> str:
    """“A, B and C”; what is more than a reader takes in is counted."""
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"{number(len(names) - MOST_NAMES)} more"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def number(count: int) -> str:
    """A small number as a word."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def of(count: int, one: str, several: str) -> str:
    """The form for that number; for none, that of one: “no origin supports it”."""
    return several if count > 1 else one

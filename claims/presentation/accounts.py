"""What was said about an event, told apart by question, by speaker, by party and by date.

Pure. No order here favours a side: accounts stand by the day on which they were said, parties by
their names, and what cannot be told apart by these stands by ids, which are random.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext

from claims.choices import About, Interest
from claims.presentation.statuses import Status, attribution, verification
from claims.presentation.words import days_words, speaker_name

Content = dict[str, Any]

# After all days there are.
UNDATED = "~"
PARTYLESS = (Interest.OTHER_STAKE, Interest.NONE_KNOWN, Interest.NOT_ASSESSED)
# How the party itself stands to the party.
ITSELF = "itself"
RANKS = {ITSELF: 0, Interest.SPEAKS_FOR: 1, Interest.DECLARED_ALLY_OF: 2}

# From an actor's or a source's id, as an old record may name it, to that of what stands for it.
Standing = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Account:
    """One claim about the event, by its summary."""

    claim: Content
    who: str
    attribution: Status
    verification: Status

    @property
    def when(self) -> str:
        """When it was said, in words, also where that is not known."""
        said = self.claim["said"] or {}
        days = days_words(said) if said else ""
        if days or not said.get("as_printed"):
            return days or gettext("on a date not established")
        return format_html('“<span lang="">{}</span>”', said["as_printed"])


@dataclass(frozen=True)
class Speaker:
    """What one speaker said about one question. `role` is what records call it, for links."""

    role: str
    reference: Content | None
    who: str
    accounts: list[Account]


@dataclass(frozen=True)
class Position:
    """An actor's interest in the event, and what it said about it."""

    actor: Content
    interest: str
    party: Content | None
    stake: str
    passage: Content | None
    accounts: list[Account]

    @property
    def links(self) -> list[tuple[Account, int]]:
        """To what it said: the first about each question on each day, and how many there are."""
        return folded(self.accounts, lambda one: (one.claim["about"], one.when))


@dataclass(frozen=True)
class Moment:
    """A day, or the days between which it lies, and what belongs there; the happening comes first.

    `bounds` is None where nothing is known of the day.
    """

    bounds: Content | None
    happened: bool
    accounts: list[Account]

    @property
    def links(self) -> list[tuple[Account, int]]:
        """To what was said: the first of each speaker to each question, and how many there are."""
        return folded(self.accounts, lambda one: (one.who, one.claim["about"]))


def account_of(claim: Content) -> Account:
    """The account that a claim's summary gives."""
    return Account(
        claim=claim,
        who=speaker_name(claim["speaker"]),
        attribution=attribution(claim["attribution_status"]),
        verification=verification(claim["verification_status"]),
    )


def folded(
    accounts: Sequence[Account], alike: Callable[[Account], tuple[str, ...]]
) -> list[tuple[Account, int]]:
    """The first of those that are alike, and how many they are: they would read the same."""
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in accounts:
        groups.setdefault(alike(account), []).append(account)
    return [(group[0], len(group)) for group in groups.values()]


def first_day(bounds: Content | None) -> str:
    """The first day that is known of a date; behind all others where none is."""
    return (bounds or {}).get("not_before") or (bounds or {}).get("not_after") or UNDATED


def said_order(account: Account) -> tuple[str, str]:
    """By the day on which it was said."""
    return (first_day(account.claim["said"]), account.claim["id"])


# By question and speaker


def by_question(accounts: Sequence[Account], standing: Standing) -> list[tuple[str, list[Speaker]]]:
    """For each question that is answered, what each speaker said, side by side."""
    found = []
    for about in About.values:
        speakers: dict[tuple[str, str], Speaker] = {}
        for account in sorted(accounts, key=said_order):
            if account.claim["about"] == about:
                role, reference = named_speaker(account.claim["speaker"])
                key = (role, standing_id(role, reference, standing))
                new = Speaker(role, reference, account.who, [])
                speakers.setdefault(key, new).accounts.append(account)
        if speakers:
            found.append((about, list(speakers.values())))
    return found


def named_speaker(speaker: Content) -> tuple[str, Content | None]:
    """Whose word it is: what the record calls it, and the reference; None for nobody named."""
    role = "claimant" if speaker["claimant"] else "outlet"
    return role, speaker[role]


def standing_id(role: str, reference: Content | None, standing: Standing) -> str:
    """The id of what stands now for what a record names."""
    if reference is None:
        return ""
    kind = "source" if role == "outlet" else "actor"
    return standing.get((kind, reference["id"]), reference["id"])


# By party


def by_party(
    parties: Sequence[Content], accounts: Sequence[Account], standing: Standing
) -> list[tuple[Content | None, str, list[Position]]]:
    """Per party, by name, who speaks for it and who has declared to stand with it; after them those
    with another stake, with none known, and those of whom nobody has looked yet, among them every
    claimant that the event's record does not mention.
    """
    said = comments(accounts, standing)

    def position(actor: Content, **told: Any) -> Position:
        rest = {"interest": ITSELF, "party": None, "stake": "", "passage": None} | told
        return Position(
            actor=actor, accounts=said.get(standing_id("actor", actor, standing), []), **rest
        )

    found = [position(**party) for party in parties]
    told = {standing_id("actor", one.actor, standing) for one in found}
    sides = {standing_id("actor", one.party, standing): one.party for one in found if one.party}
    for party_id, party in sides.items():
        voices = [one for one in found if is_voice(one, party_id, standing)]
        if party_id not in told and (party_id in said or not voices):
            found.append(position(party, party=party))
    told |= set(sides)
    for account in accounts:
        claimant = account.claim["speaker"]["claimant"]
        actor_id = standing_id("actor", claimant, standing)
        if claimant and actor_id not in told:
            told.add(actor_id)
            found.append(position(claimant, interest=Interest.NOT_ASSESSED.value))
    groups: list[tuple[Content | None, str, list[Position]]] = [
        (party, "", [one for one in found if side_of(one, standing) == party_id])
        for party_id, party in sorted(sides.items(), key=lambda side: name_order(side[1]))
    ]
    groups += [(None, code, [one for one in found if one.interest == code]) for code in PARTYLESS]
    return [
        (party, code, sorted(positions, key=position_order))
        for party, code, positions in groups
        if positions
    ]


def comments(accounts: Sequence[Account], standing: Standing) -> dict[str, list[Account]]:
    """What each actor said, or voiced for somebody, by the id of what stands for it now."""
    said: dict[str, list[Account]] = {}
    for account in sorted(accounts, key=said_order):
        speaker = account.claim["speaker"]
        named = (speaker["claimant"], speaker["voiced_by"])
        for actor_id in dict.fromkeys(standing_id("actor", one, standing) for one in named if one):
            said.setdefault(actor_id, []).append(account)
    return said


def side_of(position: Position, standing: Standing) -> str:
    """The id of the party that it stands with, if any."""
    return standing_id("actor", position.party, standing) if position.party else "none"


def is_voice(position: Position, party_id: str, standing: Standing) -> bool:
    """Whether it speaks for the party."""
    speaks = position.interest == Interest.SPEAKS_FOR
    return speaks and side_of(position, standing) == party_id


def name_order(reference: Content) -> tuple[str, str]:
    """By name, as a reader looks it up."""
    return (reference["name"].casefold(), reference["id"])


def position_order(position: Position) -> tuple[int, tuple[str, str]]:
    """The party itself, those who speak for it, its allies; within these by name."""
    return (RANKS.get(position.interest, 3), name_order(position.actor))


# By date


def timeline(happened: Content | None, accounts: Sequence[Account]) -> list[Moment]:
    """Days with what belongs there, from the first on; at the end what has no day."""
    moments: dict[tuple[str, str, str], Moment] = {}

    def moment(bounds: Content | None, *, happened: bool) -> Moment:
        known = bounds or {}
        last = known.get("not_after") or UNDATED
        key = (first_day(bounds), "" if happened else " ", last)
        has_day = key[0] != UNDATED
        return moments.setdefault(key, Moment(bounds if has_day else None, happened, []))

    if happened:
        moment(happened, happened=True)
    for account in sorted(accounts, key=said_order):
        moment(account.claim["said"], happened=False).accounts.append(account)
    return [moments[key] for key in sorted(moments)]

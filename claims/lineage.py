"""A claim's graph from working rows: its passages, their documents, and who stands behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import Q

from claims.choices import Interest
from claims.claim_file import ClaimFile
from claims.corroboration import CitedDocument, CitedPassage, Graph, Hold, Party, side_of
from claims.models import Citation, Claim, Event, EventParty
from sources.choices import ActorKind
from sources.models import Actor, ActorRole, Control, Source

Row = TypeVar("Row", Actor, Event, Source)

STANDS_FOR_A_PARTY = [Interest.SPEAKS_FOR, Interest.DECLARED_ALLY_OF]


def graph_of(file: ClaimFile) -> Graph:
    """The graph that the claim's independent origins are counted from, by public ids.

    Actors, sources and documents that were merged into others stand there as these, with what is
    known of each. Queries grow with the depth of control and of mergers, not with the claim.
    """
    claim = file.claim
    documents = file.sorted_documents
    wanted = sources_named(file)
    sources = file.sources or load_sources(wanted)
    named = people_named(file, [sources[pk] for pk in wanted])
    people = file.people or load_people(named, events=[claim.event_id])
    own_voice = sources[claim.outlet_id] if claim.outlet_id is not None else None
    return Graph(
        passages=tuple(cited_passage(citation, file) for citation in file.citations),
        documents=tuple(cited_document(document, file, sources, people) for document in documents),
        relays=frozenset(
            (relay.carrier.public_id, relay.taken_from.public_id) for relay in claim.relays.all()
        ),
        claimants=frozenset(people.id_of(actor) for actor in speakers_of(claim)),
        own_voice_of=own_voice.public_id if own_voice else None,
        own_voice_operator=people.id_if_known(own_voice.operator_id) if own_voice else None,
        said_first=claim.said.not_before,
        said_last=claim.said.not_after,
        holds=people.holds,
        parties=people.parties,
        anonymous=frozenset(people.id_of(actor) for actor in named if people.is_anonymous(actor)),
    )


def sources_named(file: ClaimFile) -> set[int]:
    """The outlet and the sources of the documents, by primary key."""
    return known(file.claim.outlet_id, *(one.source_id for one in file.sorted_documents))


def people_named(file: ClaimFile, sources: Iterable[Source]) -> set[int]:
    """Who says it, who wrote the documents, and who runs these sources, by primary key."""
    return speakers_of(file.claim) | known(
        *(source.operator_id for source in sources),
        *(document.author_id for document in file.sorted_documents),
    )


def with_people(files: Sequence[ClaimFile]) -> list[ClaimFile]:
    """The files with who stands behind them, loaded at once for all that are about no event: in an
    event people have interests, which are its own.
    """
    shared = [file for file in files if file.claim.event_id is None]
    sources = load_sources(set().union(*map(sources_named, shared)))
    named = set().union(
        *(people_named(file, [sources[pk] for pk in sources_named(file)]) for file in shared)
    )
    people = load_people(named, events=[])
    return [
        replace(file, people=people, sources=sources) if file.claim.event_id is None else file
        for file in files
    ]


def same_side(file: ClaimFile, other: Claim) -> bool:
    """Whether who says the other claim stands behind or beside who says this one: the same people
    control both, or both stand for the same party in the event.

    Where an outlet speaks in its own voice and nobody knows who runs it, the answer is yes: nothing
    shows that it is another side. Nobody named stands on no side.
    """
    claims = (file.claim, other)
    sources = load_sources([claim.outlet_id for claim in claims])
    speakers = [speakers_of(claim) | operator_of(claim, sources) for claim in claims]
    voices = [sources[claim.outlet_id] for claim in claims if claim.outlet_id is not None]
    if any(voice.operator_id is None for voice in voices):
        return True
    people = load_people(set().union(*speakers), events=[claim.event_id for claim in claims])
    one, another = (
        side_of(
            [people.id_of(actor) for actor in actors],
            people.holds,
            people.parties,
            first=claim.said.not_before,
            last=claim.said.not_after,
        )
        for claim, actors in zip(claims, speakers, strict=True)
    )
    return not one.isdisjoint(another)


# Who says it


def speakers_of(claim: Claim) -> set[int]:
    """The claimant and who voiced it, by primary key."""
    return known(claim.claimant_id, claim.voiced_by_id)


def operator_of(claim: Claim, sources: dict[int, Source]) -> set[int]:
    """Who runs the outlet that says it in its own voice, by primary key, if anybody knows."""
    return known(sources[claim.outlet_id].operator_id) if claim.outlet_id is not None else set()


# What is cited


def cited_passage(citation: Citation, file: ClaimFile) -> CitedPassage:
    """A Citation, as far as counting needs it."""
    return CitedPassage(
        id=citation.public_id,
        document=file.document_of(citation).public_id,
        role=citation.role,
        stance=citation.stance,
        first_hand=bool(citation.first_hand),
        basis=citation.basis,
        has_anonymity_reason=citation.anonymity_reason != "",
        has_answer=citation.answer != "",
    )


def cited_document(
    document: Any, file: ClaimFile, sources: dict[int, Source], people: "People"
) -> CitedDocument:
    """A Document of the claim's file, as far as counting needs it."""
    source = sources[document.source_id] if document.source_id is not None else None
    hop_of = file.id_of(document.hop_of_id)
    return CitedDocument(
        id=document.public_id,
        is_held=document.is_held,
        source=source.public_id if source else None,
        operator=people.id_if_known(source.operator_id) if source else None,
        author=people.id_if_known(document.author_id),
        # A copy that was merged with what it copies carries nothing further.
        hop_of=hop_of if hop_of != document.public_id else None,
        first=document.published.not_before,
        last=document.published.not_after,
    )


# Who stands behind it


@dataclass
class People:
    """Actors with all that may stand behind them, by primary key; merged ones each with its own."""

    actors: dict[int, Actor] = field(default_factory=dict)
    controls: list[Control] = field(default_factory=list)
    roles: list[ActorRole] = field(default_factory=list)
    interests: list[EventParty] = field(default_factory=list)

    def id_of(self, actor: int) -> str:
        """The public id of the Actor, or of the one that it was merged into at last."""
        row = self.actors[actor]
        while row.merged_into_id is not None:
            row = self.actors[row.merged_into_id]
        return row.public_id

    def id_if_known(self, actor: int | None) -> str | None:
        """The public id where there is an Actor."""
        return None if actor is None else self.id_of(actor)

    def is_anonymous(self, actor: int) -> bool:
        """Whether the Actor, or one that it was merged into, is an anonymous voice: a merger does
        not make up for the reason.
        """
        row = self.actors[actor]
        while row.kind != ActorKind.ANONYMOUS_VOICE and row.merged_into_id is not None:
            row = self.actors[row.merged_into_id]
        return row.kind == ActorKind.ANONYMOUS_VOICE

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Parents, and the bodies of the roles."""
        parents = [
            Hold(self.id_of(row.actor_id), self.id_of(row.parent_id), row.held_from, row.held_until)
            for row in self.controls
        ]
        bodies = [
            Hold(self.id_of(row.actor_id), self.id_of(row.body_id), row.held_from, row.held_until)
            for row in self.roles
            if row.body_id is not None
        ]
        return (*parents, *bodies)

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties they stand for in the event."""
        return tuple(
            Party(self.id_of(row.actor_id), self.id_of(row.party_id))
            for row in self.interests
            if row.party_id is not None
        )


def load_people(actors: Iterable[int], *, events: Iterable[int | None]) -> People:
    """The actors and all who may stand behind them, level by level."""
    people = People()
    interests = list(
        EventParty.objects.filter(
            event__in=load_merged(Event, known(*events)), interest__in=STANDS_FOR_A_PARTY
        )
    )
    ahead = set(actors)
    while ahead:
        level = load_merged(Actor, ahead)
        people.actors |= level
        controls = list(Control.objects.filter(actor__in=level))
        roles = list(ActorRole.objects.filter(actor__in=level, body__isnull=False))
        stands = [row for row in interests if row.actor_id in level]
        people.controls += controls
        people.roles += roles
        people.interests += stands
        ahead = known(
            *(row.parent_id for row in controls),
            *(row.body_id for row in roles),
            *(row.party_id for row in stands),
        )
        ahead -= people.actors.keys()
    return people


def load_sources(sources: Iterable[int | None]) -> dict[int, Source]:
    """The sources by primary key; one that was merged into another stands there as that one."""
    found = load_merged(Source, known(*sources))

    def standing_for(source: Source) -> Source:
        while source.merged_into_id is not None:
            source = found[source.merged_into_id]
        return source

    return {pk: standing_for(source) for pk, source in found.items()}


def load_merged(model: type[Row], rows: Iterable[int]) -> dict[int, Row]:
    """The rows with all that were merged with them, whichever way round, by primary key."""
    found: dict[int, Row] = {}
    ahead, asked = set(rows), set[int]()
    while ahead:
        asked |= ahead
        merged = Q(pk__in=ahead) | Q(merged_into__in=ahead)
        met = {row.pk: row for row in model._default_manager.filter(merged)}
        found |= met
        ahead = (met.keys() | known(*(row.merged_into_id for row in met.values()))) - asked
    return found


def known(*rows: int | None) -> set[int]:
    """The primary keys that are given."""
    return {row for row in rows if row is not None}

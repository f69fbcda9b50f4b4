"""A claim's graph as the database has it: who stands behind its evidence, and who beside it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.claim_file import load_file
from claims.corroboration import Graph, Hold, Party, corroborate
from claims.kinds import KINDS
from claims.lineage import graph_of, same_side
from claims.models import Citation, Claim, EventParty, Relay
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from sources import workflow
from sources.models import Actor, ActorRole, Control, Document, Source
from sources.services import merge_document
from tests.factories import (
    make_actor,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    make_source,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = date(2020, 3, 2), date(2020, 3, 3), date(2020, 3, 4)


def make_outlet(operator: Actor | None = None, **values: Any) -> Source:
    """An outlet with an operator, by default one of its own."""
    return make_source(operator=operator or make_actor(), operator_passage=make_passage(), **values)


def evidence(claim: Claim, operator: Actor | None = None, **values: Any) -> Citation:
    """Support that saw it, in a document of an outlet of its own."""
    of_citation = {
        name: values.pop(name)
        for name in ("role", "stance", "basis", "first_hand", "anonymity_reason", "answer")
        if name in values
    }
    document = values.pop("document", None) or make_document(
        **{"source": make_outlet(operator)} | values
    )
    row = {"role": "evidence", "stance": "supports", "basis": "saw-or-measured"} | of_citation
    citation = Citation.objects.create(claim=claim, document=document, created_by=somebody(), **row)
    citation.refresh_from_db()
    return citation


def carried(claim: Claim, document: Document, *, first_hand: bool = False) -> Citation:
    return evidence(
        claim,
        document=document,
        role="attribution",
        stance="",
        basis="",
        first_hand=first_hand,
    )


def relay(carrier: Citation, origin: Citation) -> None:
    Relay.objects.create(
        claim=carrier.claim,
        carrier=carrier,
        taken_from=origin,
        manner="quotes",
        created_by=somebody(),
    )


def control(actor: Actor, parent: Actor, **days: Any) -> None:
    Control.objects.create(
        actor=actor, parent=parent, passage=make_passage(), created_by=somebody(), **days
    )


def stands(actor: Actor, party: Actor | None, event: Any, interest: str = "speaks-for") -> None:
    EventParty.objects.create(
        event=event,
        actor=actor,
        interest=interest,
        party=party,
        passage=make_passage(),
        created_by=somebody(),
    )


def merge(row: Any, into: Any) -> None:
    by = make_user(Role.EDITOR)
    workflow.merge(row, into=into, by=by, note="Synthetic: entered twice.", kinds=KINDS)


def graph(claim: Claim) -> Graph:
    return graph_of(load_file(claim))


def origins(claim: Claim) -> int:
    return corroborate(graph(claim)).supports.origins


def reasons(claim: Claim) -> dict[str, str]:
    found = corroborate(graph(claim))
    return {end.citation: end.why.value for end in (*found.supports.ends, *found.refutes.ends)}


# The graph


def test_graph_has_the_citations_as_they_are_entered():
    claim = make_claim(said=DateBounds(MONDAY, TUESDAY))
    post = make_document(source=None, kind="post")
    told = evidence(claim, stance="refutes", basis="was-told", answer="Synthetic answer.")
    seen = evidence(claim, anonymity_reason="Synthetic reason.")
    said = carried(claim, post, first_hand=True)
    relay(told, seen)

    found = graph(claim)

    passages = {passage.id: passage for passage in found.passages}
    assert passages.keys() == {told.public_id, seen.public_id, said.public_id}
    refuting, supporting = passages[told.public_id], passages[seen.public_id]
    assert (refuting.role, refuting.stance, refuting.basis) == ("evidence", "refutes", "was-told")
    assert (refuting.has_answer, refuting.has_anonymity_reason) == (True, False)
    assert (supporting.has_answer, supporting.has_anonymity_reason) == (False, True)
    assert (supporting.basis, supporting.first_hand) == ("saw-or-measured", False)
    assert passages[said.public_id].first_hand
    assert passages[said.public_id].document == post.public_id
    assert found.relays == {(told.public_id, seen.public_id)}
    assert (found.said_first, found.said_last) == (MONDAY, TUESDAY)
    assert found.claimants == {claim.claimant.public_id}
    assert found.own_voice_of is None


def test_graph_has_the_documents_with_outlet_operator_author_day_and_hop():
    claim = make_claim()
    author, operator = make_actor(kind="person"), make_actor()
    inner = make_document(source=None)
    source = make_outlet(operator)
    outer = make_document(
        source=source,
        author=author,
        hop_of=inner,
        hop_manner="republishes",
        published=DateBounds(MONDAY, TUESDAY),
    )
    make_capture(outer)
    evidence(claim, document=outer)

    documents = {document.id: document for document in graph(claim).documents}

    found = documents[outer.public_id]
    assert (found.source, found.operator, found.author, found.hop_of) == (
        source.public_id,
        operator.public_id,
        author.public_id,
        inner.public_id,
    )
    assert (found.first, found.last, found.is_held) == (MONDAY, TUESDAY, True)
    unknown = documents[inner.public_id]
    assert (unknown.source, unknown.operator, unknown.is_held) == (None, None, False)


def test_claimants_are_who_says_it_and_who_voiced_it():
    claimant, voice = make_actor(), make_actor(kind="person")

    found = graph(make_claim(claimant=claimant, voiced_by=voice))

    assert found.claimants == {claimant.public_id, voice.public_id}


def test_own_voice_is_the_outlets_and_its_operators():
    outlet = make_outlet()

    found = graph(make_claim(speaker="own-voice", outlet=outlet))

    assert (found.own_voice_of, found.own_voice_operator) == (
        outlet.public_id,
        outlet.operator.public_id,
    )
    assert found.claimants == frozenset()


def test_own_voice_of_an_outlet_without_operator_has_none():
    outlet = make_source()

    found = graph(make_claim(speaker="own-voice", outlet=outlet))

    assert (found.own_voice_of, found.own_voice_operator) == (outlet.public_id, None)


def test_holds_are_parents_and_bodies_up_to_the_topmost():
    writer = make_actor(kind="person")
    body, holding, top = make_actor(), make_actor(), make_actor()
    operator = make_actor()
    ActorRole.objects.create(
        actor=writer,
        title="press officer",
        body=body,
        held_from=MONDAY,
        held_until=TUESDAY,
        created_by=somebody(),
    )
    ActorRole.objects.create(actor=writer, title="poet", created_by=somebody())
    control(operator, holding, held_from=MONDAY)
    control(holding, top, held_until=WEDNESDAY)
    control(make_actor(), top)
    claim = make_claim()
    evidence(claim, operator, author=writer)

    found = graph(claim)

    assert set(found.holds) == {
        Hold(writer.public_id, body.public_id, MONDAY, TUESDAY),
        Hold(operator.public_id, holding.public_id, MONDAY, None),
        Hold(holding.public_id, top.public_id, None, WEDNESDAY),
    }


def test_parties_are_those_of_the_claims_event_whom_an_actor_stands_for():
    event = make_event()
    side, ally, other, parent = make_actor(), make_actor(), make_actor(), make_actor()
    claim = make_claim(event=event)
    control(ally, parent)
    stands(claim.claimant, side, event)
    stands(parent, side, event, "declared-ally-of")
    stands(other, None, event, "other-stake")
    stands(other, side, make_event())
    evidence(claim, ally)
    evidence(claim, other)

    found = graph(claim)

    assert set(found.parties) == {
        Party(claim.claimant.public_id, side.public_id),
        Party(parent.public_id, side.public_id),
    }
    assert sorted(reasons(claim).values()) == ["claimants-side", "counts"]


def test_anonymous_voices_are_known_as_such():
    voice = make_actor(kind="anonymous-voice")
    claim = make_claim()
    without = evidence(claim, author=voice)
    reasoned = evidence(claim, author=voice, anonymity_reason="Synthetic reason.")

    found = graph(claim)

    assert found.anonymous == {voice.public_id}
    assert reasons(claim) == {without.public_id: "anonymous", reasoned.public_id: "counts"}


# What was merged


def test_merged_actors_are_one_with_the_parents_of_both():
    one, other, again = make_actor(), make_actor(), make_actor()
    p, q = make_actor(), make_actor()
    control(one, p)
    control(other, q)
    claim = make_claim()
    evidence(claim, again)
    evidence(claim, p)
    evidence(claim, q)
    before = origins(claim)
    merge(again, other)
    merge(other, one)

    found = graph(claim)

    assert (before, origins(claim)) == (3, 2)
    assert {hold.by for hold in found.holds if hold.actor == one.public_id} == {
        p.public_id,
        q.public_id,
    }


def test_parent_of_a_merged_actor_stands_behind_the_one_that_stands_for_it():
    one, other, parent = make_actor(), make_actor(), make_actor()
    control(other, parent)
    claim = make_claim(claimant=parent)
    evidence(claim, one)
    before = origins(claim)
    merge(other, one)

    assert (before, origins(claim)) == (1, 0)


def test_merged_claimant_and_party_stand_where_the_other_does():
    event = make_event()
    side, again, ally = make_actor(), make_actor(), make_actor()
    claim = make_claim(event=event)
    stands(claim.claimant, side, event)
    stands(ally, again, event)
    evidence(claim, ally)
    twin = make_actor()
    merge(claim.claimant, twin)
    merge(again, side)

    found = graph(claim)

    assert found.claimants == {twin.public_id}
    assert set(reasons(claim).values()) == {"claimants-side"}


def test_merged_anonymous_voice_still_needs_its_reason():
    voice, person = make_actor(kind="anonymous-voice"), make_actor(kind="person")
    claim = make_claim()
    evidence(claim, author=voice)
    merge(voice, person)

    assert graph(claim).anonymous == {person.public_id}
    assert set(reasons(claim).values()) == {"anonymous"}


def test_merged_sources_are_one_outlet():
    operator = make_actor()
    one, other = make_outlet(operator), make_outlet(operator)
    claim = make_claim(speaker="own-voice", outlet=other)
    evidence(claim, source=one)
    evidence(claim, source=other)
    merge(other, one)

    found = graph(claim)

    assert {document.source for document in found.documents} == {one.public_id}
    assert {document.operator for document in found.documents} == {operator.public_id}
    assert (found.own_voice_of, found.own_voice_operator) == (one.public_id, operator.public_id)


def test_merged_documents_are_one_and_a_hop_between_them_is_none():
    outlet = make_outlet()
    inner, outer = make_document(source=outlet), make_document(source=outlet)
    claim = make_claim()
    evidence(claim, document=inner)
    evidence(claim, document=outer)
    merge_document(inner, into=outer, by=make_user(Role.EDITOR))
    outer.hop_of, outer.hop_manner = inner, "republishes"
    outer.save()

    found = graph(claim)

    assert {passage.document for passage in found.passages} == {outer.public_id}
    assert [(document.id, document.hop_of) for document in found.documents] == [
        (outer.public_id, None)
    ]
    assert origins(claim) == 1


@pytest.mark.parametrize("claim_is_of_the_merged_one", [True, False])
def test_parties_of_merged_events_hold_for_the_claims_of_both(claim_is_of_the_merged_one):
    event, twin = make_event(), make_event()
    side, ally = make_actor(), make_actor()
    claim = make_claim(event=event)
    stands(claim.claimant, side, event)
    stands(ally, side, twin)
    evidence(claim, ally)
    merge(*((event, twin) if claim_is_of_the_merged_one else (twin, event)))

    assert set(reasons(claim).values()) == {"claimants-side"}


# The price


def test_queries_grow_with_the_depth_of_control_and_not_with_the_claim():
    event = make_event()
    claim, wide = make_claim(event=event), make_claim(event=event)
    for made, size in ((claim, 1), (wide, 3)):
        for _ in range(size):
            operator = make_actor()
            control(operator, make_actor())
            relay(evidence(made), evidence(made, operator))

    costs = [queries(load_file(made)) for made in (claim, wide)]

    assert costs == [9, 9]


def queries(file: Any) -> int:
    with CaptureQueriesContext(connection) as caught:
        graph_of(file)
    return len(caught)


# Who stands beside the claimant


def test_the_same_claimant_is_on_its_own_side():
    claim = make_claim()

    assert same_side(load_file(claim), make_claim(claimant=claim.claimant))


def test_strangers_are_on_different_sides():
    assert not same_side(load_file(make_claim()), make_claim())


@pytest.mark.parametrize("parent_speaks", [True, False])
def test_parent_and_child_are_on_one_side_whoever_speaks(parent_speaks):
    parent, child = make_actor(), make_actor()
    control(child, parent)
    one, other = (parent, child) if parent_speaks else (child, parent)

    assert same_side(load_file(make_claim(claimant=one)), make_claim(claimant=other))


def test_who_share_a_parent_are_on_one_side():
    parent, one, other = make_actor(), make_actor(), make_actor()
    control(one, parent)
    control(other, parent)

    assert same_side(load_file(make_claim(claimant=one)), make_claim(claimant=other))


@pytest.mark.parametrize(("day", "is_same"), [(TUESDAY, True), (WEDNESDAY, False)])
def test_person_is_on_the_side_of_the_body_whose_role_was_held_that_day(day, is_same):
    body, person = make_actor(), make_actor(kind="person")
    ActorRole.objects.create(
        actor=person,
        title="spokesperson",
        body=body,
        held_from=MONDAY,
        held_until=TUESDAY,
        created_by=somebody(),
    )
    claim = make_claim(claimant=body)
    other = make_claim(claimant=person, said=DateBounds.on(day))

    assert same_side(load_file(claim), other) is is_same


def test_who_stand_for_one_party_in_the_event_are_on_one_side():
    event, side, ally = make_event(), make_actor(), make_actor()
    claim = make_claim(event=event)
    stands(claim.claimant, side, event)
    stands(ally, side, event, "declared-ally-of")

    assert same_side(load_file(claim), make_claim(claimant=ally, event=event))
    assert same_side(load_file(claim), make_claim(claimant=ally))
    assert not same_side(load_file(make_claim(claimant=claim.claimant)), make_claim(claimant=ally))


def test_own_voice_is_on_its_operators_side():
    outlet = make_outlet()

    claim = make_claim(speaker="own-voice", outlet=outlet)

    assert same_side(load_file(claim), make_claim(claimant=outlet.operator))
    assert not same_side(load_file(claim), make_claim())


def test_own_voice_of_nobody_knows_whom_is_shown_to_be_on_no_other_side():
    voice = make_claim(speaker="own-voice", outlet=make_source())

    assert same_side(load_file(make_claim()), voice)
    assert same_side(load_file(voice), make_claim())


def test_nobody_named_is_on_no_side():
    rumour = make_claim(speaker="nobody-named", attribution_status="")

    assert not same_side(load_file(make_claim()), rumour)
    assert not same_side(load_file(rumour), make_claim())


def test_merged_claimants_are_on_one_side():
    one, other = make_actor(), make_actor()
    claim, conceding = make_claim(claimant=one), make_claim(claimant=other)
    merge(other, one)

    assert same_side(load_file(claim), conceding)

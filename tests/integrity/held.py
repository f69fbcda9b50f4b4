"""Broken rows of what we hold, and of where words come from."""

from claims.models import Inquiry
from factcheck.common.roles import Role
from sources import workflow
from sources.models import Control
from tests.factories import (
    make_actor,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_user,
    somebody,
)
from tests.integrity.broken import NOTE, Broken, breaks, place_of, publish_actor


@breaks("captures")
def other_bytes() -> Broken:
    capture = make_capture()
    return (
        "UPDATE sources_capture SET content = 'Other bytes.'",
        [f"capture {capture.public_id}: its bytes are not those that came."],
    )


@breaks("captures")
def revisit_of_other_bytes() -> Broken:
    first, again = make_capture(), make_capture()
    return (
        f"UPDATE sources_capture SET revisit_of_id = {first.pk}, payload_sha256 = repeat('0', 64), "
        "text = '', status = 'live', supplied_by_id = NULL, tool = 'synthetic', "
        f"asked_url = 'http://news.example/' WHERE id = {again.pk}",
        [f"capture {again.public_id}: the copy that it repeats has other bytes."],
    )


@breaks("quotes")
def quote_beside_its_place() -> Broken:
    passage = make_passage()
    return (
        'UPDATE sources_passagerange SET start = start + 1, "end" = "end" + 1',
        [
            f"passage {passage.pk} of the capture {passage.capture.public_id}: its words do not "
            f"stand at place {passage.ranges.get().start + 1} of the text."
        ],
    )


@breaks("quotes")
def furniture_beyond_the_text() -> Broken:
    capture = make_capture(text="A short text.")
    furniture = capture.furniture.create(start=0, end=13, created_by=somebody())
    return (
        'UPDATE sources_furniture SET "end" = 14',
        [
            f"furniture {furniture.pk} of the capture {capture.public_id}: it ends after the text "
            "does."
        ],
    )


@breaks("circles")
def controls_in_a_circle() -> Broken:
    one, other = make_actor(), make_actor()
    Control.objects.create(actor=one, parent=other, passage=make_passage(), created_by=somebody())
    return (
        "INSERT INTO sources_control (actor_id, parent_id, passage_id, created_by_id) "
        "SELECT parent_id, actor_id, passage_id, created_by_id FROM sources_control",
        in_circle("an actor that controls itself through others", one, other),
    )


@breaks("circles")
def hops_in_a_circle() -> Broken:
    one = make_document()
    other = make_document(hop_of=one, hop_manner="republishes")
    return (
        f"UPDATE sources_document SET hop_of_id = {other.pk}, hop_manner = 'republishes' "
        f"WHERE id = {one.pk}",
        in_circle("a document that carries itself through others", one, other),
    )


@breaks("circles")
def events_inside_each_other() -> Broken:
    one = make_event()
    other = make_event(part_of=one)
    return (
        f"UPDATE claims_event SET part_of_id = {other.pk} WHERE id = {one.pk}",
        in_circle("an event that lies inside itself", one, other),
    )


@breaks("circles")
def relays_in_a_circle() -> Broken:
    claim = make_ready_claim()
    one, other = claim.citations.all()
    return (
        "INSERT INTO claims_relay (claim_id, carrier_id, taken_from_id, manner, words, "
        "created_by_id) SELECT claim_id, taken_from_id, carrier_id, manner, words, created_by_id "
        "FROM claims_relay",
        in_circle("a citation whose words were taken from itself through others", one, other),
    )


@breaks("circles")
def claims_part_of_each_other() -> Broken:
    one, other = make_claim(), make_claim()
    one.relations.create(kind="part-of", other=other, created_by=somebody())
    return (
        "INSERT INTO claims_claimrelation (claim_id, other_id, kind, note, created_by_id) "
        "SELECT other_id, claim_id, kind, note, created_by_id FROM claims_claimrelation",
        in_circle("a claim that is a part of itself", one, other),
    )


@breaks("circles")
def sources_merged_into_each_other() -> Broken:
    one, other = make_source(), make_source()
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE)
    return (
        f"UPDATE sources_source SET merged_into_id = {one.pk} WHERE id = {other.pk}",
        in_circle("a source that is merged into itself through others", one, other),
    )


def in_circle(words: str, *rows: object) -> list[str]:
    return [f"{row.public_id}: {words}." for row in rows]


@breaks("mergers")
def row_merged_without_a_step() -> Broken:
    one, other = make_event(), make_event()
    return (
        f"UPDATE claims_event SET merged_into_id = {other.pk} WHERE id = {one.pk}",
        [
            f"event {one.public_id}: its row is merged into {other.public_id}; its newest step "
            "was “none”, and the ledger puts nothing in its place."
        ],
    )


@breaks("mergers")
def row_merged_into_another_than_published() -> Broken:
    one, two, three = publish_actor(), publish_actor(), publish_actor()
    workflow.merge(one, into=two, by=make_user(Role.EDITOR), note=NOTE)
    return (
        f"UPDATE sources_actor SET merged_into_id = {three.pk} WHERE id = {one.pk}",
        [
            f"actor {one.public_id}: its row is merged into {three.public_id}; its newest step "
            f"was “merge”, and the ledger puts {two.public_id} in its place."
        ],
    )


@breaks("rows")
def published_row_gone() -> Broken:
    actor = publish_actor()
    return (
        f"DELETE FROM sources_actor WHERE id = {actor.pk}",
        [f"publication 1: there is no row of the actor {actor.public_id}."],
    )


BECOMES_PRIVATE = (
    "UPDATE sources_actor SET is_private = TRUE, kind = 'person', description = 'a resident' "
    "WHERE id = {}"
)


@breaks("private-people")
def private_person_with_an_interest() -> Broken:
    event, actor = make_event(), make_actor()
    event.parties.create(actor=actor, created_by=somebody())
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [
            f"event {event.public_id}: an interest of the private person {actor.public_id} is "
            "told there."
        ],
    )


@breaks("private-people")
def private_person_asked() -> Broken:
    claim, actor = make_claim(), make_actor()
    Inquiry.objects.create(
        claim=claim,
        asked_of=actor,
        place="by e-mail",
        question="How many?",
        asked_on="2020-03-03",
        deadline="2020-03-05",
        created_by=somebody(),
    )
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [f"claim {claim.public_id}: an inquiry names the private person {actor.public_id}."],
    )


@breaks("private-names")
def private_name_in_public() -> Broken:
    actor = publish_actor()
    claim = make_published_claim(claimant=actor)
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [
            f"publication {place}: it prints the name of the private person {actor.public_id}."
            for place in (1, place_of(claim))
        ],
    )

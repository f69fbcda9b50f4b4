"""Rules that triggers hold: what never changes, what goes together, what goes in no circle."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from claims.models import ClaimRelation, Relay
from sources.models import Control, Passage, PassageRange
from tests.claims.constraint_cases import citation, control, relation, relay
from tests.factories import (
    make_actor,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_public_id_never_changes():
    actor = make_actor()

    with pytest.raises(Exception, match="public_id"), transaction.atomic():
        type(actor).objects.filter(pk=actor.pk).update(public_id="0000000000")


def test_a_public_id_is_ten_characters_of_base_32_and_the_databases():
    actor, claim = make_actor(), make_claim()

    for row in (actor, claim):
        assert len(row.public_id) == 10
        assert set(row.public_id) <= set("0123456789abcdefghjkmnpqrstvwxyz")
    assert actor.public_id != claim.public_id


def test_a_capture_never_changes():
    capture = make_capture()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        type(capture).objects.filter(pk=capture.pk).update(text="Other words.")


def test_a_captures_hash_is_of_its_bytes():
    capture = make_capture()
    capture.pk, capture.public_id, capture.content = None, "1111111111", b"Other bytes."

    with pytest.raises(IntegrityError, match="not that of the bytes"), transaction.atomic():
        capture.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [{"exact": "words that are not there"}, {"start": 12}, {"prefix": "x"}, {"suffix": "x"}],
)
def test_a_quote_stands_at_its_offsets(change):
    row: PassageRange = make_passage().ranges.get()
    row.pk = None
    row.passage = Passage.objects.create(capture=row.passage.capture, created_by=somebody())
    for name, value in change.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError, match="do not stand at this place"), transaction.atomic():
        row.save(force_insert=True)


def test_a_quote_never_changes():
    row = make_passage().ranges.get()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(exact="SYNTHETIC.")


def test_a_passage_is_of_the_cited_document():
    row = citation()

    with pytest.raises(IntegrityError, match="of another document"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(document=make_document())


def test_a_relay_joins_citations_of_one_claim():
    row, stranger = relay(), citation()

    with pytest.raises(IntegrityError, match="of the same claim"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(taken_from=stranger)


def relay_back() -> tuple[models.Model, str]:
    row = relay()
    return (
        Relay(
            claim=row.claim,
            carrier=row.taken_from,
            taken_from=row.carrier,
            manner="quotes",
            created_by=somebody(),
        ),
        "relay would close a circle",
    )


def control_back() -> tuple[models.Model, str]:
    row = control()
    between = make_actor()
    Control.objects.create(
        actor=row.parent, parent=between, passage=make_passage(), created_by=somebody()
    )
    return (
        Control(actor=between, parent=row.actor, passage=make_passage(), created_by=somebody()),
        "control would close a circle",
    )


def hop_back() -> tuple[models.Model, str]:
    original = make_document()
    copy = make_document(hop_of=original, hop_manner="republishes")
    original.hop_of, original.hop_manner = copy, "republishes"
    return original, "hop would close a circle"


def event_inside_itself() -> tuple[models.Model, str]:
    outer = make_event()
    outer.part_of = make_event(part_of=outer)
    return outer, "Event inside itself"


def part_of_itself() -> tuple[models.Model, str]:
    row = relation()
    row.kind = "part-of"
    row.save()
    return (
        ClaimRelation(claim=row.other, other=row.claim, kind="part-of", created_by=somebody()),
        "a part of itself",
    )


CIRCLES = [relay_back, control_back, hop_back, event_inside_itself, part_of_itself]


@pytest.mark.parametrize("make", CIRCLES, ids=lambda make: make.__name__)
def test_no_circle_is_closed(make):
    row, message = make()

    with pytest.raises(ValidationError, match=message):
        row.full_clean()
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        row.save()


def test_nothing_is_related_to_itself():
    claim = make_claim()

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimRelation.objects.create(
            claim=claim, other=claim, kind="repeats", created_by=somebody()
        )


@pytest.mark.parametrize(
    "name", ["Bad\x00name", "right\u202eleft", "zero\u200bwidth", "a\x07bell", "two\nlines"]
)
def test_a_name_with_characters_that_deceive_is_refused(name):
    actor = make_actor()
    actor.name = name

    with pytest.raises(ValidationError) as refused:
        actor.full_clean()

    assert "name" in refused.value.message_dict

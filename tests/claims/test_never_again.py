"""What was taken back for good does not come back through another door. All names synthetic."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from claims import workflow
from claims.event_workflow import release_place
from claims.kinds import KINDS
from claims.models import Citation
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from sources import workflow as sources_workflow
from sources.models import Actor
from sources.publishing import gather
from sources.services import merge_document
from tests.claims.rule_cases import asked
from tests.claims.test_redaction import WORD, live, redact
from tests.factories import (
    make_actor,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_user,
    somebody,
    withhold,
)
from tests.surfaces.ledgering import publish

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note."


def make_private(actor: Actor) -> None:
    actor.refresh_from_db()
    actor.is_private, actor.description = True, "a resident"
    with acting(somebody()):
        actor.save()


def test_restoring_a_claim_does_not_print_a_redacted_name_again():
    actor, successor = make_actor(name=f"Ms {WORD}"), live(make_actor())
    claim = make_published_claim(claimant=actor)
    withhold(claim, "suspend")
    redact(actor, successor=successor)

    with pytest.raises(NotReady):
        workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)

    assert WORD not in Publication.objects.latest("seq").record


def test_restoring_a_claim_does_not_print_who_has_become_private():
    actor = live(make_actor(kind="person", name=f"Ms {WORD}"))
    claim = make_published_claim(claimant=actor)
    withhold(claim, "suspend")
    make_private(actor)
    sources_workflow.correct(actor, by=make_user(Role.EDITOR), note=NOTE)

    with pytest.raises(NotReady, match="private person"):
        workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)


def test_nobody_named_is_merged_into_a_private_person():
    named = live(make_actor(kind="person"))
    private = live(make_actor(kind="person", is_private=True, description="a resident"))

    with pytest.raises(InvalidInput, match="who a private person is"):
        sources_workflow.merge(named, into=private, by=make_user(Role.EDITOR), note=NOTE)


def test_the_names_of_a_merged_private_person_stay_secret():
    private, other = (
        make_actor(kind="person", name=name, is_private=True, description="a resident")
        for name in (f"Ms {WORD}", "Synthetic Other")
    )
    sources_workflow.merge(private, into=other, by=make_user(Role.EDITOR), note=NOTE)
    other.refresh_from_db()
    other.is_private = False
    with acting(somebody()):
        other.save()
    claim = make_ready_claim(claimant=private, text=f"Ms {WORD} was counted.")

    with pytest.raises(NotReady):
        gather(claim, KINDS)


def test_an_inquiry_does_not_come_to_name_a_private_person():
    office = make_actor(kind="person")
    claim = asked(make_ready_claim(), asked_of=office)
    make_private(office)

    with pytest.raises(NotReady, match="names a private person"):
        gather(claim, KINDS)


# The exact place


def exact_event(**values: object):
    return make_event(
        latitude=Decimal("50.12345"),
        longitude=Decimal("36.12345"),
        place_precision="exact",
        **values,
    )


def latitude(event) -> str:
    return gather(event, KINDS).root.content["place"]["latitude"]


def test_an_exact_place_goes_out_once_an_editor_released_it():
    event = exact_event()
    before = latitude(event)

    release_place(event, by=make_user(Role.EDITOR), note="A monument, which harms nobody.")

    assert (before, latitude(event)) == ("50.12", "50.12345")


def test_another_place_is_not_released_with_it():
    event = exact_event()
    release_place(event, by=make_user(Role.EDITOR), note="A monument, which harms nobody.")

    event.latitude = Decimal("51.98765")
    event.save()

    assert latitude(event) == "51.99"


def test_only_an_editor_releases_and_says_why():
    event = exact_event()

    with pytest.raises(NotAllowed):
        release_place(event, by=make_user(Role.CHECKER), note="A monument.")
    with pytest.raises(InvalidInput):
        release_place(event, by=make_user(Role.EDITOR), note=" ")
    with pytest.raises(Conflict):
        release_place(make_event(), by=make_user(Role.EDITOR), note="Nothing there.")


# Mergers count no new origin, and close no circle


def test_outlets_of_two_operators_are_not_merged():
    one, other = (
        make_source(operator=make_actor(), operator_passage=make_passage()) for _ in range(2)
    )

    with pytest.raises(InvalidInput, match="different operators"):
        sources_workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE)


@pytest.mark.parametrize("told", ["author", "hop_of"])
def test_documents_that_tell_of_another_origin_are_not_merged(told):
    source = make_source()
    values = {"author": make_actor()} if told == "author" else {"hop_of": make_document()}
    manner = {"hop_manner": "republishes"} if told == "hop_of" else {}
    one, other = make_document(source=source), make_document(source=source, **values, **manner)

    with pytest.raises(InvalidInput, match="different things"):
        merge_document(one, into=other, by=make_user(Role.EDITOR))


def test_a_circle_of_hops_through_a_merger_has_a_page_that_ends():
    claim = make_ready_claim()
    told = claim.citations.get(position=1).passage
    first, second = (make_document(told_by=told) for _ in range(2))
    carrier = make_document(hop_of=first, hop_manner="republishes", told_by=told)
    merge_document(first, into=second, by=make_user(Role.EDITOR))
    second.refresh_from_db()
    second.hop_of, second.hop_manner = carrier, "republishes"
    with pytest.raises(ValidationError, match="close a circle"):
        second.full_clean()
    second.save()
    for position, document in enumerate((carrier, second), 5):
        Citation.objects.create(
            claim=claim,
            document=document,
            position=position,
            first_hand=False,
            created_by=somebody(),
        )

    publish(claim)

    assert Client().get(f"/claims/{claim.public_id}/", follow=True).status_code == 200

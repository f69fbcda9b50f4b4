"""Where the pages stand of what a record mentions."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from claims.addresses import addresses_of, document_path, named_in
from factcheck.ledger.models import Publication
from tests.factories import make_actor, make_event, make_published_claim
from tests.surfaces.reading import current
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db


def content_of(claim) -> dict:
    return Publication.objects.get(seq=current(claim).from_seq).content


def test_whoever_is_named_is_found_wherever_a_record_names_them():
    assert set(named_in({"speaker": {"claimant": {"id": "a", "name": "A"}, "outlet": None}})) == {
        ("actor", "a")
    }
    assert set(named_in({"documents": [{"source": {"id": "s", "name": "S"}, "id": "d"}]})) == {
        ("source", "s")
    }


def test_pages_of_all_that_a_claim_names_come_in_one_query():
    content = content_of(make_rich_claim())

    with CaptureQueriesContext(connections["public"]) as captured:
        addresses = addresses_of(content)

    assert len(captured) == 1
    assert set(addresses) == set(named_in(content))
    claimant = content["speaker"]["claimant"]["id"]
    assert addresses["actor", claimant] == (
        f"/claimants/{claimant}/harbour-ministry-of-exampleland/"
    )


def test_a_private_person_has_no_page():
    person = make_actor(
        kind="person", name="Synthetic Name", is_private=True, description="a synthetic person"
    )
    content = content_of(make_published_claim(claimant=person, event=make_event()))

    addresses = addresses_of(content)

    assert ("actor", person.public_id) not in addresses
    assert ("event", content["event"]["id"]) in addresses


def test_a_name_in_another_script_has_an_address_too():
    event = make_event(title="Синтетична подія")
    content = content_of(make_published_claim(event=event))

    assert addresses_of(content)["event", event.public_id] == f"/events/{event.public_id}/event/"
    assert document_path("0000000000", "Синтетична стаття") == "/documents/0000000000/document/"

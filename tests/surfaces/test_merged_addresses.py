"""Actors, sources and events at their addresses; old addresses lead to what stands for them now."""

import hashlib
from typing import Any

import pytest
from django.test import Client

from claims.kinds import KINDS
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources import workflow
from sources.models import Actor
from tests.claims.test_redaction import live
from tests.factories import (
    make_actor,
    make_event,
    make_published_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: entered twice."


def merged_actor() -> tuple[Actor, Actor]:
    """Two live actors with a claim each; the first was merged into the second."""
    one, other = live(make_actor()), live(make_actor())
    for actor in (one, other):
        make_published_claim(claimant=actor)
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
    return one, other


def api(row: Any, name: str = "claimants") -> str:
    return f"/api/v1/{name}/{row.public_id}/"


@pytest.mark.parametrize(
    ("name", "make"),
    [("claimants", make_actor), ("sources", make_source), ("events", make_event)],
    ids=["actor", "source", "event"],
)
def test_a_subjects_record_is_served_byte_for_byte(reader: Client, name: str, make: Any):
    row = live(make())

    response = reader.get(api(row, name))

    newest = Publication.objects.filter(subject_id=row.public_id).latest("version")
    assert response.status_code == 200
    assert response.content.decode() == newest.record
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


@pytest.mark.parametrize("name", ["claimants", "sources", "events"])
def test_what_was_never_published_has_no_address(reader: Client, name: str):
    draft = {"claimants": make_actor, "sources": make_source, "events": make_event}[name]()

    assert reader.get(api(draft, name)).status_code == 404
    assert reader.get(f"/api/v1/{name}/no-id/").status_code == 404


def test_one_kind_is_not_found_at_the_address_of_another(reader: Client):
    assert reader.get(api(live(make_actor()), "sources")).status_code == 404


def test_a_suspended_actor_is_gone_with_the_note(reader: Client):
    actor = live(make_actor())
    workflow.suspend(actor, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    response = reader.get(api(actor))

    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert response.json()["note"] == NOTE


def test_a_merged_actors_address_leads_to_its_successor_with_the_tombstone(reader: Client):
    one, other = merged_actor()

    response = reader.get(api(one))

    assert response.status_code == 307
    assert response["Location"] == f"http://testserver{api(other)}"
    assert response.json()["successor"] == {"kind": "actor", "id": other.public_id}


def test_a_list_by_the_old_id_is_that_of_the_successor(reader: Client):
    one, other = merged_actor()

    old = reader.get(f"/claims/?claimant={one.public_id}&about=toll")
    new = reader.get("/api/v1/claims/", {"claimant": other.public_id}).json()["results"]
    by_old_id = reader.get("/api/v1/claims/", {"claimant": one.public_id}).json()["results"]

    assert (old.status_code, old["Location"]) == (
        302,
        f"/claims/?about=toll&claimant={other.public_id}",
    )
    # Records keep the old id.
    assert {claim["speaker"]["claimant"]["id"] for claim in new} == {
        one.public_id,
        other.public_id,
    }
    assert by_old_id == new


def test_an_undone_merger_leads_nowhere_else(reader: Client):
    one, other = merged_actor()

    workflow.restore(one, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    assert reader.get(api(one)).status_code == 200
    assert reader.get(f"/claims/?claimant={one.public_id}").status_code == 200
    found = reader.get("/api/v1/claims/", {"claimant": other.public_id}).json()["results"]
    assert [claim["speaker"]["claimant"]["id"] for claim in found] == [other.public_id]

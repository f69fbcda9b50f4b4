"""Actors, sources and events at their addresses; old addresses lead to what stands for them now."""

import hashlib
from typing import Any

import orjson
import pytest
from django.test import Client

from claims import workflow as claim_workflow
from claims.addresses import document_path
from claims.kinds import KINDS
from claims.models import Claim, PublicCitation
from claims.queues.behind import changed_ids
from claims.rechecks import recheck_reasons
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.drafts import Draft
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import Actor, Document
from sources.services import merge_document, unmerge_document
from tests.claims.test_redaction import live
from tests.factories import (
    make_actor,
    make_document,
    make_event,
    make_published_claim,
    make_source,
    make_user,
    revise_and_publish,
    withhold,
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


# Documents have no record of their own: the claims that cite them say what stands for what.


def carried(claim: Claim) -> Document:
    """The document that a claim is read in."""
    return claim.citations.get(position=1).document


def merged_document() -> tuple[Claim, Document, Document]:
    """A claim that went out again after what it was read in was merged, and both documents."""
    claim, twin = make_published_claim(), make_document(title="Synthetic twin")
    old = carried(claim)
    merge_document(old, into=twin, by=make_user(Role.EDITOR))
    revise_and_publish(claim)
    return claim, old, twin


def test_an_old_id_leads_to_the_document_that_stands_for_it(reader: Client):
    _, old, twin = merged_document()
    address = f"/documents/{old.public_id}/a-slug/"

    for prefix in ("", "/fr"):
        response = reader.get(f"{prefix}{address}")
        assert (response.status_code, response["Location"]) == (
            302,
            f"{prefix}/documents/{twin.public_id}/",
        )
    assert reader.get(address, follow=True).redirect_chain[-1] == (
        document_path(twin.public_id, twin.title),
        302,
    )


def test_programs_are_led_on_from_the_old_id(reader: Client):
    claim, old, twin = merged_document()

    response = reader.get(api(old, "documents"))
    told = reader.get(api(twin, "documents")).json()

    assert (response.status_code, response["Cache-Control"]) == (307, "no-store")
    assert response["Location"] == f"http://testserver{api(twin, 'documents')}"
    assert response.json() == {"successor": {"kind": "document", "id": twin.public_id}}
    assert told["document"]["former_ids"] == [old.public_id]
    assert [one["id"] for one in told["results"]] == [claim.public_id]


def test_as_long_as_a_live_record_cites_the_old_document_it_has_its_page(reader: Client):
    claim, twin = make_published_claim(), make_document()
    old = carried(claim)
    merge_document(old, into=twin, by=make_user(Role.EDITOR))

    assert reader.get(document_path(old.public_id, old.title)).status_code == 200
    assert reader.get(f"/documents/{twin.public_id}/").status_code == 404
    assert recheck_reasons(claim) == [
        f"“{old}” was merged into another; its newest version tells the old document."
    ]
    assert changed_ids() == changed_ids(claim) == [claim.pk]

    revise_and_publish(claim)

    claim.refresh_from_db()
    assert (recheck_reasons(claim), changed_ids()) == ([], [])


def test_mergers_in_a_row_lead_to_the_last(reader: Client):
    claim, old, twin = merged_document()
    last = make_document()
    merge_document(twin, into=last, by=make_user(Role.EDITOR))
    revise_and_publish(claim)

    for document in (old, twin):
        response = reader.get(f"/documents/{document.public_id}/")
        assert (response.status_code, response["Location"]) == (
            302,
            f"/documents/{last.public_id}/",
        )
    rows = PublicCitation.objects.filter(document_id=last.public_id)
    assert {tuple(row.former_ids) for row in rows} == {
        tuple(sorted((old.public_id, twin.public_id)))
    }


def test_a_merger_that_was_undone_leads_nowhere_once_the_claim_went_out_again(reader: Client):
    claim, old, twin = merged_document()
    unmerge_document(old, by=make_user(Role.EDITOR))

    assert reader.get(f"/documents/{old.public_id}/").status_code == 302
    revise_and_publish(claim)

    assert reader.get(document_path(old.public_id, old.title)).status_code == 200
    assert reader.get(f"/documents/{twin.public_id}/").status_code == 404


def test_what_nobody_live_says_leads_nowhere(reader: Client):
    claim, old, _ = merged_document()
    withhold(claim, "suspend")

    assert reader.get(f"/documents/{old.public_id}/").status_code == 404
    assert reader.get(api(old, "documents")).status_code == 404


def test_former_ids_are_projected_from_the_ledger_alone(reader: Client):
    claim, old, twin = merged_document()

    assert rebuild(check_only=True) == []
    rebuild()

    rows = PublicCitation.objects.filter(claim_id=claim.public_id, document_id=twin.public_id)
    assert {tuple(row.former_ids) for row in rows} == {(old.public_id,)}


def test_a_record_of_schema_2_is_read_and_restored_as_it_was(reader: Client):
    kind, version = KINDS[SubjectKind.CLAIM], 2
    claim = make_published_claim()
    newest = Publication.objects.filter(subject_id=claim.public_id).latest("version")
    content = shorn(newest.content, kind.older_schemas[version])
    draft = Draft(
        subject=Subject(SubjectKind.CLAIM, claim.public_id),
        kind=PublicationKind.UPDATE,
        action="update",
        content=content,
        schema=kind.older_schemas[version],
        schema_version=version,
        others_words=kind.others_words,
        note=NOTE,
    )
    [publication] = log.append([draft], by=make_user(Role.EDITOR))
    kind.project(publication)

    document = carried(claim)
    assert reader.get(document_path(document.public_id, document.title)).status_code == 200
    told = reader.get(api(document, "documents")).json()["document"]
    assert "former_ids" not in told
    withhold(claim, "retract")
    claim_workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)
    again = Publication.objects.filter(subject_id=claim.public_id).latest("version")
    assert (again.kind, again.content) == (PublicationKind.RESTORE, content)
    assert orjson.loads(again.record)["schema"] == version


def shorn(value: Any, schema: Any, root: Any = None) -> Any:
    """The value with no more fields than the schema knows."""
    root = root or schema
    if "$ref" in schema:
        return shorn(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    for one in schema.get("anyOf", []):
        if value is not None and one.get("type") != "null":
            return shorn(value, one, root)
    if isinstance(value, dict) and "properties" in schema:
        parts = schema["properties"]
        return {name: shorn(value[name], parts[name], root) for name in value if name in parts}
    if isinstance(value, list):
        return [shorn(one, schema["items"], root) for one in value]
    return value

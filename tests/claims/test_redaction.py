"""An order to delete: no word of what was published is left on the public side."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import CASCADE
from django.test import Client

from claims import workflow as claims_workflow
from claims.kinds import KINDS
from claims.models import Claim, Event, PublicCitation, PublicClaim
from factcheck.common.errors import Conflict, NotAllowed, NotReady
from factcheck.common.history import history_of
from factcheck.common.roles import Role
from factcheck.database.tables import history_tables
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.models import APPEND_ONLY, Publication
from factcheck.public_side import PROJECTIONS, rebuild
from sources import workflow
from sources.models import Actor, PublicSuccessor, Source
from sources.publishing import subject_of
from tests import factories
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
)

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: an order to delete."
WORD = "canarybird"


def live(row: Any) -> Any:
    """The row, published by an editor of its own."""
    workflow.send_subject(row, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))
    return row


def redact(row: Any, **further: Any) -> Publication:
    return workflow.redact(row, by=make_user(Role.ADMINISTRATOR), note=NOTE, kinds=KINDS, **further)


def state_of(row: Any) -> PublicState:
    subject = subject_of(row, KINDS)
    return log.public_state(log.newest([subject]).get(subject))


def words_left() -> list[str]:
    """The tables of the public side in which the word stands."""
    found = []
    for model in (*APPEND_ONLY, *PROJECTIONS):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} AS it WHERE it::text LIKE '%{WORD}%'")
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def redacted_claim() -> Any:
    """A claim with versions of several kinds, all of which had the word."""
    claim = make_published_claim(text=f"One {WORD} was counted.")
    revise_and_publish(claim, text=f"Two {WORD}s were counted.")
    claims_workflow.suspend(claim, by=make_user(Role.EDITOR), note=f"Was it a {WORD}?")
    claims_workflow.restore(claim, by=make_user(Role.EDITOR), note=f"It was a {WORD}.")
    told = ["ledger_publication", "claims_publicwordchange", "claims_publicclaim"]
    assert words_left() == told
    claims_workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)
    return claim


# Claims


def test_a_redacted_claim_leaves_no_word_on_the_public_side():
    claim = redacted_claim()

    rows = list(log.versions(subject_of(claim, KINDS)))
    assert words_left() == []
    assert [(row.kind, row.is_erased, row.note) for row in rows] == [
        ("publish", True, ""),
        ("correct", True, ""),
        ("suspend", True, ""),
        ("restore", True, ""),
        ("redact", False, NOTE),
    ]
    assert PublicClaim.objects.filter(claim_id=claim.public_id).count() == 0
    assert PublicCitation.objects.filter(claim_id=claim.public_id).count() == 0


def test_the_public_side_is_made_anew_after_a_redaction():
    kept = make_published_claim()
    redacted_claim()

    assert rebuild(check_only=True) == []
    assert rebuild() == []
    assert PublicClaim.objects.current().get().claim_id == kept.public_id
    assert words_left() == []


def test_no_address_serves_what_was_redacted(client: Client):
    claim = redacted_claim()
    versions = [f"versions/{number}/" for number in range(1, 5)]
    page, api = f"/claims/{claim.public_id}/", f"/api/v1/claims/{claim.public_id}/"

    answers = {
        address: client.get(address)
        for at in (page, api)
        for address in (at, *(f"{at}{version}" for version in versions))
    }
    listed = client.get(f"{api}versions/")

    assert {answer.status_code for answer in answers.values()} == {410}
    assert not any(WORD in answer.content.decode() for answer in answers.values())
    assert NOTE in answers[page].content.decode()
    assert answers[api].json()["note"] == NOTE
    assert [row["publication"] for row in listed.json()["results"]][-1] == "redact"
    assert WORD not in listed.content.decode()


def test_nothing_follows_a_redaction():
    claim = redacted_claim()
    editor = make_user(Role.EDITOR)

    with pytest.raises(Conflict):
        claims_workflow.restore(claim, by=editor, note=NOTE)
    with pytest.raises(Conflict):
        claims_workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)

    assert state_of(claim) == PublicState.REDACTED


# Actors, sources and events


@pytest.mark.parametrize("kind", ["actor", "source", "event"])
@pytest.mark.parametrize("before", ["live", "suspended", "retracted", "merged"])
def test_a_redacted_subject_leaves_no_word_whatever_it_was_before(kind, before):
    name = {"title" if kind == "event" else "name": f"The {WORD}"}
    row, other = live(getattr(factories, f"make_{kind}")(**name)), None
    by = {"by": make_user(Role.EDITOR), "note": f"The {WORD} again.", "kinds": KINDS}
    if before == "suspended":
        workflow.suspend(row, **by)
    if before == "retracted":
        workflow.retract(row, **by)
    if before == "merged":
        other = live(getattr(factories, f"make_{kind}")())
        workflow.merge(row, into=other, **by)

    redacted = redact(row)

    assert words_left() == []
    assert redacted.successor == (subject_of(other, KINDS) if other else None)
    assert rebuild(check_only=True) == []


def test_what_is_mentioned_is_redacted_all_the_same_and_not_named_again():
    claim, other = make_published_claim(), make_ready_claim()
    other.claimant = claim.claimant
    other.save()
    other.refresh_from_db()

    redact(claim.claimant)

    assert state_of(claim) == PublicState.LIVE
    with pytest.raises(NotReady) as refused:
        claims_workflow.submit(other, by=make_user())
    assert refused.value.reasons == [f"The actor “{claim.claimant}” is redacted in public."]


def test_a_successor_stands_for_what_was_redacted():
    claim, twin = make_published_claim(), live(make_actor())

    redacted = redact(claim.claimant, successor=twin)
    later = make_published_claim(claimant=claim.claimant)

    successors = PublicSuccessor.objects.using("public")
    [newest] = log.newest([subject_of(later, KINDS)]).values()
    assert redacted.successor == subject_of(twin, KINDS)
    assert claim.claimant.merged_into == twin
    assert successors.final("actor", claim.claimant.public_id) == twin.public_id
    assert newest.content is not None
    assert newest.content["speaker"]["claimant"]["id"] == twin.public_id
    assert rebuild(check_only=True) == []


def test_an_order_to_delete_does_not_wait_for_a_successor_that_is_gone():
    one, other = live(make_actor(name=f"The {WORD}")), live(make_actor())
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE)
    workflow.suspend(other, by=make_user(Role.EDITOR), note=NOTE)

    redacted = redact(one)

    assert redacted.successor is None
    assert words_left() == []
    assert not PublicSuccessor.objects.exists()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_an_administrator_alone_redacts(role):
    event = live(make_event())

    with pytest.raises(NotAllowed, match="for the role administrator"):
        workflow.redact(event, by=make_user(role), note=NOTE, kinds=KINDS)

    assert state_of(event) == PublicState.LIVE


def test_what_was_never_published_has_nothing_to_redact():
    with pytest.raises(Conflict):
        redact(make_actor())


def test_the_desk_keeps_its_working_copy():
    claim = make_claim(text="Nothing of it is public.")
    actor = live(make_actor(name="Kept on the desk"))

    redact(actor)

    claim.refresh_from_db()
    actor.refresh_from_db()
    assert (actor.name, claim.text) == ("Kept on the desk", "Nothing of it is public.")


# History


def words_in_history() -> list[str]:
    """The tables of rows before changes in which the word stands."""
    found = []
    for table in sorted(history_tables()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} AS it WHERE it::text LIKE '%{WORD}%'")
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def test_a_redacted_claim_leaves_no_word_in_its_history():
    claim = make_published_claim(text=f"One {WORD} was counted.")
    revise_and_publish(claim, text="Two were counted.")
    claims_workflow.revise(claim, by=make_user(Role.REPORTER))
    factories.add_figure(claim, as_printed=f"12 {WORD}s").delete()
    assert words_in_history() == ["claims_claimevent", "claims_figureevent"]

    claims_workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)

    rows = history_of(Claim).filter(pgh_obj_id=claim.pk).order_by("pgh_id")
    assert words_in_history() == []
    assert {row.text for row in rows} == {""}
    assert {row.about for row in rows} == {"toll"}
    assert rows.exclude(pgh_context=None).exists()


@pytest.mark.parametrize("kind", ["actor", "source", "event"])
def test_a_redacted_subject_leaves_no_word_in_its_history(kind):
    name = "title" if kind == "event" else "name"
    row = live(getattr(factories, f"make_{kind}")(**{name: f"The {WORD}"}))
    twin = live(getattr(factories, f"make_{kind}")())
    setattr(row, name, "Another name")
    row.save()
    assert len(words_in_history()) == 1

    redact(row, successor=twin)

    assert words_in_history() == []


def test_every_history_of_a_part_is_emptied_with_its_whole():
    whole = {Claim: "claim", Event: "event", Actor: "actor", Source: "source"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'history_erase'")
        [source] = cursor.fetchone()

    told = set(re.findall(r"\('(\w+)', '(\w+)', '(\w+)'\)", source))

    parts = {
        (whole[field.related_model], history_of(model).model._meta.db_table, field.column)
        for model in apps.get_models()
        if hasattr(model, "pgh_event_models")
        for field in model._meta.concrete_fields
        if field.related_model in whole and field.remote_field.on_delete is CASCADE
    }
    assert told == parts | {
        (name, history_of(model).model._meta.db_table, "pgh_obj_id")
        for model, name in whole.items()
    }


def test_only_the_history_of_what_was_redacted_is_emptied():
    claim = make_published_claim()

    with pytest.raises(IntegrityError, match="Only the words of what was redacted"):
        log.erase_history(subject_of(claim, KINDS))

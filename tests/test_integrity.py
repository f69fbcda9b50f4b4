"""The integrity check: nothing in a sound database, and every broken row by its name."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from claims import workflow as claims_workflow
from claims.models import Claim, Relay
from factcheck.common.roles import Role
from factcheck.integrity import CHECKS
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Decision, Publication
from sources import workflow
from sources.models import Capture, Control
from tests.factories import (
    add_figure,
    make_actor,
    make_approved_claim,
    make_capture,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_topic,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.integrity import claims, held, ledger, served
from tests.integrity.broken import (
    BROKEN,
    BY_NAME,
    NOTE,
    found_by,
    new_record,
    place_of,
    publish_actor,
    run_with_guards_off,
)

# Each enlists what it breaks.
__all__ = ["claims", "held", "ledger", "served"]

pytestmark = pytest.mark.database


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_is_found_and_named(db, name):
    check, make = BROKEN[name]
    sql, sentences = make()
    assert found_by(check) == []

    run_with_guards_off(sql)

    assert sorted(found_by(check)) == sorted(sentences)


def test_every_check_has_a_row_that_breaks_it():
    assert {check for check, _ in BROKEN.values()} == BY_NAME.keys()
    assert len(BY_NAME) == len(CHECKS)


def make_a_life_of_everything(editor: User, other: User) -> None:
    """One of each kind in each public state, by every step that there is."""
    actor, parent = make_actor(), make_actor()
    Control.objects.create(
        actor=actor, parent=parent, passage=make_passage(), created_by=somebody()
    )
    workflow.publish(actor, by=editor)
    event = make_event(part_of=make_event())
    claim = make_ready_claim(claimant=actor, event=event)
    add_figure(claim)
    claim.claim_topics.create(topic=make_topic(), created_by=somebody())
    claims_workflow.submit(claim, by=make_user(Role.REPORTER))
    claims_workflow.approve(claim, by=make_user(Role.CHECKER))
    claims_workflow.publish(claim, by=editor)
    revise_and_publish(claim, text="Eleven boats were counted, not twelve.")
    repeating = make_ready_claim(claimant=parent)
    repeating.relations.create(kind="repeats", other=claim, created_by=somebody())
    claims_workflow.publish_imported(repeating, by=make_user(Role.ADMINISTRATOR))
    withhold(claim, PublicationKind.SUSPEND)
    claims_workflow.restore(claim, by=editor, note=NOTE)
    claims_workflow.revise(claim, by=editor)
    Relay.objects.filter(claim=claim).delete()
    Claim.objects.filter(pk=claim.pk).update(text="Not yet.")
    claims_workflow.discard(Claim.objects.get(pk=claim.pk), by=editor, note=NOTE)
    gone = make_published_claim()
    claims_workflow.redact(gone, by=make_user(Role.ADMINISTRATOR), note=NOTE)
    one, two = publish_actor(), publish_actor()
    workflow.merge(one, into=two, by=editor, note=NOTE)
    workflow.restore(one, by=other, note=NOTE)
    workflow.merge(two, into=one, by=editor, note=NOTE)
    workflow.retract(one, by=editor, note=NOTE)
    make_approved_claim(claimant=actor)


def test_a_sound_database_gives_nothing_and_nothing_changes(committed_db):
    make_a_life_of_everything(make_user(Role.EDITOR), make_user(Role.EDITOR))
    before = Publication.objects.count(), Decision.objects.count()
    printed = StringIO()

    call_command("check_integrity", stdout=printed)

    assert printed.getvalue() == f"{len(CHECKS)} checks, nothing found.\n"
    assert (Publication.objects.count(), Decision.objects.count()) == before


def test_an_empty_database_is_sound(committed_db):
    printed = StringIO()

    call_command("check_integrity", stdout=printed)

    assert printed.getvalue() == f"{len(CHECKS)} checks, nothing found.\n"


def test_the_command_prints_what_it_finds_and_fails(committed_db):
    claim, capture = make_published_claim(), make_capture()
    with transaction.atomic():
        run_with_guards_off(
            f"UPDATE sources_capture SET content = 'Other bytes.' WHERE id = {capture.pk};"
            "UPDATE claims_publicclaim SET version = 7"
        )
    printed = StringIO()

    with pytest.raises(SystemExit) as ending:
        call_command("check_integrity", stdout=printed)

    assert ending.value.code == 1
    assert printed.getvalue().splitlines() == [
        f"captures: capture {capture.public_id}: its bytes are not those that came.",
        f"current: claim {claim.public_id}: version 1 is public, and readers are served version 7.",
        f"projections: claims_publicclaim {place_of(claim)}: version.",
        f"{len(CHECKS)} checks, 3 findings.",
    ]
    assert Capture.objects.filter(pk=capture.pk).exists()


def test_a_check_that_breaks_off_is_a_finding_and_the_others_go_on(committed_db):
    publish_actor()
    with transaction.atomic():
        run_with_guards_off("DELETE FROM ledger_mention; " + new_record(1, "'{'"))
    claim = make_published_claim()
    withhold(claim, PublicationKind.SUSPEND)
    claims_workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)
    with transaction.atomic():
        run_with_guards_off(new_record(place_of(claim), "'{'"))
    printed = StringIO()

    with pytest.raises(SystemExit):
        call_command("check_integrity", stdout=printed)

    lines = printed.getvalue().splitlines()
    assert "records: publication 1: its record is not canonical JSON." in lines
    assert any(line.startswith("restored: This check came to no end: ") for line in lines)
    assert any(line.startswith("projections: This check came to no end: ") for line in lines)

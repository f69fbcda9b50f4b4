"""What was approved goes out at its time, as it was approved, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from claims import workflow
from claims.choices import Stage
from claims.desk_choices import EmbargoState
from claims.embargoes import lift_embargo, publish_due, set_embargo
from claims.models import Claim, Embargo, PublicClaim
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Decision, Publication
from sources.jobs import worker_runs, worker_seen_at
from tests.claims.test_two_sessions import at_once
from tests.factories import (
    make_approved_claim,
    make_published_claim,
    make_ready_claim,
    make_user,
    withhold,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOTE = "Synthetic note: the harbour has counted again."


def tomorrow() -> Any:
    return timezone.now() + timedelta(days=1)


def editor() -> User:
    return make_user(Role.EDITOR)


def due(
    claim: Claim, *, by: User | None = None, action: str = "publish", note: str = ""
) -> Embargo:
    """An embargo that was set yesterday, and whose time came a minute ago."""
    return Embargo.objects.create(
        claim=claim,
        action=action,
        note=note,
        created_at=timezone.now() - timedelta(days=1),
        publish_at=timezone.now() - timedelta(minutes=1),
        content_hash=claim.reviewed_hash,
        created_by=by or editor(),
    )


def fate(embargo: Embargo) -> tuple[str, str]:
    """What became of it, and why."""
    embargo.refresh_from_db()
    return embargo.state, embargo.reason


def make_approved_revision() -> Claim:
    """A live claim whose revision is approved."""
    claim = make_published_claim()
    reporter = make_user(Role.REPORTER)
    workflow.revise(claim, by=reporter)
    claim.text = "Synthetic claim: thirteen boats were counted."
    claim.save()
    claim.refresh_from_db()
    workflow.submit(claim, by=reporter)
    return workflow.approve(claim, by=make_user(Role.CHECKER))


def publications_of(claim: Claim) -> list[tuple[str, str]]:
    rows = Publication.objects.filter(subject_kind="claim", subject_id=claim.public_id)
    return [(row.kind, row.note) for row in rows.order_by("seq")]


# Setting one


def test_an_embargo_pins_what_was_approved_and_plans_its_job() -> None:
    claim, by, at = make_approved_claim(), editor(), tomorrow()

    embargo = set_embargo(claim, action="publish", publish_at=at, by=by)

    assert (embargo.content_hash, embargo.created_by) == (claim.reviewed_hash, by)
    assert list(Embargo.objects.waiting()) == [embargo]
    [job] = ProcrastinateJob.objects.all()
    assert (job.task_name, job.scheduled_at, job.status) == ("claims.publish_due", at, "todo")
    assert str(claim.public_id) not in str(job.args)


def test_setting_one_is_no_edit_of_the_claim() -> None:
    claim = make_approved_claim()
    before = Claim.objects.get(pk=claim.pk).edit_number

    set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    claim.refresh_from_db()
    assert (claim.edit_number, claim.stage) == (before, Stage.APPROVED)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.ADMINISTRATOR])
def test_only_an_editor_sets_or_lifts_one(role: Role) -> None:
    claim, other = make_approved_claim(), make_approved_claim()
    embargo = set_embargo(other, action="publish", publish_at=tomorrow(), by=editor())

    with pytest.raises(NotAllowed):
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=make_user(role))
    with pytest.raises(NotAllowed):
        lift_embargo(embargo, by=make_user(role))

    assert fate(embargo) == ("waiting", "")


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_time_that_has_passed_or_is_a_slip_is_refused_in_words(days: int) -> None:
    claim, at = make_approved_claim(), timezone.now() + timedelta(days=days)

    with pytest.raises(InvalidInput, match="time has passed" if days < 1 else "within a year"):
        set_embargo(claim, action="publish", publish_at=at, by=editor())

    assert not Embargo.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_claim_that_is_not_approved_takes_none() -> None:
    claim = make_ready_claim()

    with pytest.raises(Conflict, match="not open to a claim that is draft"):
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())


@pytest.mark.parametrize(
    ("action", "note", "error"),
    [
        ("update", "", InvalidInput),
        ("correct", " ", InvalidInput),
        ("publish", NOTE, Conflict),
        ("suspend", NOTE, InvalidInput),
    ],
)
def test_the_checks_of_the_step_are_made_at_once(action: str, note: str, error: Any) -> None:
    claim = make_approved_revision()

    with pytest.raises(error):
        set_embargo(claim, action=action, publish_at=tomorrow(), note=note, by=editor())


def test_what_is_no_longer_as_it_was_reviewed_takes_none() -> None:
    claim = make_approved_claim()
    claim.claimant.name = "Synthetic Actor under another name"
    claim.claimant.save()

    with pytest.raises(Conflict, match="no longer what was reviewed"):
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())


def test_one_waits_at_a_time() -> None:
    claim = make_approved_claim()
    first = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    with pytest.raises(Conflict, match="lift it first"):
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())
    lift_embargo(first, by=editor())
    second = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    assert fate(first) == ("withdrawn", "It was lifted.")
    assert fate(second) == ("waiting", "")


# When its time has come


def test_at_its_time_the_claim_goes_out_as_the_editor_who_set_it() -> None:
    claim, by = make_approved_claim(), editor()
    embargo = due(claim, by=by)
    before = timezone.now()

    closed = publish_due()

    claim.refresh_from_db()
    publication = Publication.objects.get(subject_id=claim.public_id)
    assert closed == [embargo]
    assert fate(embargo) == ("done", "")
    assert claim.stage == Stage.SETTLED
    assert publication.decision.by == by
    assert publication.published_at >= before > embargo.publish_at
    assert publication.decision.content_hash == embargo.content_hash
    [event] = claim.history.filter(stage="approved")
    assert event.pgh_context.metadata["user"] == by.pk


@pytest.mark.parametrize("action", ["update", "correct"])
def test_an_update_and_a_correction_go_out_with_their_note(action: str) -> None:
    claim = make_approved_revision()
    embargo = due(claim, action=action, note=NOTE)

    publish_due()

    assert fate(embargo) == ("done", "")
    assert publications_of(claim) == [("publish", ""), (action, NOTE)]


def test_before_its_time_nothing_happens() -> None:
    claim = make_approved_claim()
    embargo = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    assert publish_due() == []

    assert fate(embargo) == ("waiting", "")
    assert publications_of(claim) == []


def test_it_is_done_once() -> None:
    claim = make_approved_claim()
    due(claim)

    publish_due()
    again = publish_due()

    assert again == []
    assert publications_of(claim) == [("publish", "")]


@pytest.mark.parametrize("loss", ["role", "account"])
def test_an_editor_who_is_one_no_longer_publishes_nothing(loss: str) -> None:
    claim, by = make_approved_claim(), editor()
    embargo = due(claim, by=by)
    if loss == "role":
        by.groups.set([Group.objects.get(name=Role.REPORTER)])
    else:
        User.objects.filter(pk=by.pk).update(is_active=False)

    publish_due()

    assert fate(embargo) == (
        "failed",
        f"Nothing was published. {by} set it, and is no longer an editor.",
    )
    assert publications_of(claim) == []
    assert list(Embargo.objects.failed()) == [embargo]


def test_what_changed_elsewhere_since_is_not_published() -> None:
    claim = make_approved_claim()
    embargo = due(claim)
    claim.claimant.name = "Synthetic Actor under another name"
    claim.claimant.save()

    publish_due()

    state, reason = fate(embargo)
    assert state == "failed"
    assert reason.startswith("Nothing was published. It is no longer what was reviewed.")
    assert "Synthetic Actor under another name" in reason
    assert publications_of(claim) == []


def test_a_public_state_that_the_step_cannot_follow_fails_it() -> None:
    claim = make_approved_revision()
    embargo = due(claim, action="update", note=NOTE)
    withhold(claim, "suspend")

    publish_due()

    assert fate(embargo)[0] == "failed"
    assert [kind for kind, _ in publications_of(claim)] == ["publish", "suspend"]


def test_one_that_fails_holds_up_no_other() -> None:
    by = editor()
    refused, claim = due(make_approved_claim(), by=by), make_approved_claim()
    other = due(claim)
    User.objects.filter(pk=by.pk).update(is_active=False)

    publish_due()

    assert (fate(refused)[0], fate(other)[0]) == ("failed", "done")


def test_one_that_cannot_be_looked_at_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = due(make_approved_claim()), due(make_approved_claim())
    take = workflow.take

    def fall_over(action: str, claim: Claim, **values: Any) -> Claim:
        if claim.pk == broken.claim_id:
            raise RuntimeError("Synthetic mistake.")
        return take(action, claim, **values)

    monkeypatch.setattr(workflow, "take", fall_over)

    with pytest.raises(ExceptionGroup):
        publish_due()

    assert (fate(broken)[0], fate(other)[0]) == ("waiting", "done")
    assert list(Embargo.objects.due()) == [broken]


# What takes the claim elsewhere meanwhile


def test_an_edit_fails_it_at_once() -> None:
    claim = make_approved_claim()
    embargo = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    Claim.objects.filter(pk=claim.pk).update(text="Synthetic claim: changed after approval.")

    assert fate(embargo) == (
        "failed",
        "It was changed before its time, which took it back to draft.",
    )


def test_a_return_fails_it_and_a_second_approval_does_not_bring_it_back() -> None:
    claim = make_approved_claim()
    embargo = due(claim)
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Not yet.")
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))

    assert claim.reviewed_hash == embargo.content_hash
    assert publish_due() == []

    assert fate(embargo) == ("failed", "It was returned to draft before its time.")
    assert publications_of(claim) == []


def test_publishing_by_hand_stays_possible_and_withdraws_it() -> None:
    claim = make_approved_claim()
    embargo = set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())

    workflow.publish(claim, by=editor())

    assert fate(embargo) == ("withdrawn", "It was published by hand before its time.")


def test_discarding_the_changes_withdraws_it() -> None:
    claim = make_approved_revision()
    embargo = set_embargo(claim, action="update", note=NOTE, publish_at=tomorrow(), by=editor())

    workflow.discard(claim, by=editor(), note="Synthetic note.")

    assert fate(embargo) == ("withdrawn", "Its changes were discarded before its time.")


def test_a_claim_that_had_one_is_kept() -> None:
    claim = make_approved_claim()
    due(claim)
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Not yet.")

    with pytest.raises(ProtectedError):
        claim.delete()


def test_a_failure_is_shown_until_somebody_puts_it_away() -> None:
    claim = make_approved_claim()
    embargo = due(claim)
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Not yet.")
    assert list(Embargo.objects.failed()) == [embargo]

    lift_embargo(embargo, by=editor())

    assert list(Embargo.objects.failed()) == []
    assert fate(embargo) == ("withdrawn", "It was returned to draft before its time.")
    with pytest.raises(Conflict, match="nothing to lift"):
        lift_embargo(embargo, by=editor())


@pytest.mark.parametrize("way", ["another is set", "published by hand"])
def test_a_failure_is_over_when_the_claim_goes_on(way: str) -> None:
    claim = make_approved_claim()
    embargo = due(claim)
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Not yet.")
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))

    if way == "another is set":
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor())
    else:
        workflow.publish(claim, by=editor())

    assert fate(embargo) == ("withdrawn", "It was returned to draft before its time.")


# What the database holds


def insert(claim: Claim, **values: Any) -> Embargo:
    row = {
        "action": "publish",
        "publish_at": tomorrow(),
        "content_hash": claim.reviewed_hash or "0" * 64,
        "created_by": editor(),
    }
    return Embargo.objects.create(claim=claim, **row | values)


def constraint_of(error: pytest.ExceptionInfo[IntegrityError]) -> str:
    cause: Any = error.value.__cause__
    return str(cause.diag.constraint_name)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"publish_at": timezone.now() - timedelta(days=1)}, "embargo_lies_ahead"),
        ({"note": NOTE}, "embargo_has_a_note_for_readers"),
        ({"action": "update"}, "embargo_has_a_note_for_readers"),
        ({"action": "retract", "note": NOTE}, "embargo_has_a_note_for_readers"),
        ({"content_hash": "0" * 64}, "embargo_pins_what_was_approved"),
        ({"state": "waiting", "closed_at": timezone.now()}, "embargo_is_open_or_closed"),
        ({"state": "done"}, "embargo_is_open_or_closed"),
        ({"state": "failed", "closed_at": timezone.now()}, "embargo_failed_for_a_reason"),
        ({"state": "waiting", "reason": "So."}, "embargo_failed_for_a_reason"),
    ],
)
def test_the_database_refuses(values: dict[str, Any], name: str) -> None:
    claim = make_approved_claim()

    with pytest.raises(IntegrityError) as refused:
        insert(claim, **values)

    assert constraint_of(refused) == name


def test_the_database_refuses_a_hash_that_is_none_and_a_second_that_waits() -> None:
    claim = make_approved_claim()
    gone: dict[str, Any] = {"state": "withdrawn", "closed_at": timezone.now()}
    insert(claim, **gone)
    insert(claim)

    with pytest.raises(IntegrityError) as second, transaction.atomic():
        insert(claim)
    with pytest.raises(IntegrityError) as shapeless:
        insert(claim, content_hash="none", **gone)

    assert constraint_of(second) == "embargo_waits_once"
    assert constraint_of(shapeless) == "embargo_pins_a_hash"


def test_the_database_refuses_one_on_a_draft() -> None:
    with pytest.raises(IntegrityError) as refused:
        insert(make_ready_claim())

    assert constraint_of(refused) == "embargo_pins_what_was_approved"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"publish_at": tomorrow()}, "embargo_stays_as_it_was_set"),
        ({"note": "Another note."}, "embargo_stays_as_it_was_set"),
        ({"state": "waiting", "closed_at": None}, "embargo_closes_once"),
        ({"state": "done"}, "embargo_closes_once"),
    ],
)
def test_the_database_keeps_what_was_set_and_how_it_ended(
    changes: dict[str, Any], name: str
) -> None:
    embargo = set_embargo(
        make_approved_claim(), action="publish", publish_at=tomorrow(), by=editor()
    )
    lift_embargo(embargo, by=editor())

    with pytest.raises(IntegrityError) as refused:
        Embargo.objects.filter(pk=embargo.pk).update(**changes)

    assert constraint_of(refused) == name


# Two at once


@pytest.mark.usefixtures("committed_db")
def test_two_workers_at_once_publish_once() -> None:
    claims = [make_approved_claim() for _ in range(3)]
    for claim in claims:
        due(claim)

    results = at_once(publish_due, publish_due, publish_due)

    assert all(isinstance(result, list) for result in results)
    assert [publications_of(claim) for claim in claims] == [[("publish", "")]] * 3
    assert set(Embargo.objects.values_list("state", flat=True)) == {EmbargoState.DONE}
    assert PublicClaim.objects.current().count() == 3


@pytest.mark.usefixtures("committed_db")
def test_a_worker_and_an_editor_at_once_publish_once_and_say_who() -> None:
    for _ in range(5):
        claim, by = make_approved_claim(), editor()
        embargo = due(claim)

        at_once(
            publish_due, lambda c=claim, by=by: workflow.publish(Claim.objects.get(pk=c.pk), by=by)
        )

        decision = Decision.objects.get(subject_id=claim.public_id, action="publish")
        expected = "withdrawn" if decision.by == by else "done"
        assert publications_of(claim) == [("publish", "")]
        assert fate(embargo)[0] == expected


@pytest.mark.usefixtures("committed_db")
def test_a_worker_and_an_edit_at_once_leave_either_the_approved_words_or_nothing() -> None:
    for _ in range(5):
        claim = make_approved_claim()
        embargo = due(claim)
        approved = claim.text

        at_once(
            publish_due,
            lambda c=claim: Claim.objects.filter(pk=c.pk).update(text="Synthetic: edited."),
        )

        live = PublicClaim.objects.current().filter(claim_id=claim.public_id)
        assert (fate(embargo)[0], live.count()) in {("done", 1), ("failed", 0)}
        claim.refresh_from_db()
        assert claim.text == (approved if live.exists() else "Synthetic: edited.")


# Who does it


def test_whether_a_worker_runs_is_known_from_its_last_sign_of_life() -> None:
    assert (worker_seen_at(), worker_runs()) == (None, False)

    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
    assert worker_runs()

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    seen = worker_seen_at()
    assert seen is not None
    assert not worker_runs()
    assert timedelta(minutes=59) < timezone.now() - seen < timedelta(minutes=61)


def test_the_ledger_of_subjects_knows_nothing_of_it() -> None:
    claim = make_approved_claim()
    decisions = Decision.objects.filter(subject_kind=SubjectKind.CLAIM).count()

    lift_embargo(
        set_embargo(claim, action="publish", publish_at=tomorrow(), by=editor()), by=editor()
    )

    assert Decision.objects.filter(subject_kind=SubjectKind.CLAIM).count() == decisions


def test_an_unmet_rule_is_told_in_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    embargo = due(make_approved_claim())

    def refuse(*args: Any, **values: Any) -> None:
        raise NotReady("It is not ready.", reasons=["One reason.", "Another."])

    monkeypatch.setattr(workflow, "take", refuse)
    publish_due()

    assert fate(embargo)[1] == "Nothing was published. It is not ready. One reason. Another."

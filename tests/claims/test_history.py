"""However a row is changed, the row before it stays, with the person."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from claims import workflow
from claims.models import Claim, Figure
from factcheck.common.history import edit_began_at, rows_as_of
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from sources.models import Actor
from tests.factories import add_figure, make_actor, make_claim, make_ready_claim, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Their rows can be added and removed, never changed; or nobody's hand writes them; or they are a
# log themselves; or they are forgotten within minutes and say nothing of any content; or what is
# erased there has to be gone.
WITHOUT_HISTORY = {
    "ReportContact",
    "ReportCount",
    "Capture",
    "CaptureRequest",
    "CaptureStamp",
    "ImportRun",
    "JobFailure",
    "Passage",
    "PassageRange",
    "Presence",
    "Delivery",
    "WebhookProgress",
    "WebhookSecret",
    "FindingAid",
    "PublicActor",
    "PublicControl",
    "PublicSource",
    "PublicSuccessor",
    "PublicClaim",
    "PublicEvent",
    "PublicTopic",
    "PublicWord",
    "PublicWordChange",
    "PublicCitation",
    "Upload",
}


def history_of(row: models.Model) -> list[tuple[str, int | None]]:
    return [
        (event.pgh_label, event.pgh_context.metadata["user"] if event.pgh_context else None)
        for event in type(row)
        .history.rel.related_model.objects.filter(pgh_obj_id=row.pk)
        .order_by("pgh_id")
    ]


def test_every_table_of_the_desk_has_a_history():
    without = {
        model.__name__
        for label in ("sources", "claims", "partners")
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "history") and not hasattr(model, "pgh_tracked_model")
    }

    assert without == WITHOUT_HISTORY


def test_every_row_of_the_desk_says_who_entered_it():
    without = {
        model.__name__
        for label in ("sources", "claims", "partners")
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
        and "created_by" not in {field.name for field in model._meta.fields}
    }

    entered = {
        "Capture",
        "CaptureRequest",
        "CaptureStamp",
        "ImportRun",
        "Passage",
        "PassageRange",
        "ReportContact",
        "Upload",
        "WebhookSecret",
    }
    assert without == WITHOUT_HISTORY - entered


def test_a_service_leaves_the_row_before_it_and_the_person():
    claim, reporter = make_ready_claim(), make_user(Role.REPORTER)

    workflow.submit(claim, by=reporter)

    assert history_of(claim)[-1] == ("changed", reporter.pk)
    assert claim.history.order_by("pgh_id").last().stage == "draft"


def test_a_bulk_update_is_seen():
    actor, person = make_actor(name="Before"), make_user()

    with acting(person):
        Actor.objects.filter(pk=actor.pk).update(name="After")

    assert history_of(actor) == [("changed", person.pk)]
    assert actor.history.get().name == "Before"


def test_plain_sql_is_seen_and_says_that_nobody_is_known():
    actor = make_actor(name="Before")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE sources_actor SET name = 'After' WHERE id = %s", [actor.pk])

    assert history_of(actor) == [("changed", None)]
    assert actor.history.get().name == "Before"


def test_a_deleted_row_stays_in_the_history():
    figure = add_figure(make_claim())
    key = figure.pk

    figure.delete()

    figure.pk = key
    assert [label for label, _ in history_of(figure)] == ["deleted"]


def test_the_edit_number_counts_changes_and_nothing_else():
    claim = make_claim()
    numbers = [claim.edit_number]

    def note() -> None:
        claim.refresh_from_db()
        numbers.append(claim.edit_number)

    claim.save()
    note()
    Claim.objects.filter(pk=claim.pk).update(unknowns="Who counted?")
    note()
    figure = add_figure(claim)
    note()
    figure.save()
    note()
    figure.best = 13
    figure.save()
    note()
    Claim.objects.filter(pk=claim.pk).update(edit_number=0)
    note()

    assert numbers == [0, 0, 1, 2, 2, 3, 4]


def test_a_step_is_no_edit():
    claim = make_ready_claim()
    before = claim.edit_number

    workflow.submit(claim, by=make_user(Role.REPORTER))

    claim.refresh_from_db()
    assert claim.edit_number == before


@pytest.mark.parametrize("rows", ["names", "roles"])
def test_an_actors_own_rows_raise_its_edit_number(rows):
    actor = make_actor()
    by = make_user()

    values = {
        "names": {"name": "Alias", "language": "en", "form": "alias"},
        "roles": {"title": "mayor"},
    }[rows]
    getattr(actor, rows).create(created_by=by, **values)

    actor.refresh_from_db()
    assert actor.edit_number == 1


def test_what_stood_at_an_edit_is_found_again():
    claim = make_claim(text="As it was opened.")
    figure = add_figure(claim, as_printed="as it was opened")
    claim.refresh_from_db()
    opened = claim.edit_number
    Claim.objects.filter(pk=claim.pk).update(text="Changed since.")
    Figure.objects.filter(pk=figure.pk).update(as_printed="changed since")
    add_figure(claim, position=2, as_printed="added since")
    claim.refresh_from_db()

    at = edit_began_at(claim, opened)

    of_claim = {"own": Q(pk=claim.pk), "then": Q(pgh_obj_id=claim.pk)}
    of_parts = {"own": Q(claim=claim), "then": Q(claim_id=claim.pk)}
    claims = rows_as_of(Claim, **of_claim, at=at).values()
    figures = rows_as_of(Figure, **of_parts, at=at).values()
    assert [row.text for row in claims] == ["As it was opened."]
    assert [row.as_printed for row in figures] == ["as it was opened"]


def test_an_edit_that_never_was_began_at_no_time():
    claim = make_claim()

    assert edit_began_at(claim, 0) == claim.created_at
    assert edit_began_at(claim, 7) is None

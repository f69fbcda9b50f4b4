"""The buttons of actors, sources and documents, and what they ask for."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Publication
from sources import workflow
from sources.models import Actor, SourceGrade
from tests import factories
from tests.admin_pages import add_row, address, errors_of, open_form, opened_at, signed_in

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: it was entered twice."


@pytest.fixture
def editor() -> Client:
    return signed_in(factories.make_user(Role.EDITOR))


def live_actor(**values: Any) -> Any:
    """An actor that an editor of its own has published."""
    actor = factories.make_actor(**values)
    workflow.publish(actor, by=factories.make_user(Role.EDITOR))
    return actor


def step(browser: Client, row: Any, action: str, **values: Any) -> Any:
    """Press a button on the page as it stands now."""
    row.refresh_from_db()
    seen = {"edit_number": row.edit_number, "opened_merged": row.merged_into_id or ""}
    return browser.post(address(row, "step", action), seen | values)


def told(response: Any) -> list[str]:
    """The messages that come back."""
    return [str(message) for message in response.wsgi_request._messages]


def actions_on(page: Any) -> list[str]:
    return [button.action for button in page.context["steps"]]


def wait_until_it_waits() -> None:
    """Return when another connection waits for a lock."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            [count] = cursor.fetchone()
        if count:
            return
        time.sleep(0.05)
    raise AssertionError("Nobody has waited for a lock.")


# Merging


def test_an_editor_merges_an_actor_by_the_public_id_of_the_other(editor: Client) -> None:
    actor, twin = live_actor(), live_actor(name="Synthetic Twin")

    response = step(editor, actor, "merge", note=NOTE, successor=f" {twin.public_id} ")
    page: Any = editor.get(address(actor))

    actor.refresh_from_db()
    text = page.content.decode()
    assert (response.status_code, told(response)) == (
        302,
        ["Merged: the other one stands for it from now on."],
    )
    assert actor.merged_into == twin
    assert "This was merged into “Synthetic Twin”" in text
    assert f'<a href="{address(twin)}">Synthetic Twin</a> ({twin.public_id})' in text
    assert 'name="name"' not in text
    assert actions_on(page) == []
    assert "Merged" in editor.get(reverse("admin:sources_actor_changelist")).content.decode()


def test_what_stands_for_others_lists_them(editor: Client) -> None:
    actor, twin = live_actor(name="Entered twice"), live_actor()
    step(editor, actor, "merge", note=NOTE, successor=twin.public_id)

    text = editor.get(address(twin)).content.decode()

    assert f'<a href="{address(actor)}">Entered twice</a> ({actor.public_id})' in text


@pytest.mark.parametrize("successor", ["", "0000000000", "nonsense", "\0" * 10, "' OR 1=1 --"])
def test_a_successor_that_there_is_not_is_told(editor: Client, successor: str) -> None:
    actor = live_actor()

    response = step(editor, actor, "merge", note=NOTE, successor=successor)

    actor.refresh_from_db()
    assert response.status_code == 302
    assert told(response) == [
        "Give the public id of what takes its place; there is none of that id."
    ]
    assert actor.merged_into is None


def test_a_successor_that_cannot_stand_for_it_is_told(editor: Client) -> None:
    actor = live_actor()

    response = step(editor, actor, "merge", note=NOTE, successor=actor.public_id)

    assert told(response) == ["Choose another one of the same kind."]


def test_a_merger_asks_for_a_note_and_for_what_takes_its_place(editor: Client) -> None:
    text = editor.get(address(live_actor())).content.decode()

    assert 'id="step-merge-successor" name="successor"' in text
    assert '<label for="step-merge-successor">Public id of what takes its place</label>' in text
    assert 'id="step-merge-note"' in text
    assert "Public note: what changes, and why" in text
    assert 'id="step-suspend-successor"' not in text


def test_another_person_undoes_a_merger(editor: Client) -> None:
    actor, twin = live_actor(), live_actor()
    step(editor, actor, "merge", note=NOTE, successor=twin.public_id)
    own = step(editor, actor, "restore", note=NOTE)

    response = step(signed_in(factories.make_user(Role.EDITOR)), actor, "restore", note=NOTE)

    actor.refresh_from_db()
    assert (own.status_code, response.status_code) == (403, 302)
    assert actor.merged_into is None


def test_a_form_opened_before_a_merger_saves_nothing(editor: Client) -> None:
    actor, twin = live_actor(), live_actor()
    values = open_form(editor, actor) | {"name": "Mine"}
    step(
        signed_in(factories.make_user(Role.EDITOR)),
        actor,
        "merge",
        note=NOTE,
        successor=twin.public_id,
    )

    response = editor.post(address(actor), values)

    actor.refresh_from_db()
    assert response.status_code == 409
    assert "Mine" in response.content.decode()
    assert actor.name != "Mine"


def test_a_step_seen_before_a_merger_is_a_conflict(editor: Client) -> None:
    actor, twin = live_actor(), live_actor()
    seen = opened_at(open_form(editor, actor)) | {"opened_merged": ""}
    step(
        signed_in(factories.make_user(Role.EDITOR)),
        actor,
        "merge",
        note=NOTE,
        successor=twin.public_id,
    )

    response = editor.post(address(actor, "step", "suspend"), seen | {"note": NOTE})

    assert response.status_code == 409


def test_what_was_merged_is_offered_nowhere(editor: Client) -> None:
    actor, twin = live_actor(name="Harbour Office"), live_actor(name="Harbour Office of Exampleton")
    query = "app_label=sources&model_name=source&field_name=operator&term=Harbour"
    step(editor, actor, "merge", note=NOTE, successor=twin.public_id)

    answer = editor.get(f"{reverse('admin:autocomplete')}?{query}").json()

    assert [result["id"] for result in answer["results"]] == [str(twin.pk)]


# Redacting


def test_an_administrator_redacts_by_the_button() -> None:
    actor, twin = live_actor(), live_actor()
    browser = signed_in(factories.make_user(Role.ADMINISTRATOR))
    page: Any = browser.get(address(actor))

    response = step(
        browser, actor, "redact", note="By order.", successor=twin.public_id, known="on"
    )
    without = step(browser, twin, "redact", note="By order.", successor="", known="on")

    newest = Publication.objects.filter(kind="redact").order_by("seq")
    assert actions_on(page) == ["redact"]
    assert "Public id of what takes its place (may stay empty)" in page.content.decode()
    assert (response.status_code, without.status_code) == (302, 302)
    assert [row.successor_id for row in newest] == [twin.public_id, ""]
    assert actions_on(browser.get(address(actor))) == []


def test_a_forged_post_by_an_editor_redacts_nothing(editor: Client) -> None:
    actor = live_actor()

    response = step(editor, actor, "redact", note="By order.")

    assert response.status_code == 403
    assert [row.kind for row in Publication.objects.all()] == ["publish"]


# Taking off, and putting back


def test_an_actor_is_suspended_and_restored_by_its_buttons(editor: Client) -> None:
    actor = live_actor()

    suspended = step(editor, actor, "suspend", note=NOTE)
    restored = step(signed_in(factories.make_user(Role.EDITOR)), actor, "restore", note=NOTE)

    assert (suspended.status_code, restored.status_code) == (302, 302)
    assert [row.kind for row in Publication.objects.order_by("seq")] == [
        "publish",
        "suspend",
        "restore",
    ]


def test_changes_are_discarded_by_their_button(editor: Client) -> None:
    actor = live_actor(name="As published")
    with acting(factories.somebody()):
        actor.name = "Changed"
        actor.save()
    before: Any = editor.get(address(actor))

    response = step(editor, actor, "discard")
    after: Any = editor.get(address(actor))

    actor.refresh_from_db()
    assert "discard" in actions_on(before)
    assert (response.status_code, told(response)) == (
        302,
        ["The changes are discarded: it is what was last published."],
    )
    assert actor.name == "As published"
    assert "discard" not in actions_on(after)
    assert Decision.objects.latest("pk").action == "discard"


def test_changes_that_were_not_seen_are_not_discarded(editor: Client) -> None:
    actor = live_actor()
    actor.name = "Changed"
    actor.save()
    actor.refresh_from_db()
    seen = {"edit_number": actor.edit_number}
    actor.name = "Changed again"
    actor.save()

    response = editor.post(address(actor, "step", "discard"), seen)

    actor.refresh_from_db()
    assert response.status_code == 409
    assert actor.name == "Changed again"


@pytest.mark.django_db(transaction=True)
def test_a_change_saved_while_one_discards_is_not_lost(committed_db: None, editor: Client) -> None:
    actor = live_actor()
    actor.name = "Changed"
    actor.save()
    answers: list[Any] = []

    def press() -> None:
        try:
            answers.append(step(editor, actor, "discard"))
        finally:
            connections.close_all()

    thread = threading.Thread(target=press)
    with transaction.atomic():
        Actor.objects.filter(pk=actor.pk).update(name="Saved by somebody else")
        thread.start()
        wait_until_it_waits()
    thread.join(timeout=30)

    actor.refresh_from_db()
    assert answers[0].status_code == 409
    assert actor.name == "Saved by somebody else"


def test_what_cannot_go_out_as_it_is_can_still_be_taken_off_and_put_back(editor: Client) -> None:
    parent, passage = live_actor(), factories.make_passage()
    actor = live_actor()
    actor.controls.create(parent=parent, passage=passage, created_by=factories.somebody())
    workflow.suspend(parent, by=factories.make_user(Role.EDITOR), note=NOTE)

    page: Any = editor.get(address(actor))
    response = step(editor, actor, "discard")

    assert actions_on(page) == ["discard", "suspend", "retract", "merge"]
    assert "is suspended in public" in page.content.decode()
    assert told(response) == ["The changes are discarded: it is what was last published."]
    assert not actor.controls.exists()


# Grades


def test_a_grade_is_given_on_the_sources_page_and_is_no_change_of_it(editor: Client) -> None:
    source = factories.make_source()
    workflow.publish(source, by=factories.make_user(Role.EDITOR))
    values = add_row(
        open_form(editor, source),
        "grades",
        about="boats in the harbour",
        grade="C",
        as_of="2020-03-02",
        note="It was wrong twice.",
    )

    response = editor.post(address(source), values)

    source.refresh_from_db()
    grade = SourceGrade.objects.get()
    assert response.status_code == 302
    assert (grade.grade, grade.get_grade_display()) == ("C", "C: fairly reliable")
    assert grade.created_by.groups.get().name == "editor"
    assert source.edit_number == 0
    assert not workflow.pending_change(source)
    assert workflow.people_behind(source, workflow.KINDS) == set()


@pytest.mark.parametrize(
    "values", [{"grade": "G"}, {"about": ""}, {"as_of": ""}, {"as_of": "0001-01-01"}]
)
def test_a_grade_that_says_nothing_is_a_form_error(editor: Client, values: Any) -> None:
    source = factories.make_source()
    row = {"about": "boats", "grade": "A", "as_of": "2020-03-02"} | values

    response = editor.post(address(source), add_row(open_form(editor, source), "grades", **row))

    assert response.status_code == 200
    assert errors_of(response)
    assert not SourceGrade.objects.exists()


def test_a_grade_is_not_given_twice_for_a_day(editor: Client) -> None:
    source = factories.make_source()
    row = {"about": "boats", "grade": "A", "as_of": "2020-03-02"}
    editor.post(address(source), add_row(open_form(editor, source), "grades", **row))

    response = editor.post(address(source), add_row(open_form(editor, source), "grades", **row))

    assert response.status_code == 200
    assert SourceGrade.objects.count() == 1


# Documents


def merging(browser: Client, document: Any, **values: Any) -> Any:
    document.refresh_from_db()
    seen = {"edit_number": document.edit_number}
    return browser.post(address(document, "merging"), seen | values)


def test_an_editor_merges_a_document_and_undoes_it(editor: Client) -> None:
    document, twin = factories.make_document(), factories.make_document(title="Synthetic twin")

    merged = merging(editor, document, successor=twin.public_id)
    document.refresh_from_db()
    into, text = document.merged_into, editor.get(address(document)).content.decode()
    undone = merging(editor, document)
    document.refresh_from_db()

    assert (merged.status_code, into) == (302, twin)
    assert "This was merged into “Synthetic twin”, which stands for it." in text
    assert 'name="title"' not in text
    assert "Undo the merger" in text
    assert (undone.status_code, document.merged_into) == (302, None)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.ADMINISTRATOR])
def test_others_see_no_button_and_merge_no_document(role: Role) -> None:
    document, twin = factories.make_document(), factories.make_document()
    browser = signed_in(factories.make_user(role))

    text = browser.get(address(document)).content.decode()
    response = merging(browser, document, successor=twin.public_id)

    document.refresh_from_db()
    assert "Merge into another" not in text
    assert response.status_code == 403
    assert document.merged_into is None


def test_a_document_is_merged_by_post_alone_and_as_it_was_seen(editor: Client) -> None:
    document, twin = factories.make_document(), factories.make_document()

    read = editor.get(address(document, "merging"))
    unsaid = editor.post(address(document, "merging"), {"successor": twin.public_id})
    stale = editor.post(
        address(document, "merging"), {"successor": twin.public_id, "edit_number": "7"}
    )
    nothing = merging(editor, document, successor="0000000000")

    document.refresh_from_db()
    assert [answer.status_code for answer in (read, unsaid, stale, nothing)] == [405, 400, 409, 302]
    assert told(nothing)[-1].startswith("Give the public id of what takes its place")
    assert document.merged_into is None

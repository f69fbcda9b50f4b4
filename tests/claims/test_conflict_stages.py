"""Conflicts with what is more than a change of fields: stages, steps, deletions, other rows."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import workflow
from claims.choices import Stage
from claims.models import Citation, Claim
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from sources import services
from sources import workflow as sources_workflow
from sources.models import Actor
from tests import factories
from tests.admin_pages import address, open_form, opened_at, signed_in
from tests.claims.conflict_pages import conflict, fresh, lines, merged, mira, one, other, sides

__all__ = ["mira", "one", "other"]

pytestmark = pytest.mark.django_db


# Stages, permissions, other rows


def test_a_stage_that_moved_is_told_and_my_words_can_be_saved_as_a_draft(one: Client) -> None:
    claim = factories.make_ready_claim()
    mine = open_form(one, claim)
    workflow.submit(claim, by=factories.make_user(Role.REPORTER, "noor"))

    page = one.post(address(claim), mine | {"unknowns": "Mine."})
    response = one.post(address(claim), merged(page))

    assert sides(page)["Stage"][:3] == ("theirs", "draft", "in review")
    assert response.status_code == 302
    assert (fresh(claim).stage, fresh(claim).unknowns) == (Stage.DRAFT, "Mine.")


def test_a_settled_claim_says_revise_first_and_keeps_my_words(one: Client) -> None:
    claim = factories.make_approved_claim()
    mine = open_form(one, claim)
    workflow.publish(claim, by=factories.make_user(Role.EDITOR))

    page = one.post(address(claim), mine | {"unknowns": "My words."})

    text = page.content.decode()
    assert "This claim is settled: revise it first" in text
    assert "My words." in text
    assert 'id="merge_form"' not in text


def test_a_merged_form_saves_nothing_into_a_settled_claim(one: Client, other: Client) -> None:
    claim = factories.make_ready_claim()
    page = conflict(one, other, claim, {"unknowns": "Mine."}, {"why_checked": "Theirs."})
    claim = fresh(claim)
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    workflow.approve(claim, by=factories.make_user(Role.CHECKER))
    workflow.publish(claim, by=factories.make_user(Role.EDITOR))

    response = one.post(address(claim), merged(page))

    assert response.status_code == 409
    assert fresh(claim).unknowns == ""


def test_who_may_not_change_the_row_gets_neither_page_nor_merger(mira: User) -> None:
    claim = factories.make_claim(text="Base.")
    stale = open_form(signed_in(mira), claim)
    reader = signed_in(factories.make_user(Role.ADMINISTRATOR))
    Claim.objects.filter(pk=claim.pk).update(text="Theirs.")

    answers = [
        reader.post(address(claim), stale | {"text": "Mine."} | more).status_code
        for more in ({}, {"_reopen": "1"}, {"conflict": "text", "take:text": "mine"})
    ]

    assert answers == [403, 403, 403]
    assert fresh(claim).text == "Theirs."


def test_the_edit_that_nobody_knows_makes_every_difference_a_conflict(one: Client) -> None:
    claim = factories.make_claim(text="Stored.")
    mine = open_form(one, claim) | {"text": "Mine.", "edit_number": "4711"}

    page = one.post(address(claim), mine)

    assert page.status_code == 409
    assert sides(page) == {"Text": ("both", "not known", "Stored.", "Mine.")}


@pytest.mark.parametrize(
    ("make", "field", "label"),
    [
        (factories.make_actor, "description", "Description"),
        (factories.make_source, "name", "Name"),
        (factories.make_event, "place", "Place"),
        (factories.make_document, "title", "Title"),
        (factories.make_topic, "name", "Name"),
    ],
)
def test_every_form_with_an_edit_number_has_the_same_page(
    one: Client, other: Client, make: Any, field: str, label: str
) -> None:
    row = make(**{field: "Base"})

    page = conflict(one, other, row, {field: "Mine"}, {field: "Theirs"})
    response = one.post(address(row), merged(page, "mine"))

    assert sides(page) == {label: ("both", "Base", "Theirs", "Mine")}
    assert response.status_code == 302
    assert getattr(fresh(row), field) == "Mine"


def test_a_merger_meanwhile_is_told_in_names(one: Client) -> None:
    editor = factories.make_user(Role.EDITOR)
    into = factories.make_actor(name="Synthetic Successor")
    actor = factories.make_actor(name="Base")
    mine = open_form(one, actor)
    sources_workflow.merge(
        actor, into=into, by=editor, note="Synthetic note.", kinds=sources_workflow.KINDS
    )

    page = one.post(address(actor), mine | {"name": "Mine"})

    assert page.status_code == 409
    assert sides(page)["Merged into"][:3] == ("theirs", "—", "Synthetic Successor")
    assert "This was merged into" in page.content.decode()
    assert Actor.objects.get(pk=actor.pk).name == "Base"


# Steps and deletions


def test_what_was_typed_into_a_row_that_is_deleted_by_now_is_not_lost(
    one: Client, other: Client
) -> None:
    claim = factories.make_ready_claim(text="Base.")
    mine = open_form(one, claim) | {"text": "My words.", "citations-0-cue": "my cue"}
    path = address(claim)
    seen = opened_at(open_form(other, claim)) | {"post": "yes"}
    assert other.post(address(claim, "delete"), seen).status_code == 302

    page = one.post(path, mine)

    assert page.status_code == 409
    assert "Somebody has deleted this since you opened it." in page.content.decode()
    assert ("Claim", "Text", "Base.", "Base.", "My words.") in lines(page)
    assert "my cue" in page.content.decode()
    assert not Claim.objects.exists()


def test_a_step_on_a_stale_page_says_what_has_changed(one: Client, other: Client) -> None:
    claim = factories.make_ready_claim(text="Base.")
    seen = opened_at(open_form(one, claim))
    other.post(address(claim), open_form(other, claim) | {"citations-0-cue": "alleged"})
    with acting(factories.make_user(Role.EDITOR, "noor")):
        Claim.objects.filter(pk=claim.pk).update(text="Changed by a service.")
        factories.add_figure(claim, as_printed="twelve", created_by=factories.somebody())

    page = one.post(address(claim, "step", "submit"), seen)

    text = page.content.decode()
    told = {
        (part.heading, line.label): (line.base, line.theirs, line.who.split(",")[0])
        for part in page.context["parts"]
        for line in part.lines
    }
    added = "Added meanwhile: figure “twelve (boats counted)”"
    citation = f"Citation “{claim.citations.get(position=1)}”"
    assert page.status_code == 409
    assert told["Claim", "Text"] == ("Base.", "Changed by a service.", "noor")
    assert told[citation, "Cue"] == ("said", "alleged", "mira")
    assert told[added, "The whole row"] == ("—", "added", "somebody")
    assert told[added, "As printed"][:2] == ("—", "twelve")
    assert {heading for heading, _ in told} == {"Claim", citation, added}
    assert "What has changed since you opened it" in text


def test_a_deletion_on_a_stale_page_says_what_has_changed(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")
    seen = opened_at(open_form(one, claim))
    other.post(address(claim), open_form(other, claim) | {"text": "Theirs."})

    page = one.post(address(claim, "delete"), seen | {"post": "yes"})

    assert page.status_code == 409
    assert [line[1:4] for line in lines(page)] == [("Text", "Base.", "Theirs.")]
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_merger_of_documents_on_a_stale_page_says_what_has_changed(mira: User) -> None:
    editor = signed_in(factories.make_user(Role.EDITOR))
    document, other = factories.make_document(title="Base"), factories.make_document()
    seen = opened_at(open_form(editor, document))
    signed_in(mira).post(
        address(document), open_form(signed_in(mira), document) | {"title": "Theirs"}
    )

    page = editor.post(address(document, "merging"), seen | {"successor": other.public_id})

    assert page.status_code == 409
    assert [line[1:4] for line in lines(page)] == [("Title", "Base", "Theirs")]


def test_a_step_that_is_not_open_says_its_reason_alone(one: Client) -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    seen = opened_at(open_form(one, claim))

    page = one.post(address(claim, "step", "submit"), seen)

    assert page.status_code == 409
    assert page.context["parts"] == []


def test_a_quote_that_a_service_moved_is_told_by_its_words(one: Client) -> None:
    claim = factories.make_ready_claim()
    citation = claim.citations.get(position=1)
    seen = opened_at(open_form(one, claim))
    words = services.anchor_passage(
        citation.passage.capture, [services.Quote("Twelve boats")], by=factories.somebody()
    )
    Citation.objects.filter(pk=citation.pk).update(passage=words)

    page = one.post(address(claim, "step", "submit"), seen)

    assert [line[1:4] for line in lines(page)] == [
        (
            "Passage",
            f"“{factories.QUOTE}” in {citation.document}",
            f"“Twelve boats” in {citation.document}",
        )
    ]


def test_days_are_told_as_days(one: Client, other: Client) -> None:
    claim = factories.make_claim(review_by=datetime.date(2030, 1, 1))

    page = conflict(one, other, claim, {"review_by": ""}, {"review_by": "2030-01-02"})

    assert sides(page) == {"Review by": ("both", "2030-01-01", "2030-01-02", "—")}


def test_a_page_that_says_nonsense_of_a_merger_is_a_conflict_like_any_other(one: Client) -> None:
    actor = factories.make_actor()
    values = open_form(one, actor)

    response = one.post(address(actor), {**values, "opened_merged": "9" * 5_000})

    assert response.status_code == 409

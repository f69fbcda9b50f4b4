"""What waits for whom, and the first page of the desk that says so."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.embargoes import set_embargo
from claims.models import Citation, Claim, ClaimRelation
from claims.queues import QUEUES, reports
from claims.rechecks import CHANGED_BEHIND_IT, recheck_reasons
from claims.services.comments import comment
from claims.services.desk_work import assign
from claims.services.reports import receive
from claims.services.reports import take as take_report
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from sources.models import Actor, ActorRole, Control, Source
from tests.admin_pages import address, signed_in
from tests.factories import (
    make_actor,
    make_approved_claim,
    make_claim,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = datetime.date(2020, 3, 3)


def in_queue(key: str, person: User) -> list[Claim]:
    return list(QUEUES[key].claims(person))


def submitted(by: User, **values: Any) -> Claim:
    return workflow.submit(make_ready_claim(**values), by=by)


def home(person: User) -> Any:
    response = signed_in(person).get("/admin/")
    assert response.status_code == 200
    return response


def counts(person: User) -> dict[str, int]:
    return {section.key: section.count for section in home(person).context["sections"]}


# Drafts


def test_a_draft_is_whose_who_entered_it():
    rita, rob = make_user(Role.REPORTER), make_user(Role.REPORTER)
    claim = make_claim(created_by=rita)

    assert in_queue("drafts", rita) == [claim]
    assert in_queue("drafts", rob) == []


def test_a_draft_is_whose_who_opened_it_for_changes():
    rita, rob = make_user(Role.REPORTER), make_user(Role.REPORTER)
    claim = make_published_claim(created_by=rita)

    workflow.revise(claim, by=rob)

    assert in_queue("drafts", rob) == [claim]
    assert in_queue("drafts", rita) == []


def test_a_draft_that_was_changed_under_review_is_its_submitters():
    rita = make_user(Role.REPORTER)
    claim = submitted(rita)

    Claim.objects.filter(pk=claim.pk).update(unknowns="Who counted?")

    assert in_queue("drafts", rita) == [claim]


def test_what_is_returned_comes_back_to_who_submitted_it_with_the_note():
    rita, chen = make_user(Role.REPORTER), make_user(Role.CHECKER, "chen")
    claim = submitted(rita, created_by=somebody())
    workflow.return_to_draft(claim, by=chen, note="Say who counted.")
    Claim.objects.filter(pk=claim.pk).update(unknowns="Who counted?")

    [found] = in_queue("returned", rita)

    claim.refresh_from_db()
    assert (found, found.note, found.note_by) == (claim, "Say who counted.", "chen")
    assert found.since == claim.decision.at
    assert in_queue("drafts", rita) == []
    assert in_queue("returned", chen) == in_queue("returned", somebody()) == []


# Waiting for a second person


def test_what_is_in_review_waits_for_others_than_its_submitter():
    chen, edna = make_user(Role.CHECKER), make_user(Role.EDITOR)
    mine, theirs = submitted(chen), submitted(make_user(Role.REPORTER))

    assert in_queue("approve", chen) == [theirs]
    assert in_queue("approve", edna) == [mine, theirs]


def test_what_somebody_changed_is_not_in_review_any_more():
    chen = make_user(Role.CHECKER)
    claim = submitted(make_user(Role.REPORTER))

    with acting(chen):
        Claim.objects.filter(pk=claim.pk).update(unknowns="Who counted?")

    assert in_queue("approve", chen) == []


def test_everything_that_waits_for_somebody_is_open_to_them():
    chen, edna = make_user(Role.CHECKER), make_user(Role.EDITOR)
    submitted(chen)
    submitted(make_user(Role.REPORTER))
    make_approved_claim()

    for person, key, action in ((chen, "approve", "approve"), (edna, "publish", "publish")):
        for claim in in_queue(key, person):
            assert action in [step.action for step in workflow.open_steps(claim, person)]


def test_what_is_approved_waits_for_editors_unless_it_is_withheld():
    editor = make_user(Role.EDITOR)
    claim, withheld = make_approved_claim(), make_published_claim()
    reporter = make_user(Role.REPORTER)
    workflow.revise(withheld, by=reporter)
    workflow.submit(withheld, by=reporter)
    workflow.approve(withheld, by=make_user(Role.CHECKER))
    assert in_queue("publish", editor) == [claim, withheld]

    withhold(withheld, "suspend")

    assert in_queue("publish", editor) == [claim]


# Given and told


def test_what_is_assigned_comes_by_its_day_then_by_its_priority():
    chen, edna = make_user(Role.CHECKER), make_user(Role.EDITOR)
    whenever, low, urgent, late = (make_claim() for _ in range(4))
    assign(whenever, to=chen, priority="urgent", by=edna)
    assign(low, to=chen, priority="low", due_on=DAY + datetime.timedelta(days=1), by=edna)
    assign(urgent, to=chen, priority="urgent", due_on=DAY + datetime.timedelta(days=1), by=edna)
    assign(late, to=chen, priority="low", due_on=DAY, by=edna)
    assign(make_claim(), to=edna, by=edna)

    assert in_queue("assigned", chen) == [late, urgent, low, whenever]


def test_a_comment_that_names_somebody_waits_until_it_is_seen():
    chen, rita = make_user(Role.CHECKER, "chen"), make_user(Role.REPORTER, "rita")
    claim = make_claim()
    first = comment(claim, text="@chen, is it so?", by=rita)
    second = comment(claim, text="@chen?", by=rita)

    [found] = in_queue("mentioned", chen)

    assert (found, found.note, found.note_by) == (claim, "@chen, is it so?", "rita")
    browser, at = signed_in(chen), reverse("desk:seen", args=[claim.pk])
    browser.post(at, {"from": "home", "up_to": first.pk})
    [found] = in_queue("mentioned", chen)
    assert found.note == "@chen?"
    browser.post(at, {"from": "home", "up_to": second.pk})
    assert in_queue("mentioned", chen) == []


# To be looked at again


def test_live_claims_come_back_on_their_day():
    editor, today = make_user(Role.EDITOR), timezone.localdate()
    due = make_published_claim(review_by=today)
    make_published_claim(review_by=today + datetime.timedelta(days=1))
    withhold(make_published_claim(review_by=DAY), "retract")
    make_ready_claim(review_by=DAY)

    assert in_queue("overdue", editor) == [due]


def with_evidence(**values: Any) -> tuple[Claim, Source]:
    """A live claim with one piece of evidence, and the outlet that it is in."""
    claim, passage = make_ready_claim(**values), make_passage()
    source = passage.capture.document.source
    source.operator, source.operator_passage = make_actor(), passage
    source.save()
    Citation.objects.create(
        claim=claim,
        position=3,
        document=passage.capture.document,
        passage=passage,
        role="evidence",
        stance="supports",
        basis="saw-or-measured",
        created_by=somebody(),
    )
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=make_user(Role.EDITOR))
    return claim, source


def another_operator(claim: Claim, source: Source) -> None:
    source.operator = make_actor()
    source.save()


def a_parent(claim: Claim, source: Source) -> None:
    Control.objects.create(
        actor=source.operator,
        parent=make_actor(),
        passage=source.operator_passage,
        created_by=somebody(),
    )


def a_grandparent(claim: Claim, source: Source) -> None:
    # The parent itself was known before: it is entered as of then.
    parent = source.operator.controls.get().parent
    Control.objects.create(
        actor=parent,
        parent=make_actor(),
        passage=source.operator_passage,
        created_by=somebody(),
    )


def an_office(claim: Claim, source: Source) -> None:
    ActorRole.objects.create(
        actor=claim.claimant, title="mayor", body=make_actor(), created_by=somebody()
    )


def another_outlet(claim: Claim, source: Source) -> None:
    document = claim.citations.get(role="evidence").document
    document.source = Source.objects.exclude(pk=source.pk).first()
    document.save()


def an_interest(claim: Claim, source: Source) -> None:
    claim.event.parties.create(
        actor=source.operator,
        interest="speaks-for",
        party=claim.claimant,
        passage=source.operator_passage,
        created_by=somebody(),
    )


@pytest.mark.parametrize(
    "change", [another_operator, a_parent, an_office, another_outlet, an_interest]
)
def test_a_live_claim_comes_back_when_something_behind_its_evidence_changes(change: Any):
    editor = make_user(Role.EDITOR)
    claim, source = with_evidence(event=make_event())
    with_evidence()
    assert in_queue("changed", editor) == []

    change(claim, source)

    assert in_queue("changed", editor) == [claim]


def test_parents_of_parents_are_looked_at():
    editor = make_user(Role.EDITOR)
    claim, source = with_evidence()
    a_parent(claim, source)
    revise_and_publish(claim, "update")
    assert in_queue("changed", editor) == []

    a_grandparent(claim, source)

    assert in_queue("changed", editor) == [claim]


def test_a_parent_that_is_struck_out_is_a_change():
    editor = make_user(Role.EDITOR)
    claim, source = with_evidence()
    a_parent(claim, source)
    revise_and_publish(claim, "update")

    source.operator.controls.all().delete()

    assert in_queue("changed", editor) == [claim]


def test_what_no_count_rests_on_brings_nothing_back():
    editor = make_user(Role.EDITOR)
    claim, source = with_evidence()
    make_published_claim()
    before = source.operator

    Source.objects.filter(pk=source.pk).update(name="Synthetic Gazette, renamed")
    Actor.objects.filter(pk=claim.claimant_id).update(description="Renamed.")
    another_operator(claim, source)
    source.operator = before
    source.save()

    assert in_queue("changed", editor) == []


def test_a_claim_in_work_is_in_somebodys_hands_already():
    editor = make_user(Role.EDITOR)
    claim, source = with_evidence()
    another_operator(claim, source)

    workflow.revise(claim, by=editor)

    assert in_queue("changed", editor) == []
    assert in_queue("drafts", editor) == [claim]


@pytest.mark.parametrize("withheld", [False, True])
def test_a_repeat_comes_back_with_the_verdict_on_the_other(withheld: bool):
    other, claim, editor = make_published_claim(), make_ready_claim(), make_user(Role.EDITOR)
    ClaimRelation.objects.create(claim=claim, kind="repeats", other=other, created_by=somebody())
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=editor)
    assert in_queue("changed", editor) == []

    if withheld:
        withhold(other, "suspend")
    else:
        revise_and_publish(
            other,
            "update",
            verification_status="unverified",
            as_of=DAY,
            rationale="We asked.",
            why_checked="Many asked.",
            would_settle="The harbour's book.",
        )

    assert in_queue("changed", editor) == [claim]


def test_home_the_list_and_the_claim_give_one_answer_on_what_has_changed():
    editor = make_user(Role.EDITOR)
    as_before, source = with_evidence(event=make_event())
    another_operator(as_before, source)
    otherwise, interested = with_evidence(event=make_event())
    an_interest(otherwise, interested)
    due = make_published_claim(review_by=DAY)
    in_work = make_published_claim(review_by=DAY)
    workflow.revise(in_work, by=make_user(Role.REPORTER))
    make_published_claim()
    browser = signed_in(editor)
    listed = "/admin/claims/claim/?{}"

    again = browser.get(listed.format("again=yes")).context["cl"].result_list
    sections = {section.key: section for section in home(editor).context["sections"]}
    changed = browser.get(sections["changed"].url).context["cl"].result_list

    assert {claim.pk for claim in again} == {as_before.pk, otherwise.pk, due.pk, in_work.pk}
    assert {claim.pk for claim in changed} == {as_before.pk, otherwise.pk}
    assert (sections["changed"].count, sections["overdue"].count) == (2, 2)
    assert recheck_reasons(as_before) == [CHANGED_BEHIND_IT]
    [reason] = recheck_reasons(otherwise)
    assert reason.startswith("Independent origins for it: ")
    assert all(recheck_reasons(claim) for claim in again)


# The page


def test_home_says_what_waits_by_role():
    chen = make_user(Role.CHECKER, "chen")
    claim = submitted(make_user(Role.REPORTER), text="Twelve boats were counted.")

    page = home(chen)

    [section] = page.context["waiting"]
    assert (section.key, section.count, section.oldest) == ("approve", 1, "a moment")
    assert [row["url"] for row in section.rows] == [address(claim)]
    text = page.content.decode()
    assert f'href="{address(claim)}"' in text
    assert str(claim.claimant) in text
    assert "Twelve boats were counted." in text


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (
            Role.REPORTER,
            ["returned", "assigned", "mentioned", "drafts", "overdue", "changed", "reports"],
        ),
        (
            Role.CHECKER,
            [
                "returned",
                "approve",
                "assigned",
                "mentioned",
                "drafts",
                "overdue",
                "changed",
                "reports",
            ],
        ),
        (
            Role.EDITOR,
            [
                "returned",
                "approve",
                "publish",
                "embargo",
                "assigned",
                "mentioned",
                "drafts",
                "overdue",
                "changed",
                "reports",
            ],
        ),
        (Role.ADMINISTRATOR, ["assigned", "mentioned", "reports"]),
    ],
)
def test_each_role_has_its_sections(role: Role, keys: list[str]):
    assert list(counts(make_user(role))) == keys


def test_ages_are_told_in_one_unit():
    rita = make_user(Role.REPORTER)
    claim = make_claim(created_by=rita)
    Claim.objects.filter(pk=claim.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=3, hours=5)
    )
    make_claim(created_by=rita)

    sections = {section.key: section for section in home(rita).context["sections"]}

    assert sections["drafts"].oldest == "3 days"
    assert [row["age"] for row in sections["drafts"].rows] == ["3 days", "a moment"]


def test_a_section_shows_ten_and_counts_all():
    rita = make_user(Role.REPORTER)
    for _ in range(12):
        make_claim(created_by=rita)

    [section] = home(rita).context["waiting"]

    assert (section.count, len(section.rows)) == (12, 10)


def test_what_the_list_shows_is_what_home_counts():
    editor = make_user(Role.EDITOR, "edna")
    make_claim(created_by=editor)
    make_approved_claim()
    workflow.return_to_draft(submitted(editor), by=make_user(Role.CHECKER), note="Mend.")
    claim = submitted(make_user(Role.REPORTER))
    assign(claim, to=editor, by=editor)
    comment(claim, text="@edna", by=make_user(Role.CHECKER))
    make_published_claim(review_by=DAY)
    behind, source = with_evidence()
    another_operator(behind, source)
    browser = signed_in(editor)

    listed = {
        section.key: browser.get(section.url).context["cl"].result_count
        for section in home(editor).context["sections"]
    }

    assert listed == counts(editor)
    assert set(listed.values()) == {1, 0}
    assert listed["reports"] == 0


def test_open_reports_wait_for_everybody_until_they_are_settled():
    rita, rob = make_user(Role.REPORTER), make_user(Role.REPORTER)
    report = receive(kind="error", text="It was thirteen.", by=rita)
    assert counts(rob)["reports"] == 1
    take_report("take", report, by=rita)
    assert [row["stage"] for row in home(rob).context["waiting"][0].rows] == [f"in hand: {rita}"]

    take_report("close", report, by=rita, note="Nothing to mend.")

    assert list(reports(rob)) == []


def fill(editor: User, chen: User) -> None:
    """One more in every section."""
    make_claim(created_by=editor)
    make_approved_claim()
    workflow.return_to_draft(submitted(editor), by=chen, note="Mend.")
    claim = submitted(make_user(Role.REPORTER))
    assign(claim, to=editor, by=editor)
    comment(claim, text=f"@{editor}", by=chen)
    make_published_claim(review_by=DAY)
    behind, source = with_evidence()
    another_operator(behind, source)
    receive(kind="error", text="It was thirteen.", claim=behind, by=chen)
    miss_its_time(make_approved_claim(), by=editor)


def miss_its_time(claim: Claim, *, by: User) -> None:
    """An embargo that fails, because the claim is changed before it is over."""
    set_embargo(
        claim, action="publish", publish_at=timezone.now() + datetime.timedelta(hours=1), by=by
    )
    claim.unknowns = "Changed under embargo."
    claim.save()


def test_what_did_not_go_out_at_its_time_waits_for_an_editor_with_the_reason():
    editor = make_user(Role.EDITOR)
    claim = make_approved_claim()

    miss_its_time(claim, by=editor)

    [section] = [one for one in home(editor).context["waiting"] if one.key == "embargo"]
    [row] = section.rows
    assert section.count == 1
    assert "draft" in row["note"]


def test_home_asks_as_many_questions_for_three_of_each_as_for_one():
    editor, chen = make_user(Role.EDITOR, "edna"), make_user(Role.CHECKER, "chen")
    browser = signed_in(editor)
    fill(editor, chen)
    browser.get("/admin/")

    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/admin/")
        numbers.append(len(queries))
        fill(editor, chen)
        fill(editor, chen)

    assert [section.count for section in page.context["sections"]] == [3] * 10
    assert numbers == [30, 30]


def test_what_waits_stands_under_its_article():
    rita, passage = make_user(Role.REPORTER), make_passage()
    first = submitted(rita, passage=passage)
    other = submitted(rita)
    second = submitted(rita, passage=passage)
    document = passage.capture.document

    page = home(make_user(Role.CHECKER))

    [section] = page.context["waiting"]
    assert [(article.pk, [row["pk"] for row in rows]) for article, rows in section.articles] == [
        (document.pk, [first.pk, second.pk]),
        (other.citations.get(position=1).document_id, [other.pk]),
    ]
    assert f'href="{reverse("desk:sheet", args=[document.pk])}"' in page.content.decode()


def test_only_the_words_of_others_are_in_quotation_marks():
    rita = make_user(Role.REPORTER)
    make_claim(created_by=rita, text="Twelve boats were counted.")
    receive(kind="error", text="It was thirteen.", by=rita)

    text = home(rita).content.decode()

    assert '<span class="desk-words" dir="auto">Twelve boats were counted.</span>' in text
    assert '<q class="desk-words" dir="auto">It was thirteen.</q>' in text


# Where nothing waits


def test_an_empty_desk_says_what_to_do_first():
    text = home(make_user(Role.REPORTER)).content.decode()

    assert "There is no claim yet" in text
    assert reverse("admin:sources_document_add") in text


def test_who_has_nothing_to_do_is_told_where_to_look():
    make_published_claim()

    text = home(make_user(Role.REPORTER)).content.decode()

    assert "Nothing waits for you." in text
    assert "You have no draft." in text


def test_an_account_without_a_role_is_told_so():
    person = User.objects.create(username="staff", is_staff=True)
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)

    for one in (person, root):
        assert "none of the desk's roles" in home(one).content.decode().replace("&#x27;", "'")


def test_home_keeps_the_list_of_all_tables():
    page = home(make_user(Role.EDITOR))

    assert reverse("admin:index") == reverse("desk:home") == "/admin/"
    assert reverse("admin:claims_claim_changelist") in page.content.decode()


def test_home_is_for_staff_alone():
    stranger = signed_in(User.objects.create(username="reader"))

    assert stranger.get("/admin/")["Location"] == "/admin/login/?next=/admin/"

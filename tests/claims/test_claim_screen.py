"""The screen of one claim: where it stands, what is missing, what comes next, who can do it."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import workflow
from claims.choices import Stage
from claims.embargoes import set_embargo
from claims.models import Citation, Claim, ClaimRelation, ClaimTopic, Inquiry, Override, Relay
from claims.steps import STEPS
from claims.templatetags.desk import step_words
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from sources.steps import SUBJECT_STEPS
from tests.admin_pages import address, open_form, signed_in
from tests.factories import (
    add_figure,
    make_actor,
    make_approved_claim,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_topic,
    make_user,
    somebody,
    withhold,
)
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db


def screen(claim: Claim, by: Any) -> Any:
    """The claim's page as the person sees it."""
    response = signed_in(by).get(address(claim))
    assert response.status_code == 200
    return response


def step(by: Any, claim: Claim, action: str, **values: Any) -> Any:
    """Press a button on the page as it stands now."""
    claim.refresh_from_db()
    seen = {"edit_number": claim.edit_number, "opened_stage": claim.stage}
    return signed_in(by).post(address(claim, "step", action), seen | values)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


# Where it stands, and what comes next


def test_the_screen_says_who_entered_submitted_approved_and_published_it() -> None:
    claim = make_ready_claim()
    mira, chen = make_user(Role.REPORTER, "mira"), make_user(Role.CHECKER, "chen")
    ed = make_user(Role.EDITOR, "ed")
    deeds = []

    for person, action in ((None, ""), (mira, "submit"), (chen, "approve"), (ed, "publish")):
        if person:
            workflow.take(action, claim, by=person)
        people = screen(claim, mira).context["panel"]["people"]
        deeds.append([(deed.did, str(deed.by)) for deed in people])

    assert deeds == [
        [("Entered", "somebody")],
        [("Entered", "somebody"), ("Submitted", "mira")],
        [("Entered", "somebody"), ("Submitted", "mira"), ("Approved", "chen")],
        [
            ("Entered", "somebody"),
            ("Submitted", "mira"),
            ("Approved", "chen"),
            ("Published", "ed"),
        ],
    ]


def test_the_screen_says_what_is_next_and_who_can_do_it() -> None:
    claim, mira = make_ready_claim(), make_user(Role.REPORTER, "mira")
    chen, ed = make_user(Role.CHECKER, "chen"), make_user(Role.EDITOR, "ed")
    said = [screen(claim, mira).context["panel"]["next"]]

    for person, action, note in (
        (mira, "submit", ""),
        (chen, "approve", ""),
        (ed, "publish", ""),
        (mira, "revise", ""),
        (mira, "submit", ""),
        (chen, "approve", ""),
        (ed, "suspend", "Synthetic."),
    ):
        workflow.take(action, claim, by=person, note=note)
        said.append(screen(claim, mira).context["panel"]["next"])

    submit = "“Submit for review”, by a reporter, a checker or an editor."
    approve = "“Approve”, by a checker or an editor other than mira (who submitted it)."
    assert said == [
        submit,
        approve,
        "“Publish”, by an editor.",
        "“Revise”, by a reporter, a checker or an editor.",
        submit,
        approve,
        "“Publish as an update” or “Publish as a correction”, by an editor.",
        "“Restore”, by an editor other than ed (who took it off).",
    ]


def test_both_statuses_stand_on_the_screen_as_an_icon_and_words() -> None:
    claim = make_ready_claim()

    page = screen(claim, make_user(Role.REPORTER)).content.decode()

    assert page.count('<svg class="icon"') == 2
    assert "<span>Reported: we have not seen the original</span>" in page
    assert "<span>Not checked yet</span>" in page


def test_who_submitted_a_claim_is_told_why_they_cannot_approve_it() -> None:
    claim, checker = make_ready_claim(), make_user(Role.CHECKER)
    workflow.submit(claim, by=checker)

    own = screen(claim, checker)
    others = screen(claim, make_user(Role.CHECKER))

    barred = [("Approve", "You submitted it: somebody else has to approve it.")]
    assert own.context["barred"] == barred
    assert barred[0][1] in own.content.decode()
    assert others.context["barred"] == []


def test_who_took_a_claim_off_is_told_why_they_cannot_restore_it() -> None:
    claim, editor = make_published_claim(), make_user(Role.EDITOR)
    workflow.suspend(claim, by=editor, note="Synthetic.")

    own = screen(claim, editor)
    reporters = screen(claim, make_user(Role.REPORTER))

    assert own.context["barred"] == [
        ("Restore", "You took it off: somebody else has to restore it.")
    ]
    assert reporters.context["barred"] == []


def test_who_changed_an_actor_is_told_why_they_cannot_send_it_out() -> None:
    editor = make_user(Role.EDITOR)
    actor = make_actor(created_by=editor)

    page = signed_in(editor).get(address(actor))

    assert [label for label, _ in page.context["barred"]] == ["Publish"]
    assert "another editor sends it out." in page.content.decode()


def test_barred_steps_are_those_that_the_workflow_refuses() -> None:
    claim, checker = make_ready_claim(), make_user(Role.CHECKER)
    workflow.submit(claim, by=checker)

    for step_barred, sentence in workflow.barred_steps(claim, checker):
        with pytest.raises(Exception, match=sentence):
            workflow.take(step_barred.action, claim, by=checker)

    assert not set(workflow.open_steps(claim, checker)) & {
        one for one, _ in workflow.barred_steps(claim, checker)
    }


# Steps


def test_a_claim_that_is_not_ready_leads_to_the_checklist_instead_of_a_button() -> None:
    claim = make_claim(harm_check=[])

    page = screen(claim, make_user(Role.REPORTER))

    text = page.content.decode()
    assert page.context["panel"]["closed_steps"]["submit"] == "Not yet: 2 things are missing."
    assert 'Not yet: 2 things are missing. <a href="#readiness">See what</a>' in text
    assert text.count("/step/") == 0


def test_approval_of_what_has_changed_elsewhere_is_no_button() -> None:
    event = make_event()
    claim = make_ready_claim(event=event)
    workflow.submit(claim, by=make_user(Role.REPORTER))
    event.title = "Synthetic count of ships"
    event.save()

    page = screen(claim, make_user(Role.CHECKER))

    assert page.context["panel"]["changed_since"] == ["event “Synthetic count of ships”"]
    assert "Not as it is: it is no longer what was submitted." in page.content.decode()
    assert page.content.decode().count("/step/") == 1  # Return to draft.


@pytest.mark.parametrize("action", ["retract", "redact"])
def test_what_says_most_to_readers_is_ticked_before_it_is_done(action: str) -> None:
    claim = make_published_claim()
    by = make_user(Role.ADMINISTRATOR if action == "redact" else Role.EDITOR)

    page = screen(claim, by).content.decode()
    without = step(by, claim, action, note="Synthetic note.")
    stood = workflow.public_state_of(claim)
    with_it = step(by, claim, action, note="Synthetic note.", known="on")

    warning = STEPS[action].warning
    assert f'id="step-{action}-known" name="known" required> {warning}</label>' in page
    assert told(without) == [f"“{STEPS[action].button}”: tick first that you know what it does."]
    assert stood == "live"
    assert told(with_it) == [STEPS[action].done]
    assert workflow.public_state_of(claim) == f"{action}ed".replace("eed", "ed")


def test_each_step_says_what_it_did() -> None:
    claim = make_ready_claim()

    response = step(make_user(Role.REPORTER), claim, "submit")

    assert told(response) == ["Submitted for review."]
    assert all(one.done.endswith(".") for one in [*STEPS.values(), *SUBJECT_STEPS.values()])


# The checklist


def test_the_checklist_has_every_rule_once() -> None:
    claim = make_claim(harm_check=[])
    editor = make_user(Role.EDITOR)
    Override.objects.create(claim=claim, rule="disputed", reason="Synthetic.", created_by=editor)
    claim.verification_status, claim.as_of = "disputed", "2020-03-09"
    claim.rationale = claim.why_checked = claim.would_settle = "Synthetic."
    claim.save()

    page = screen(claim, editor)

    ready = page.context["panel"]["readiness"]
    assert [rule.anchor for rule in ready["unmet"]] == ["citations-group", "id_harm_check"]
    assert [rule.reason for rule in ready["overridden"]] == [f"{editor}: Synthetic."]
    assert len(ready["met"]) == 27
    assert ready["faults"] == []


@pytest.mark.parametrize(
    ("rule", "role", "fault"),
    [
        ("counts", Role.EDITOR, "The claim meets this rule: remove the override."),
        (
            "harm-check",
            Role.EDITOR,
            "This rule can never be overridden: meet it, and remove the override.",
        ),
        ("of-old", Role.EDITOR, "There is no such rule any more: remove the override."),
        (
            "quantity",
            Role.REPORTER,
            "“mira”, who entered it, is no editor: an editor removes it and enters it anew.",
        ),
    ],
)
def test_an_override_that_does_not_hold_says_why(rule: str, role: Role, fault: str) -> None:
    claim = make_ready_claim(kind="quantitative")
    mira = make_user(role, "mira")
    Override.objects.create(claim=claim, rule=rule, reason="Synthetic.", created_by=mira)

    page = screen(claim, make_user(Role.EDITOR))

    [line] = page.context["panel"]["readiness"]["faults"]
    assert line.reason == fault
    assert f"The override of the rule “{rule}” does not hold." in page.content.decode()


def test_who_cannot_change_the_claim_gets_no_links_to_fields() -> None:
    claim = make_claim(harm_check=[])

    page = screen(claim, make_user(Role.ADMINISTRATOR))

    assert {rule.anchor for rule in page.context["panel"]["readiness"]["unmet"]} == {""}
    assert "#id_harm_check" not in page.content.decode()


def test_errors_of_the_form_lead_to_their_fields() -> None:
    claim, reporter = make_ready_claim(), make_user(Role.REPORTER)
    desk = signed_in(reporter)
    values = open_form(desk, claim) | {"text": "", "citations-0-quote": "No such words."}

    page = desk.post(address(claim), values)

    errors = page.context["form_errors"]
    text = page.content.decode()
    assert [(error.label, error.anchor) for error in errors] == [
        ("Text", "id_text"),
        ("Citation 1, Quote", "id_citations-0-quote"),
    ]
    assert '<a href="#id_text">Text</a>: This field is required.' in text
    assert all(f'id="{error.anchor}"' in text for error in errors)
    assert "Save what is below first: a step takes what is saved." in text


# Corroboration, chain, versions


def test_corroboration_is_told_in_the_words_of_the_public_page() -> None:
    claim = make_rich_claim()

    panel = screen(claim, make_user(Role.CHECKER)).context["panel"]

    assert panel["origins"][1].startswith("One independent origin stands against it: ")
    assert [(side["count"], side["before"]) for side in panel["sides"]] == [(1, 1), (1, 1)]
    assert [end["why"].reader_label for side in panel["sides"] for end in side["ends"]] == [
        "Counts",
        "Counts",
    ]
    assert [one["title"] for one in panel["utterances"]] == ["Post on the number of boats"]


def test_a_draft_of_which_no_record_can_be_made_still_shows_its_chain() -> None:
    event = make_event()
    make_published_claim(event=event)
    claim = make_ready_claim(event=event)
    measure = event.measures.create(
        what="boats", unit="boats", counting="per-period", created_by=somebody()
    )
    add_figure(claim, measure=measure)

    panel = screen(claim, make_user(Role.REPORTER)).context["panel"]

    assert panel["not_told"] == [
        f"Publish the change of the event “{event}” first: it counts anew."
    ]
    assert [node.number for node in panel["drawing"].nodes] == [1, 2]
    assert panel["origins"][0] == "No evidence is given for it or against it."
    assert panel["closed_steps"]["submit"] == "Not yet: one thing is missing."


def test_a_revision_in_review_shows_what_it_changes_at_once() -> None:
    claim = make_published_claim(text="Synthetic: twelve boats were counted.")
    reporter, checker = make_user(Role.REPORTER), make_user(Role.CHECKER)
    settled = screen(claim, checker)
    workflow.revise(claim, by=reporter)
    unchanged = screen(claim, checker).content.decode()
    claim.text = "Synthetic: thirteen boats were counted."
    claim.save()
    claim.refresh_from_db()
    workflow.submit(claim, by=reporter)

    review = screen(claim, checker).content.decode()

    assert settled.context["panel"]["changes"] is None
    assert "Nothing: it says what the newest version says." in unchanged
    assert '<details class="claim-details" id="changes" open>' in review
    assert (
        'Synthetic: <del><span class="visually-hidden">[removed:</span>twelve'
        '<span class="visually-hidden">]</span></del>'
        '<ins><span class="visually-hidden">[added:</span>thirteen'
        '<span class="visually-hidden">]</span></ins> boats were counted.'
    ) in review


def test_each_version_shows_what_it_changed() -> None:
    claim = make_rich_claim()
    withhold(claim, "retract")
    desk = signed_in(make_user(Role.REPORTER))

    screens = [desk.get(f"/admin/versions/claim/{claim.pk}/{number}/") for number in (1, 2, 3, 4)]

    pages = [page.content.decode() for page in screens[:3]]
    assert [page.status_code for page in screens] == [200, 200, 200, 404]
    assert "There is nothing to compare it with" in pages[0]
    assert "Against version 1" in pages[1]
    assert "[added:</span> harbour<span" in pages[1]
    assert "It has no words of its own" in pages[2]
    assert f"/admin/versions/claim/{claim.pk}/2/" in desk.get(address(claim)).content.decode()


def test_versions_are_for_who_may_view_claims() -> None:
    claim = make_published_claim()
    clerk = make_user(Role.REPORTER)
    clerk.groups.clear()

    response = signed_in(clerk).get(f"/admin/versions/claim/{claim.pk}/1/")

    assert response.status_code == 403


def test_a_claim_that_another_repeats_is_a_link_in_its_reason() -> None:
    other = make_published_claim()
    claim = make_ready_claim()
    ClaimRelation.objects.create(claim=claim, kind="repeats", other=other, created_by=somebody())
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=make_user(Role.EDITOR))
    withhold(other, "suspend")

    page = screen(claim, make_user(Role.REPORTER)).content.decode()

    link = f'<a href="/admin/claims/claim/?q={other.public_id}">{other.public_id}</a>'
    assert f"The claim {link}, which it repeats, is now “suspended”." in page


def test_a_settled_claim_asks_for_no_checklist() -> None:
    claim = make_published_claim()

    page = screen(claim, make_user(Role.REPORTER))

    assert page.context["panel"]["readiness"] is None
    assert 'id="readiness"' not in page.content.decode()


# Speed


def grown(count: int) -> Claim:
    """A revision under way, with as many rows of each kind, of the same few people and outlets."""
    event, asked_of, passage = make_event(), make_actor(), make_passage()
    source = make_source(operator=make_actor(), operator_passage=passage)
    claim = make_published_claim(event=event)
    workflow.revise(claim, by=make_user(Role.REPORTER))
    for number in range(1, count + 1):
        held = make_passage(make_capture(make_document(source=source)))
        evidence = Citation.objects.create(
            claim=claim,
            position=number + 2,
            role="evidence",
            stance="supports",
            basis="was-told",
            document=held.capture.document,
            passage=held,
            created_by=somebody(),
        )
        origin = Citation.objects.create(
            claim=claim,
            position=number + 10,
            role="evidence",
            stance="supports",
            basis="saw-or-measured",
            document=make_document(source=source, told_by=held),
            created_by=somebody(),
        )
        Relay.objects.create(
            claim=claim,
            carrier=evidence,
            taken_from=origin,
            manner="quotes",
            created_by=somebody(),
        )
        add_figure(claim, position=number)
        Inquiry.objects.create(
            claim=claim,
            position=number,
            asked_of=asked_of,
            newsroom=source,
            passage=held,
            place="press office",
            question="How many boats?",
            asked_on=datetime.date(2020, 3, 5),
            deadline=datetime.date(2020, 3, 7),
            result="waiting",
            created_by=somebody(),
        )
        ClaimTopic.objects.create(claim=claim, topic=make_topic(), created_by=somebody())
        ClaimRelation.objects.create(
            claim=claim, kind="repeats", other=make_published_claim(), created_by=somebody()
        )
    claim.refresh_from_db()
    return claim


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_asks_the_database_the_same_number_of_questions(count: int) -> None:
    claim = grown(count)
    desk = signed_in(make_user(Role.EDITOR))
    desk.get(address(claim))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = desk.get(address(claim))

    assert response.status_code == 200
    assert len(asked) == 130, "\n".join(query["sql"][:300] for query in asked)


def test_looking_at_a_claim_writes_nothing() -> None:
    claim = make_rich_claim()
    decisions, number = Decision.objects.count(), claim.edit_number

    screen(claim, make_user(Role.EDITOR))

    claim.refresh_from_db()
    assert (Decision.objects.count(), claim.edit_number) == (decisions, number)
    assert claim.stage == Stage.SETTLED


# Steps, sorted by how often they are taken


def disclosed(page: Any) -> dict[str, list[str]]:
    """The steps of the page by the disclosure that they stand behind."""
    found: dict[str, list[str]] = {}
    for button in page.context["steps"]:
        found.setdefault(button.stands_under, []).append(button.action)
    return found


def test_what_takes_off_or_takes_back_stands_behind_a_disclosure() -> None:
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))

    page = screen(claim, make_user(Role.EDITOR))

    text = page.content.decode()
    assert disclosed(page) == {
        "": ["submit"],
        "Take off or take back": ["discard", "suspend", "retract"],
    }
    behind = text.index("<summary>Take off or take back</summary>")
    assert text.index("/step/submit/") < behind < text.index("/step/retract/")


def test_each_note_says_who_reads_it() -> None:
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))

    text = screen(claim, make_user(Role.EDITOR)).content.decode()

    def badge(action: str) -> str:
        return text.split(f'<label for="step-{action}-note">')[1].split("</label>")[0]

    assert "Stays in the desk" in badge("discard")
    assert "Readers see it" in badge("retract")
    assert "Stays in the desk" not in badge("retract")


def test_a_step_leads_to_the_next_claim_of_the_same_article() -> None:
    reporter, checker = make_user(Role.REPORTER), make_user(Role.CHECKER)
    older, passage = make_ready_claim(), make_passage()
    first, second = make_ready_claim(passage=passage), make_ready_claim(passage=passage)
    for claim in (older, first, second):
        workflow.submit(claim, by=reporter)

    here = told(step(checker, first, "approve"))
    elsewhere = told(step(checker, second, "approve"))
    done = told(step(checker, older, "approve"))

    assert here[1] == f'Next for your review: <a href="{address(second)}">{second.text}</a>'
    assert elsewhere[1] == f'Next for your review: <a href="{address(older)}">{older.text}</a>'
    assert done == ["Approved. An editor can publish it now."]


def test_nobody_is_led_to_what_they_cannot_take_up() -> None:
    reporter, checker = make_user(Role.REPORTER), make_user(Role.CHECKER)
    own, claim = make_ready_claim(), make_ready_claim()
    workflow.submit(own, by=checker)
    workflow.submit(claim, by=reporter)

    assert len(told(step(checker, claim, "approve"))) == 1
    assert len(told(step(reporter, make_ready_claim(created_by=somebody()), "submit"))) == 1


def test_what_goes_out_by_itself_is_nobodys_next_to_publish() -> None:
    editor = make_user(Role.EDITOR)
    planned, first, second = (make_approved_claim() for _ in range(3))
    at = timezone.now() + datetime.timedelta(days=1)
    set_embargo(planned, action="publish", publish_at=at, by=editor)

    told_first = told(step(editor, first, "publish"))
    told_second = told(step(editor, second, "publish"))
    home = signed_in(editor).get("/admin/").content.decode()

    assert told_first[1] == f'Next to be published: <a href="{address(second)}">{second.text}</a>'
    assert len(told_second) == 1
    assert home.count("goes out by itself on") == 1
    assert f"goes out by itself on {at.astimezone(datetime.UTC):%-d %b %Y, %H:%M} UTC" in home


def test_who_opens_a_claim_for_changes_is_not_led_away_from_it() -> None:
    editor = make_user(Role.EDITOR)
    workflow.submit(make_ready_claim(), by=make_user(Role.REPORTER))

    assert len(told(step(editor, make_published_claim(), "revise"))) == 1


def test_who_else_is_here_stands_above_all_of_the_form() -> None:
    claim = make_ready_claim()

    text = screen(claim, make_user(Role.REPORTER)).content.decode()

    assert text.count('id="presence"') == 1
    assert text.index('id="presence"') < text.index('class="object-tools"')


def test_a_new_claim_is_offered_to_who_may_enter_one() -> None:
    reporter, administrator = make_user(Role.REPORTER), make_user(Role.ADMINISTRATOR)

    pages = [
        signed_in(one).get("/admin/help/").content.decode() for one in (reporter, administrator)
    ]

    assert ['data-shortcut="new claim"' in page for page in pages] == [True, False]


def test_what_was_never_published_says_so_in_words() -> None:
    editor = make_user(Role.EDITOR)

    claim = screen(make_ready_claim(), editor).content.decode()
    actor = signed_in(editor).get(address(make_actor())).content.decode()
    live = screen(make_published_claim(), editor).content.decode()

    assert "Working copy: draft. Never published</h2>" in claim
    assert "Never published</h2>" in actor
    assert "Working copy: settled. In public: Live</h2>" in live


def test_a_document_that_nobody_can_merge_has_no_empty_section() -> None:
    document = make_document()

    pages = [
        signed_in(make_user(role)).get(address(document)).content.decode()
        for role in (Role.REPORTER, Role.EDITOR)
    ]

    assert ["Entered twice?" in page for page in pages] == [False, True]
    assert all(document.public_id in page for page in pages)


def trail(page: Any) -> list[str]:
    """The links that lead up from a page beside a row."""
    crumbs = page.content.decode().split('<div class="breadcrumbs">')[1].split("</div>")[0]
    return re.findall(r'href="([^"]+)"', crumbs)


def test_pages_beside_a_claim_lead_back_to_it_in_the_same_way() -> None:
    claim, editor = make_published_claim(), make_user(Role.EDITOR)
    desk = signed_in(editor)
    claim.refresh_from_db()
    seen = {"edit_number": claim.edit_number, "opened_stage": "draft"}

    pages = [
        desk.get(f"/admin/versions/claim/{claim.pk}/1/"),
        desk.post(address(claim, "step", "revise"), seen),
        desk.get(address(claim, "history")),
    ]

    assert [page.status_code for page in pages] == [200, 409, 200]
    for page in pages:
        assert trail(page)[-2:] == ["/admin/claims/claim/", address(claim)]


def test_steps_that_were_taken_are_called_what_their_buttons_say() -> None:
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user(Role.REPORTER))

    text = screen(claim, make_user(Role.REPORTER)).content.decode()

    assert "<td>Submit for review</td>" in text
    assert step_words("release_place") == "Release place"

"""Ways around the rules that were found once, and stay closed."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pghistory.models
import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from claims import event_workflow, record, workflow
from claims.kinds import KINDS
from claims.models import Citation, Claim, ClaimRelation, EventParty, Measure, PublicClaim
from factcheck import public_side
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.drafts import Draft
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources import record as sources_record
from sources import workflow as sources_workflow
from sources.models import Actor, ActorRole, PassageRange
from sources.publishing import gather
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
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)

pytestmark = pytest.mark.django_db
BASE = Path(__file__).resolve().parent.parent.parent


def content_of(claim: Claim) -> dict[str, Any]:
    return gather(claim, KINDS).root.content


def take_down(actor: Actor, kind: PublicationKind) -> None:
    with transaction.atomic():
        log.append(
            [
                Draft(
                    subject=Subject("actor", actor.public_id),
                    kind=kind,
                    action=kind.value,
                    note="Synthetic note.",
                )
            ],
            by=make_user(Role.EDITOR),
        )


# Decisions


def test_an_old_approval_is_not_used_again():
    claim = make_approved_claim()
    approval = claim.decision
    claim.text = "Approved by nobody."
    claim.save()
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.EDITOR))

    with pytest.raises(IntegrityError, match="by a step"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(stage="approved", decision=approval)


def test_a_decision_is_not_swapped_to_hide_who_submitted():
    claim = make_ready_claim()
    checker = make_user(Role.CHECKER)
    workflow.submit(claim, by=make_user(Role.REPORTER))
    first = claim.decision
    workflow.return_to_draft(claim, by=checker, note="Synthetic note.")
    workflow.submit(claim, by=checker)

    with pytest.raises(IntegrityError, match="by a step"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(decision=first)


def test_an_old_submission_is_not_used_again():
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    first, pinned = claim.decision, claim.reviewed_hash
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Synthetic note.")

    with pytest.raises(IntegrityError, match="by a step"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            stage="in_review", reviewed_hash=pinned, decision=first
        )


def test_a_decision_moves_a_claim_from_no_other_stage_than_its_own():
    claim = make_ready_claim()
    with transaction.atomic():
        decision = log.decide(
            subject=workflow.subject_of_claim(claim),
            action="approve",
            by=make_user(Role.CHECKER),
            stage_from="in_review",
            stage_to="approved",
            content_hash="1" * 64,
        )

    with pytest.raises(IntegrityError, match="by a step"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            stage="approved", reviewed_hash="1" * 64, decision=decision
        )


def test_a_pinned_hash_is_that_of_its_decision():
    claim = make_ready_claim()
    with transaction.atomic():
        decision = log.decide(
            subject=workflow.subject_of_claim(claim),
            action="submit",
            by=make_user(),
            stage_from="draft",
            stage_to="in_review",
            content_hash="1" * 64,
        )

    with pytest.raises(IntegrityError, match="by a step"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            stage="in_review", reviewed_hash="0" * 64, decision=decision
        )


def test_a_step_without_a_note_takes_none():
    claim = make_approved_claim()

    with pytest.raises(InvalidInput, match="takes no note"):
        workflow.take("publish", claim, by=make_user(Role.EDITOR), note="For nobody.")


def test_a_note_with_bad_characters_is_refused():
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user())

    with pytest.raises(InvalidInput):
        workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="a\x00b")


# What stands in a record


def test_no_place_is_told_finer_than_a_settlement():
    event = make_event(latitude="50.12345", longitude="30.98765", place_precision="exact")

    place = gather(event, KINDS).root.content["place"]

    assert (place["latitude"], place["longitude"]) == ("50.12", "30.99")
    assert place["precision"] == "settlement"


def role_of(actor: Actor, **values: Any) -> ActorRole:
    days = {"held_from": date(2020, 1, 1), "held_until": date(2020, 12, 31)}
    return ActorRole.objects.create(
        actor=actor, title="harbour master", created_by=somebody(), **days | values
    )


def test_a_role_is_told_when_it_is_public_and_established_for_the_day():
    told, later, undated = make_actor(), make_actor(), make_actor()
    role_of(told)
    sources_workflow.publish(later, by=make_user(Role.EDITOR))
    role_of(later)
    role_of(undated, held_from=None, held_until=None)

    roles = [
        content_of(make_ready_claim(claimant=actor))["speaker"]["roles"]
        for actor in (told, later, undated)
    ]

    assert roles == [[{"title": "harbour master"}], [], []]


def measured_claim() -> Claim:
    event = make_event()
    claim = make_ready_claim(event=event)
    add_figure(
        claim,
        measure=Measure.objects.create(
            event=event,
            what="boats counted",
            unit="boats",
            counting="per-period",
            created_by=somebody(),
        ),
    )
    return claim


def test_a_measure_is_told_as_its_event_has_it_in_public():
    claim = measured_claim()
    measure = claim.figures.get().measure
    event_workflow.publish_event(claim.event, by=make_user(Role.EDITOR))
    measure.what = "boats counted, worded anew"
    measure.save()

    told = content_of(claim)["figures"][0]["measure"]

    assert (told["id"], told["what"]) == (measure.public_id, "boats counted")


def test_a_measure_that_is_not_public_holds_the_claim_back():
    claim = measured_claim()
    event_workflow.publish_event(claim.event, by=make_user(Role.EDITOR))
    other = Measure.objects.create(
        event=claim.event,
        what="boats lost",
        unit="boats",
        counting="per-period",
        created_by=somebody(),
    )
    claim.figures.update(measure=other)

    with pytest.raises(NotReady, match="measure that is not public"):
        content_of(claim)


def test_parts_stand_in_an_order_of_their_own():
    claim = make_ready_claim()
    origin = claim.citations.get(position=2)
    carriers = [
        Citation.objects.create(
            claim=claim,
            document=make_document(),
            position=3,
            first_hand=False,
            created_by=somebody(),
        )
        for _ in range(2)
    ]
    relays = [
        claim.relays.create(
            carrier=carrier, taken_from=origin, manner="quotes", created_by=somebody()
        )
        for carrier in carriers
    ]
    for document in (carrier.document for carrier in carriers):
        make_capture(document)
    before = content_of(claim)

    relays[0].delete()
    relays[0].pk = None
    relays[0].save()

    assert content_of(claim) == before


# Strings of ours and of no language: what we wrote, and codes, ids, addresses.
OURS = {
    "claim.3": """status_line text language speaker/roles/*/title topics/*/names/*/language
        topics/*/names/*/name topics/*/names/*/slug attribution/reason verification/rationale
        unknowns why_checked figures/*/unit figures/*/measure/what figures/*/measure/unit
        original/language documents/*/language citations/*/fidelity/likely_reading
        citations/*/fidelity/reason relations/*/note said/time_zone
        figures/*/counted_as_of/time_zone documents/*/published/time_zone citations/*/place/locator
        documents/*/told_by/place/locator would_settle citations/*/anonymity_reason
        citations/*/answer depiction/shows depiction/place depiction/taken/time_zone
        media_findings/*/explanation inquiries/*/place inquiries/*/question inquiries/*/answer
        inquiries/*/anchor/locator overrides/*/rule overrides/*/reason
        imported_review/language imported_review/published/time_zone""",
    "event.1": """name place/name summary/text parties/*/stake measures/*/what measures/*/unit
        happened/time_zone parties/*/passage/locator parties/*/passage/document/language
        parties/*/passage/document/published/time_zone""",
    "actor.1": """name description names/*/language roles/*/title roles/*/passage/locator
        roles/*/passage/document/language roles/*/passage/document/published/time_zone
        controls/*/passage/locator controls/*/passage/document/language
        controls/*/passage/document/published/time_zone""",
    "source.1": """name language operator_passage/locator operator_passage/document/language
        operator_passage/document/published/time_zone""",
}
THEIRS = {
    "claims/schemas/claim.3.json": record.CLAIM_OTHERS_WORDS,
    "claims/schemas/event.1.json": record.EVENT_OTHERS_WORDS,
    "sources/schemas/actor.1.json": sources_record.ACTOR_OTHERS_WORDS,
    "sources/schemas/source.1.json": sources_record.SOURCE_OTHERS_WORDS,
}


def free_texts(schema: dict[str, Any], node: dict[str, Any], path: str) -> Iterator[str]:
    """The paths of all strings of a schema that are neither codes nor dates nor patterns."""
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        if name in ("reference", "id"):
            return  # The name that the mentioned subject's own record gives.
        node = schema["$defs"][name]
    for part in node.get("anyOf", []):
        yield from free_texts(schema, part, path)
    for name, part in node.get("properties", {}).items():
        yield from free_texts(schema, part, f"{path}/{name}")
    if "items" in node:
        yield from free_texts(schema, node["items"], f"{path}/*")
    kinds = node.get("type", [])
    if "string" in kinds and not {"enum", "pattern", "format"} & node.keys():
        yield path


@pytest.mark.parametrize("file", THEIRS)
def test_every_text_of_a_record_is_said_to_be_ours_or_theirs(file):
    schema = json.loads((BASE / file).read_text())
    ours = {f"/content/{path}" for path in OURS[Path(file).stem].split()}

    texts = set(free_texts(schema, schema, "/content"))

    assert texts == ours | set(THEIRS[file])
    assert not ours & set(THEIRS[file])


# Private people


def private_person() -> Actor:
    return make_actor(
        kind="person", name="Synthetic Secret Name", is_private=True, description="a resident"
    )


@pytest.mark.parametrize("where", ["named_speaker", "exact", "prefix"])
def test_a_private_persons_name_is_printed_nowhere(where):
    text = "SYNTHETIC. Synthetic Secret Name said: twelve boats. Nobody else counted."
    quote = text[:48] if where == "exact" else "twelve boats"
    capture = make_capture(text=text)
    claim = make_ready_claim(passage=make_passage(capture, quote), claimant=private_person())
    if where == "named_speaker":
        claim.citations.filter(position=1).update(
            named_speaker="SYNTHETIC SECRET NAME",
            passage=make_passage(capture, "Nobody else counted."),
        )

    with pytest.raises(NotReady, match="private person"):
        workflow.submit(claim, by=make_user())


def test_a_private_person_is_no_party_of_an_event():
    party = EventParty(event=make_event(), actor=private_person(), created_by=somebody())

    with pytest.raises(ValidationError, match="never of private persons"):
        party.full_clean()
    with pytest.raises(IntegrityError, match="never of private persons"), transaction.atomic():
        party.save()


# Two people


def test_an_editor_sends_out_nobody_along_whom_only_they_entered():
    editor = make_user(Role.EDITOR)
    body = make_actor(created_by=editor)
    actor = make_actor()
    role_of(actor, body=body)

    with pytest.raises(NotAllowed, match="another editor"):
        sources_workflow.publish(actor, by=editor)


def test_an_editor_sends_out_no_document_that_only_they_renamed():
    editor, passage, actor = make_user(Role.EDITOR), make_passage(), make_actor()
    role_of(actor, passage=passage)
    document = passage.capture.document
    with acting(editor):
        document.title = "Renamed by one person"
        document.save()

    with pytest.raises(NotAllowed, match="another editor"):
        sources_workflow.publish(actor, by=editor)


def test_no_session_switches_history_or_numbers_off():
    actor = make_actor()

    with pgtrigger.ignore():
        Actor.objects.filter(pk=actor.pk).update(name="Changed in silence")

    actor.refresh_from_db()
    assert (actor.edit_number, actor.history.count()) == (1, 1)
    with pgtrigger.ignore(), pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=actor.pk).update(public_id="0000000000")


def test_who_changed_what_is_kept():
    actor, person = make_actor(), make_user()
    with acting(person):
        actor.name = "Changed"
        actor.save()
    contexts = pghistory.models.Context.objects.filter(metadata__user=person.pk)

    with pytest.raises(IntegrityError, match="Who changed what"), transaction.atomic():
        contexts.update(metadata={"user": 0})
    with pytest.raises(IntegrityError, match="Who changed what"), transaction.atomic():
        contexts.delete()


# What is mentioned


def test_nothing_is_published_that_mentions_what_is_withheld():
    actor = make_actor()
    sources_workflow.publish(actor, by=make_user(Role.EDITOR))
    claim = make_approved_claim(claimant=actor)
    bundle = gather(claim, KINDS)
    take_down(actor, PublicationKind.SUSPEND)

    with pytest.raises(NotReady, match="what the record mentions"), transaction.atomic():
        workflow.send_out(bundle, KINDS, kind=PublicationKind.PUBLISH, by=make_user(Role.EDITOR))


def test_nothing_is_retracted_while_something_live_mentions_it():
    claim = make_published_claim()

    with pytest.raises(NotReady) as refused:
        take_down(claim.claimant, PublicationKind.RETRACT)

    assert refused.value.reasons == [f"The claim {claim.public_id} mentions it."]


def test_a_claim_withheld_two_relations_away_blocks_nobody():
    far, near = make_published_claim(), make_ready_claim()
    ClaimRelation.objects.create(claim=near, other=far, kind="repeats", created_by=somebody())
    near.refresh_from_db()
    workflow.submit(near, by=make_user())
    workflow.approve(near, by=make_user(Role.CHECKER))
    workflow.publish(near, by=make_user(Role.EDITOR))
    withhold(far, PublicationKind.SUSPEND)
    claim = make_ready_claim()
    ClaimRelation.objects.create(claim=claim, other=near, kind="repeats", created_by=somebody())
    claim.refresh_from_db()

    workflow.submit(claim, by=make_user())

    assert claim.stage == "in_review"


def test_claims_may_deny_each_other():
    one, two = make_claim(), make_claim()

    for claim, other in ((one, two), (two, one)):
        relation = ClaimRelation(claim=claim, other=other, kind="denies", created_by=somebody())
        relation.full_clean()
        relation.save()


# The public side


def test_a_suspended_claim_is_in_no_list_of_the_past():
    claim = make_published_claim()
    revise_and_publish(claim, text="Thirteen boats were counted.")
    seq = Publication.objects.of(workflow.subject_of_claim(claim)).latest("seq").seq

    before = PublicClaim.objects.as_of(seq).count()
    withhold(claim, PublicationKind.SUSPEND)

    assert (before, PublicClaim.objects.as_of(seq).count()) == (1, 0)


def test_an_address_has_a_part_for_every_script():
    claim = make_published_claim(
        claimant=make_actor(name="Міністерство"), text="Дванадцять човнів."
    )

    path = PublicClaim.objects.get().get_absolute_url()

    assert re.fullmatch(rf"/claims/{claim.public_id}/claim/", path)


def test_a_copy_that_came_after_submission_is_named():
    claim = make_approved_claim()
    document = claim.citations.get(position=2).document
    make_capture(document)

    with pytest.raises(Conflict, match=f"document “{document}”"):
        workflow.publish(claim, by=make_user(Role.EDITOR))


@pytest.mark.usefixtures("committed_db")
def test_a_passage_takes_no_range_after_it_was_made():
    passage = make_passage(make_capture(), "12 boats")
    true_words = make_passage(passage.capture).ranges.get()
    true_words.pk, true_words.passage = None, passage

    with pytest.raises(IntegrityError, match="do not stand"):
        true_words.save(force_insert=True)

    assert [part.exact for part in passage.ranges.all()] == ["12 boats"]


def test_a_quote_is_never_deleted():
    claim = make_published_claim()

    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        PassageRange.objects.filter(passage__citations__claim=claim).delete()


@pytest.mark.usefixtures("committed_db")
def test_a_rebuild_waits_for_who_publishes_and_nobody_is_lost(monkeypatch):
    claim = make_published_claim()
    made, go_on = threading.Event(), threading.Event()
    read_rows, calls = public_side.rows_of, []

    def slowly(model):
        calls.append(model)
        if len(calls) == len(public_side.PROJECTIONS) + 1:
            # All is made anew and not committed yet: who publishes now is not in it.
            made.set()
            go_on.wait(5)
        return read_rows(model)

    def rebuild() -> None:
        public_side.rebuild()
        connections.close_all()

    def suspend() -> None:
        withhold(claim, PublicationKind.SUSPEND)
        connections.close_all()

    monkeypatch.setattr(public_side, "rows_of", slowly)
    threads = [threading.Thread(target=rebuild), threading.Thread(target=suspend)]
    threads[0].start()
    made.wait(10)
    threads[1].start()
    threads[1].join(0.5)
    go_on.set()
    for thread in threads:
        thread.join(30)

    assert PublicClaim.objects.current().count() == 0
    monkeypatch.undo()
    assert public_side.rebuild(check_only=True) == []

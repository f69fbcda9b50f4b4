"""The integrity check: nothing in a sound database, and every broken row by its name."""

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from claims import workflow as claims_workflow
from claims.models import Citation, Claim, Inquiry, MediaFinding, Relay
from factcheck.common.roles import Role
from factcheck.integrity import CHECKS, findings_of
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Decision, Publication
from sources import workflow
from sources.models import Actor, Capture, Control
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
    revise_and_publish,
    somebody,
    withhold,
)

pytestmark = pytest.mark.database

NOTE = "Synthetic note."
BY_NAME = {check.name: check for check in CHECKS}

# What one test breaks: the SQL that does it, and the sentences that then say so.
Broken = tuple[str, list[str]]
BROKEN: dict[str, tuple[str, Callable[[], Broken]]] = {}


def breaks(check: str) -> Callable[[Callable[[], Broken]], Callable[[], Broken]]:
    """Decorator: what the function breaks has to be found by this check."""

    def enlist(function: Callable[[], Broken]) -> Callable[[], Broken]:
        BROKEN[function.__name__] = (check, function)
        return function

    return enlist


def found_by(check: str) -> list[str]:
    return [finding for _, finding in findings_of(BY_NAME[check])]


def run_with_guards_off(sql: str) -> None:
    """Change tables as only their owner can, who switches triggers off and drops constraints."""
    tables = sorted(set(re.findall(r"(?:UPDATE|FROM|INTO|TABLE) ((?:\w+)_\w+)", sql)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def publish_actor(**values: object) -> Actor:
    actor = make_actor(**values)
    workflow.publish(actor, by=make_user(Role.EDITOR))
    return actor


def place_of(subject: Actor | Claim) -> int:
    """Where the newest publication of the row stands."""
    newest = Publication.objects.filter(subject_id=subject.public_id).latest("seq")
    return newest.seq


def new_record(seq: int, expression: str) -> str:
    """SQL that changes a record and its hash together."""
    return (
        f"UPDATE ledger_publication SET record = {expression}, "
        f"record_sha256 = encode(sha256(convert_to({expression}, 'UTF8')), 'hex') "
        f"WHERE seq = {seq};"
    )


# The ledger


@breaks("head")
def head_ahead_of_what_is_published() -> Broken:
    publish_actor()
    return (
        "UPDATE ledger_head SET seq = seq + 1",
        ["The head is at place 2, the last publication at place 1."],
    )


@breaks("head")
def head_behind_the_clock() -> Broken:
    publish_actor()
    return (
        "UPDATE ledger_head SET at = at - interval '1 hour'",
        ["The head is dated before the last publication, 1."],
    )


@breaks("head")
def head_gone() -> Broken:
    return "DELETE FROM ledger_head", ["The head of the ledger is missing."]


@breaks("places")
def place_left_out() -> Broken:
    publish_actor()
    publish_actor()
    return (
        "UPDATE ledger_publication SET seq = 3 WHERE seq = 2",
        ["publication 3: it comes after place 1."],
    )


@breaks("places")
def time_going_back() -> Broken:
    publish_actor()
    publish_actor()
    return (
        "UPDATE ledger_publication SET published_at = '2000-01-01' WHERE seq = 2",
        ["publication 2: it is dated before the one at the place before."],
    )


@breaks("versions")
def version_left_out() -> Broken:
    actor = publish_actor()
    return (
        "UPDATE ledger_publication SET version = 3",
        [f"publication 1: version 3 of the actor {actor.public_id} comes after version 0."],
    )


@breaks("versions")
def kind_that_cannot_follow() -> Broken:
    actor = publish_actor()
    workflow.suspend(actor, by=make_user(Role.EDITOR), note=NOTE)
    return (
        "UPDATE ledger_publication SET kind = 'restore' WHERE seq = 2",
        [f"publication 2: “restore” of the actor {actor.public_id} cannot follow “publish”."],
    )


@breaks("hashes")
def record_of_another_hash() -> Broken:
    publish_actor()
    return (
        "ALTER TABLE ledger_publication DROP CONSTRAINT ledger_publication_hash_is_records;"
        "UPDATE ledger_publication SET record = record || ' '",
        ["publication 1: its record is not the one that its hash stands for."],
    )


@breaks("entries")
def entry_of_another_version() -> Broken:
    publish_actor()
    return (
        "UPDATE ledger_publication SET entry = replace(entry, '\"version\":1', '\"version\":2')",
        ["publication 1: its entry is not what its columns and its decision say."],
    )


@breaks("records")
def record_not_canonical() -> Broken:
    publish_actor()
    return new_record(1, "record || ' '"), ["publication 1: its record is not canonical JSON."]


@breaks("records")
def record_no_json() -> Broken:
    publish_actor()
    return new_record(1, "'{'"), ["publication 1: its record is not canonical JSON."]


@breaks("records")
def record_unlike_its_columns() -> Broken:
    actor = publish_actor()
    workflow.suspend(actor, by=make_user(Role.EDITOR), note=NOTE)
    return (
        "UPDATE ledger_publication SET note = 'Another note.', kind = 'retract' WHERE seq = 2",
        ["publication 2: its record and its columns differ in publication, note."],
    )


@breaks("erasures")
def words_erased_without_redaction() -> Broken:
    actor = publish_actor()
    return (
        "UPDATE ledger_publication SET record = ''",
        [
            f"publication 1: its record is empty, and the actor {actor.public_id} was not "
            "redacted after it."
        ],
    )


@breaks("erasures")
def words_left_after_redaction() -> Broken:
    actor = publish_actor()
    workflow.redact(actor, by=make_user(Role.ADMINISTRATOR), note=NOTE)
    return (
        "UPDATE ledger_publication SET note = 'What was to go.' WHERE seq = 1",
        [
            f"publication 1: the actor {actor.public_id} was redacted, and its words are still "
            "there."
        ],
    )


@breaks("decisions")
def decision_unlike_its_body() -> Broken:
    publish_actor()
    decision = Decision.objects.get()
    return (
        "UPDATE ledger_decision SET note = 'Another note.'",
        [f"decision {decision.pk}: its body is not what its columns say."],
    )


@breaks("decisions")
def body_of_another_hash() -> Broken:
    publish_actor()
    decision = Decision.objects.get()
    return (
        "ALTER TABLE ledger_decision DROP CONSTRAINT ledger_decision_hash_is_bodys;"
        "UPDATE ledger_decision SET body_sha256 = repeat('0', 64)",
        [f"decision {decision.pk}: its body is not the one that its hash stands for."],
    )


@breaks("decided")
def publication_resting_on_another_step() -> Broken:
    actor = publish_actor()
    decision = Decision.objects.get()
    return (
        "UPDATE ledger_decision SET action = 'update'",
        [
            f"publication 1: it rests on the decision {decision.pk}, “update” of the actor "
            f"{actor.public_id}."
        ],
    )


@breaks("mentions")
def mention_of_what_was_never_public() -> Broken:
    claim, never = make_published_claim(), make_actor()
    place = place_of(claim)
    return (
        f"UPDATE ledger_mention SET subject_id = '{never.public_id}' "
        f"WHERE publication_id = {place} AND subject_kind = 'actor'",
        [
            f"publication {place}: it mentions the actor {never.public_id}, which was not live "
            "when it went out."
        ],
    )


@breaks("mentions")
def mention_of_what_was_suspended() -> Broken:
    actor = publish_actor()
    workflow.suspend(actor, by=make_user(Role.EDITOR), note=NOTE)
    place = place_of(make_published_claim())
    return (
        f"UPDATE ledger_mention SET subject_id = '{actor.public_id}' "
        f"WHERE publication_id = {place} AND subject_kind = 'actor'",
        [
            f"publication {place}: it mentions the actor {actor.public_id}, which was not live "
            "when it went out."
        ],
    )


def mention_moved_to(actor: Actor) -> Broken:
    """A claim mentions an actor from now on that was retracted before."""
    place = place_of(make_published_claim())
    return (
        f"UPDATE ledger_mention SET subject_id = '{actor.public_id}' "
        f"WHERE publication_id = {place} AND subject_kind = 'actor'",
        [
            f"publication {place}: it is live and mentions the actor {actor.public_id}, which is "
            "retracted."
        ],
    )


@breaks("live-mentions")
def live_mention_of_what_is_retracted() -> Broken:
    actor = publish_actor()
    workflow.retract(actor, by=make_user(Role.EDITOR), note=NOTE)
    return mention_moved_to(actor)


@breaks("live-mentions")
def live_mention_of_what_was_merged_into_what_is_retracted() -> Broken:
    editor = make_user(Role.EDITOR)
    one, other = publish_actor(), publish_actor()
    workflow.merge(one, into=other, by=editor, note=NOTE)
    workflow.retract(other, by=editor, note=NOTE)
    return mention_moved_to(one)


@breaks("restored")
def restored_with_other_words() -> Broken:
    actor = publish_actor(description="Twelve boats.")
    workflow.suspend(actor, by=make_user(Role.EDITOR), note=NOTE)
    workflow.restore(actor, by=make_user(Role.EDITOR), note=NOTE)
    return (
        new_record(3, "replace(record, 'Twelve', 'Ten')"),
        [
            f"publication 3: it restores the actor {actor.public_id} with other words than were "
            "last live."
        ],
    )


@breaks("restored")
def restored_by_who_took_it_off() -> Broken:
    actor, editor = publish_actor(), make_user(Role.EDITOR)
    workflow.suspend(actor, by=editor, note=NOTE)
    workflow.restore(actor, by=make_user(Role.EDITOR), note=NOTE)
    return (
        f"UPDATE ledger_decision SET by_id = {editor.pk} WHERE action = 'restore'",
        [f"publication 3: who took the actor {actor.public_id} off has restored it alone."],
    )


# What readers are served


@breaks("schemas")
def record_of_an_unknown_schema() -> Broken:
    publish_actor()
    return (
        new_record(1, "replace(record, '\"schema\":1', '\"schema\":9')"),
        ["publication 1: it names no schema that there is."],
    )


@breaks("schemas")
def record_unlike_its_schema() -> Broken:
    publish_actor()
    return (
        new_record(1, "replace(record, '\"organisation\"', '\"weather\"')"),
        ["publication 1: its schema refuses $.content.kind."],
    )


@breaks("projections")
def projection_unlike_the_ledger() -> Broken:
    actor = publish_actor()
    return (
        "UPDATE sources_publicactor SET name = 'Another name'",
        [f"sources_publicactor {actor.public_id}: name."],
    )


@breaks("current")
def older_version_served() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_publicclaim SET version = 7",
        [f"claim {claim.public_id}: version 1 is public, and readers are served version 7."],
    )


@breaks("current")
def live_claim_not_served() -> Broken:
    claim = make_published_claim()
    return (
        "DELETE FROM claims_publicclaim",
        [f"claim {claim.public_id}: version 1 is public, and readers are served version none."],
    )


@breaks("current")
def suspended_claim_served() -> Broken:
    claim = withhold(make_published_claim(), PublicationKind.SUSPEND)
    return (
        "UPDATE claims_publicclaim SET until_seq = NULL",
        [f"claim {claim.public_id}: version none is public, and readers are served version 1."],
    )


# What we hold, and where words come from


@breaks("captures")
def other_bytes() -> Broken:
    capture = make_capture()
    return (
        "UPDATE sources_capture SET content = 'Other bytes.'",
        [f"capture {capture.public_id}: its bytes are not those that came."],
    )


@breaks("quotes")
def quote_beside_its_place() -> Broken:
    passage = make_passage()
    return (
        'UPDATE sources_passagerange SET start = start + 1, "end" = "end" + 1',
        [
            f"passage {passage.pk} of the capture {passage.capture.public_id}: its words do not "
            f"stand at place {passage.ranges.get().start + 1} of the text."
        ],
    )


@breaks("quotes")
def furniture_beyond_the_text() -> Broken:
    capture = make_capture(text="A short text.")
    furniture = capture.furniture.create(start=0, end=13, created_by=somebody())
    return (
        'UPDATE sources_furniture SET "end" = 14',
        [
            f"furniture {furniture.pk} of the capture {capture.public_id}: it ends after the text "
            "does."
        ],
    )


@breaks("circles")
def controls_in_a_circle() -> Broken:
    one, other = make_actor(), make_actor()
    Control.objects.create(actor=one, parent=other, passage=make_passage(), created_by=somebody())
    return (
        "INSERT INTO sources_control (actor_id, parent_id, passage_id, created_by_id) "
        "SELECT parent_id, actor_id, passage_id, created_by_id FROM sources_control",
        in_circle("an actor that controls itself through others", one, other),
    )


@breaks("circles")
def hops_in_a_circle() -> Broken:
    one = make_document()
    other = make_document(hop_of=one, hop_manner="republishes")
    return (
        f"UPDATE sources_document SET hop_of_id = {other.pk}, hop_manner = 'republishes' "
        f"WHERE id = {one.pk}",
        in_circle("a document that carries itself through others", one, other),
    )


@breaks("circles")
def events_inside_each_other() -> Broken:
    one = make_event()
    other = make_event(part_of=one)
    return (
        f"UPDATE claims_event SET part_of_id = {other.pk} WHERE id = {one.pk}",
        in_circle("an event that lies inside itself", one, other),
    )


@breaks("circles")
def relays_in_a_circle() -> Broken:
    claim = make_ready_claim()
    one, other = claim.citations.all()
    return (
        "INSERT INTO claims_relay (claim_id, carrier_id, taken_from_id, manner, words, "
        "created_by_id) SELECT claim_id, taken_from_id, carrier_id, manner, words, created_by_id "
        "FROM claims_relay",
        in_circle("a citation whose words were taken from itself through others", one, other),
    )


@breaks("circles")
def claims_part_of_each_other() -> Broken:
    one, other = make_claim(), make_claim()
    one.relations.create(kind="part-of", other=other, created_by=somebody())
    return (
        "INSERT INTO claims_claimrelation (claim_id, other_id, kind, note, created_by_id) "
        "SELECT other_id, claim_id, kind, note, created_by_id FROM claims_claimrelation",
        in_circle("a claim that is a part of itself", one, other),
    )


@breaks("circles")
def sources_merged_into_each_other() -> Broken:
    one, other = make_source(), make_source()
    workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE)
    return (
        f"UPDATE sources_source SET merged_into_id = {one.pk} WHERE id = {other.pk}",
        in_circle("a source that is merged into itself through others", one, other),
    )


def in_circle(words: str, *rows: object) -> list[str]:
    return [f"{row.public_id}: {words}." for row in rows]  # type: ignore[attr-defined]


@breaks("mergers")
def row_merged_without_a_step() -> Broken:
    one, other = make_event(), make_event()
    return (
        f"UPDATE claims_event SET merged_into_id = {other.pk} WHERE id = {one.pk}",
        [
            f"event {one.public_id}: its row is merged into {other.public_id}; its newest step "
            "was “none”, and the ledger puts nothing in its place."
        ],
    )


@breaks("mergers")
def row_merged_into_another_than_published() -> Broken:
    one, two, three = publish_actor(), publish_actor(), publish_actor()
    workflow.merge(one, into=two, by=make_user(Role.EDITOR), note=NOTE)
    return (
        f"UPDATE sources_actor SET merged_into_id = {three.pk} WHERE id = {one.pk}",
        [
            f"actor {one.public_id}: its row is merged into {three.public_id}; its newest step "
            f"was “merge”, and the ledger puts {two.public_id} in its place."
        ],
    )


@breaks("rows")
def published_row_gone() -> Broken:
    actor = publish_actor()
    return (
        f"DELETE FROM sources_actor WHERE id = {actor.pk}",
        [f"publication 1: there is no row of the actor {actor.public_id}."],
    )


BECOMES_PRIVATE = (
    "UPDATE sources_actor SET is_private = TRUE, kind = 'person', description = 'a resident' "
    "WHERE id = {}"
)


@breaks("private-people")
def private_person_with_an_interest() -> Broken:
    event, actor = make_event(), make_actor()
    event.parties.create(actor=actor, created_by=somebody())
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [
            f"event {event.public_id}: an interest of the private person {actor.public_id} is "
            "told there."
        ],
    )


@breaks("private-people")
def private_person_asked() -> Broken:
    claim, actor = make_claim(), make_actor()
    Inquiry.objects.create(
        claim=claim,
        asked_of=actor,
        place="by e-mail",
        question="How many?",
        asked_on="2020-03-03",
        deadline="2020-03-05",
        created_by=somebody(),
    )
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [f"claim {claim.public_id}: an inquiry names the private person {actor.public_id}."],
    )


@breaks("private-names")
def private_name_in_public() -> Broken:
    actor = publish_actor()
    claim = make_published_claim(claimant=actor)
    return (
        BECOMES_PRIVATE.format(actor.pk),
        [
            f"publication {place}: it prints the name of the private person {actor.public_id}."
            for place in (1, place_of(claim))
        ],
    )


# Claims

UNPUBLISH_CLAIMS = (
    "DELETE FROM ledger_mention; DELETE FROM ledger_publication WHERE subject_kind = 'claim'"
)


@breaks("stages")
def stage_without_a_step() -> Broken:
    claim = make_claim()
    return (
        "UPDATE claims_claim SET stage = 'in_review', reviewed_hash = repeat('a', 64)",
        [
            f"claim {claim.public_id}: it is “in_review” and rests on the decision none; its "
            "newest step is the decision none, which led to “draft”."
        ],
    )


@breaks("stages")
def settled_taken_back_to_draft_without_a_step() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_claim SET stage = 'draft'",
        [
            f"claim {claim.public_id}: it is “draft” and rests on the decision "
            f"{claim.decision_id}; its newest step is the decision {claim.decision_id}, which led "
            "to “settled”."
        ],
    )


@breaks("stages")
def settled_and_never_published() -> Broken:
    claim = make_published_claim()
    return (
        UNPUBLISH_CLAIMS,
        [f"claim {claim.public_id}: it is settled and was never published."],
    )


@breaks("pinned")
def pinned_to_something_else() -> Broken:
    claim = make_approved_claim()
    return (
        "UPDATE claims_claim SET reviewed_hash = repeat('a', 64)",
        [f"claim {claim.public_id}: it is not pinned to what was approved."],
    )


@breaks("two-people")
def approved_by_who_submitted_it() -> Broken:
    claim = make_approved_claim()
    submitted = Decision.objects.get(action="submit")
    return (
        f"UPDATE ledger_decision SET by_id = {submitted.by_id} WHERE action = 'approve'",
        [
            f"decision {claim.decision_id}: what it approved of the claim {claim.public_id} was "
            "not submitted by somebody else just before."
        ],
    )


@breaks("two-people")
def something_else_approved_than_submitted() -> Broken:
    claim = make_approved_claim()
    return (
        "UPDATE ledger_decision SET content_hash = repeat('a', 64) WHERE action = 'submit'",
        [
            f"decision {claim.decision_id}: what it approved of the claim {claim.public_id} was "
            "not submitted by somebody else just before."
        ],
    )


@breaks("two-people")
def something_else_published_than_approved() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE ledger_decision SET content_hash = repeat('a', 64) WHERE action = 'publish'",
        [
            f"publication {place_of(claim)}: what went out of the claim {claim.public_id} is not "
            "what was approved just before."
        ],
    )


@breaks("two-people")
def unreviewed_and_not_called_imported() -> Broken:
    claim = make_published_claim()
    return (
        f"UPDATE ledger_decision SET stage_from = 'draft' WHERE id = {claim.decision_id}",
        [
            f"publication {place_of(claim)}: it went out of “draft” and says that the claim "
            f"{claim.public_id} was not imported."
        ],
    )


@breaks("steps")
def step_that_published_nothing() -> Broken:
    claim = make_published_claim()
    return (
        UNPUBLISH_CLAIMS,
        [
            f"decision {claim.decision_id}: “publish” of the claim {claim.public_id} published "
            "nothing."
        ],
    )


@breaks("parts")
def relay_of_another_claim() -> Broken:
    make_ready_claim()
    other = make_claim()
    return (
        f"UPDATE claims_relay SET claim_id = {other.pk}",
        [f"claim {other.public_id}: a relay joins citations of other claims."],
    )


@breaks("parts")
def finding_that_rests_on_no_evidence() -> Broken:
    claim = make_ready_claim()
    evidence = Citation.objects.create(
        claim=claim,
        document=make_document(),
        role="evidence",
        stance="context",
        basis="was-told",
        created_by=somebody(),
    )
    finding = MediaFinding.objects.create(
        claim=claim,
        finding="original",
        evidence=evidence,
        explanation="Synthetic.",
        created_by=somebody(),
    )
    return (
        f"UPDATE claims_mediafinding SET evidence_id = {claim.citations.first().pk}",
        [
            f"claim {claim.public_id}: the finding {finding.public_id} does not rest on evidence "
            "of the claim."
        ],
    )


@breaks("parts")
def passage_of_another_document() -> Broken:
    claim, passage = make_ready_claim(), make_passage()
    citation = claim.citations.first()
    return (
        f"UPDATE claims_citation SET passage_id = {passage.pk} WHERE id = {citation.pk}",
        [
            f"claim {claim.public_id}: the citation {citation.public_id} points at a passage of "
            "another document."
        ],
    )


@breaks("settled")
def settled_text_changed() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_claim SET text = 'Other words.', about = 'effect'",
        [
            f"claim {claim.public_id}: it is settled and differs from what was published, in "
            "text, about."
        ],
    )


@breaks("settled")
def settled_parts_gone() -> Broken:
    claim = make_ready_claim()
    add_figure(claim)
    claims_workflow.submit(claim, by=make_user(Role.REPORTER))
    claims_workflow.approve(claim, by=make_user(Role.CHECKER))
    claims_workflow.publish(claim, by=make_user(Role.EDITOR))
    return (
        "DELETE FROM claims_figure; DELETE FROM claims_relay",
        [
            f"claim {claim.public_id}: it is settled and differs from what was published, in "
            "figures, relays."
        ],
    )


# The tests


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

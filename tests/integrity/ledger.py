"""Broken rows of the ledger."""

from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from sources import workflow
from sources.models import Actor
from tests.factories import make_actor, make_published_claim, make_user
from tests.integrity.broken import NOTE, Broken, breaks, new_record, place_of, publish_actor


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

"""Somebody who can do anything in the database, guards and grants included: every change is found
by who has kept a checkpoint, and a healthy log raises no alarm.
"""

import shutil
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from claims import workflow as claims_workflow
from factcheck.common.roles import Role
from factcheck.integrity import PUBLISHED, findings_of, log
from factcheck.ledger import signing
from factcheck.ledger.models import Publication
from factcheck.ledger.tree.notes import new_signing_key
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import Capture, Control
from tests.factories import (
    make_actor,
    make_passage,
    make_published_claim,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.integrity.broken import publish_actor, run_with_guards_off
from tests.log.conftest import ORIGIN, sign

NOTE = "Synthetic note."


@dataclass
class Ledger:
    """A ledger, and what somebody kept of it outside."""

    claim: Any
    seq: int
    last: int
    kept: str


@pytest.fixture
def ledger(key, settings) -> Ledger:
    """A claim that was corrected, something after it, and a checkpoint of all that."""
    claim = make_published_claim()
    seq = Publication.objects.get(subject_id=claim.public_id).seq
    sign()
    revise_and_publish(claim, text="Eleven boats were counted.")
    publish_actor()
    kept = sign().note
    settings.CHECKPOINTS_DIR = None
    return Ledger(claim, seq, Publication.objects.latest("seq").seq, kept)


def found(kept: str, pinned: tuple[Any, ...] = ()) -> list[str]:
    checks = [*PUBLISHED, log.check(saved=[("kept", kept)], pinned=pinned)]
    return [f"{check.name}: {finding}" for one in checks for check, finding in findings_of(one)]


# Each is SQL, with the places of the claim's first version and of the newest entry.
WITH_ITS_HASHES = """
    ALTER TABLE ledger_publication DROP CONSTRAINT ledger_publication_hash_is_records;
    UPDATE ledger_publication SET record = replace(record, {old}, {new}) WHERE seq = {seq};
    UPDATE ledger_publication SET
        record_sha256 = encode(sha256(convert_to(record, 'UTF8')), 'hex'),
        entry = replace(
            entry, record_sha256, encode(sha256(convert_to(record, 'UTF8')), 'hex'))
        WHERE seq = {seq};
"""
SIGNED_ANEW = "DELETE FROM ledger_checkpoint; DELETE FROM ledger_tile;"
ROLLED_BACK = (
    SIGNED_ANEW + "DELETE FROM ledger_mention WHERE publication_id = {last};"
    "DELETE FROM sources_publicactor WHERE seq = {last};"
    "DELETE FROM ledger_publication WHERE seq = {last};"
    "UPDATE ledger_head SET seq = {last} - 1;"
)


def changed(old: str, new: str) -> str:
    return WITH_ITS_HASHES.replace("{old}", f"'{old}'").replace("{new}", f"'{new}'")


# What is done, whether it is signed anew afterwards with the true key, and what says so.
ATTACKS: dict[str, tuple[str, bool, str]] = {
    "a text": (
        "ALTER TABLE ledger_publication DROP CONSTRAINT ledger_publication_hash_is_records;"
        "UPDATE ledger_publication SET record = replace(record, 'boats', 'ships')"
        " WHERE seq = {seq}",
        False,
        "hashes: publication {seq}: its record is not the one that its hash stands for.",
    ),
    "a text with its hashes": (
        changed("boats", "ships"),
        False,
        "log: checkpoint {first}: the entries from 1 to {seq} are not those that were signed.",
    ),
    "a verdict, signed anew": (
        SIGNED_ANEW + changed('"status":"unchecked"', '"status":"confirmed"'),
        True,
        "log: kept: the entries from 1 to {last} are not those that were signed.",
    ),
    "a date": (
        "UPDATE ledger_publication SET published_at = published_at - interval '1 year'"
        " WHERE seq = {seq}",
        False,
        "entries: publication {seq}: its entry is not what its columns and its decision say.",
    ),
    "a date with its entry, signed anew": (
        SIGNED_ANEW + "UPDATE ledger_publication SET published_at = published_at - interval"
        " '1 second', entry = replace(entry, to_char(published_at AT TIME ZONE 'UTC', 'SS.US'),"
        " to_char((published_at - interval '1 second') AT TIME ZONE 'UTC', 'SS.US'))"
        " WHERE seq = 1",
        True,
        "log: kept: the entries from 1 to {last} are not those that were signed.",
    ),
    "a public note": (
        "UPDATE ledger_publication SET note = 'Another.' WHERE kind = 'correct'",
        False,
        "records: publication {corrected}: its record and its columns differ in note.",
    ),
    "two entries swapped": (
        "CREATE TEMPORARY TABLE first AS SELECT * FROM ledger_publication WHERE seq = 1;"
        "CREATE TEMPORARY TABLE second AS SELECT * FROM ledger_publication WHERE seq = 2;"
        "UPDATE ledger_publication SET entry = (SELECT entry FROM second) WHERE seq = 1;"
        "UPDATE ledger_publication SET entry = (SELECT entry FROM first) WHERE seq = 2",
        False,
        "log: checkpoint {first}: the entries from 1 to {seq} are not those that were signed.",
    ),
    "an entry out of the middle": (
        "DELETE FROM ledger_mention WHERE publication_id = {seq};"
        "DELETE FROM claims_publicclaim WHERE from_seq = {seq};"
        "DELETE FROM ledger_publication WHERE seq = {seq}",
        False,
        "places: publication {corrected}: it comes after place {before}.",
    ),
    "the last entry, signed anew": (
        ROLLED_BACK,
        True,
        "log: kept: it has {last} entries, and there are {before_last}: the last ones are gone.",
    ),
    "a place given to something later": (
        "UPDATE ledger_publication SET seq = {last} + 1 WHERE seq = {last}",
        False,
        "places: publication {beyond}: it comes after place {before_last}.",
    ),
    "whom an entry is about": (
        "UPDATE ledger_publication SET subject_id = 'zzzzzzzzzz' WHERE seq = {seq}",
        False,
        "entries: publication {seq}: its entry is not what its columns and its decision say.",
    ),
    "on what an entry rests": (
        "UPDATE ledger_publication SET decision_id = (SELECT min(id) FROM ledger_decision)"
        " WHERE seq = {last}",
        False,
        "entries: publication {last}: its entry is not what its columns and its decision say.",
    ),
    "a decision with its hash": (
        "UPDATE ledger_decision SET body = replace(body, 'editor', 'hacker'), body_sha256 ="
        " encode(sha256(convert_to(replace(body, 'editor', 'hacker'), 'UTF8')), 'hex')"
        " WHERE id = (SELECT decision_id FROM ledger_publication WHERE seq = {seq})",
        False,
        "entries: publication {seq}: its entry is not what its columns and its decision say.",
    ),
    "a decision's person": (
        "UPDATE ledger_decision SET by_id = (SELECT min(id) FROM auth_user) WHERE id ="
        " (SELECT decision_id FROM ledger_publication WHERE seq = {seq})",
        False,
        "decisions: decision {decision}: its body is not what its columns say.",
    ),
    "the bytes of a capture": (
        "UPDATE sources_capture SET content = 'Other bytes.'",
        False,
        "captures: capture {capture}: its bytes are not those that came.",
    ),
    "the bytes of a capture with their hash": (
        "UPDATE sources_capture SET content = 'Other bytes.',"
        " sha256 = encode(sha256('Other bytes.'), 'hex')",
        False,
        "told-captures: publication {seq}: it tells of the capture {capture} with the hash"
        " {capture_hash}, and there is none.",
    ),
    "what readers are served": (
        "UPDATE claims_publicclaim SET text = 'Ten boats.' WHERE from_seq = {seq}",
        False,
        "shown-words: publication {seq}: readers of the claim {claim} are served another text.",
    ),
    "a verdict in a list": (
        "UPDATE claims_publicclaim SET summary = replace(summary, 'unchecked', 'confirmed')",
        False,
        "shown-words: publication {seq}: readers of the claim {claim} are served another summary.",
    ),
    "a version hidden from readers": (
        "DELETE FROM claims_publicclaim WHERE from_seq = {corrected}",
        False,
        "shown-claims: claim {claim}: readers are served places none, the ledger has "
        "{corrected} to now.",
    ),
    "a name": (
        "UPDATE sources_publicactor SET name = 'Somebody else' WHERE seq = {last}",
        False,
        "shown-subjects: actor {actor}: readers are served something else than place {last} of "
        "the ledger says.",
    ),
    "a root in a checkpoint": (
        "UPDATE ledger_checkpoint SET root = sha256('x') WHERE id = {first}",
        False,
        "log: checkpoint {first}: its columns are not what it says.",
    ),
    "a checkpoint": (
        "UPDATE ledger_checkpoint SET note = replace(note, E'\\n{seq}\\n', E'\\n1\\n'), size = 1"
        " WHERE id = {first}",
        False,
        "log: checkpoint {first}: The signature by the key",
    ),
    "all keys": (
        SIGNED_ANEW + "DELETE FROM ledger_key",
        True,
        "log: kept: No key that is known here has signed the note.",
    ),
}


class Undo(Exception):
    """Ends an attack without a trace."""


def attack(sql: str) -> None:
    """What a superuser can do, in the midst of a transaction."""
    run_with_guards_off(sql)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    signing.refused.size = -1


def after_attack(ledger: Ledger, sql: str, *, sign_anew: bool, names: dict[str, Any]) -> list[str]:
    """What is found after an attack, which is undone."""
    findings: list[str] = []
    try:
        with transaction.atomic():
            attack(sql.format(**names))
            if sign_anew:
                sign()
            findings = found(ledger.kept)
            raise Undo
    except Undo:
        pass
    return findings


@pytest.mark.django_db
def test_every_attack_is_found_and_named(ledger, settings, key):
    row = Publication.objects.get(seq=ledger.seq)
    capture = Capture.objects.get(document__citations__claim=ledger.claim)
    names = {
        "seq": ledger.seq,
        "before": ledger.seq - 1,
        "corrected": ledger.seq + 1,
        "last": ledger.last,
        "before_last": ledger.last - 1,
        "beyond": ledger.last + 1,
        "first": signing.SignedCheckpoint.objects.earliest("pk").pk,
        "decision": row.decision_id,
        "claim": ledger.claim.public_id,
        "actor": Publication.objects.get(seq=ledger.last).subject_id,
        "capture": capture.public_id,
        "capture_hash": capture.sha256,
    }
    assert found(ledger.kept) == []

    missed = {}
    for name, (sql, sign_anew, sentence) in ATTACKS.items():
        settings.LOG_KEY = (new_signing_key(ORIGIN) if name == "all keys" else key).secret_text()
        findings = after_attack(ledger, sql, sign_anew=sign_anew, names=names)
        if not any(one.startswith(sentence.format(**names)) for one in findings):
            missed[name] = findings

    assert missed == {}
    assert found(ledger.kept) == []


@pytest.mark.django_db
def test_a_fork_after_a_checkpoint_is_found(ledger):
    """Everything up to an older checkpoint is as it was; what was signed after it is another."""
    attack(ROLLED_BACK.format(last=ledger.last))
    publish_actor(name="In its place")
    sign()

    assert found(ledger.kept) == [
        f"log: kept: the entries from 1 to {ledger.last} are not those that were signed."
    ]


@pytest.mark.django_db
def test_a_key_to_which_nobody_handed_over_is_found(ledger, key, settings):
    thief = new_signing_key(ORIGIN)
    settings.LOG_KEY = thief.secret_text()
    publish_actor()
    sign()

    findings = found(ledger.kept)
    pinned = found(ledger.kept, (thief.verifier,))

    assert [one.partition(": ")[2].partition(": ")[2] for one in findings] == [
        f"it is signed by the key {thief.verifier.id.hex()} alone, to which no earlier key has "
        "handed over."
    ]
    assert len(pinned) > len(findings)


@pytest.mark.django_db
def test_a_healthy_log_raises_no_alarm_whatever_happened(ledger, key, settings):
    editor, administrator = make_user(Role.EDITOR), make_user(Role.ADMINISTRATOR)
    gone, twin, other = make_published_claim(), publish_actor(), publish_actor()
    held = make_actor()
    Control.objects.create(actor=held, parent=other, passage=make_passage(), created_by=somebody())
    workflow.publish(held, by=editor)
    workflow.merge(twin, into=other, by=editor, note=NOTE)
    withhold(gone, "suspend")
    claims_workflow.redact(gone, by=administrator, note=NOTE)
    workflow.redact(publish_actor(), by=administrator, note=NOTE)
    withhold(ledger.claim, "retract")
    claims_workflow.restore(ledger.claim, by=editor, note=NOTE)
    sign()
    new = new_signing_key(ORIGIN)
    settings.LOG_KEY = f"{new.secret_text()} {key.secret_text()}"
    sign()
    settings.LOG_KEY = new.secret_text()
    make_published_claim()
    sign()

    assert found(ledger.kept) == []
    assert found(ledger.kept, (key.verifier,)) == []
    rebuild()
    assert found(ledger.kept) == []


def test_the_command_says_what_is_wrong_and_fails(committed_db, key, tmp_path, settings):
    make_published_claim()
    sign()
    shutil.copytree(settings.CHECKPOINTS_DIR, tmp_path / "carried")
    publish_actor()
    printed = StringIO()

    call_command("verify_log", checkpoint=[tmp_path / "carried"], stdout=printed)
    with transaction.atomic():
        run_with_guards_off("UPDATE claims_publicclaim SET status_line = 'So it is.'")
    with pytest.raises(SystemExit) as ending:
        call_command("verify_log", stdout=printed)

    assert ending.value.code == 1
    lines = printed.getvalue().splitlines()
    assert lines[0].startswith("4 entries, 1 checkpoints, 2 kept outside: nothing found, in ")
    assert lines[1].startswith("shown-words: publication ")
    assert lines[1].endswith("are served another status line.")
    assert lines[2].startswith("4 entries, 1 checkpoints, 1 kept outside: 1 finding, in ")

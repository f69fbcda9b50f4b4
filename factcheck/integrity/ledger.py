"""Whether the ledger is what its triggers let it become."""

from collections.abc import Iterator

import orjson

from factcheck.integrity.check import Check, asked
from factcheck.ledger.canonical import parse_canonical, sha256_hex
from factcheck.ledger.choices import STATE_AFTER, TOMBSTONES, PublicationKind, PublicState
from factcheck.ledger.models import Decision, Publication
from factcheck.ledger.models.publication_rules import ENTRY, STEPS
from factcheck.ledger.records import decision_body, time_text
from factcheck.ledger.triggers import quoted_list

ROWS_AT_ONCE = 200
TOMBSTONE_KINDS = quoted_list(TOMBSTONES)
RETRACTED_KINDS = quoted_list(
    frozenset(kind for kind, state in STATE_AFTER.items() if state == PublicState.RETRACTED)
    - {PublicationKind.MERGE}
)
NEWEST = """
    SELECT DISTINCT ON (subject_kind, subject_id)
        seq, subject_kind, subject_id, version, kind, successor_id
    FROM ledger_publication ORDER BY subject_kind, subject_id, version DESC
"""

HEAD = """
    WITH last AS (SELECT seq, published_at FROM ledger_publication ORDER BY seq DESC LIMIT 1)
    SELECT 'The head of the ledger is missing.' WHERE NOT EXISTS (SELECT FROM ledger_head)
    UNION ALL
    SELECT format('The head is at place %s, the last publication at place %s.',
        head.seq, coalesce(last.seq, 0))
    FROM ledger_head AS head LEFT JOIN last ON TRUE WHERE head.seq <> coalesce(last.seq, 0)
    UNION ALL
    SELECT format('The head is dated before the last publication, %s.', last.seq)
    FROM ledger_head AS head JOIN last ON head.at < last.published_at
"""
PLACES = """
    SELECT format('publication %s: it comes after place %s.', seq, before)
    FROM (
        SELECT seq, lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS before FROM ledger_publication
    ) AS place
    WHERE seq <> before + 1
"""
TIMES = """
    SELECT format('publication %s: it is dated before the one at the place before.', seq)
    FROM (
        SELECT seq, published_at, lag(published_at) OVER (ORDER BY seq) AS before
        FROM ledger_publication
    ) AS place
    WHERE published_at < before
"""
VERSIONS = """
    SELECT format('publication %s: version %s of the %s %s comes after version %s.',
        seq, version, subject_kind, subject_id, before)
    FROM (
        SELECT *, lag(version, 1, 0) OVER (
            PARTITION BY subject_kind, subject_id ORDER BY seq) AS before
        FROM ledger_publication
    ) AS place
    WHERE version <> before + 1
"""
FOLLOWING = f"""
    SELECT format('publication %s: “%s” of the %s %s cannot follow “%s”.',
        seq, kind, subject_kind, subject_id, before)
    FROM (
        SELECT *, lag(kind, 1, '') OVER (
            PARTITION BY subject_kind, subject_id ORDER BY seq) AS before
        FROM ledger_publication
    ) AS place
    WHERE before || '>' || kind NOT IN ({quoted_list(STEPS)})
"""
HASHES = """
    SELECT format('publication %s: its record is not the one that its hash stands for.', seq)
    FROM ledger_publication
    WHERE record <> '' AND encode(sha256(convert_to(record, 'UTF8')), 'hex') <> record_sha256
"""
# The rule of the trigger word for word, with the rows under the names that a trigger gives them.
ENTRIES = f"""
    SELECT format('publication %s: its entry is not what its columns and its decision say.',
        new.seq)
    FROM ledger_publication AS new JOIN ledger_decision AS deciding ON deciding.id = new.decision_id
    WHERE (new.entry = {ENTRY}) IS NOT TRUE
"""
ERASED = """
    SELECT format('publication %s: its record is empty, and the %s %s was not redacted after it.',
        seq, subject_kind, subject_id)
    FROM ledger_publication AS erased
    WHERE record = '' AND NOT EXISTS (
        SELECT FROM ledger_publication AS later
        WHERE later.subject_kind = erased.subject_kind AND later.subject_id = erased.subject_id
            AND later.version > erased.version AND later.kind = 'redact')
    UNION ALL
    SELECT format('publication %s: the %s %s was redacted, and its words are still there.',
        earlier.seq, earlier.subject_kind, earlier.subject_id)
    FROM ledger_publication AS earlier JOIN ledger_publication AS redaction
        ON redaction.subject_kind = earlier.subject_kind
        AND redaction.subject_id = earlier.subject_id
        AND redaction.version > earlier.version
    WHERE redaction.kind = 'redact' AND (earlier.record <> '' OR earlier.note <> '')
"""
DECIDED = """
    SELECT format('publication %s: it rests on the decision %s, “%s” of the %s %s.',
        publication.seq, decision.id, decision.action, decision.subject_kind, decision.subject_id)
    FROM ledger_publication AS publication
        JOIN ledger_decision AS decision ON decision.id = publication.decision_id
    WHERE (publication.subject_kind, publication.subject_id, publication.kind)
        <> (decision.subject_kind, decision.subject_id,
            CASE decision.action WHEN 'publish_imported' THEN 'publish' ELSE decision.action END)
"""
# What goes out along with its root stands in the same batch, perhaps at a later place. What comes
# back goes out as it was, whatever was merged since.
MENTIONED = f"""
    SELECT format('publication %s: it mentions the %s %s, which was not live when it went out.',
        telling.seq, mention.subject_kind, mention.subject_id)
    FROM ledger_mention AS mention
        JOIN ledger_publication AS telling ON telling.seq = mention.publication_id
        LEFT JOIN LATERAL (
            SELECT kind, successor_id FROM ledger_publication AS told
            WHERE told.subject_kind = mention.subject_kind
                AND told.subject_id = mention.subject_id
                AND (told.seq < telling.seq
                    OR told.version = 1 AND told.published_at = telling.published_at)
            ORDER BY told.seq DESC LIMIT 1
        ) AS before ON TRUE
    WHERE coalesce(before.kind, 'retract') IN ({TOMBSTONE_KINDS})
        AND NOT (telling.kind = 'restore' AND coalesce(before.successor_id, '') <> '')
"""
LIVE_MENTIONS = f"""
    WITH RECURSIVE newest AS ({NEWEST}), stands (seq, kind, named, id) AS (
        SELECT mention.publication_id, mention.subject_kind, mention.subject_id, mention.subject_id
        FROM ledger_mention AS mention JOIN newest ON newest.seq = mention.publication_id
        WHERE newest.kind NOT IN ({TOMBSTONE_KINDS})
        UNION
        SELECT stands.seq, stands.kind, stands.named, newest.successor_id
        FROM stands JOIN newest
            ON newest.subject_kind = stands.kind AND newest.subject_id = stands.id
        WHERE newest.successor_id <> ''
    )
    SELECT format('publication %s: it is live and mentions the %s %s, which is retracted.',
        stands.seq, stands.kind, stands.named)
    FROM stands JOIN newest ON newest.subject_kind = stands.kind AND newest.subject_id = stands.id
    WHERE newest.kind IN ({RETRACTED_KINDS})
"""
RESTORED = f"""
    SELECT format('publication %s: it restores the %s %s with other words than were last live.',
        back.seq, back.subject_kind, back.subject_id)
    FROM ledger_publication AS back CROSS JOIN LATERAL (
        SELECT record FROM ledger_publication AS live
        WHERE live.subject_kind = back.subject_kind AND live.subject_id = back.subject_id
            AND live.version < back.version AND live.kind NOT IN ({TOMBSTONE_KINDS})
        ORDER BY live.version DESC LIMIT 1
    ) AS before
    WHERE back.kind = 'restore' AND back.record <> '' AND before.record <> ''
        AND (back.record::jsonb -> 'content', back.record::jsonb -> 'schema')
            IS DISTINCT FROM (before.record::jsonb -> 'content', before.record::jsonb -> 'schema')
"""
# One editor takes off at once; bringing back takes another.
RESTORED_BY_ANOTHER = """
    SELECT format('publication %s: who took the %s %s off has restored it alone.',
        back.seq, back.subject_kind, back.subject_id)
    FROM ledger_publication AS back
        JOIN ledger_publication AS before
            ON before.subject_kind = back.subject_kind AND before.subject_id = back.subject_id
            AND before.version = back.version - 1
        JOIN ledger_decision AS restoring ON restoring.id = back.decision_id
        JOIN ledger_decision AS taking ON taking.id = before.decision_id
    WHERE back.kind = 'restore' AND restoring.by_id = taking.by_id
"""


def records_say_other_than_their_columns() -> Iterator[str]:
    """Records that are no canonical JSON, or that say otherwise than the columns beside them."""
    names = ("seq", "subject_kind", "subject_id", "version", "kind", "published_at", "note")
    rows = Publication.objects.exclude(record="").values_list(*names, "successor_id", "record")
    for seq, subject_kind, subject_id, version, kind, at, note, successor, text in rows.iterator(
        chunk_size=ROWS_AT_ONCE
    ):
        try:
            record = parse_canonical(text)
        except ValueError:
            yield f"publication {seq}: its record is not canonical JSON."
            continue
        columns = {
            "seq": seq,
            "subject": {"kind": subject_kind, "id": subject_id},
            "version": version,
            "publication": kind,
            "published_at": time_text(at),
            "note": note or None,
            "successor": {"kind": subject_kind, "id": successor} if successor else None,
        }
        wrong = [name for name, value in columns.items() if record.get(name) != value]
        if ("content" in record) != (kind not in TOMBSTONES):
            wrong.append("content")
        if wrong:
            yield f"publication {seq}: its record and its columns differ in {', '.join(wrong)}."


def decisions_say_other_than_their_columns() -> Iterator[str]:
    """Decisions whose body is not what their columns say, or not what its hash stands for."""
    for decision in Decision.objects.iterator(chunk_size=ROWS_AT_ONCE):
        try:
            username = orjson.loads(decision.body)["by"]["username"]
        except (ValueError, LookupError, TypeError):
            username = ""
        body = decision_body(
            subject=decision.subject,
            action=decision.action,
            stage_from=decision.stage_from,
            stage_to=decision.stage_to,
            by_id=decision.by_id,
            by_username=username,
            at=decision.at,
            note=decision.note,
            content_hash=decision.content_hash,
            salt=decision.salt,
        )
        if decision.body != body:
            yield f"decision {decision.pk}: its body is not what its columns say."
        if decision.body_sha256 != sha256_hex(decision.body):
            yield f"decision {decision.pk}: its body is not the one that its hash stands for."


CHECKS = (
    Check("head", "The head stands at the last publication.", asked(HEAD)),
    Check("places", "Places have no gap and times do not go back.", asked(PLACES, TIMES)),
    Check(
        "versions",
        "Versions have no gap, and each kind may follow the one before it.",
        asked(VERSIONS, FOLLOWING),
    ),
    Check("hashes", "Every record is the one that its hash stands for.", asked(HASHES)),
    Check("entries", "Every line of the log says what stands in its place.", asked(ENTRIES)),
    Check(
        "records",
        "Every record is canonical and says what its columns say.",
        records_say_other_than_their_columns,
    ),
    Check("erasures", "Words are gone where they were redacted, and only there.", asked(ERASED)),
    Check(
        "decisions",
        "Every decision says what its body says, and publications rest on their own.",
        decisions_say_other_than_their_columns,
    ),
    Check("decided", "Every publication rests on a decision to make it.", asked(DECIDED)),
    Check("mentions", "What is mentioned was live when it went out.", asked(MENTIONED)),
    Check("live-mentions", "Nothing live mentions what is retracted.", asked(LIVE_MENTIONS)),
    Check(
        "restored",
        "What was restored is what was last live, and another person brought it back.",
        asked(RESTORED, RESTORED_BY_ANOTHER),
    ),
)

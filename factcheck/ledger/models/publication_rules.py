"""The rule, in PL/pgSQL, that every new row of ledger_publication has to meet."""

from factcheck.common.guards import insist
from factcheck.ledger.choices import FOLLOWS, STATE_AFTER, TOMBSTONES, PublicState
from factcheck.ledger.triggers import quoted_list, utc_text

# Every allowed pair of a subject's last kind and its next, the first of all following nothing.
STEPS = frozenset(
    [f">{kind}" for kind in FOLLOWS[PublicState.NEVER]]
    + [f"{last}>{kind}" for last, state in STATE_AFTER.items() for kind in FOLLOWS[state]]
)

ENTRY = f"""
    '{{"decision_sha256":"' || deciding.body_sha256
    || '","kind":"' || NEW.kind
    || '","record_sha256":"' || NEW.record_sha256
    || '","seq":' || NEW.seq
    || ',"subject":{{"id":"' || NEW.subject_id || '","kind":"' || NEW.subject_kind
    || '"}},"time":"' || {utc_text("NEW.published_at")}
    || '","version":' || NEW.version || '}}'
"""

RECORD = f"""
    told @> jsonb_build_object(
        'note', nullif(NEW.note, ''),
        'publication', NEW.kind,
        'published_at', {utc_text("NEW.published_at")},
        'seq', NEW.seq,
        'successor', CASE WHEN NEW.successor_id <> '' THEN
            jsonb_build_object('id', NEW.successor_id, 'kind', NEW.subject_kind) END,
        'subject', jsonb_build_object('id', NEW.subject_id, 'kind', NEW.subject_kind),
        'version', NEW.version)
    AND (told ? 'content') = (NEW.kind NOT IN ({quoted_list(TOMBSTONES)}))
"""

SUCCESSOR_IS_LIVE = insist(
    f"previous.kind NOT IN ({quoted_list(TOMBSTONES)})",
    name="ledger_publication_successor_is_live",
    message="What stands in the place of something else must be public.",
)

# A row trigger of a volatile function sees the rows that its own statement inserted before, so one
# INSERT may bring many publications.
IN_ITS_PLACE = "\n".join(
    [
        "SELECT * INTO head FROM ledger_head;",
        "SELECT * INTO previous FROM ledger_publication ORDER BY seq DESC LIMIT 1;",
        insist(
            "NEW.seq = coalesce(previous.seq, 0) + 1 AND NEW.seq <= head.seq",
            name="ledger_publication_seq_has_no_gap",
            message="A publication takes the next place, and the head gives it out.",
        ),
        insist(
            "NEW.published_at = head.at AND NEW.published_at >= "
            "coalesce(previous.published_at, NEW.published_at)",
            name="ledger_publication_time_is_the_heads",
            message="A publication has the time at which the head gave out its place.",
        ),
        """
        SELECT * INTO previous FROM ledger_publication
            WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id
            ORDER BY version DESC LIMIT 1;
        """,
        insist(
            "NEW.version = coalesce(previous.version, 0) + 1",
            name="ledger_publication_version_has_no_gap",
            message="A publication is the next version of its subject.",
        ),
        insist(
            f"coalesce(previous.kind, '') || '>' || NEW.kind IN ({quoted_list(STEPS)})",
            name="ledger_publication_kind_follows",
            message="A publication of this kind cannot follow the one before it.",
        ),
        "SELECT * INTO deciding FROM ledger_decision WHERE id = NEW.decision_id;",
        insist(
            "deciding.subject_kind = NEW.subject_kind AND deciding.subject_id = NEW.subject_id",
            name="ledger_publication_decision_is_its_own",
            message="A publication rests on a decision about its own subject.",
        ),
        "told := NEW.record::jsonb;",
        insist(
            RECORD,
            name="ledger_publication_record_describes_it",
            message="The record of a publication must say what its columns say.",
        ),
        insist(
            f"NEW.entry = {ENTRY}",
            name="ledger_publication_entry_describes_it",
            message="The entry of a publication must say exactly what its columns say.",
        ),
        f"""
        IF NEW.successor_id <> '' THEN
            SELECT * INTO previous FROM ledger_publication
                WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.successor_id
                ORDER BY version DESC LIMIT 1;
            {SUCCESSOR_IS_LIVE}
        END IF;
        RETURN NEW;
        """,
    ]
)

# The one way in which a row changes: its words go, after its subject was redacted. Whoever may not
# UPDATE the table at all has `ledger_erase`, which does nothing else.
ERASES_ONLY = (
    insist(
        """
        OLD.record <> '' AND NEW.record = '' AND NEW.note = ''
        AND (to_jsonb(NEW) - ARRAY['record', 'note']) = (to_jsonb(OLD) - ARRAY['record', 'note'])
        AND EXISTS (
            SELECT FROM ledger_publication AS later
            WHERE later.subject_kind = OLD.subject_kind AND later.subject_id = OLD.subject_id
                AND later.version > OLD.version AND later.kind = 'redact')
        """,
        name="ledger_publication_append_only",
        message="Rows of ledger_publication are never changed or removed; append a new one.",
    )
    + "RETURN NEW;"
)

"""The ledger from a place on, as whoever keeps a copy follows it: ready-made JSON."""

from dataclasses import dataclass

from django.db import connections

from factcheck.ledger.choices import TOMBSTONES, PublicationKind
from factcheck.ledger.triggers import quoted_list, utc_text

# What a page may weigh, so that no asker is sent a hundred megabytes at once. A record that is
# longer by itself goes out alone.
MOST_BYTES = 4 * 1024 * 1024

# As claims.published.is_withheld says it of one version among all.
IS_WITHHELD = f"""
    EXISTS (
        SELECT FROM "ledger_publication" AS later
        WHERE later.subject_kind = publication.subject_kind
            AND later.subject_id = publication.subject_id
            AND later.version > publication.version
            AND (later.kind = '{PublicationKind.REDACT}' OR (
                publication.kind NOT IN ({quoted_list(TOMBSTONES)})
                AND later.kind = '{PublicationKind.SUSPEND}'
                AND NOT EXISTS (
                    SELECT FROM "ledger_publication" AS back
                    WHERE back.subject_kind = later.subject_kind
                        AND back.subject_id = later.subject_id
                        AND back.version > later.version
                        AND back.kind = '{PublicationKind.RESTORE}'))))
"""
# The record is canonical JSON already, so it is pasted in unread; all else is of our own letters.
CHANGE = f"""
    '{{"seq":' || seq || ',"kind":"' || kind || '","subject":"' || subject_kind
    || '","id":"' || subject_id || '","version":' || version
    || ',"published_at":"' || {utc_text("published_at")}
    || '","sha256":"' || record_sha256
    || '","record":' || coalesce(nullif(record, ''), 'null') || '}}'
"""
# One statement sees the ledger as it is at one moment, head and rows. How long a record is stands
# beside it, so those beyond the page are never read.
PAGE = f"""
    SELECT head.seq, page.seq, page.change
    FROM "ledger_head" AS head
    LEFT JOIN LATERAL (
        SELECT seq, {CHANGE} AS change
        FROM (
            SELECT *, sum(octet_length(record)) OVER (ORDER BY seq) - octet_length(record) AS before
            FROM (
                SELECT seq, kind, subject_kind, subject_id, version, published_at, record_sha256,
                    CASE WHEN {IS_WITHHELD} THEN '' ELSE record END AS record
                FROM "ledger_publication" AS publication
                WHERE seq > %s
                ORDER BY seq
                LIMIT %s
            ) AS told
        ) AS weighed
        WHERE before < %s
    ) AS page ON true
"""


@dataclass(frozen=True)
class Page:
    """Some changes as JSON texts, the place of the last of them, and the ledger's newest place."""

    changes: list[str]
    last: int
    head: int


def page_after(seq: int, *, limit: int, using: str = "public") -> Page:
    """The publications that follow the place, in their order, of every subject, tombstones among
    them; in one query. `last` is the place itself where nothing follows it.

    A record is null where its words may not be read now: they were redacted, or the subject was
    suspended after it and not restored since. The hash is always that of the bytes that went out.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(PAGE, [seq, limit, MOST_BYTES])
        rows = cursor.fetchall()
    # Sorted here: the server would put a heavy page on its disk to do so.
    found = sorted((place, change) for _, place, change in rows if place is not None)
    return Page(
        changes=[change for _, change in found],
        last=found[-1][0] if found else seq,
        head=rows[0][0],
    )

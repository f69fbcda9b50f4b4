"""Whether what readers are served says what the records say, asked in SQL of all rows at once.

A quick look at what is printed: rows, words, verdicts, summaries. `public.REBUILD` compares every
column, by making everything anew.
"""

from factcheck.integrity.check import Check, asked
from factcheck.integrity.ledger import TOMBSTONE_KINDS
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.triggers import utc_text

# Keeps PostgreSQL from reading the record anew for each of its values.
ONCE = "OFFSET 0"
# What every summary has of its publication.
OF_THE_PLACE = "ARRAY['id', 'version', 'seq', 'published_at', 'sha256', 'path']"
PLACE = f"""
    jsonb_build_object('id', told.subject_id, 'version', told.version, 'seq', told.seq,
        'published_at', {utc_text("told.published_at")}, 'sha256', told.record_sha256)
"""
# Each version with words, and the place at which the next one took over.
CLAIM_VERSIONS = f"""
    WITH version AS (
        SELECT *, lead(seq) OVER (PARTITION BY subject_id ORDER BY version) AS until_seq
        FROM ledger_publication WHERE subject_kind = 'claim'
    ), told AS (
        SELECT * FROM version WHERE kind NOT IN ({TOMBSTONE_KINDS}) AND record <> ''
    )
    SELECT format('claim %s: readers are served places %s, the ledger has %s.',
        coalesce(told.subject_id, shown.claim_id),
        coalesce(shown.from_seq || ' to ' || coalesce(shown.until_seq::text, 'now'), 'none'),
        coalesce(told.seq || ' to ' || coalesce(told.until_seq::text, 'now'), 'none'))
    FROM told FULL JOIN claims_publicclaim AS shown ON shown.from_seq = told.seq
    WHERE (told.subject_id, told.seq, told.until_seq)
        IS DISTINCT FROM (shown.claim_id, shown.from_seq, shown.until_seq)
"""
CLAIM_WORDS = f"""
    SELECT format('publication %s: readers of the claim %s are served another %s.',
        seq, subject_id, wrong)
    FROM (
        SELECT told.seq, told.subject_id, concat_ws(', ',
            CASE WHEN shown.text <> content ->> 'text' THEN 'text' END,
            CASE WHEN shown.status_line <> content ->> 'status_line' THEN 'status line' END,
            CASE WHEN shown.attribution_status
                <> coalesce(content #>> '{{attribution,status}}', '') THEN 'attribution' END,
            CASE WHEN shown.verification_status
                <> content #>> '{{verification,status}}' THEN 'verification' END,
            CASE WHEN (shown.version, shown.published_at, shown.record_sha256)
                <> (told.version, told.published_at, told.record_sha256) THEN 'version' END,
            CASE WHEN shown.summary::jsonb - 'path' IS DISTINCT FROM {PLACE} || jsonb_build_object(
                'status_line', content -> 'status_line', 'text', content -> 'text',
                'language', content -> 'language', 'speaker', content -> 'speaker',
                'said', content -> 'said', 'event', content -> 'event',
                'about', content -> 'about', 'kind', content -> 'kind',
                'topics', content -> 'topics',
                'attribution_status', content #> '{{attribution,status}}',
                'verification_status', content #> '{{verification,status}}',
                'as_of', content #> '{{verification,as_of}}',
                'was_imported', coalesce(content -> 'was_imported', 'false'),
                'imported_review', content -> 'imported_review',
                'origins', jsonb_build_object(
                    'supports', content #> '{{corroboration,supports,origins}}',
                    'refutes', content #> '{{corroboration,refutes,origins}}'),
                'figures', content -> 'figures') THEN 'summary' END) AS wrong
        FROM claims_publicclaim AS shown
            JOIN ledger_publication AS told ON told.seq = shown.from_seq
            CROSS JOIN LATERAL (
                SELECT told.record::jsonb -> 'content' AS content {ONCE}) AS read
        WHERE told.record <> ''
    ) AS compared
    WHERE wrong <> ''
"""
# Lists tell of controls without the passages on which they rest.
CONTROLS = """(
    SELECT coalesce(jsonb_agg(jsonb_build_object('parent', control -> 'parent',
        'held_from', control -> 'held_from', 'held_until', control -> 'held_until')
        ORDER BY number), '[]')
    FROM jsonb_array_elements(content -> 'controls') WITH ORDINALITY AS each (control, number))
"""
SUBJECTS = tuple(
    f"""
    WITH newest AS (
        SELECT DISTINCT ON (subject_id) * FROM ledger_publication
        WHERE subject_kind = '{kind}' ORDER BY subject_id, version DESC
    ), told AS (SELECT * FROM newest WHERE kind NOT IN ({TOMBSTONE_KINDS}))
    SELECT format('{kind} %s: readers are served something else than place %s of the ledger says.',
        coalesce(told.subject_id, shown.public_id), coalesce(told.seq::text, 'none'))
    FROM told FULL JOIN {table} AS shown ON shown.public_id = told.subject_id
        CROSS JOIN LATERAL (
            SELECT told.record::jsonb -> 'content' AS content, shown.summary::jsonb AS printed
            {ONCE}
        ) AS read
    WHERE (told.seq, told.version) IS DISTINCT FROM (shown.seq, shown.version)
        OR shown.name <> content ->> 'name'
        OR printed - 'path' IS DISTINCT FROM {PLACE} || (
            SELECT jsonb_object_agg(key, CASE key WHEN 'controls' THEN {CONTROLS}
                ELSE content -> key END)
            FROM jsonb_object_keys(printed - {OF_THE_PLACE}) AS key)
    """
    for kind, table in {
        SubjectKind.ACTOR: "sources_publicactor",
        SubjectKind.SOURCE: "sources_publicsource",
        SubjectKind.EVENT: "claims_publicevent",
    }.items()
)
# Bytes that were changed together with their hash are no longer those that records tell of.
CAPTURES = """
    SELECT DISTINCT format(
        'publication %s: it tells of the capture %s with the hash %s, and there is none.',
        told.seq, capture ->> 'id', capture ->> 'sha256')
    FROM ledger_publication AS told CROSS JOIN LATERAL jsonb_path_query(
        told.record::jsonb, '$.content.**.capture ? (@.sha256 != null)') AS capture
    WHERE told.record <> '' AND NOT EXISTS (
        SELECT FROM sources_capture AS held
        WHERE held.public_id = capture ->> 'id' AND held.sha256 = capture ->> 'sha256')
"""

CHECKS = (
    Check("shown-claims", "Readers are served each version at its time.", asked(CLAIM_VERSIONS)),
    Check("shown-words", "What is printed of claims is what records say.", asked(CLAIM_WORDS)),
    Check("shown-subjects", "What is printed of the others is as well.", asked(*SUBJECTS)),
    Check("told-captures", "Records tell of captures that we have.", asked(CAPTURES)),
)

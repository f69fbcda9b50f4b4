"""Synthetic rows in any number, by COPY: words as rare and as common as those of a language."""

import itertools
import random
from collections.abc import Iterator

import psycopg

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
WORDS = [
    "".join(parts)
    for length in (2, 3)
    for parts in itertools.islice(
        itertools.product(SYLLABLES[::3] if length == 3 else SYLLABLES, repeat=length), 8_000
    )
]
WEIGHTS = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(WORDS))))
WORDS_A_CLAIM = 18
EVERY = {"actor": 50, "source": 200, "document": 20, "event": 100}

STAGING = "CREATE UNLOGGED TABLE staging (id bigint, text text)"

# Half are drafts, a fifth are live; few are false. Every claim cites one document.
FILL = """
INSERT INTO sources_actor (id, created_by_id, edit_number, kind, name, description, is_private,
    wikidata_id)
SELECT id, 1, 0, 'organisation', initcap(split_part(text, ' ', 1) || ' ' ||
    split_part(text, ' ', 2) || ' ' || split_part(text, ' ', 3)), 'synthetic', false, ''
FROM staging WHERE id <= {actors};

INSERT INTO sources_source (id, created_by_id, edit_number, kind, name, language)
SELECT id, 1, 0, 'news-site', initcap(split_part(text, ' ', 4) || ' ' ||
    split_part(text, ' ', 5)), 'en'
FROM staging WHERE id <= {sources};

INSERT INTO sources_document (id, created_by_id, edit_number, kind, title, source_id, url, language,
    published_as_printed, published_part_of_day, published_time_zone, hop_manner, translator)
SELECT id, 1, 0, 'article', 'Synthetic ' || left(text, 60), 1 + id % {sources},
    'https://www.site' || id % {sources} || '.example/' || id || '/' || split_part(text, ' ', 6),
    'en', '', '', '', '', ''
FROM staging WHERE id <= {documents};

INSERT INTO claims_event (id, created_by_id, edit_number, title, place, place_as_printed,
    place_precision, place_released, summary, happened_as_printed, happened_part_of_day,
    happened_time_zone)
SELECT id, 1, 0, 'Synthetic ' || left(text, 40), initcap(split_part(text, ' ', 7)), '', '', false,
    '', '', '', ''
FROM staging WHERE id <= {events};

INSERT INTO claims_claim (id, created_by_id, edit_number, text, language, original_words,
    original_language, translation_reviewed, speaker, claimant_id, event_id, about, kind,
    attribution_status, attribution_reason, verification_status, rationale, as_of, unknowns,
    would_settle, why_checked, harm_check, harm_note, was_imported, stage, reviewed_hash,
    said_not_before, said_not_after, said_as_printed, said_part_of_day, said_time_zone)
SELECT id, 1, 0, text, 'en', '', '', false, 'actor', 1 + id % {actors}, 1 + id % {events},
    (ARRAY['toll', 'occurrence', 'intent'])[1 + id % 3], 'factual',
    (ARRAY['reported', 'on-record', 'reported', 'no-record'])[1 + id % 4], '',
    CASE WHEN id % 100 = 3 THEN 'false' ELSE 'unchecked' END, '',
    CASE WHEN id % 100 = 3 THEN DATE '2020-06-01' END, '', '', '', '{{}}', '', false,
    CASE WHEN id % 10 < 5 THEN 'draft' ELSE 'settled' END, '',
    DATE '2000-01-01' + (id % 9000)::int, DATE '2000-01-01' + (id % 9000)::int, '', '', ''
FROM staging;

INSERT INTO claims_citation (id, created_by_id, claim_id, position, document_id, role, stance, cue,
    form, named_speaker, first_hand, basis, anonymity_reason, answer, fidelity, fidelity_words,
    likely_reading, fidelity_reason, unfound_quote)
SELECT id, 1, id, 1, 1 + id % {documents}, 'attribution', '', 'said', 'indirect', '', false, '', '',
    '', 'not-compared', '', '', '', ''
FROM staging;

INSERT INTO ledger_publication (seq, subject_kind, subject_id, version, kind, note, published_at,
    successor_id, record, record_sha256, entry, decision_id)
SELECT id, 'claim', public_id, 1, 'publish', '', now(), '', '{{}}',
    encode(sha256('{{}}'::bytea), 'hex'), '{{}}', id
FROM claims_claim WHERE id % 10 IN (6, 8);

DROP INDEX findingaid_terms;
INSERT INTO claims_findingaid (claim_id, terms, said_on, changed_at)
SELECT id, finding_terms(id), said_not_before, now() - (id % 900) * interval '1 day'
FROM claims_claim;
CREATE INDEX findingaid_terms ON claims_findingaid USING gin (terms) WITH (fastupdate = off);
DROP TABLE staging;
"""


def texts(number: int) -> Iterator[str]:
    """So many texts, the same in every run."""
    chance = random.Random(20200302)
    for count in range(number):
        words = chance.choices(WORDS, cum_weights=WEIGHTS, k=WORDS_A_CLAIM)
        yield f"{' '.join(words)} {count % 997} synthetic"


def fill(url: str, number: int) -> None:
    """Make the rows, as a superuser: the triggers would take hours, and what they keep is made
    here in one go.
    """
    sizes = {f"{name}s": max(20, number // every) for name, every in EVERY.items()}
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(STAGING)
        with superuser.cursor().copy("COPY staging (id, text) FROM STDIN") as copy:
            for count, text in enumerate(texts(number), start=1):
                copy.write_row((count, text))
        for statement in FILL.format(**sizes).split(";\n"):
            if statement.strip():
                superuser.execute(statement.encode())
        superuser.execute("VACUUM ANALYZE")

"""Whether what we hold is what came, and where words come from makes no circle."""

from collections.abc import Iterator

from factcheck.integrity.check import Check, asked
from factcheck.integrity.ledger import NEWEST
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.subjects import Subject
from sources.models import Actor
from sources.models.passage import CONTEXT_LENGTH
from sources.record import actor_secrets

CAPTURES = """
    SELECT format('capture %s: its bytes are not those that came.', public_id)
    FROM sources_capture
    WHERE erased_at IS NULL AND encode(sha256(content), 'hex') <> sha256
"""
REVISITS = """
    SELECT format('capture %s: the copy that it repeats has other bytes.', revisit.public_id)
    FROM sources_capture AS revisit
        JOIN sources_capture AS first ON first.id = revisit.revisit_of_id
    WHERE first.payload_sha256 <> revisit.payload_sha256
        OR first.document_id <> revisit.document_id OR first.revisit_of_id IS NOT NULL
"""
QUOTES = f"""
    SELECT format('passage %s of the capture %s: its words do not stand at place %s of the text.',
        passage.id, capture.public_id, place.start)
    FROM sources_passagerange AS place
        JOIN sources_passage AS passage ON passage.id = place.passage_id
        JOIN sources_capture AS capture ON capture.id = passage.capture_id
    WHERE capture.erased_at IS NULL AND (
        substr(capture.text, place.start + 1, place."end" - place.start) <> place.exact
        OR substr(capture.text, greatest(place.start - {CONTEXT_LENGTH}, 0) + 1,
            least(place.start, {CONTEXT_LENGTH})) <> place.prefix
        OR substr(capture.text, place."end" + 1, {CONTEXT_LENGTH}) <> place.suffix)
"""
FURNITURE = """
    SELECT format('furniture %s of the capture %s: it ends after the text does.',
        furniture.id, capture.public_id)
    FROM sources_furniture AS furniture
        JOIN sources_capture AS capture ON capture.id = furniture.capture_id
    WHERE capture.erased_at IS NULL AND furniture."end" > length(capture.text)
"""


def circle(table: str, edges: str, words: str) -> str:
    """The query for rows of `table` that reach themselves along the edges (child, parent)."""
    return f"""
        WITH RECURSIVE edge (child, parent) AS ({edges}), above (child, parent) AS (
            SELECT child, parent FROM edge WHERE parent IS NOT NULL
            UNION
            SELECT above.child, edge.parent FROM above JOIN edge ON edge.child = above.parent
            WHERE edge.parent IS NOT NULL
        )
        SELECT format('%s: {words}.', row.public_id)
        FROM above JOIN {table} AS row ON row.id = above.child
        WHERE above.child = above.parent
    """


CIRCLES = (
    circle(
        "sources_actor",
        "SELECT actor_id, parent_id FROM sources_control",
        "an actor that controls itself through others",
    ),
    circle(
        "sources_document",
        "SELECT id, hop_of_id FROM sources_document",
        "a document that carries itself through others",
    ),
    circle(
        "claims_event",
        "SELECT id, part_of_id FROM claims_event",
        "an event that lies inside itself",
    ),
    circle(
        "claims_citation",
        "SELECT carrier_id, taken_from_id FROM claims_relay",
        "a citation whose words were taken from itself through others",
    ),
    circle(
        "claims_claim",
        "SELECT claim_id, other_id FROM claims_claimrelation WHERE kind = 'part-of'",
        "a claim that is a part of itself",
    ),
    *(
        circle(
            table,
            f"SELECT id, merged_into_id FROM {table}",
            f"{kind} that is merged into itself through others",
        )
        for table, kind in {
            "sources_actor": "an actor",
            "sources_source": "a source",
            "sources_document": "a document",
            "claims_event": "an event",
        }.items()
    ),
)

# Of what was never published there is a decision alone.
MERGERS = tuple(
    f"""
    WITH newest AS ({NEWEST})
    SELECT format('{kind} %s: its row is merged into %s; its newest step was “%s”, and the ledger '
            'puts %s in its place.',
        row.public_id, coalesce(other.public_id, 'nothing'), coalesce(step.action, 'none'),
        coalesce(nullif(newest.successor_id, ''), 'nothing'))
    FROM {table} AS row
        LEFT JOIN {table} AS other ON other.id = row.merged_into_id
        LEFT JOIN newest ON newest.subject_kind = '{kind}' AND newest.subject_id = row.public_id
        LEFT JOIN LATERAL (
            SELECT action FROM ledger_decision
            WHERE subject_kind = '{kind}' AND subject_id = row.public_id
                AND action IN ('merge', 'restore', 'redact')
            ORDER BY id DESC LIMIT 1
        ) AS step ON TRUE
    WHERE (step.action = 'merge' AND other.id IS NULL)
        OR (other.id IS NOT NULL AND coalesce(step.action, '') NOT IN ('merge', 'redact'))
        OR (newest.kind = 'merge' AND newest.successor_id <> coalesce(other.public_id, ''))
        OR (newest.kind = 'redact' AND newest.successor_id <> '' AND other.id IS NULL)
        OR (newest.kind NOT IN ('merge', 'redact') AND other.id IS NOT NULL)
    """
    for table, kind in {
        "sources_actor": "actor",
        "sources_source": "source",
        "claims_event": "event",
    }.items()
)
ROWS_OF_PUBLISHED = tuple(
    f"""
    SELECT format('publication %s: there is no row of the {kind} %s.', seq, subject_id)
    FROM ledger_publication AS publication
    WHERE subject_kind = '{kind}' AND version = 1
        AND NOT EXISTS (SELECT FROM {table} WHERE public_id = publication.subject_id)
    """
    for table, kind in {
        "sources_actor": "actor",
        "sources_source": "source",
        "claims_event": "event",
        "claims_claim": "claim",
    }.items()
)
PRIVATE_PEOPLE = """
    SELECT format('event %s: an interest of the private person %s is told there.',
        event.public_id, actor.public_id)
    FROM claims_eventparty AS party
        JOIN sources_actor AS actor ON actor.id = party.actor_id AND actor.is_private
        JOIN claims_event AS event ON event.id = party.event_id
    UNION ALL
    SELECT format('claim %s: an inquiry names the private person %s.',
        claim.public_id, actor.public_id)
    FROM claims_inquiry AS inquiry
        JOIN sources_actor AS actor ON actor.id = inquiry.asked_of_id AND actor.is_private
        JOIN claims_claim AS claim ON claim.id = inquiry.claim_id
"""


def private_names_in_live_records() -> Iterator[str]:
    """Live records that mention a private person and print one of its names."""
    for actor in Actor.objects.filter(is_private=True).prefetch_related("names").iterator(200):
        subject = Subject(SubjectKind.ACTOR, actor.public_id)
        live = Publication.objects.newest().with_content()
        mentions = Mention.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        names = [name.casefold() for name in actor_secrets(actor)]
        for publication in [
            *live.of(subject),
            *live.filter(pk__in=mentions.values("publication")).iterator(200),
        ]:
            if any(name in publication.record.casefold() for name in names):
                yield (
                    f"publication {publication.seq}: it prints the name of the private person "
                    f"{subject.id}."
                )


CHECKS = (
    Check(
        "captures",
        "The bytes of every capture are those that came.",
        asked(CAPTURES, REVISITS),
    ),
    Check(
        "quotes",
        "Every quote stands at its place in the captured text.",
        asked(QUOTES, FURNITURE),
    ),
    Check(
        "circles",
        "Controls, hops, parts, relays and mergers make no circle.",
        asked(*CIRCLES),
    ),
    Check("mergers", "Merged rows and the ledger name the same successor.", asked(*MERGERS)),
    Check("rows", "What was published still has its row.", asked(*ROWS_OF_PUBLISHED)),
    Check(
        "private-people",
        "No interest and no inquiry names a private person.",
        asked(PRIVATE_PEOPLE),
    ),
    Check(
        "private-names",
        "No live record prints the name of a private person that it mentions.",
        private_names_in_live_records,
    ),
)

"""Live claims behind which something has changed since they went out."""

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from claims.models import Claim
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Publication
from sources.workflow.changes import SENT

# How many of the claims sent out last are asked.
LOOKED_AT = 1_000


def first_after(at: str, table: str) -> str:
    """SQL: `was` is the first row that the history kept after that time, the row as it was then."""
    return f"""was.pgh_created_at > {at} AND NOT EXISTS (
            SELECT FROM {table} AS before
            WHERE before.pgh_obj_id = was.pgh_obj_id
                AND before.pgh_created_at > {at} AND before.pgh_id < was.pgh_id)"""


# The history keeps the row before every change: what stood at the time of the publication is
# compared with what stands now, so that a change that was undone is none. What is new came later;
# what was deleted is in the history alone.
CHANGED_BEHIND = f"""
    WITH RECURSIVE sent AS (
        SELECT subject_id, max(seq) AS seq, max(published_at) AS at
        FROM (
            SELECT subject_id, seq, published_at FROM ledger_publication
            WHERE subject_kind = 'claim' AND kind IN ('publish', 'update', 'correct')
                AND (%(only)s::text IS NULL OR subject_id = %(only)s)
            ORDER BY seq DESC LIMIT %(looked_at)s
        ) AS last GROUP BY subject_id
    ), live AS (
        SELECT claim.id, claim.event_id, claim.claimant_id, claim.voiced_by_id, claim.outlet_id,
            sent.at, sent.seq
        FROM sent JOIN claims_claim AS claim ON claim.public_id = sent.subject_id
        WHERE claim.stage = 'settled' AND (
            SELECT kind FROM ledger_publication
            WHERE subject_kind = 'claim' AND subject_id = sent.subject_id
            ORDER BY version DESC LIMIT 1
        ) IN ('publish', 'update', 'correct', 'restore')
    ), carried (claim_id, at, document_id) AS (
        SELECT live.id, live.at, citation.document_id
        FROM live JOIN claims_citation AS citation
            ON citation.claim_id = live.id AND citation.role = 'evidence'
        UNION
        SELECT carried.claim_id, carried.at, further.id
        FROM carried JOIN sources_document AS document ON document.id = carried.document_id
            JOIN sources_document AS further
            ON further.id IN (document.hop_of_id, document.merged_into_id)
            OR further.merged_into_id = document.id
    ), with_evidence AS (
        SELECT * FROM live WHERE id IN (SELECT claim_id FROM carried)
    ), outlet (claim_id, at, source_id) AS (
        SELECT carried.claim_id, carried.at, document.source_id
        FROM carried JOIN sources_document AS document ON document.id = carried.document_id
        WHERE document.source_id IS NOT NULL
        UNION
        SELECT id, at, outlet_id FROM with_evidence WHERE outlet_id IS NOT NULL
        UNION
        SELECT outlet.claim_id, outlet.at, further.id
        FROM outlet JOIN sources_source AS source ON source.id = outlet.source_id
            JOIN sources_source AS further
            ON further.id = source.merged_into_id OR further.merged_into_id = source.id
    ), behind (claim_id, at, actor_id) AS (
        SELECT claim_id, at, actor_id FROM (
            SELECT id AS claim_id, at, unnest(ARRAY[claimant_id, voiced_by_id]) AS actor_id
            FROM with_evidence
            UNION
            SELECT outlet.claim_id, outlet.at, source.operator_id
            FROM outlet JOIN sources_source AS source ON source.id = outlet.source_id
            UNION
            SELECT carried.claim_id, carried.at, document.author_id
            FROM carried JOIN sources_document AS document ON document.id = carried.document_id
        ) AS named WHERE actor_id IS NOT NULL
        UNION
        SELECT behind.claim_id, behind.at, further.id
        FROM behind JOIN LATERAL (
            SELECT parent_id AS id FROM sources_control WHERE actor_id = behind.actor_id
            UNION ALL
            SELECT body_id FROM sources_actorrole WHERE actor_id = behind.actor_id
            UNION ALL
            SELECT merged_into_id FROM sources_actor WHERE id = behind.actor_id
            UNION ALL
            SELECT id FROM sources_actor WHERE merged_into_id = behind.actor_id
        ) AS further ON further.id IS NOT NULL
    )
    SELECT carried.claim_id
    FROM carried JOIN sources_document AS now ON now.id = carried.document_id
        JOIN sources_documentevent AS was
        ON was.pgh_obj_id = now.id AND {first_after("carried.at", "sources_documentevent")}
    WHERE (was.source_id, was.author_id, was.hop_of_id, was.merged_into_id)
        IS DISTINCT FROM (now.source_id, now.author_id, now.hop_of_id, now.merged_into_id)
    UNION
    SELECT live.id
    FROM live JOIN claims_citation AS citation ON citation.claim_id = live.id
        JOIN sources_document AS now ON now.id = citation.document_id
        JOIN sources_documentevent AS was
        ON was.pgh_obj_id = now.id AND {first_after("live.at", "sources_documentevent")}
    WHERE was.merged_into_id IS DISTINCT FROM now.merged_into_id
    UNION
    SELECT outlet.claim_id
    FROM outlet JOIN sources_source AS now ON now.id = outlet.source_id
        JOIN sources_sourceevent AS was
        ON was.pgh_obj_id = now.id AND {first_after("outlet.at", "sources_sourceevent")}
    WHERE (was.operator_id, was.merged_into_id)
        IS DISTINCT FROM (now.operator_id, now.merged_into_id)
    UNION
    SELECT behind.claim_id
    FROM behind
    WHERE EXISTS (
            SELECT FROM sources_actor AS now JOIN sources_actorevent AS was
                ON was.pgh_obj_id = now.id AND {first_after("behind.at", "sources_actorevent")}
            WHERE now.id = behind.actor_id AND (was.kind, was.merged_into_id)
                IS DISTINCT FROM (now.kind, now.merged_into_id))
        OR EXISTS (
            SELECT FROM sources_control
            WHERE actor_id = behind.actor_id AND created_at > behind.at)
        OR EXISTS (
            SELECT FROM sources_controlevent AS was LEFT JOIN sources_control AS now
                ON now.id = was.pgh_obj_id
            WHERE was.actor_id = behind.actor_id AND was.created_at <= behind.at
                AND {first_after("behind.at", "sources_controlevent")}
                AND (was.parent_id, was.held_from, was.held_until)
                IS DISTINCT FROM (now.parent_id, now.held_from, now.held_until))
        OR EXISTS (
            SELECT FROM sources_actorrole
            WHERE actor_id = behind.actor_id AND created_at > behind.at AND body_id IS NOT NULL)
        OR EXISTS (
            SELECT FROM sources_actorroleevent AS was LEFT JOIN sources_actorrole AS now
                ON now.id = was.pgh_obj_id
            WHERE was.actor_id = behind.actor_id AND was.created_at <= behind.at
                AND {first_after("behind.at", "sources_actorroleevent")}
                AND (was.body_id, was.held_from, was.held_until)
                IS DISTINCT FROM (now.body_id, now.held_from, now.held_until))
    UNION
    SELECT live.id
    FROM with_evidence AS live JOIN claims_eventparty AS party ON party.event_id = live.event_id
    WHERE party.created_at > live.at AND party.party_id IS NOT NULL
    UNION
    SELECT live.id
    FROM with_evidence AS live JOIN claims_eventpartyevent AS was ON was.event_id = live.event_id
        LEFT JOIN claims_eventparty AS now ON now.id = was.pgh_obj_id
    WHERE {first_after("live.at", "claims_eventpartyevent")} AND was.created_at <= live.at
        AND (was.interest, was.actor_id, was.party_id)
        IS DISTINCT FROM (now.interest, now.actor_id, now.party_id)
    UNION
    SELECT live.id
    FROM live JOIN claims_citation AS citation ON citation.claim_id = live.id
        JOIN sources_capture AS capture ON capture.document_id = citation.document_id
            AND capture.status = 'changed' AND capture.created_at > live.at
    UNION
    SELECT live.id
    FROM live JOIN claims_claimrelation AS relation
            ON relation.claim_id = live.id AND relation.kind = 'repeats'
        JOIN claims_claim AS other ON other.id = relation.other_id
        JOIN claims_publicclaim AS was ON was.claim_id = other.public_id
            AND was.from_seq <= live.seq AND coalesce(was.until_seq > live.seq, TRUE)
        LEFT JOIN claims_publicclaim AS now
            ON now.claim_id = other.public_id AND now.until_seq IS NULL
    WHERE now.verification_status IS DISTINCT FROM was.verification_status
"""


def changed_behind(person: User) -> QuerySet[Claim]:
    """Live claims of which something that their count or their verdict rests on has changed since
    they were sent out, among the `LOOKED_AT` sent out last: a page that they cite among it, and
    repeats whose original has another verdict by now. What of it counts otherwise, the claim itself
    says (`claims.rechecks`): to count costs milliseconds a claim, to ask this does not.
    """
    sent = Publication.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("public_id"), kind__in=SENT
    ).order_by("-version")
    return (
        Claim.objects.filter(pk__in=changed_ids())
        .annotate(since=Subquery(sent.values("published_at")[:1]))
        .order_by("since", "pk")
    )


def changed_ids(only: Claim | None = None) -> list[int]:
    """The claims' primary keys, or that of the only one asked about. Asked at once: as a part of
    another query, PostgreSQL may ask it again for every row of that one (22 s for a list of a
    thousand claims, measured).
    """
    public_id = only.public_id if only is not None else None
    with connection.cursor() as cursor:
        cursor.execute(CHANGED_BEHIND, {"only": public_id, "looked_at": LOOKED_AT})
        return [pk for [pk] in cursor.fetchall()]

"""Whether every claim stands where its steps led, as its two people left it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from claims.choices import Stage
from claims.models import Citation, Claim, Figure, Inquiry, MediaFinding
from factcheck.integrity.check import Check, asked
from factcheck.integrity.ledger import ROWS_AT_ONCE, TOMBSTONE_KINDS
from factcheck.ledger import log
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.subjects import Subject
from sources.record import Content, day

MOVES = """
    SELECT *, lag(action) OVER steps AS before, lag(by_id) OVER steps AS by_before,
        lag(content_hash) OVER steps AS hash_before
    FROM ledger_decision WHERE subject_kind = 'claim' AND stage_from <> stage_to
    WINDOW steps AS (PARTITION BY subject_id ORDER BY id)
"""
# An edit takes what is under review back to draft without any step.
STAGES = """
    SELECT format('claim %s: it is “%s” and rests on the decision %s; its newest step is the '
            'decision %s, which led to “%s”.',
        claim.public_id, claim.stage, coalesce(claim.decision_id::text, 'none'),
        coalesce(step.id::text, 'none'), coalesce(step.stage_to, 'draft'))
    FROM claims_claim AS claim LEFT JOIN LATERAL (
        SELECT id, stage_to FROM ledger_decision
        WHERE subject_kind = 'claim' AND subject_id = claim.public_id AND stage_from <> stage_to
        ORDER BY id DESC LIMIT 1
    ) AS step ON TRUE
    WHERE claim.decision_id IS DISTINCT FROM step.id
        OR NOT (claim.stage = coalesce(step.stage_to, 'draft')
            OR claim.stage = 'draft' AND step.stage_to <> 'settled')
"""
SETTLED = """
    SELECT format('claim %s: it is settled and was never published.', public_id)
    FROM claims_claim AS claim
    WHERE stage = 'settled' AND NOT EXISTS (
        SELECT FROM ledger_publication
        WHERE subject_kind = 'claim' AND subject_id = claim.public_id)
"""
PINNED = """
    SELECT format('claim %s: it is not pinned to what was %s.', claim.public_id,
        CASE decision.action WHEN 'submit' THEN 'submitted' ELSE 'approved' END)
    FROM claims_claim AS claim
        LEFT JOIN ledger_decision AS decision ON decision.id = claim.decision_id
    WHERE claim.stage IN ('in_review', 'approved')
        AND claim.reviewed_hash IS DISTINCT FROM decision.content_hash
"""
TWO_PEOPLE = f"""
    WITH moves AS ({MOVES})
    SELECT format('decision %s: what it approved of the claim %s was not submitted by somebody '
            'else just before.', id, subject_id)
    FROM moves
    WHERE action = 'approve'
        AND (before = 'submit' AND hash_before = content_hash AND by_before <> by_id) IS NOT TRUE
    UNION ALL
    SELECT format('publication %s: what went out of the claim %s is not what was approved just '
            'before.', publication.seq, publication.subject_id)
    FROM ledger_publication AS publication JOIN moves ON moves.id = publication.decision_id
    WHERE publication.kind IN ('publish', 'update', 'correct') AND moves.stage_from <> 'draft'
        AND (moves.before = 'approve' AND moves.hash_before = moves.content_hash) IS NOT TRUE
"""
# Records of the first schema do not say it: there were no imports then.
IMPORTED = """
    SELECT format('publication %s: it went out of “%s” and says that the claim %s was %simported.',
        publication.seq, decision.stage_from, publication.subject_id,
        CASE WHEN decision.stage_from = 'draft' THEN 'not ' ELSE '' END)
    FROM ledger_publication AS publication
        JOIN ledger_decision AS decision ON decision.id = publication.decision_id
    WHERE publication.subject_kind = 'claim' AND publication.record <> ''
        AND publication.kind IN ('publish', 'update', 'correct')
        AND (decision.stage_from = 'draft') <> coalesce(
            publication.record::jsonb #>> '{content,was_imported}', 'false')::boolean
"""
STEPS_THAT_PUBLISH = """
    SELECT format('decision %s: “%s” of the claim %s published nothing.', id, action, subject_id)
    FROM ledger_decision AS decision
    WHERE subject_kind = 'claim'
        AND action IN ('publish', 'publish_imported', 'update', 'correct', 'suspend', 'retract',
            'restore', 'redact')
        AND NOT EXISTS (SELECT FROM ledger_publication WHERE decision_id = decision.id)
"""
PARTS = """
    SELECT format('claim %s: a relay joins citations of other claims.', claim.public_id)
    FROM claims_relay AS relay
        JOIN claims_claim AS claim ON claim.id = relay.claim_id
        JOIN claims_citation AS carrier ON carrier.id = relay.carrier_id
        JOIN claims_citation AS taken_from ON taken_from.id = relay.taken_from_id
    WHERE carrier.claim_id <> relay.claim_id OR taken_from.claim_id <> relay.claim_id
    UNION ALL
    SELECT format('claim %s: the finding %s does not rest on evidence of the claim.',
        claim.public_id, finding.public_id)
    FROM claims_mediafinding AS finding
        JOIN claims_claim AS claim ON claim.id = finding.claim_id
        JOIN claims_citation AS evidence ON evidence.id = finding.evidence_id
    WHERE evidence.claim_id <> finding.claim_id OR evidence.role <> 'evidence'
    UNION ALL
    SELECT format('claim %s: the citation %s points at a passage of another document.',
        claim.public_id, citation.public_id)
    FROM claims_citation AS citation
        JOIN claims_claim AS claim ON claim.id = citation.claim_id
        JOIN sources_passage AS passage ON passage.id = citation.passage_id
        JOIN sources_capture AS capture ON capture.id = passage.capture_id
    WHERE capture.document_id <> citation.document_id
"""
CURRENT = f"""
    WITH newest AS (
        SELECT DISTINCT ON (subject_id) subject_id, seq, version, kind, record_sha256
        FROM ledger_publication WHERE subject_kind = 'claim' ORDER BY subject_id, version DESC
    ), live AS (SELECT * FROM newest WHERE kind NOT IN ({TOMBSTONE_KINDS}))
    SELECT format('claim %s: version %s is public, and readers are served version %s.',
        coalesce(live.subject_id, shown.claim_id), coalesce(live.version::text, 'none'),
        coalesce(shown.version::text, 'none'))
    FROM live FULL JOIN (SELECT * FROM claims_publicclaim WHERE until_seq IS NULL) AS shown
        ON shown.claim_id = live.subject_id
    WHERE (live.seq, live.version, live.record_sha256)
        IS DISTINCT FROM (shown.from_seq, shown.version, shown.record_sha256)
"""


def settled_claims_other_than_published() -> Iterator[str]:
    """Settled claims whose own words are not those that were last published.

    What a record quotes of others (names, documents, other claims' statuses, the count of origins)
    goes on changing after it went out, and is left out here: `claims.rechecks` looks at that.
    """
    settled = Claim.objects.filter(stage=Stage.SETTLED).prefetch_related(
        "topics",
        Prefetch("figures", Figure.objects.order_by("pk")),
        Prefetch("citations", Citation.objects.order_by("pk")),
        Prefetch("inquiries", Inquiry.objects.order_by("pk")),
        Prefetch("media_findings", MediaFinding.objects.select_related("evidence")),
        "relays__carrier",
        "relays__taken_from",
        "overrides",
    )
    for claim in settled.iterator(chunk_size=ROWS_AT_ONCE):
        subject = Subject(SubjectKind.CLAIM, claim.public_id)
        last = log.versions(subject).with_content().last()
        content = last.content if last else None
        if content is None:
            continue
        own = own_words(claim)
        told = published_words(content)
        differing = [name for name, value in told.items() if own[name] != value]
        if differing:
            yield (
                f"claim {claim.public_id}: it is settled and differs from what was published, in "
                f"{', '.join(differing)}."
            )


def own_words(claim: Any) -> Content:
    """What the claim's own file says, as far as nothing else has a part in it."""
    return {
        "text": claim.text,
        "language": claim.language,
        "said": claim.said.as_record(),
        "about": claim.about,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "attribution": {
            "status": claim.attribution_status or None,
            "reason": claim.attribution_reason,
        },
        "verification": {
            "status": claim.verification_status,
            "rationale": claim.rationale,
            "as_of": day(claim.as_of),
            "review_by": day(claim.review_by),
        },
        "unknowns": claim.unknowns,
        "would_settle": claim.would_settle,
        "why_checked": claim.why_checked,
        "was_imported": claim.was_imported,
        "topics": {topic.public_id for topic in claim.topics.all()},
        "figures": {(figure.public_id, figure.as_printed) for figure in claim.figures.all()},
        "citations": {
            (row.public_id, row.role, row.cue, row.first_hand, row.answer)
            for row in claim.citations.all()
        },
        "relays": {
            (relay.carrier.public_id, relay.taken_from.public_id, relay.manner)
            for relay in claim.relays.all()
        },
        "inquiries": {(row.public_id, row.result, row.answer) for row in claim.inquiries.all()},
        "media_findings": {
            (row.public_id, row.finding, row.evidence.public_id)
            for row in claim.media_findings.all()
        },
        "overrides": {(row.rule, row.reason) for row in claim.overrides.all()},
    }


def published_words(content: Content) -> Content:
    """The same of a record; without what its schema did not have."""
    told = {
        "text": content["text"],
        "language": content["language"],
        "said": content["said"],
        "about": content["about"],
        "kind": content["kind"],
        "speaker": content["speaker"]["kind"],
        "attribution": content["attribution"],
        "verification": content["verification"],
        "unknowns": content["unknowns"],
        "why_checked": content["why_checked"],
        "topics": {topic["id"] for topic in content["topics"]},
        "figures": {(figure["id"], figure["as_printed"]) for figure in content["figures"]},
        "relays": {
            (relay["carrier"], relay["taken_from"], relay["manner"]) for relay in content["relays"]
        },
    }
    if "was_imported" not in content:
        return told
    return told | {
        "would_settle": content["would_settle"],
        "was_imported": content["was_imported"],
        "citations": {
            (row["id"], row["role"], row["cue"], row["first_hand"], row["answer"])
            for row in content["citations"]
        },
        "inquiries": {(row["id"], row["result"], row["answer"]) for row in content["inquiries"]},
        "media_findings": {
            (row["id"], row["finding"], row["evidence"]) for row in content["media_findings"]
        },
        "overrides": {(row["rule"], row["reason"]) for row in content["overrides"]},
    }


CHECKS = (
    Check(
        "stages",
        "Every claim stands where its newest step led, and what is settled was published.",
        asked(STAGES, SETTLED),
    ),
    Check("pinned", "What is under review is pinned to what was decided on.", asked(PINNED)),
    Check(
        "two-people",
        "Two people stand behind all that was published of claims, but for imports, which say so.",
        asked(TWO_PEOPLE, IMPORTED),
    ),
    Check("steps", "Every step that publishes has published.", asked(STEPS_THAT_PUBLISH)),
    Check(
        "parts",
        "Relays, findings and passages belong to the claim or document they speak of.",
        asked(PARTS),
    ),
    Check("current", "Readers are served the newest version of every live claim.", asked(CURRENT)),
    Check(
        "settled",
        "The working copy of a settled claim is what was last published.",
        settled_claims_other_than_published,
    ),
)

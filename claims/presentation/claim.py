"""All that the claim page shows of a record's content."""

from typing import Any

from claims.choices import AttributionStatus, CitationRole, Stance
from claims.presentation.chain import Walk, endings
from claims.presentation.origins import explain
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import speaker_name, speaker_part

Content = dict[str, Any]


def claim_context(content: Content) -> dict[str, Any]:
    """What the claim page shows of a record's content, beside the content itself."""
    walk = Walk(content)
    attributed = walk.chains(role=CitationRole.ATTRIBUTION)
    evidence = [
        (heading, walk.chains(role=CitationRole.EVIDENCE, stance=stance))
        for stance, heading in (
            (Stance.SUPPORTS, "For"),
            (Stance.REFUTES, "Against"),
            (Stance.CONTEXT, "To understand it"),
        )
    ]
    ends = [step for chain in attributed for step in endings(chain) if not step.seen_before]
    return {
        "claim": content,
        "attribution": attribution(content["attribution"]["status"]),
        "verification": verification(content["verification"]["status"]),
        "speaker_name": speaker_name(content["speaker"]),
        "speaker_part": speaker_part(content["speaker"]),
        "documents": walk.documents,
        "chains": attributed,
        "chain_is_complete": bool(ends) and all(step.is_complete for step in ends),
        "evidence": [(heading, chains) for heading, chains in evidence if chains],
        "origins": explain(content),
    }


def title_of(content: Content) -> str:
    """The page's title: never the words without who, and the statuses before them."""
    verdict = verification(content["verification"]["status"]).label
    said = content["attribution"]["status"]
    nobody = "nobody named" if content["speaker"]["kind"] else "who is not said yet"
    labels = [verdict, AttributionStatus(said).label if said else nobody]
    who = speaker_name(content["speaker"])
    return f"{', '.join(labels)} – {who}: {content['text']}"

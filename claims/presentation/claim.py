"""All that the claim page shows of a record's content."""

from typing import Any

from django.utils.translation import gettext as _

from claims.choices import CitationRole, Fidelity, Stance
from claims.presentation.chain import Walk, endings
from claims.presentation.drawing import ATTRIBUTED, drawing_of
from claims.presentation.origins import explain
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import speaker_name

Content = dict[str, Any]


def claim_context(content: Content) -> dict[str, Any]:
    """What the claim page shows of a record's content, beside the content itself."""
    walk = Walk(content)
    attributed = walk.chains(role=CitationRole.ATTRIBUTION)
    evidence = [
        (heading, walk.chains(role=CitationRole.EVIDENCE, stance=stance))
        for stance, heading in (
            (Stance.SUPPORTS, _("For")),
            (Stance.REFUTES, _("Against")),
            (Stance.CONTEXT, _("To understand it")),
        )
    ]
    ends = [step for chain in attributed for step in endings(chain) if not step.seen_before]
    return {
        "claim": content,
        "ours": content["language"],
        "attribution": attribution(content["attribution"]["status"]),
        "verification": verification(content["verification"]["status"]),
        "speaker_name": speaker_name(content["speaker"]),
        "documents": walk.documents,
        "doubts": doubts_of(content),
        "drawing": drawing_of(content, ATTRIBUTED),
        "chains": attributed,
        "chain_is_complete": bool(ends) and all(step.is_complete for step in ends),
        "evidence": [(heading, chains) for heading, chains in evidence if chains],
        "origins": explain(content),
    }


def doubts_of(content: Content) -> list[tuple[Content, Content]]:
    """Where a carrier's words are not the original's, or may not be: its findings on fidelity,
    each with its document.
    """
    documents = {document["id"]: document for document in content["documents"]}
    return [
        (citation["fidelity"], documents[citation["document"]])
        for citation in content["citations"]
        if citation["role"] == CitationRole.ATTRIBUTION
        and citation["fidelity"]["finding"] not in (Fidelity.NOT_COMPARED, Fidelity.FAITHFUL)
    ]


def title_of(content: Content) -> str:
    """The page's title: never the words without who, and the statuses before them."""
    said, so = content["attribution"]["status"], content["verification"]["status"]
    is_imported = bool(content.get("was_imported"))
    return titled(said, so, content["speaker"], content["text"], is_imported=is_imported)


def title_in_list(summary: Content) -> str:
    """The same, of a claim as lists know it."""
    said, so = summary["attribution_status"], summary["verification_status"]
    is_imported = bool(summary.get("was_imported"))
    return titled(said, so, summary["speaker"], summary["text"], is_imported=is_imported)


def titled(
    said: str | None, so: str, speaker: Content, text: str, *, is_imported: bool = False
) -> str:
    """“Disputed, reported – Harbour Ministry: …”"""
    if said:
        # The label's first part: “On record: we hold the original”.
        words = attribution(said).label.partition(":")[0].strip()
        label = words[:1].lower() + words[1:]
    else:
        label = _("nobody named") if speaker["kind"] else _("who is not said yet")
    verdict = verification(so).label
    if is_imported:
        verdict = _("Imported verdict: %(verdict)s") % {"verdict": verdict}
    return f"{verdict}, {label} – {speaker_name(speaker)}: {text}"

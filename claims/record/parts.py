"""The parts of a claim's content: figures, citations, documents, inquiries, images."""

from claims.claim_file import ClaimFile
from claims.models import Citation, Claim, Figure, Inquiry, MediaFinding
from claims.record.numbers import number
from factcheck.common.errors import NotReady
from sources.models import Document
from sources.models.merging import resolved
from sources.record import Content, Quote, day, place_content

PLACE_WORDS = ("ranges/*/exact", "ranges/*/prefix", "ranges/*/suffix")


def figure_content(figure: Figure, claim: Claim, quote: Quote) -> Content:
    """A Figure: the words as printed and, beside them, numbers as decimal strings."""
    return {
        "id": figure.public_id,
        "as_printed": figure.as_printed,
        "counts": figure.counts,
        "qualifier": figure.qualifier,
        "low": number(figure.low),
        "best": number(figure.best),
        "high": number(figure.high),
        "unit": figure.unit,
        "period": figure.period,
        "counted_as_of": figure.counted_as_of.as_record(),
        "basis": figure.basis,
        "measure": public_measure(figure, claim, quote),
    }


def public_measure(figure: Figure, claim: Claim, quote: Quote) -> Content | None:
    """The figure's Measure as the Event's public side has it. Raises NotReady where it has not."""
    if figure.measure is None or claim.event is None:
        return None
    for measure in quote.content(claim.event)["measures"]:
        if measure["id"] == figure.measure.public_id:
            return dict(measure)
    if claim.event.merged_into is not None:
        reason = (
            f"The event was merged into “{resolved(claim.event)}”: choose that, and its measure."
        )
    else:
        reason = f"Publish the change of the event “{claim.event}” first: it counts anew."
    raise NotReady("A figure is counted in a measure that is not public.", reasons=[reason])


def citation_content(citation: Citation, file: ClaimFile) -> Content:
    """A Citation; its Document stands among the claim's documents."""
    return {
        "id": citation.public_id,
        "document": file.document_of(citation).public_id,
        "place": place_content(citation.passage) if citation.passage else None,
        "role": citation.role,
        "stance": citation.stance or None,
        "cue": citation.cue,
        "form": citation.form or None,
        "named_speaker": citation.named_speaker,
        "first_hand": citation.first_hand,
        "basis": citation.basis or None,
        "anonymity_reason": citation.anonymity_reason,
        "answer": citation.answer,
        "fidelity": {
            "finding": citation.fidelity,
            "words": citation.fidelity_words,
            "likely_reading": citation.likely_reading,
            "reason": citation.fidelity_reason,
            "compared_with": file.id_of(citation.compared_with_id),
        },
    }


def hop_content(document: Document, file: ClaimFile) -> Content | None:
    """Which whole Document this one carries, and how."""
    of = file.id_of(document.hop_of_id)
    # What it carries can have been merged into it: then there is nothing that it carries.
    if of is None or of == document.public_id:
        return None
    return {
        "of": of,
        "manner": document.hop_manner,
        "translator": document.translator or None,
    }


def imported_content(file: ClaimFile) -> Content | None:
    """Whose verdict the claim has, when and in which words, where it was taken over from another
    organisation's review. That of an archive without reviews is not told.
    """
    review = file.imported_review
    if review is None:
        return None
    return {
        "basis": "imported",
        "publisher": review.publisher,
        "label": review.label or None,
        "explanation": review.explanation,
        "language": review.language,
        "published": review.published.as_record(),
        "url": review.address,
        "citation": review.citation.public_id if review.citation else None,
    }


def told_content(document: Document, file: ClaimFile) -> Content | None:
    """For a Document known by report: where we read of it."""
    if document.told_by is None:
        return None
    return {
        "document": file.id_of(document.told_by.capture.document_id),
        "place": place_content(document.told_by),
    }


def depiction_content(file: ClaimFile) -> Content | None:
    """What an image or video is said to show; it stands among the claim's documents."""
    depiction = file.depiction
    if depiction is None:
        return None
    return {
        "media": file.id_of(depiction.media_id),
        "shows": depiction.shows,
        "place": depiction.place or None,
        "taken": depiction.taken.as_record(),
    }


def finding_content(finding: MediaFinding) -> Content:
    """What was found out about an image or video, and the citation it rests on."""
    return {
        "id": finding.public_id,
        "finding": finding.finding,
        "evidence": finding.evidence.public_id,
        "explanation": finding.explanation,
    }


def inquiry_content(inquiry: Inquiry, file: ClaimFile, quote: Quote) -> Content:
    """What was asked or looked for, with what result, and where the answer stands."""
    passage = inquiry.passage
    if inquiry.asked_of is not None and resolved(inquiry.asked_of).is_private:
        raise NotReady(
            "An inquiry names a private person.",
            reasons=["An inquiry names an office or a body: take the private person out of it."],
        )
    return {
        "id": inquiry.public_id,
        "manner": inquiry.manner,
        "asked_of": quote(inquiry.asked_of) if inquiry.asked_of else None,
        "place": inquiry.place,
        "question": inquiry.question,
        "asked_on": day(inquiry.asked_on),
        "deadline": day(inquiry.deadline),
        "result": inquiry.result,
        "answered_on": day(inquiry.answered_on),
        "answer": inquiry.answer,
        "newsroom": quote(inquiry.newsroom) if inquiry.newsroom else None,
        "document": file.id_of(passage.capture.document_id) if passage else None,
        "anchor": place_content(passage) if passage else None,
    }

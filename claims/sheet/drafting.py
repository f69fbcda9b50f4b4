"""Claims proposed from the document's text, for a person to accept, change or reject. Nothing is
written but what was rejected: an accepted proposal is a row like any other, saved as such.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction

from claims.choices import ClaimKind, Speaker
from claims.models import Citation, RejectedProposal
from claims.proposing.proposal import Proposal, Range
from claims.proposing.proposers import LONGEST_TEXT, ask_proposers
from claims.record.numbers import number
from claims.sheet.entering import enter, remove
from claims.sheet.known_names import known_names_in
from claims.sheet.offers import said_by
from claims.sheet.opened import Sheet
from claims.sheet.placing import NOTHING_HELD, words_at
from claims.sheet.reading import Data, bounds_of, named
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.ledger.history import acting
from sources.models import Actor, Source
from sources.services import find_places

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def proposals_for(sheet: Sheet) -> Data:
    """What is proposed for the sheet now, what of it was rejected, and what went wrong. Leaves out
    what the document is cited for already, and what stands in its page furniture. Raises
    InvalidInput where no text is held.
    """
    if sheet.capture is None:
        raise InvalidInput(NOTHING_HELD)
    document = sheet.document
    known = known_names_in(sheet.text[:LONGEST_TEXT])
    answer = ask_proposers(
        settings.PROPOSERS,
        sheet.text,
        language=document.language.partition("-")[0],
        published_on=document.published.not_before if document.published.is_exact else None,
        title=document.title,
        known_names=known,
    )
    cited = Cited.of(sheet)
    labels = {
        one.pk: one for one in Actor.objects.filter(pk__in={p.actor for p in answer.proposals})
    }
    rejected = set(document.rejected_proposals.values_list("fingerprint", flat=True))
    shown = [
        as_data(sheet, one, labels)
        for one in answer.proposals
        if not cited.has(one) and not cited.is_furniture(one)
    ]
    return {
        "proposals": [one for one in shown if one["key"] not in rejected],
        "rejected": [one for one in shown if one["key"] in rejected],
        "problems": answer.problems,
    }


def reject(sheet: Sheet, posted: Data) -> None:
    """Let a proposal stay away from this document's sheet, or let it come back. Doing so twice
    changes nothing. Raises InvalidInput, NotAllowed.
    """
    key, is_rejected = posted.get("key"), posted.get("is_rejected")
    if not isinstance(key, str) or not _FINGERPRINT.fullmatch(key):
        raise InvalidInput.at("key", "Give the key of the proposal.")
    if not isinstance(is_rejected, bool):
        raise InvalidInput.at("is_rejected", "Say true or false.")
    with transaction.atomic(), acting(sheet.by):
        # Two who reject the same at once: the second waits for the first, and finds its row.
        type(sheet.document).objects.select_for_update(no_key=True).get(pk=sheet.document.pk)
        row = sheet.document.rejected_proposals.filter(fingerprint=key).first()
        if is_rejected and row is None:
            row = RejectedProposal(document=sheet.document, fingerprint=key)
            enter(row, by=sheet.by, cells={"fingerprint": "key"})
        elif not is_rejected and row is not None:
            remove(row, by=sheet.by)


# What is there already


@dataclass(frozen=True)
class Cited:
    """The places of the text for which the document is cited, and those of its page."""

    places: list[tuple[Range, frozenset[str]]]
    """Each with the figures of its claim, as printed."""
    furniture: list[Range]

    @classmethod
    def of(cls, sheet: Sheet) -> "Cited":
        """Those of a sheet whose text is held."""
        assert sheet.capture is not None
        citations = (
            Citation.objects.filter(document=sheet.document, passage__isnull=False)
            .select_related("passage")
            .prefetch_related("passage__ranges", "claim__figures")
        )
        places = []
        for one in citations:
            assert one.passage is not None
            figures = frozenset(figure.as_printed for figure in one.claim.figures.all())
            is_here = one.passage.capture_id == sheet.capture.pk
            for run in one.passage.ranges.all():
                here = (
                    [(run.start, run.end)]
                    if is_here
                    else find_places(sheet.text, run.exact, limit=1)
                )
                places += [(place, figures) for place in here]
        furniture = [(one.start, one.end) for one in sheet.capture.furniture.all()]
        return cls(sorted(places, key=lambda one: one[0]), furniture)

    def has(self, proposal: Proposal) -> bool:
        """Whether half of the proposal's words, or half of the words that they overlap, are cited
        already; but not where its figure is another one than those that were taken from there.
        """
        over = [
            figures
            for place, figures in self.places
            if 2 * shared(proposal.ranges, place)
            >= min(length_of(proposal.ranges), length_of([place]))
        ]
        entered = frozenset(chain.from_iterable(over))
        is_new_figure = (
            proposal.figure is not None
            and bool(entered)
            and not any(
                one in proposal.figure.as_printed or proposal.figure.as_printed in one
                for one in entered
            )
        )
        return bool(over) and not is_new_figure

    def is_furniture(self, proposal: Proposal) -> bool:
        """Whether half of its words belong to the page."""
        of_page = sum(shared(proposal.ranges, place) for place in self.furniture)
        return 2 * of_page >= length_of(proposal.ranges)


def length_of(ranges: Iterable[Range]) -> int:
    """How many characters."""
    return sum(end - start for start, end in ranges)


def shared(ranges: Sequence[Range], place: Range) -> int:
    """How many characters of the ranges lie in a place."""
    return sum(max(0, min(end, place[1]) - max(start, place[0])) for start, end in ranges)


# As the page gets it


def as_data(sheet: Sheet, one: Proposal, labels: dict[Any, Actor]) -> Data:
    """A proposal, as the cells of a row that it would fill."""
    quote = words_at(sheet, list(one.ranges))
    claimant = labels.get(one.actor)
    speaker, outlet = str(one.speaker), None
    if one.speaker == Speaker.OWN_VOICE:
        outlet = own_voice_of(sheet)
    if (speaker == Speaker.ACTOR and claimant is None) or (
        speaker == Speaker.OWN_VOICE and outlet is None
    ):
        speaker = ""  # Whose word it is cannot be said before somebody is chosen.
    return {
        "key": fingerprint_of(quote, one),
        "quote": quote,
        "ranges": [list(place) for place in one.ranges],
        "voice": str(one.speaker),
        "speaker": speaker,
        "claimant": named(claimant),
        "outlet": named(outlet),
        "named_speaker": one.named_speaker,
        "cue": one.cue,
        "form": str(one.form),
        "kind": str(ClaimKind(one.kind)),
        "figure": figure_as_data(one),
        "said": bounds_of(said_of(sheet, one)),
        "is_dated": bool(one.said.not_before or one.said.not_after),
    }


def own_voice_of(sheet: Sheet) -> Source | None:
    """Whose own voice the document has: for one that carries another as a whole, that one's."""
    document = sheet.document.hop_of or sheet.document
    return document.source


def said_of(sheet: Sheet, one: Proposal) -> DateBounds:
    """The day that the words tell, else as a new row has it; no later than the document."""
    if one.said.not_before or one.said.not_after:
        return one.said
    default = said_by(sheet.document)
    return DateBounds(default.not_before, default.not_after, one.said.as_printed)


def figure_as_data(one: Proposal) -> Data | None:
    """The figure as a row has it, its reading along with it."""
    if one.figure is None:
        return None
    figure = one.figure
    return {
        "as_printed": figure.as_printed,
        "counts": figure.counts,
        "qualifier": str(figure.qualifier),
        "low": number(figure.low),
        "best": number(figure.best),
        "high": number(figure.high),
        "unit": "",
    }


def fingerprint_of(quote: str, one: Proposal) -> str:
    """What a proposal is known by when it comes again, in whatever capture."""
    figure = one.figure.as_printed if one.figure is not None else ""
    told = [" ".join(quote.split()), str(one.speaker), one.named_speaker, figure]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()

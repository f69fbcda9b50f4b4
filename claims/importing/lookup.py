"""From what a row names to what is in the database."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from claims.importing.fields import Place, Ref
from claims.importing.report import Problem
from claims.importing.things import Part, Thing
from claims.models import Claim, Event, ImportedRow, Measure, Topic
from factcheck.common.text import excerpt
from sources.models import Actor, Capture, Document, Passage, Source
from sources.services import find_quote, newest_capture

MODELS: dict[str, type[models.Model]] = {
    "actor": Actor,
    "source": Source,
    "document": Document,
    "capture": Capture,
    "topic": Topic,
    "event": Event,
    "claim": Claim,
}
NAME_FIELDS = {"actor": "name", "source": "name", "document": "title", "event": "title"}


class Refused(Exception):
    """A row cannot be written, for these problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class Lookup:
    """Finds the objects that rows refer to: by key in the same file or, for CSV, by public id or
    name among what is here already.
    """

    def __init__(self, *, collection: str, rows_of: Mapping[tuple[str, str], int]) -> None:
        self.rows_of = rows_of
        self.imported = {
            (row.kind, row.key): row for row in ImportedRow.objects.filter(collection=collection)
        }
        self.objects: dict[tuple[str, str], Any] = {}
        self.measures: dict[str, tuple[Thing, Part]] = {}
        self._captures: dict[int, Capture] = {}
        self._load()

    def _load(self) -> None:
        """The objects of earlier imports, a query a kind."""
        for kind, model in MODELS.items():
            names = {row.object_id: row.key for row in self.imported.values() if row.kind == kind}
            found = model._default_manager.filter(public_id__in=names) if names else []
            for one in found:
                self.objects[kind, names[one.public_id]] = one  # type: ignore[attr-defined]

    def find(self, ref: Ref) -> Any:
        """The object that a row refers to. Raises Refused."""
        if ref.kind == "measure":
            return self._measure(ref)
        if (ref.kind, ref.key) in self.objects:
            return self.objects[ref.kind, ref.key]
        raise Refused(Problem(ref.column, self._why_not(ref)))

    def _why_not(self, ref: Ref) -> str:
        row = self.rows_of.get((ref.kind, ref.key))
        if (ref.kind, ref.key) in self.imported:
            return f"The {ref.kind} “{excerpt(ref.key)}” was deleted here after it was imported."
        if row is None:
            return f"No {ref.kind} of this file has the key “{excerpt(ref.key)}”."
        return (
            f"The {ref.kind} “{excerpt(ref.key)}” of row {row} was refused, or stands further "
            "down: mend it, or move it up."
        )

    def _measure(self, ref: Ref) -> Measure:
        if ref.key not in self.measures:
            reason = f"No event of this file has a measure with the key “{excerpt(ref.key)}”."
            raise Refused(Problem(ref.column, reason))
        thing, part = self.measures[ref.key]
        event = self.find(Ref("event", thing.key, ref.column))
        measure = Measure.objects.filter(event=event, **part.values).first()
        if measure is None:
            reason = f"The event no longer has the measure “{excerpt(ref.key)}” here."
            raise Refused(Problem(ref.column, reason))
        return measure

    def capture_of(self, place: Place) -> Capture:
        """What we hold of the document that a place is in. Raises Refused."""
        document = self.find(place.document)
        if document.pk not in self._captures:
            capture = newest_capture(document)
            if capture is None:
                reason = "Nothing of this document is held: add a capture further up."
                raise Refused(Problem(place.document.column, reason))
            self._captures[document.pk] = capture
        return self._captures[document.pk]

    def is_there(self, passage: Passage | None, place: Place) -> bool:
        """Whether the passage is just what the place asks for."""
        capture = self.capture_of(place)
        if passage is None or passage.capture_id != capture.pk or passage.locator != place.locator:
            return False
        ranges = [(one.start, one.end) for one in passage.ranges.all()]
        return ranges == sorted(find_quote(capture.text, quote) for quote in place.quotes)


class ExistingLookup(Lookup):
    """For CSV: actors, events and documents by their public id or by their name, if it is one's
    alone.
    """

    def find(self, ref: Ref) -> Any:
        """The object with this public id or name. Raises Refused."""
        model = MODELS[ref.kind]
        by_name = Q((NAME_FIELDS[ref.kind], ref.key))
        if ref.kind == "actor":
            by_name |= Q(pk__in=Actor.objects.filter(names__name=ref.key).values("pk"))
        rows = model._default_manager.all()
        found = list(rows.filter(public_id=ref.key)) or list(rows.filter(by_name)[:2])
        if len(found) == 1:
            return found[0]
        several = f"More than one {ref.kind} has the name “{excerpt(ref.key)}”: give the public id."
        none = f"No {ref.kind} here has the public id or the name “{excerpt(ref.key)}”."
        raise Refused(Problem(ref.column, several if found else none))

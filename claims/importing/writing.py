"""Writing what rows ask for: new objects, changes of drafts, and nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InternalError, models, transaction

from claims.importing.fields import Own, Place, Ref
from claims.importing.lookup import Lookup, Refused
from claims.importing.report import Problem
from claims.importing.things import Group, Part, Thing
from claims.models import Citation
from factcheck.common.errors import FactcheckError, InvalidInput, NotReady
from sources.choices import CaptureStatus
from sources.models import Capture
from sources.services import Quote, add_capture, anchor_passage, find_quote, mark_furniture


class Writer:
    """Writes the objects of one import as one person."""

    def __init__(self, lookup: Lookup, *, by: User) -> None:
        self.lookup = lookup
        self.by = by

    def create(self, thing: Thing) -> Any:
        """The new object, with its parts but for the later ones. Raises Refused."""
        with self._refusing(thing):
            if thing.model is Capture:
                return self._create_capture(thing)
            created = self._insert(thing.model, self._resolved(thing.values, {}))
            self._write_groups(thing.groups, created)
            # A claim counts the changes of its parts.
            created.refresh_from_db()
        return created

    def update(self, thing: Thing, found: Any) -> None:
        """Give an object what its row says now; rows that say the same stay as they are."""
        with self._refusing(thing):
            self._change(found, thing.values)
            self._write_groups(thing.groups, found)

    def link(self, thing: Thing, found: Any) -> None:
        """Write what could not be written before every row had its object. Raises Refused."""
        with self._refusing(thing):
            self._change(found, thing.later)
            self._write_groups(thing.later_groups, found)

    # Objects and parts

    def _create_capture(self, thing: Thing) -> Capture:
        values = self._resolved(thing.values, {})
        supplied = values["status"] == CaptureStatus.SUPPLIED
        capture = add_capture(
            values.pop("document"),
            **values,
            content=thing.content,
            by=self.by,
            supplied_by=self.by if supplied else None,
        )
        for mark in thing.furniture:
            with _at(mark.at):
                start, end = find_quote(
                    capture.text, Quote(mark.first, mark.occurrence), name="from"
                )
                rest = find_quote(capture.text[start:], Quote(mark.last, 1), name="to")
                mark_furniture(capture, start, max(end, start + rest[1]), by=self.by)
        return capture

    def _write_groups(self, groups: list[Group], parent: Any) -> None:
        own: dict[str, Any] = {}
        for group in groups:
            written = self._write_group(group, parent, own)
            if group.model is Citation:
                own = written

    def _write_group(self, group: Group, parent: Any, own: Mapping[str, Any]) -> dict[str, Any]:
        """Make the parts of `parent` those of the group: what is there already stays untouched,
        what differs is changed in place (a citation keeps its public id), the rest comes or goes.
        """
        there = list(group.model._default_manager.filter((group.parent, parent)).order_by("pk"))
        written: dict[str, Any] = {}
        waiting: list[Part] = []
        for part in group.parts:
            same = next((row for row in there if self._is_same(row, part, own)), None)
            if same is None:
                waiting.append(part)
            else:
                there.remove(same)
                written[part.key] = same
        for row in there[len(waiting) :]:
            row.delete()
        for number, part in enumerate(waiting):
            with _at(part.at):
                if number < len(there):
                    self._change(there[number], part.values, own)
                    written[part.key] = there[number]
                else:
                    values = self._resolved(part.values, own) | {group.parent: parent}
                    written[part.key] = self._insert(group.model, values)
        return written

    def _insert(self, model: type[models.Model], values: dict[str, Any]) -> Any:
        row = model(**values, created_by=self.by)
        row.full_clean()
        row.save(force_insert=True)
        return row

    def _change(
        self, row: Any, values: Mapping[str, Any], own: Mapping[str, Any] | None = None
    ) -> None:
        changed = {
            name: value
            for name, value in values.items()
            if not self._is_value(row, name, value, own or {})
        }
        if changed:
            for name, value in self._resolved(changed, own or {}).items():
                setattr(row, name, value)
            row.full_clean()
            row.save()

    # Values

    def _is_same(self, row: Any, part: Part, own: Mapping[str, Any]) -> bool:
        return all(self._is_value(row, name, value, own) for name, value in part.values.items())

    def _is_value(self, row: Any, name: str, value: Any, own: Mapping[str, Any]) -> bool:
        if isinstance(value, Place):
            return self.lookup.is_there(getattr(row, name), value)
        return bool(getattr(row, name) == self._one(value, own))

    def _resolved(self, values: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        problems: list[Problem] = []
        resolved = {}
        for name, value in values.items():
            try:
                resolved[name] = self._one(value, own)
            except Refused as refused:
                problems += refused.problems
        if problems:
            raise Refused(*problems)
        return resolved

    def _one(self, value: Any, own: Mapping[str, Any]) -> Any:
        if isinstance(value, Ref):
            return self.lookup.find(value)
        if isinstance(value, Own):
            return own[value.key]
        if isinstance(value, Place):
            capture = self.lookup.capture_of(value)
            with _at(value.column.removesuffix("quotes")):
                return anchor_passage(capture, value.quotes, by=self.by, locator=value.locator)
        return value

    @contextmanager
    def _refusing(self, thing: Thing) -> Iterator[None]:
        """One savepoint a row, so that the rows after a refused one are looked at as well."""
        try:
            with transaction.atomic(), _at("", thing.columns):
                yield
        except (IntegrityError, DataError, InternalError) as error:
            raise Refused(Problem("", _database_reason(error))) from error


@contextmanager
def _at(at: str, columns: Mapping[str, str] | None = None) -> Iterator[None]:
    """What is refused inside is refused at this place of the row, in the row's own columns."""
    try:
        yield
    except ValidationError as error:
        raise Refused(*validation_problems(error, at, columns or {})) from error
    except InvalidInput as error:
        found = [(one.pointer, one.message) for one in error.errors] or [("", error.message)]
        raise Refused(*(_problem(at, name, text, columns or {}) for name, text in found)) from error


def validation_problems(
    error: ValidationError, at: str, columns: Mapping[str, str]
) -> list[Problem]:
    """The problems that a model's `full_clean` found, in the columns of the row."""
    if not hasattr(error, "error_dict"):
        return [_problem(at, "", message, columns) for message in error.messages]
    return [
        _problem(at, "" if name == "__all__" else name, message, columns)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _problem(at: str, name: str, reason: str, columns: Mapping[str, str]) -> Problem:
    return Problem((at + columns.get(name, name)).rstrip("/"), reason)


def step_reasons(error: FactcheckError) -> str:
    """Why the workflow refused a step, with every unmet rule."""
    if isinstance(error, NotReady) and error.reasons:
        return f"{error.message} {' '.join(error.reasons)}"
    return error.message


def _database_reason(error: Exception) -> str:
    """PostgreSQL's own sentence, which our triggers write for people."""
    diagnosis = getattr(error.__cause__, "diag", None)
    message = getattr(diagnosis, "message_primary", None)
    return f"The database refuses it: {message or 'no reason given'}."

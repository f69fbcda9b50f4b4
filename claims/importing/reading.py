"""Import files as rows: JSON lines and CSV, read strictly."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from claims.importing import claim_kinds, source_kinds
from claims.importing.columns import columns_of
from claims.importing.csv_rows import claim_row, json_to_csv
from claims.importing.fields import Fields
from claims.importing.report import Problem, Reject
from claims.importing.things import Thing
from factcheck.common.errors import InvalidInput
from factcheck.common.json_input import parse_json
from factcheck.common.text import clean_line, excerpt

MAX_FILE = 50_000_000
MAX_ROWS = 20_000
MAX_ROW = 1_000_000
MAX_DEPTH = 10
MAX_VALUES_IN_ROW = 20_000
MAX_COLLECTION = 100

JSONL_SUFFIXES = (".jsonl", ".ndjson")
ONE_LINE = " at line 1, column "


@dataclass
class Reading:
    """A file's rows, each as the Thing it asks for, and those that could not be read."""

    collection: str = ""
    provenance: str = ""
    things: list[Thing] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)
    # In which row each kind and key stands, rejected rows included: others may refer to them.
    rows_of: dict[tuple[str, str], int] = field(default_factory=dict)
    refers_by_key: bool = True

    def without(self, rows: set[int]) -> "Reading":
        """The reading without these rows, which others may still refer to, in vain."""
        things = [thing for thing in self.things if thing.row not in rows]
        return replace(self, things=things, rejected=[])


def read_file(path: Path, *, collection: str = "") -> Reading:
    """Read an import file. `collection` is for CSV, which has no place for its own name; without
    it the file's name stands in.

    Raises InvalidInput where the file as a whole cannot be read; a bad row is in `rejected`.
    """
    suffix = path.suffix.lower()
    if suffix not in (*JSONL_SUFFIXES, ".csv"):
        raise InvalidInput("Give a file whose name ends in .jsonl or .csv.")
    content = source_kinds.limited_content(path, MAX_FILE)
    if suffix == ".csv":
        reading = Reading(collection=_collection(collection or path.stem), refers_by_key=False)
        _read_csv(content, reading)
    else:
        reading = Reading()
        _read_jsonl(content, path.parent, reading)
    return reading


# JSON lines


def _read_jsonl(content: bytes, directory: Path, reading: Reading) -> None:
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
    _check_count(len(lines))
    kinds: dict[str, Callable[[Fields], Thing]] = {
        "actor": source_kinds.actor,
        "source": source_kinds.source,
        "document": source_kinds.document,
        "capture": lambda fields: source_kinds.capture(fields, directory),
        "topic": claim_kinds.topic,
        "event": claim_kinds.event,
        "claim": claim_kinds.claim,
    }
    for number, line in lines:
        try:
            data = parse_json(
                line, max_bytes=MAX_ROW, max_depth=MAX_DEPTH, max_nodes=MAX_VALUES_IN_ROW
            )
        except InvalidInput as error:
            # A row is one line, so only the place in it says something.
            reason = error.message.replace(ONE_LINE, " at character ")
            reading.rejected.append(Reject(number, "", reason))
            continue
        if not isinstance(data, dict):
            reason = "Every line is one object, with its columns in braces."
            reading.rejected.append(Reject(number, "", reason))
        elif not reading.collection:
            _read_collection(number, data, reading)
        else:
            _read_object(number, data, kinds, reading)
    if not reading.collection and not reading.rejected:
        raise InvalidInput("The file is empty.")


def _read_collection(number: int, data: dict[str, Any], reading: Reading) -> None:
    problems: list[Problem] = []
    fields = Fields(data, problems=problems)
    if fields.line("kind") != "collection":
        raise InvalidInput(
            'The first line names the file: {"kind": "collection", "name": …, "provenance": …}.'
        )
    reading.collection = _collection(fields.line("name", required=True) or "?")
    reading.provenance = fields.text("provenance", required=True)
    fields.finish()
    _note(number, problems, reading)


def _read_object(
    number: int,
    data: dict[str, Any],
    kinds: dict[str, Callable[[Fields], Thing]],
    reading: Reading,
) -> None:
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        reason = f"“{excerpt(str(kind))}” is not among {', '.join(kinds)}."
        reading.rejected.append(Reject(number, "kind", reason))
        return
    fields = Fields({name: value for name, value in data.items() if name != "kind"}, problems=[])
    thing = kinds[kind](fields)
    thing.row = number
    thing.row_sha256 = row_sha256(data, thing.content)
    _keep(thing, fields, reading)


# CSV


def _read_csv(content: bytes, reading: Reading) -> None:
    rows = _csv_rows(_csv_text(content))
    header = next(rows, None)
    if header is None:
        raise InvalidInput("The file is empty.")
    if isinstance(header[1], str):
        raise InvalidInput(header[1])
    names = columns_of(header[1])
    for number, cells in rows:
        _check_count(number)
        if isinstance(cells, str):
            reading.rejected.append(Reject(number, "", cells))
        elif len(cells) != len(names):
            reason = f"The row has {len(cells)} columns, the header {len(names)}."
            reading.rejected.append(Reject(number, "", reason))
        else:
            _read_csv_row(number, dict(zip(names, cells, strict=True)), reading)


def _read_csv_row(number: int, cells: dict[str, str], reading: Reading) -> None:
    problems: list[Problem] = []
    data = claim_row(cells, problems)
    fields = Fields(data, problems=problems)
    thing = claim_kinds.claim(fields)
    thing.row = number
    thing.row_sha256 = row_sha256({"kind": "claim", **data}, b"")
    thing.csv_columns = json_to_csv()
    _keep(thing, fields, reading)


def _csv_text(content: bytes) -> str:
    if (nul := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise InvalidInput(f"Save this as UTF-8: there is a NUL character in line {line}.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput(f"Save this as UTF-8: there are other bytes in line {line}.") from None


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    """Each row's number and cells, or the reason why it has none. RFC 4180, strictly."""
    # Not splitlines(): it takes U+2028 and others inside a cell for the end of a row.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"This is not well-formed CSV ({error})."
            continue
        if cells:
            yield number, cells


# Both


def row_sha256(data: dict[str, Any], content: bytes) -> str:
    """A hash of what the row says and of the file it names, whatever the order of its columns."""
    text = json.dumps(data, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode() + hashlib.sha256(content).digest()).hexdigest()


def _keep(thing: Thing, fields: Fields, reading: Reading) -> None:
    fields.finish()
    first = reading.rows_of.setdefault(thing.name, thing.row)
    if thing.key and first != thing.row:
        fields.refuse("key", f"Row {first} has this key already.")
    if fields.problems:
        _note(thing.row, [in_csv(problem, thing) for problem in fields.problems], reading)
    else:
        reading.things.append(thing)


def in_csv(problem: Problem, thing: Thing) -> Problem:
    """The problem in the columns of the file it came from."""
    return replace(problem, column=thing.csv_columns.get(problem.column, problem.column))


def _note(number: int, problems: list[Problem], reading: Reading) -> None:
    reading.rejected += [Reject(number, problem.column, problem.reason) for problem in problems]


def _collection(name: str) -> str:
    return clean_line(name, name="collection", max_length=MAX_COLLECTION)


def _check_count(count: int) -> None:
    if count > MAX_ROWS:
        raise InvalidInput(f"Give at most {MAX_ROWS:,} rows in one file.")

"""JSON from outside, read strictly: what cannot be stored or would be read in two ways is refused.

Size, depth and the number of values are counted before anything is parsed, so that a hostile
document costs one pass over its characters.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import MAX_INTEGER
from factcheck.common.text import excerpt

MAX_BYTES = 5_000_000
MAX_DEPTH = 32
MAX_NODES = 100_000

_MAX_LITERAL = 40
_MAX_EXPONENT = 20

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Both read a text in which escaped backslashes and quotes are blanked out.
_STRUCTURE = re.compile(r'"[^"]*"?|[\[\]{},]')
_UNSTORABLE_ESCAPE = re.compile(
    r"\\u0000"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def parse_json(
    data: bytes | str,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_nodes: int = MAX_NODES,
) -> Any:
    """The value of a JSON document in UTF-8; a byte order mark before it is ignored.

    Integers stay within ±(2^53-1), other numbers come back as Decimal, never as float.
    Raises InvalidInput, where possible with line and column, for anything malformed, too large or
    too deep, and for NUL, lone surrogates, NaN, Infinity and the same key twice in an object.
    """
    text = _decoded(data, max_bytes)
    # Escaped backslashes go first: what is left of a run of them escapes the next character.
    blanked = text.replace("\\\\", "  ")
    if unstorable := _UNSTORABLE_ESCAPE.search(blanked):
        _refuse("Remove the escaped NUL or lone surrogate", text, unstorable.start())
    _check_structure(text, blanked.replace('\\"', "  "), max_depth, max_nodes)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        _refuse(f"This is not well-formed JSON ({error.msg})", text, error.pos)


def _decoded(data: bytes | str, max_bytes: int) -> str:
    if isinstance(data, str):
        if surrogate := _SURROGATE.search(data):
            _refuse("Remove the lone surrogate", data, surrogate.start())
        data = data.encode()
    if len(data) > max_bytes:
        raise InvalidInput.at(
            "", f"Send at most {max_bytes:,} bytes of JSON; these are {len(data):,}."
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        _refuse(
            "Save this as UTF-8; there are other bytes", data[: error.start].decode(), error.start
        )
    text = text.removeprefix("\ufeff")
    if (nul := text.find("\0")) >= 0:
        _refuse("Save this as UTF-8; there is a NUL character", text, nul)
    return text


def _check_structure(text: str, blanked: str, max_depth: int, max_nodes: int) -> None:
    depth, nodes = 0, 1
    for token in _STRUCTURE.finditer(blanked):
        mark = blanked[token.start()]
        if mark in "[{":
            depth += 1
            nodes += 1
        elif mark in "]}":
            depth -= 1
        elif mark == ",":
            nodes += 1
        if depth > max_depth:
            _refuse(
                f"Nest lists and objects at most {max_depth} deep; they go deeper",
                text,
                token.start(),
            )
        if nodes > max_nodes:
            raise InvalidInput.at("", f"Send at most {max_nodes:,} values in one document.")
        if depth < 0:
            return  # The parser says it better.


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise InvalidInput.at("", f'Give the key "{excerpt(key)}" once; it is there twice.')
        members[key] = value
    return members


def _integer(literal: str) -> int:
    # Read only when it is short: turning digits into a number takes quadratic time.
    if len(literal) <= 17 and abs(number := int(literal)) <= MAX_INTEGER:
        return number
    raise InvalidInput.at(
        "", f"Give {excerpt(literal, limit=40)} as a string; whole numbers end at {MAX_INTEGER}."
    )


def _decimal(literal: str) -> Decimal:
    try:
        number = Decimal(literal) if len(literal) <= _MAX_LITERAL else None
    except InvalidOperation:
        number = None
    # Of zeros too: 0e999999 is short, and prints as a million of them.
    if number is not None and abs(number.adjusted()) <= _MAX_EXPONENT:
        return number
    raise InvalidInput.at("", f"Give a shorter number than {excerpt(literal, limit=40)}.")


def _constant(literal: str) -> NoReturn:
    raise InvalidInput.at("", f"Replace {literal}: it is not a number in JSON.")


def _refuse(sentence: str, text: str, position: int) -> NoReturn:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    raise InvalidInput.at("", f"{sentence} at line {line}, column {column}.") from None

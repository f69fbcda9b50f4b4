"""Places in a list, given to readers as opaque signed strings and taken back.

A cursor says where the last page ended (keyset paging), never how many rows to skip. It carries no
time, so that the same page always has the same bytes, and it does not expire.
"""

import functools
from collections.abc import Sequence

import orjson
from django.conf import settings
from django.core import signing

from factcheck.common.errors import InvalidInput

MAX_CURSOR = 1_000
MAX_POSITION = 8
MAX_BIGINT = 2**63 - 1

Position = list[str | int]


def encode(position: Sequence[str | int], *, scope: str) -> str:
    """A cursor for the place after `position`: the sort keys of the last row that was shown.

    `scope` names the list together with its order and filters; only there the cursor is valid.
    Raises ValueError for a position that would not come back as it went in.
    """
    if not _is_position(position := list(position)):
        raise ValueError(f"not a position in a list: {position!r}")
    cursor = _signer(scope).sign_object(position, serializer=_Json)
    if len(cursor) > MAX_CURSOR:
        raise ValueError("the position is too long for a cursor")
    return cursor


def decode(
    cursor: object, *, scope: str, shape: Sequence[type[str] | type[int]] | None = None
) -> Position:
    """The position in a cursor that `encode` made for the same scope.

    `shape` are the types that the list expects, in case an older release sorted it otherwise.
    Raises InvalidInput for anything else.
    """
    position: object = None
    # The signer can only encode what is ASCII.
    if isinstance(cursor, str) and len(cursor) <= MAX_CURSOR and cursor.isascii():
        try:
            position = _signer(scope).unsign_object(cursor, serializer=_Json)
        except signing.BadSignature:
            position = None
    if not isinstance(position, list) or not _is_position(position) or not _fits(position, shape):
        raise InvalidInput.at(
            "cursor", "This cursor was not given out for this list; start again without it."
        )
    return position


class _Json:
    """Django's serializer for what is signed, by the quicker library."""

    dumps = staticmethod(orjson.dumps)
    loads = staticmethod(orjson.loads)


def _signer(scope: str) -> signing.Signer:
    return _signer_with(settings.SECRET_KEY, scope)


@functools.lru_cache(maxsize=1_000)
def _signer_with(key: str, scope: str) -> signing.Signer:
    return signing.Signer(key=key, sep=".", salt=f"factcheck.cursor:{scope}")


def _is_position(position: list[str | int]) -> bool:
    return 0 < len(position) <= MAX_POSITION and all(
        type(key) is str or (type(key) is int and abs(key) <= MAX_BIGINT) for key in position
    )


def _fits(position: Position, shape: Sequence[type[str] | type[int]] | None) -> bool:
    return shape is None or [type(key) for key in position] == list(shape)

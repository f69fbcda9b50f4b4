"""The parameter `fields`: which parts of an answer are wanted (`claims(text,claimReview/url)`)."""

import re
from typing import Any

from factcheck.common.errors import InvalidInput

MAX_FIELDS = 1_000

# A tree of the names that are wanted; None stands for all that is below a name.
Selection = dict[str, Any]

REVIEW = ("url", "title", "reviewDate", "textualRating", "languageCode")
SHAPE: Selection = {
    "claims": {
        "text": None,
        "claimant": None,
        "claimDate": None,
        "claimReview": {
            "publisher": {"name": None, "site": None},
            **dict.fromkeys(REVIEW),
        },
    },
    "nextPageToken": None,
}
_TOKEN = re.compile(r"[A-Za-z]+|[*/(),]")


def selection_of(text: str) -> Selection:
    """What is wanted of the answer to a search. Raises InvalidInput for what it has not."""
    tokens = _TOKEN.findall(text[:MAX_FIELDS])
    if "".join(tokens) != text:
        raise _refusal()
    tokens.reverse()
    selection = _several(tokens, SHAPE)
    if tokens:
        raise _refusal()
    return selection


def selected(value: Any, selection: Selection | None) -> Any:
    """The parts of a value that are wanted, in its own order."""
    if selection is None:
        return value
    if isinstance(value, list):
        return [selected(one, selection) for one in value]
    return {
        name: selected(part, selection[name]) for name, part in value.items() if name in selection
    }


def _several(tokens: list[str], shape: Selection) -> Selection:
    """Names with commas between them; `tokens` are read from their end."""
    found = _one(tokens, shape)
    while _is_next(tokens, ","):
        found = _both(found, _one(tokens, shape))
    return found


def _one(tokens: list[str], shape: Selection) -> Selection:
    """A name, and what of it."""
    name = tokens.pop() if tokens else ""
    if name == "*":
        return dict.fromkeys(shape)
    if name not in shape:
        raise _refusal()
    if _is_next(tokens, "/"):
        return {name: _one(tokens, shape[name] or {})}
    if _is_next(tokens, "("):
        below = _several(tokens, shape[name] or {})
        if not _is_next(tokens, ")"):
            raise _refusal()
        return {name: below}
    return {name: None}


def _is_next(tokens: list[str], sign: str) -> bool:
    """Whether the sign comes next, which then is read."""
    if tokens and tokens[-1] == sign:
        tokens.pop()
        return True
    return False


def _both(one: Selection, other: Selection) -> Selection:
    """All that either selects."""
    joined = {**one, **other}
    for name in one.keys() & other.keys():
        is_whole = one[name] is None or other[name] is None
        joined[name] = None if is_whole else _both(one[name], other[name])
    return joined


def _refusal() -> InvalidInput:
    return InvalidInput.at(
        "fields",
        "Name fields of the answer, for example claims(text,claimReview/url),"
        "nextPageToken, or leave the parameter out.",
    )

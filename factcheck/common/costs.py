"""What a request of a program costs out of its bucket: most cost one, searches more."""

from collections.abc import Mapping
from http import HTTPMethod
from typing import Any
from urllib.parse import unquote_plus

ORDINARY, SEARCH, MATCH = 1, 3, 5
# By address; the others are ordinary, unless they are searched.
COSTS = {"/api/v1/match/": MATCH, "/v1alpha1/claims:search": SEARCH}
SEARCHED = "q"


def cost_of(meta: Mapping[str, Any]) -> int:
    """What the request costs. A browser's question whether it may ask is free."""
    if meta["REQUEST_METHOD"] == HTTPMethod.OPTIONS:
        return 0
    return COSTS.get(meta["PATH_INFO"], SEARCH if is_search(meta) else ORDINARY)


def is_search(meta: Mapping[str, Any]) -> bool:
    """Whether words are looked for. Asked of the query as it was sent, which nobody has read yet
    and which may be malformed.
    """
    parts = meta.get("QUERY_STRING", "").split("&")
    return any(unquote_plus(part.partition("=")[0]) == SEARCHED for part in parts)

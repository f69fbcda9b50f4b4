"""What a request of a program costs out of its bucket: most cost one, searches more."""

from http import HTTPMethod
from urllib.parse import unquote_plus

from django.http import HttpRequest

ORDINARY, SEARCH, MATCH = 1, 3, 5
# By address; the others are ordinary, unless they are searched.
COSTS = {"/api/v1/match/": MATCH, "/v1alpha1/claims:search": SEARCH}
SEARCHED = "q"


def cost_of(request: HttpRequest) -> int:
    """What the request costs. A browser's question whether it may ask is free."""
    if request.method == HTTPMethod.OPTIONS:
        return 0
    return COSTS.get(request.path, SEARCH if is_search(request) else ORDINARY)


def is_search(request: HttpRequest) -> bool:
    """Whether words are looked for. Asked of the query as it was sent, which nobody has read yet
    and which may be malformed.
    """
    parts = request.META.get("QUERY_STRING", "").split("&")
    return any(unquote_plus(part.partition("=")[0]) == SEARCHED for part in parts)

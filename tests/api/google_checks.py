"""The forty checks by which a server is compatible with Google's client."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

CHECKS = {
    1: "claims.search answers",
    2: "claims.imageSearch",
    3: "pages.list",
    4: "pages.create",
    5: "pages.get",
    6: "pages.update",
    7: "pages.delete",
    8: "the union of all pages is the set",
    9: "nothing comes twice",
    10: "the last page has no token",
    11: "a token is good for its words",
    12: "and its other parameters",
    13: "a made-up token is refused",
    14: "pages stay while others publish",
    15: "an offset passes over",
    16: "and is ignored with a token",
    17: "pageSize: ten by default",
    18: "pageSize 0",
    19: "pageSize below 0",
    20: "pageSize 2^31",
    21: "pageSize 10^9",
    22: "language with a region",
    23: "language with a script",
    24: "age by the review",
    25: "age by the claim",
    26: "a query above 2048 bytes",
    27: "no null in a body",
    28: "{} where nothing is found",
    29: "neither query nor site",
    30: "no key, or a bearer token",
    31: "a key that is none",
    32: "a parameter that is wrong",
    33: "every error has its reason",
    34: "the publisher's site",
    35: "too much is tried again",
    36: "failures of ours",
    37: "nothing unpublished",
    38: "nothing withdrawn",
    39: "the discovery document",
    40: "fields",
}


def checks(*numbers: int) -> Callable[[F], F]:
    """Decorator of a test: which of the checks it makes."""

    def mark(test: F) -> F:
        test.makes_checks = numbers  # type: ignore[attr-defined]
        return test

    return mark

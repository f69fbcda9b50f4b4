"""What an address of the API was given in its query, strictly."""

from collections.abc import Iterable

from django.http import QueryDict

from claims.filters import check
from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.numbers import parse_int
from factcheck.common.text import excerpt

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
PAGING = ("page_size", "cursor")


def given_in(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """The parameters: each known, given once, and not empty. Raises InvalidInput that names every
    one at fault.
    """
    names = tuple(names)
    there_are = f"there are {', '.join(names)}" if names else "this address takes none"
    errors = [
        FieldError(excerpt(name), f"There is no such parameter; {there_are}.")
        for name in query
        if name not in names
    ]
    for name in names:
        if len(values := query.getlist(name)) > 1:
            errors.append(FieldError(name, "Give this parameter once."))
        elif values == [""]:
            errors.append(FieldError(name, "Give a value, or leave the parameter out."))
    check(errors)
    return {name: str(value) for name, value in query.items()}


def page_size_of(given: dict[str, str]) -> int:
    """How many rows a page has. Raises InvalidInput."""
    if "page_size" not in given:
        return PAGE_SIZE
    return parse_int(given["page_size"], name="page_size", low=1, high=MAX_PAGE_SIZE)


def one_of(given: dict[str, str], name: str, choices: Iterable[str]) -> str:
    """The value of a parameter that has few, by default the first. Raises InvalidInput."""
    codes = tuple(choices)
    value = given.get(name, codes[0])
    if value not in codes:
        raise InvalidInput.at(name, f"Choose one of {', '.join(codes)}.")
    return value

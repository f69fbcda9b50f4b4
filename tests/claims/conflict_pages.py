"""Two people with the same row open, and the page that the slower one gets."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import Values, address, open_form, signed_in, values_of

FIGURE = {
    "position": "1",
    "counts": "boats counted",
    "qualifier": "bare",
    "best": "12",
    "basis": "claimed",
}


@pytest.fixture
def mira() -> User:
    return factories.make_user(Role.CHECKER, "mira")


@pytest.fixture
def one() -> Client:
    return signed_in(factories.make_user(Role.REPORTER, "one"))


@pytest.fixture
def other(mira: User) -> Client:
    return signed_in(mira)


def lines(response: Any, *, changed: str = "") -> list[tuple[str, ...]]:
    """Heading, label and the three sides of each line that somebody has changed."""
    return [
        (part.heading, line.label, line.base, line.theirs, line.mine)
        for part in response.context["parts"]
        for line in part.lines
        if line.changed == changed or (not changed and line.changed != "nobody")
    ]


def sides(response: Any) -> dict[str, tuple[str, ...]]:
    """The same by label, with who has changed it."""
    return {
        line.label: (line.changed.value, line.base, line.theirs, line.mine)
        for part in response.context["parts"]
        for line in part.lines
        if line.changed != "nobody"
    }


def merged(response: Any, take: str = "") -> Values:
    """What the conflict page would send, with the same side taken in every conflict."""
    values = values_of(response, "merge_form")
    names = values.get("conflict", [])
    for name in [names] if isinstance(names, str) else names:
        values |= {f"take:{name}": take} if take else {}
    return values | {"_continue": "1"}


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def conflict(one: Client, other: Client, row: Any, mine: Values, theirs: Values) -> Any:
    """The page that one gets who saves after the other, both having opened the same version."""
    my_form, their_form = open_form(one, row), open_form(other, row)
    assert other.post(address(row), their_form | theirs).status_code == 302
    response = one.post(address(row), my_form | mine)
    assert response.status_code == 409
    return response

"""A site to take copies from, and somebody who does."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User

from factcheck.common.roles import Role
from tests.factories import make_user
from tests.intake.site import Site, a_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with a_site(monkeypatch) as there:
        yield there


@pytest.fixture
def reporter(db: None) -> User:
    return make_user(Role.REPORTER)

"""An authority that the fake network trusts."""

from collections.abc import Iterator

import pytest

from tests.network.outside import Authority, new_authority


@pytest.fixture(scope="session")
def authority() -> Iterator[Authority]:
    with new_authority() as made:
        yield made

"""Every check of conformance is made by a test."""

from tests.api import test_google_client, test_google_requests
from tests.api.google_checks import CHECKS


def test_each_of_the_forty_checks_is_made():
    tests = [*vars(test_google_client).values(), *vars(test_google_requests).values()]
    made = {number for test in tests for number in getattr(test, "makes_checks", ())}

    assert list(CHECKS) == list(range(1, 41))
    assert made == set(CHECKS)

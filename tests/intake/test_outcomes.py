"""What an answer means, by the table."""

import datetime

import pytest

from sources.capturing.fetching import Exchange, Fetched
from sources.capturing.outcomes import outcome_of
from sources.network import AddressRefused, NetworkError, TooLarge, TooSlow, Unreachable

AT = datetime.datetime(2020, 3, 2, 12, tzinfo=datetime.UTC)
PAGE = b"<p>SYNTHETIC. Twelve boats were counted.</p>"


def answered(status: int, body: bytes = PAGE, **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    one = Exchange("http://news.example/", "1.2.3.4", AT, b"", status, named, b"", body)
    return Fetched("http://news.example/", AT, [one], body)


@pytest.mark.parametrize(
    ("status", "expected", "is_passing"),
    [
        (200, "live", False),
        (203, "live", False),
        (404, "gone", False),
        (410, "gone", False),
        (401, "blocked", False),
        (403, "blocked", False),
        (429, "blocked", True),
        (451, "blocked", False),
        (999, "blocked", False),
        (400, "failed", False),
        (304, "failed", False),
        (500, "failed", True),
        (503, "failed", True),
    ],
)
def test_a_status_means_one_thing(status, expected, is_passing):
    outcome = outcome_of(answered(status))

    assert (outcome.status, outcome.is_passing) == (expected, is_passing)
    assert bool(outcome.reason) == (expected != "live")


@pytest.mark.parametrize(
    ("failure", "is_passing"),
    [
        (Unreachable("Nobody answers."), True),
        (TooSlow("Too long."), True),
        (NetworkError("It broke off."), True),
        (TooLarge("Too much."), False),
        (AddressRefused("Inside."), False),
    ],
)
def test_what_gives_no_answer_has_failed(failure, is_passing):
    outcome = outcome_of(Fetched("http://news.example/", AT, failure=failure))

    assert (outcome.status, outcome.is_passing) == ("failed", is_passing)


def test_what_is_too_large_says_how_large_it_may_be():
    failed = outcome_of(Fetched("http://news.example/", AT, failure=TooLarge("")))

    assert failed.reason == (
        "It is larger than 25 MB, or swells to more than twice that: save a shorter part of it, "
        "and supply that as a file."
    )


@pytest.mark.parametrize(
    "fetched",
    [
        answered(200, cf_mitigated="challenge"),
        answered(202, x_amzn_waf_action="challenge"),
        answered(503, PAGE * 500 + b"window._cf_chl_opt = {}"),
        answered(200, b'<iframe src="/_Incapsula_Resource?x"></iframe>'),
    ],
)
def test_a_robot_wall_is_no_document(fetched):
    assert outcome_of(fetched).status == "blocked"


def test_an_article_with_such_words_below_it_is_one():
    assert outcome_of(answered(200, PAGE * 500 + b"/_Incapsula_Resource")).status == "live"
    assert outcome_of(answered(200, PAGE + b'class="g-recaptcha"')).status == "live"


def test_a_page_of_nothing_has_failed():
    assert outcome_of(answered(200, b"")).reason == "The site answered with an empty page."


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2020 12:10:00 GMT", 600),
        ("Mon, 02 Mar 2020 11:00:00 GMT", 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_a_site_says_when_to_come_back(said, seconds):
    assert outcome_of(answered(429, retry_after=said)).after == seconds

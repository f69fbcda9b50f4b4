"""Asking for what stood at a time in the past."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from claims.as_of import AsOf, as_of
from factcheck.common.errors import InvalidInput
from factcheck.ledger.models import Publication
from tests.factories import make_published_claim


def test_nothing_asked_is_now():
    assert as_of(QueryDict("")) is None
    assert as_of(QueryDict("as_of=")) is None


def test_a_day_counts_to_its_end():
    asked = as_of(QueryDict("as_of=2020-05-14"))

    assert asked == AsOf("2020-05-14", datetime.datetime(2020, 5, 15, tzinfo=datetime.UTC))
    assert asked.day == "2020-05-14"


def test_a_moment_counts_by_itself():
    asked = as_of(QueryDict("as_of=2020-05-14T12:30:01Z"))

    assert asked is not None
    assert asked.until == datetime.datetime(2020, 5, 14, 12, 30, 1, tzinfo=datetime.UTC)
    assert asked.day == "2020-05-14"


@pytest.mark.parametrize(
    "given",
    [
        *("yesterday", "2020-13-01", "14.5.2020", "2020-05-14T25:00:00Z", "2020-05-14T12:00:00"),
        *("2020-05-14 12:00:00Z", "٢٠٢٠-٠٥-١٤", "9999-12-31", "0001-01-01"),
    ],
)
def test_what_is_no_day_is_refused(given: str):
    query = QueryDict(mutable=True)
    query["as_of"] = given

    with pytest.raises(InvalidInput):
        as_of(query)


def test_a_day_that_has_not_come_is_refused():
    tomorrow = timezone.now().date() + datetime.timedelta(days=1)

    assert as_of(QueryDict(f"as_of={timezone.now().date()}")) is not None
    with pytest.raises(InvalidInput, match="nobody knows later ones"):
        as_of(QueryDict(f"as_of={tomorrow}"))


@pytest.mark.django_db
def test_the_place_is_the_newest_before_that_moment():
    make_published_claim()
    first = Publication.objects.order_by("-seq")[0]
    make_published_claim()
    last = Publication.objects.order_by("-seq")[0]
    just_after = first.published_at + datetime.timedelta(microseconds=1)

    assert AsOf("", just_after).seq() == first.seq
    assert AsOf("", last.published_at + datetime.timedelta(days=1)).seq() == last.seq
    assert AsOf("", datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)).seq() == 0

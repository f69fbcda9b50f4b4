"""What a cell may refer to, found with as little work among a million rows as among a hundred."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.sheet.naming import NAMED, find, referred_to, similar
from claims.sheet.problems import Refused
from sources.models import ActorName
from tests.factories import make_actor, make_event, make_source, make_topic, somebody

pytestmark = pytest.mark.django_db

# Topics are few.
MANY = sorted(set(NAMED) - {"topic"})


@contextmanager
def plans() -> Iterator[list[str]]:
    """How the database answers what is asked meanwhile, reading a whole table only if it must."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield found
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            found += [line for (line,) in cursor.fetchall()]


@pytest.mark.parametrize("kind", MANY)
def test_no_table_is_read_from_end_to_end(kind: str) -> None:
    with plans() as found:
        find(kind, "")
        find(kind, "synthetic harbour office")
        similar(kind, "Synthetic harbour office")
        with pytest.raises(Refused):
            referred_to(kind, {"name": "Synthetic harbour office"}, field="claimant")

    assert len(found) > 20
    assert [line for line in found if "Seq Scan" in line] == []


def test_without_words_the_first_are_found() -> None:
    for number in range(21):
        make_source(name=f"Gazette {number:02}")

    labels = [row["label"] for row in find("source", "")]

    assert labels == [f"Gazette {number:02}" for number in range(20)]


def test_what_is_spelt_nearly_so_is_found_where_nothing_else_is() -> None:
    make_actor(name="Synthetic Harbour Office")

    assert len(find("actor", "Synthetic Harbuor")) == 1
    assert find("actor", "Something else") == []


def test_the_row_of_exactly_that_name_is_found_among_many_that_begin_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("factcheck.common.finding.MOST_FOUND", 3)
    for number in range(6):
        make_actor(name=f"Harbours {number}")
    actor = make_actor(name="Harbour")
    for number in range(6):
        make_actor(name=f"Harbour {number}")

    assert find("actor", "harbour")[0]["id"] == actor.pk
    assert referred_to("actor", {"name": "HARBOUR"}, field="claimant") == actor


@pytest.mark.parametrize("name", ['The "Bell" of X', "-Minus", "This or that", "Mi-8 & son's", "A"])
def test_a_name_is_taken_as_it_stands(name: str) -> None:
    actor = make_actor(name="Somebody else")
    ActorName.objects.create(
        actor=actor, name=name, language="en", form="alias", created_by=somebody()
    )
    event, topic = make_event(title=name, place="Exampleton"), make_topic(name=name, slug="a")

    assert referred_to("actor", {"name": name.upper()}, field="claimant") == actor
    assert referred_to("event", {"name": name.lower()}, field="event") == event
    assert referred_to("topic", {"name": name}, field="topics") == topic

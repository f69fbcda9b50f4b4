"""What a check is, and how those that are one question to the database are asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Check:
    """One rule that goes beyond a single row. `find` yields a sentence for each row that breaks it,
    which names the row; a sound database gives none.
    """

    name: str
    sentence: str
    find: Callable[[], Iterable[str]]


def asked(*queries: str) -> Callable[[], Iterator[str]]:
    """The check that these queries are; each yields sentences in its only column.

    They are read through a cursor on the server, so that memory stays small whatever they find.
    Must run in a transaction.
    """

    def find() -> Iterator[str]:
        for query in queries:
            with connection.chunked_cursor() as cursor:
                cursor.execute(query)
                for [finding] in cursor:
                    yield finding

    return find

"""The floor: the same rows over WSGI and psycopg, prepared, with nothing in between."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

LIST = """
SELECT summary, from_seq FROM claims_publicclaim
WHERE until_seq IS NULL AND from_seq < %s ORDER BY from_seq DESC LIMIT 21
"""
CLAIM = """
SELECT record FROM ledger_publication
WHERE subject_kind = 'claim' AND subject_id = %s ORDER BY version DESC LIMIT 1
"""

_here = threading.local()


def connection() -> psycopg.Connection:
    """This thread's connection."""
    if not hasattr(_here, "connection"):
        _here.connection = psycopg.connect(
            os.environ["BENCHMARK_DATABASE"], autocommit=True, prepare_threshold=0
        )
    return _here.connection


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A page of twenty from a place on, or a record."""
    _, kind, what = environ["PATH_INFO"].split("/")
    if kind == "claims":
        rows = connection().execute(LIST, [int(what)]).fetchall()
        body = ('{"results":[' + ",".join(row[0] for row in rows[:20]) + "]}").encode()
    else:
        [record] = connection().execute(CLAIM, [what]).fetchone() or [""]
        body = record.encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]

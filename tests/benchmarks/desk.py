"""The desk with ten thousand claims and with a million: `python -m tests.benchmarks.desk`.

Makes a throw-away PostgreSQL, fills one database a size with synthetic rows, and asks for the
desk's own pages in turn, so that both sizes see the same machine. Prints p50 and p95 in
milliseconds of the whole view and of what of it the database took, beside two floors.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import django
import psycopg

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.benchmarks.rows import EVERY, WORDS, fill, texts
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

LIST = "/admin/claims/claim/"
CHOOSE = "/admin/autocomplete/"
MAXIMUM = {"list": 1.5, "choose": 1.5, "search": 3.0, "similar": 3.0}
MEMORY = {"shared_buffers": "512MB", "maintenance_work_mem": "256MB", "max_wal_size": "8GB"}

Query = dict[str, Any]


@dataclass
class Case:
    """A page with a query that differs from time to time."""

    name: str
    kind: str
    url: str
    query: Callable[[random.Random, int], Query]
    seconds: dict[int, list[float]] = field(default_factory=dict)
    database: dict[int, list[float]] = field(default_factory=dict)


def choose(model: str, name: str, term: Callable[[random.Random], str]) -> Any:
    """A query of a field to choose from."""
    app, model = model.split(".")
    named = {"app_label": app, "model_name": model, "field_name": name}
    return lambda chance, size: {**named, "term": term(chance)}


def word(chance: random.Random, first: int, last: int) -> str:
    """A word of that place among the most common ones."""
    return WORDS[chance.randrange(first, last)]


def beginning(chance: random.Random, length: int) -> str:
    """The beginning of a name."""
    return word(chance, 20, 800)[:length]


SENTENCES = list(texts(2_000))


def nearly(chance: random.Random) -> str:
    """A text of which some words are others by now."""
    words = chance.choice(SENTENCES).split()
    for _ in range(2):
        words[chance.randrange(len(words))] = "otherwise"
    return " ".join(words)


CASES = [
    Case("list, nothing found (floor)", "floor", LIST, lambda c, n: {"q": "zzzzzz"}),
    Case("list, newest", "list", LIST, lambda c, n: {}),
    Case("list, page 2", "list", LIST, lambda c, n: {"p": "2"}),
    Case("list, page 20 (the last)", "list", LIST, lambda c, n: {"p": "20"}),
    Case("filter: stage", "list", LIST, lambda c, n: {"stage__exact": "draft"}),
    Case("filter: public", "list", LIST, lambda c, n: {"public": "live"}),
    Case("filter: rare status", "list", LIST, lambda c, n: {"verification_status__exact": "false"}),
    Case(
        "filter: stage, public, no match",
        "list",
        LIST,
        lambda c, n: {"stage__exact": "draft", "public": "live"},
    ),
    Case(
        "filter: claimant",
        "list",
        LIST,
        lambda c, n: {"claimant": c.randint(1, n // EVERY["actor"])},
    ),
    Case(
        "filter: source", "list", LIST, lambda c, n: {"source": c.randint(1, n // EVERY["source"])}
    ),
    Case(
        "filter: said in two months",
        "list",
        LIST,
        lambda c, n: {"said_from": "2010-05-05", "said_to": "2010-07-05"},
    ),
    Case("filter: changed since", "list", LIST, lambda c, n: {"changed_from": "2026-10-01"}),
    Case("search: rare word", "search", LIST, lambda c, n: {"q": word(c, 6_000, 12_000)}),
    Case("search: common word", "search", LIST, lambda c, n: {"q": word(c, 0, 40)}),
    Case(
        "search: two common words",
        "search",
        LIST,
        lambda c, n: {"q": f"{word(c, 0, 40)} {word(c, 40, 200)}"},
    ),
    Case(
        "search: common, stage, status",
        "search",
        LIST,
        lambda c, n: {
            "q": word(c, 40, 200),
            "stage__exact": "draft",
            "verification_status__exact": "false",
        },
    ),
    Case("search: beginning", "search", LIST, lambda c, n: {"q": beginning(c, 3)}),
    Case(
        "search: address", "search", LIST, lambda c, n: {"q": f"site{c.randint(0, 40)}.example/7"}
    ),
    Case("search: domain", "search", LIST, lambda c, n: {"q": f"site{c.randint(0, 40)}.example"}),
    Case(
        "search: name",
        "search",
        LIST,
        lambda c, n: {"q": " ".join(c.choice(SENTENCES[:200]).split()[:3])},
    ),
    Case(
        "choose: actor",
        "choose",
        CHOOSE,
        choose("claims.claim", "claimant", lambda c: beginning(c, 4)),
    ),
    Case(
        "choose: actor, typo",
        "choose",
        CHOOSE,
        choose("claims.claim", "claimant", lambda c: f"{word(c, 400, 800)}x"),
    ),
    Case(
        "choose: actor, nothing yet",
        "choose",
        CHOOSE,
        choose("claims.claim", "claimant", lambda c: ""),
    ),
    Case(
        "choose: document",
        "choose",
        CHOOSE,
        choose("claims.citation", "document", lambda c: beginning(c, 4)),
    ),
    Case(
        "choose: event",
        "choose",
        CHOOSE,
        choose("claims.claim", "event", lambda c: beginning(c, 4)),
    ),
    Case("similar", "similar", "/admin/similar/", lambda c, n: {"text": nearly(c)}),
]


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    os.nice(10)
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings={**CARELESS, **MEMORY})
    try:
        cluster.start()
        run(cluster, options.sizes, options.rounds)
    finally:
        cluster.stop(immediately=True)
        cluster.release()
        remove(place)


def run(cluster: Cluster, sizes: list[int], rounds: int) -> None:
    """One database a size, made from one that is migrated once."""
    with psycopg.connect(**cluster.connection("postgres", "postgres"), autocommit=True) as root:
        prepare_cluster(root)
        set_up(cluster.url(OWNER, DATABASE))
        for size in sizes:
            began = time.monotonic()
            root.execute(f'CREATE DATABASE "claims{size}" TEMPLATE "{DATABASE}" OWNER {OWNER}')
            fill(cluster.url("postgres", f"claims{size}"), size)
            print(f"{size:,} claims made in {time.monotonic() - began:.0f} s", flush=True)
    ask(sizes, rounds)
    report(sizes)


def set_up(url: str) -> None:
    """Django on the database, migrated, with an editor."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL"):
        os.environ[name] = url
    os.environ |= {
        "SECRET_KEY": "of the benchmark alone",
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "0",
    }
    os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from factcheck.accounts import make_groups
    from factcheck.common.roles import Role
    from tests.factories import make_user

    make_groups()
    make_user(Role.EDITOR, "editor")
    connections.close_all()


def ask(sizes: list[int], rounds: int) -> None:
    """Every case in every round, on each size in turn."""
    from django.contrib.auth.models import User
    from django.core.cache import cache
    from django.db import connection, connections

    from tests.admin_pages import signed_in

    floor = Case("SELECT 1 (floor)", "floor", "", lambda c, n: {})
    spent = [0.0]

    def timed(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent[0] += time.perf_counter() - began

    databases = {}
    for size in sizes:
        databases[size] = connections.create_connection("default")
        named = {"NAME": f"claims{size}"}
        databases[size].settings_dict = {**databases[size].settings_dict, **named}
    for number in range(rounds + 2):
        for size in sizes:
            connections["default"] = databases[size]
            cache.clear()
            browser = signed_in(User.objects.get(username="editor"))
            browser.get("/admin/similar/", {"text": "warm up the statistics"})
            chance = random.Random(number)
            for case in [floor, *CASES]:
                query, spent[0] = case.query(chance, size), 0.0
                began = time.perf_counter()
                with connection.execute_wrapper(timed):
                    if case is floor:
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT 1")
                    else:
                        response = browser.get(case.url, query)
                        assert response.status_code == 200, (case.name, response.status_code)
                if number >= 2:  # The first two fill the caches.
                    case.seconds.setdefault(size, []).append(time.perf_counter() - began)
                    case.database.setdefault(size, []).append(spent[0])
    CASES.insert(0, floor)


def report(sizes: list[int]) -> None:
    """The table, with the largest size against the smallest."""
    least, most = min(sizes), max(sizes)
    inner = [f"of it database, {size:,}" for size in sizes]
    print(f"| p50 (p95), ms | {' | '.join([*(f'{s:,}' for s in sizes), 'ratio', *inner])} |")
    print("|---" * (2 + 2 * len(sizes)) + "|")
    for case in CASES:
        ratio = statistics.median(case.seconds[most]) / statistics.median(case.seconds[least])
        late = " **too slow**" if ratio > MAXIMUM.get(case.kind, 99) else ""
        cells = [shown(case.seconds[size]) for size in sizes]
        inner = [shown(case.database[size]) for size in sizes]
        print(f"| {' | '.join([case.name, *cells, f'{ratio:.2f}{late}', *inner])} |")


def shown(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    p95 = sorted(seconds)[int(len(seconds) * 0.95)]
    return f"{statistics.median(seconds) * 1000:.1f} ({p95 * 1000:.1f})"


if __name__ == "__main__":
    main()

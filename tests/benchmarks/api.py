"""The API beside its floor and beside an ordinary view: `python -m tests.benchmarks.api`.

Makes a throw-away PostgreSQL, fills one database a size with synthetic published claims, starts the
production server three times on it, each with one worker process: the project; the floor, which is
WSGI and psycopg with a prepared statement and no Django; and an ordinary view of Django REST
framework with a ModelSerializer and cursor paging over the same table. Asks them in turn, over
connections that stay open, for pages of twenty claims from random places and for single records.
Prints requests per second, and how ours compare.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import psycopg

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.benchmarks.desk import MEMORY, set_up
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

# Of the floor's requests per second, and of the ordinary view's.
LEAST_OF_FLOOR = 0.5
LEAST_OF_ORDINARY = 5.0
CLIENTS = 4
# How many addresses each client asks for in turn.
PATHS = 2_000
SERVERS = {
    "floor": "tests.benchmarks.servers.floor:application",
    "ours": "factcheck.wsgi:application",
    "ordinary": "tests.benchmarks.servers.ordinary:application",
}


@dataclass
class Case:
    """One kind of request; `paths` are addresses of each server for it."""

    name: str
    paths: dict[str, Callable[[random.Random], str]]
    rates: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in SERVERS})


def main() -> None:
    """Every size in turn, as one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each server in each round")
    options = parser.parse_args()
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings={**CARELESS, **MEMORY})
    try:
        cluster.start()
        superuser = cluster.connection("postgres", "postgres")
        with psycopg.connect(**superuser, autocommit=True) as root:
            prepare_cluster(root)
        url = cluster.url(OWNER, DATABASE)
        set_up(url)
        publish_one()
        print("| | claims | floor, requests/s | ours | ordinary | of floor | of ordinary |")
        print("|---|---|---|---|---|---|---|")
        there_are = 1
        for size in sorted(options.sizes):
            fill(cluster.url("postgres", DATABASE), first=there_are, last=size)
            there_are = size + 1
            measure(size, url, options.rounds, options.seconds)
    finally:
        cluster.stop(immediately=True)
        cluster.release()
        remove(place)


# Rows


def publish_one() -> None:
    """The claim that all others are copies of."""
    from django.db import connections

    from tests.surfaces.rich import make_rich_claim

    make_rich_claim()
    connections.close_all()


def fill(url: str, *, first: int, last: int) -> None:
    """Copies of the one claim, under ids and places of their own."""
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table, own in {
            "claims_publicclaim": {"from_seq": "1000000 + n", "claim_id": ID},
            "ledger_publication": {
                "seq": "1000000 + n",
                "subject_id": ID,
                "decision_id": "1000000 + n",
            },
        }.items():
            columns = columns_of(superuser, table)
            values = ", ".join(own.get(name, f'one."{name}"') for name in columns)
            names = ", ".join(f'"{name}"' for name in columns)
            superuser.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(%s::bigint, "
                f"%s::bigint) AS n, (SELECT * FROM {table} WHERE {ONE[table]} LIMIT 1) AS one",
                [first, last],
            )
        superuser.execute("VACUUM ANALYZE")


# Ten characters of an id's alphabet, none of which the database has given out.
ID = "lpad(to_hex(n), 10, '0')"
ONE = {
    "claims_publicclaim": "until_seq IS NULL AND from_seq < 1000000",
    "ledger_publication": (
        "seq = (SELECT max(from_seq) FROM claims_publicclaim WHERE from_seq < 1000000)"
    ),
}


def columns_of(superuser: psycopg.Connection, table: str) -> list[str]:
    """The columns that can be written."""
    rows = superuser.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [str(name) for [name] in rows]


# Asking


def cases(size: int) -> list[Case]:
    """Pages of twenty from anywhere, and records."""
    from django.http import QueryDict

    from claims.api.questions import asked_by_program
    from factcheck.common import cursors

    scope = asked_by_program(QueryDict()).scope

    def place(chance: random.Random) -> int:
        return 1_000_000 + chance.randint(100, size)

    def claim(chance: random.Random) -> str:
        return f"{chance.randint(2, size):010x}"

    def ours(chance: random.Random) -> str:
        cursor = cursors.encode(["after", place(chance)], scope=scope)
        return f"/api/v1/claims/?cursor={quote(cursor)}"

    def ordinary(chance: random.Random) -> str:
        return f"/claims/?cursor={quote(b64encode(f'p={place(chance)}'.encode()).decode())}"

    return [
        Case(
            "list of 20",
            {"floor": lambda c: f"/claims/{place(c)}", "ours": ours, "ordinary": ordinary},
        ),
        Case(
            "one claim",
            {
                "floor": lambda c: f"/claim/{claim(c)}",
                "ours": lambda c: f"/api/v1/claims/{claim(c)}/",
                "ordinary": lambda c: f"/claims/{claim(c)}/",
            },
        ),
    ]


def measure(size: int, url: str, rounds: int, seconds: float) -> None:
    """All servers on one database, each asked in each round; medians as rows of the table."""
    with serving(url) as ports:
        asked = cases(size)
        for number in range(rounds + 1):
            for case in asked:
                for name, port in ports.items():
                    rate = asking(port, case.paths[name], seconds if number else seconds / 2)
                    if number:  # the first round fills the caches
                        case.rates[name].append(rate)
    for case in asked:
        rate = {name: statistics.median(case.rates[name]) for name in SERVERS}
        of_floor, of_ordinary = rate["ours"] / rate["floor"], rate["ours"] / rate["ordinary"]
        slow = " **too slow**" if of_floor < LEAST_OF_FLOOR else ""
        slower = " **too slow**" if of_ordinary < LEAST_OF_ORDINARY else ""
        print(
            f"| {case.name} | {size:,} | {rate['floor']:,.0f} | {rate['ours']:,.0f}"
            f" | {rate['ordinary']:,.0f} | {of_floor:.2f}{slow} | {of_ordinary:.1f}{slower} |",
            flush=True,
        )


@contextmanager
def serving(url: str) -> Iterator[dict[str, int]]:
    """The servers, by name the port on which each listens."""
    ports = {name: free_port() for name in SERVERS}
    environment = os.environ | {"BENCHMARK_DATABASE": url, "ALLOWED_HOSTS": "127.0.0.1"}
    # Nobody is to be turned away while all of them come from one address.
    environment |= {"API_LIMIT_ANONYMOUS": "off", "API_LIMIT_KEYED": "off"}
    processes = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
                *("--host", "127.0.0.1", "--port", str(ports[name]), "--no-ws", target),
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name, target in SERVERS.items()
    ]
    try:
        for port in ports.values():
            wait_for(port)
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server listens; TimeoutError after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing listens on port {port}.")


def asking(port: int, path: Callable[[random.Random], str], seconds: float) -> float:
    """Requests per second that the server answers to a few clients at once."""
    # Drawn beforehand: signing a cursor is no work of who asks.
    chances = [random.Random(number) for number in range(CLIENTS)]
    paths = [[path(chance) for _ in range(PATHS)] for chance in chances]
    until = time.monotonic() + seconds

    def one(number: int) -> int:
        count = 0
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < until:
                ask(connection, paths[number][count % PATHS])
                count += 1
        return count

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        answered = sum(clients.map(one, range(CLIENTS)))
    return answered / (time.monotonic() - began)


def ask(connection: socket.socket, path: str) -> None:
    """One request, and its answer to the last byte. Raises AssertionError unless it is a 200."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(262_144)
        assert part, f"{path}: the connection was closed"
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), (path, head[:200], body[:500])
    [length] = [
        int(line.partition(b":")[2])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    ]
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(262_144))


if __name__ == "__main__":
    main()

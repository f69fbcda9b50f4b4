"""Importing reviews beside COPYing what comes of it: `python -m tests.benchmarks.importing`.

Makes a throw-away PostgreSQL and imports as many synthetic reviews twice, each time into an empty
database: as drafts, and published as imported, while somebody at the desk goes on publishing. Then
the finished rows are COPYed out, and into the same tables of another empty database, with all
indexes and triggers but those that keep the ledger. Prints reviews a second of both, the ratio, and
the longest wait of the desk.
"""

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.benchmarks.rows import EVERY, texts
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

BAR = 0.25
LONGEST_WAIT = 2.0
MEMORY = {"shared_buffers": "512MB", "maintenance_work_mem": "256MB", "max_wal_size": "8GB"}
# Each after what it names. A claim goes in as it came, a draft: no COPY can settle one.
DRAFTED = ("actor", "source", "sourceaddress", "document", "capture", "passage")
TABLES = [f"sources_{name}" for name in DRAFTED]
TABLES += [f"claims_{name}" for name in ("claim", "citation", "claimrelation", "importedreview")]
LEDGER = [f"ledger_{name}" for name in ("decision", "publication", "mention")]
LEDGER += ["sources_publicactor", "sources_publicsource", "claims_publicclaim"]
LEDGER += ["claims_publiccitation"]


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=10_000)
    reviews: int = parser.parse_args().reviews
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings={**CARELESS, **MEMORY})
    try:
        cluster.start()
        with root_of(cluster) as root:
            prepare_cluster(root)
        set_up(cluster)
        measure(cluster, reviews)
    finally:
        cluster.stop(immediately=True)
        cluster.release()
        remove(place)


def root_of(cluster: Cluster) -> psycopg.Connection[Any]:
    """A connection that makes databases."""
    return psycopg.connect(**cluster.connection("postgres", "postgres"), autocommit=True)


def set_up(cluster: Cluster) -> None:
    """One database with all tables and nothing in it but accounts; the others are copies of it."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL"):
        os.environ[name] = cluster.url(OWNER, DATABASE)
    os.environ |= {"SECRET_KEY": "of the benchmark alone", "ALLOWED_HOSTS": "testserver"}
    os.environ |= {"HTTPS": "0", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from factcheck.accounts import make_groups
    from factcheck.common.roles import Role
    from tests.factories import make_user, somebody

    make_groups()
    for role in (Role.ADMINISTRATOR, Role.EDITOR, Role.REPORTER, Role.CHECKER):
        make_user(role, role.value)
    somebody()
    connections.close_all()
    for name in ("drafts", "archive", "copied"):
        with root_of(cluster) as root:
            root.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE} OWNER {OWNER}".encode())


def measure(cluster: Cluster, reviews: int) -> None:
    """Both imports, and both copies."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "reviews.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(one)}\n" for one in made(reviews))
        drafts, _ = imported(cluster, "drafts", path, publish=False)
        archive, waits = imported(cluster, "archive", path, publish=True)
        drafts_copied = copied(cluster, "drafts", Path(directory), TABLES)
        archive_copied = copied(cluster, "archive", Path(directory), [*TABLES, *LEDGER])
    print("| | reviews/s | COPY of its rows, reviews/s | ratio (bar: 0.25) |")
    print("|---|---|---|---|")
    for name, ours, theirs in (
        ("as drafts", drafts, drafts_copied),
        ("published as imported", archive, archive_copied),
    ):
        ratio = theirs / ours
        late = "" if ratio >= BAR else " **too slow**"
        print(f"| {name} | {reviews / ours:,.0f} | {reviews / theirs:,.0f} | {ratio:.2f}{late} |")
    longest = max(waits, default=0.0)
    late = "" if longest < LONGEST_WAIT else " **too long**"
    print(f"\n{len(waits)} desk publishes meanwhile, the longest took {longest:.2f} s{late}.")


def made(number: int) -> Iterator[dict[str, Any]]:
    """So many reviews by fifty sites; a claimant has made fifty claims."""
    claimants = max(20, number // EVERY["actor"])
    labels = ("False", "Misleading", "True", "Half true", "Synthetic Noses")
    for count, text in enumerate(texts(number), 1):
        site = f"checks{count % 50}.example.org"
        yield {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"https://{site}/reviews/{count}",
            "claimReviewed": text,
            "headline": f"SYNTHETIC. {' '.join(text.split()[:8])}",
            "author": {"@type": "Organization", "name": f"Synthetic Checks {count % 50}"},
            "datePublished": f"20{10 + count % 10}-{1 + count % 12:02}-05",
            "inLanguage": "en",
            "itemReviewed": {
                "@type": "Claim",
                "author": {
                    "@type": "Organization",
                    "name": f"Synthetic Office {count % claimants}",
                },
                "datePublished": f"20{10 + count % 10}-{1 + count % 12:02}-01",
            },
            "reviewRating": {"alternateName": labels[count % len(labels)]},
        }


def imported(
    cluster: Cluster, name: str, path: Path, *, publish: bool
) -> tuple[float, list[float]]:
    """The seconds of an import into this database, and of each desk publish meanwhile."""
    from django.contrib.auth.models import User
    from django.db import connections

    from claims.reviews import import_reviews

    for alias in ("default", "public"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    waits: list[float] = []
    done = threading.Event()
    desk = threading.Thread(target=publish_now_and_then, args=[name, done, waits])
    if publish:
        desk.start()
    began = time.perf_counter()
    report = import_reviews([path], by=User.objects.get(username="administrator"), publish=publish)
    seconds = time.perf_counter() - began
    done.set()
    if publish:
        desk.join()
        assert report.published, report.refused[:3]
    assert report.created == report.read, report
    connections.close_all()
    return seconds, waits


def publish_now_and_then(name: str, done: threading.Event, waits: list[float]) -> None:
    """What somebody at the desk does meanwhile: publish a claim, again and again."""
    from django.contrib.auth.models import User
    from django.db import connections

    from claims import workflow
    from tests.factories import make_ready_claim

    for alias in ("default", "public"):
        connections[alias].settings_dict["NAME"] = name
    reporter, checker, editor = (
        User.objects.get(username=one) for one in ("reporter", "checker", "editor")
    )
    while not done.is_set():
        claim = make_ready_claim()
        workflow.submit(claim, by=reporter)
        workflow.approve(claim, by=checker)
        began = time.perf_counter()
        workflow.publish(claim, by=editor)
        waits.append(time.perf_counter() - began)
        done.wait(0.2)
    connections.close_all()


def copied(cluster: Cluster, name: str, directory: Path, tables: list[str]) -> float:
    """The seconds that the rows of this database take into another one, by COPY alone."""
    columns = {}
    with psycopg.connect(cluster.url(OWNER, name)) as source:
        for table in tables:
            columns[table] = columns_of(source, table)
            rows = f"SELECT {', '.join(columns[table])} FROM {table}"
            if table == "claims_claim":
                # As they came in: a claim begins as a draft.
                rows = rows.replace('"stage"', "'draft'").replace('"decision_id"', "NULL")
            with (
                (directory / table).open("wb") as file,
                source.cursor().copy(f"COPY ({rows}) TO STDOUT".encode()) as copy,
            ):
                file.writelines(copy)
    with root_of(cluster) as root:
        root.execute(b"DROP DATABASE copied")
        root.execute(f"CREATE DATABASE copied TEMPLATE {DATABASE} OWNER {OWNER}".encode())
    with psycopg.connect(cluster.url(OWNER, "copied")) as target:
        for table in tables:
            if table.startswith("ledger_"):
                disable_guards(target, table)
        target.commit()
        began = time.perf_counter()
        for table in tables:
            names = ", ".join(columns[table])
            with (
                (directory / table).open("rb") as file,
                target.cursor().copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy,
            ):
                while data := file.read(1 << 16):
                    copy.write(data)
        target.commit()
        return time.perf_counter() - began


def disable_guards(connection: psycopg.Connection[Any], table: str) -> None:
    """What dates and numbers the ledger's rows would refuse rows of before: COPY is spared that."""
    rows = connection.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger%%'",
        [table],
    )
    for (name,) in rows.fetchall():
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}".encode())


def columns_of(connection: psycopg.Connection[Any], table: str) -> list[str]:
    """The columns that are not generated."""
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [f'"{row[0]}"' for row in rows]


if __name__ == "__main__":
    main()

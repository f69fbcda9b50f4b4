"""What is looked for among many public claims: `python -m tests.benchmarks.finding`.

Makes a throw-away PostgreSQL, fills it to each size in turn with synthetic published claims whose
words are as rare and as common as those of a language, and looks for noisy paraphrases of some of
them, for posts of several sentences and for nothing but common words; and asks the list of claims
by filters whose range is wide or far away. Prints milliseconds of the database (p50, p95, longest),
the most pages of memory that one question touched, and how often a paraphrase led to its claim.
"""

import argparse
import random
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.benchmarks.api import ID, ONE, columns_of, publish_one
from tests.benchmarks.desk import MEMORY, set_up
from tests.benchmarks.rows import WEIGHTS, WORDS, texts
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

STAGING = "CREATE UNLOGGED TABLE staging (n bigint PRIMARY KEY, text text)"
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'claims_publicclaim'
AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
# Every hundredth has origins, up to five; said on some day of twenty-four years.
OWN = {
    "from_seq": "1000000 + n",
    "claim_id": ID,
    "text": "staging.text",
    "original_words": "''",
    "summary": 'format(\'{"id": "%s"}\', ' + ID + ")",
    "words": "setweight(to_tsvector('finding', staging.text), 'A')",
    "origins": "CASE WHEN n % 100 = 0 THEN 1 + n / 100 % 5 ELSE 0 END",
    "said_not_before": "DATE '2000-01-01' + (n * 7919 % 9000)::int",
    "said_not_after": "DATE '2000-01-01' + (n * 7919 % 9000)::int",
}
FILTERS = {
    "min_origins=1": "min_origins=1",
    "min_origins=5": "min_origins=5",
    "min_origins=6 (none)": "min_origins=6",
    "said until 1950 (none)": "said_on_or_before=1950-01-01",
    "said until 2000-02": "said_on_or_before=2000-02-01",
    "said from 2024-06": "said_on_or_after=2024-06-01",
    "said from 2000, any": "said_on_or_after=2000-01-01",
    "said until 2000-02, oldest first": "said_on_or_before=2000-02-01&ordering=published",
}
# What stands for anything else at the beginning of a noisy text.
UNKNOWN = "unheardof"


def main() -> None:
    """Every size in turn, as one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings={**CARELESS, **MEMORY})
    try:
        cluster.start()
        with psycopg.connect(**cluster.connection("postgres", "postgres"), autocommit=True) as root:
            prepare_cluster(root)
        set_up(cluster.url(OWNER, DATABASE))
        publish_one()
        print("| claims | asked | p50 ms | p95 | longest | pages | found |")
        print("|---|---|---|---|---|---|---|")
        there_are = 1
        for size in sorted(options.sizes):
            fill(cluster.url("postgres", DATABASE), first=there_are, last=size)
            there_are = size + 1
            for name, ask in questions(size, options.rounds):
                report(size, name, ask)
    finally:
        cluster.stop(immediately=True)
        cluster.release()
        remove(place)


def fill(url: str, *, first: int, last: int) -> None:
    """Claims with texts of their own, under ids and places of their own."""
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DROP TABLE IF EXISTS staging")
        superuser.execute(STAGING)
        with superuser.cursor().copy("COPY staging (n, text) FROM STDIN") as copy:
            for number, text in enumerate(texts(last), start=1):
                if number >= first:
                    copy.write_row((number, text))
        columns = columns_of(superuser, "claims_publicclaim")
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(OWN.get(name, f'one."{name}"') for name in columns)
        # Made anew afterwards, which takes a tenth of the time.
        indexes = superuser.execute(INDEXES).fetchall()
        for name, _ in indexes:
            superuser.execute(f"DROP INDEX {name}")
        superuser.execute(
            f"INSERT INTO claims_publicclaim ({names}) SELECT {values} FROM staging, (SELECT * FROM"
            f" claims_publicclaim WHERE {ONE['claims_publicclaim']} LIMIT 1) AS one"
        )
        for _, definition in indexes:
            superuser.execute(definition)
        # The triggers that count were left out.
        superuser.execute("TRUNCATE claims_publicword, claims_publicwordchange")
        superuser.execute(
            "INSERT INTO claims_publicword (word, claims) SELECT word, ndoc FROM ts_stat('SELECT"
            " words FROM claims_publicclaim WHERE until_seq IS NULL') WHERE left(word, 1) <> '='"
            " UNION ALL SELECT '', count(*) FROM claims_publicclaim WHERE until_seq IS NULL"
        )
        superuser.execute("VACUUM ANALYZE")


# Questions

Asked = tuple[list[float], int, str]


def questions(size: int, rounds: int) -> Iterator[tuple[str, Callable[[], Asked]]]:
    """What is asked, by name."""
    said = {number: text for number, text in enumerate(texts(size), start=1) if number % 997 == 0}
    chance = random.Random(7)
    kept = chance.sample(sorted(said), min(rounds, len(said)))
    noisy = [(f"{number:010x}", paraphrase(said[number], chance)) for number in kept]
    posts = [
        (wanted, ". ".join([text, *(common(chance, 12) for _ in range(7))]))
        for wanted, text in noisy
    ]
    everyday = [("", common(chance, 10)) for _ in range(rounds)]
    yield "match, a paraphrase", lambda: matched(noisy)
    yield "match, a post of eight sentences", lambda: matched(posts)
    yield "match, common words alone", lambda: matched(everyday)
    for name, query in FILTERS.items():
        yield name, lambda query=query: listed(query, rounds // 5 or 1)


def paraphrase(text: str, chance: random.Random) -> str:
    """The text with an eighth of its words replaced, and a word that nobody else has."""
    words = [
        chance.choices(WORDS, cum_weights=WEIGHTS)[0] if chance.random() < 0.125 else word
        for word in text.split()
    ]
    return " ".join([UNKNOWN, *words])


def common(chance: random.Random, count: int) -> str:
    """So many of the forty most common words."""
    return " ".join(chance.choices(WORDS[:40], k=count))


def matched(asked: list[tuple[str, str]]) -> Asked:
    """How long the database takes for each text, and how many lead to their claim."""
    from claims.matching import matches

    times, pages, found = [], 0, 0
    for wanted, text in asked:
        queries, results = captured(lambda text=text: matches(text))
        found += any(wanted and wanted in one.summary for one in results)
        plans = [explained(query) for query in queries]
        times.append(sum(milliseconds for milliseconds, _ in plans))
        pages = max(pages, sum(touched for _, touched in plans))
    return times, pages, f"{found} of {len(asked)}" if any(wanted for wanted, _ in asked) else ""


def listed(query: str, rounds: int) -> Asked:
    """The same for a page of the list of claims."""
    from django.http import QueryDict

    from claims.api.questions import asked_by_program

    times, pages, rows = [], 0, 0
    for _ in range(rounds):
        queries, page = captured(lambda: asked_by_program(QueryDict(query)).slice("summary"))
        rows = len(page.rows)
        plans = [explained(sql) for sql in queries]
        times.append(sum(milliseconds for milliseconds, _ in plans))
        pages = max(pages, sum(touched for _, touched in plans))
    return times, pages, f"{rows} rows"


def captured(ask: Callable[[], Any]) -> tuple[list[str], Any]:
    """What is asked of the database, and what comes of it."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connections["public"]) as queries:
        result = ask()
    return [query["sql"] for query in queries], result


def explained(sql: str) -> tuple[float, int]:
    """Milliseconds and touched pages of a question."""
    from django.db import connections

    with connections["public"].cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}".replace("%", "%%"), [])
        [[[plan]]] = cursor.fetchall()
    top = plan["Plan"]
    touched = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return plan["Planning Time"] + plan["Execution Time"], touched


def report(size: int, name: str, ask: Callable[[], Asked]) -> None:
    """One row of the table."""
    times, pages, found = ask()
    times.sort()
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    print(
        f"| {size:,} | {name} | {statistics.median(times):.1f} | {p95:.1f} | {times[-1]:.1f}"
        f" | {pages:,} | {found} |",
        flush=True,
    )


if __name__ == "__main__":
    main()

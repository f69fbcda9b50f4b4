"""The public pages beside the smallest answer: `python -m tests.benchmarks.pages`.

Makes a throw-away PostgreSQL, publishes synthetic claims of one event, and asks the WSGI
application for one page of each kind in turn. Prints p50 and p95 in milliseconds of the whole
answer, its size, and how many times the smallest answer the median is.
"""

import argparse
import gc
import io
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.benchmarks.desk import set_up, shown
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

# In milliseconds, and in times the floor.
SLOWEST_CLAIM = 25.0
MOST_FLOORS = 3.0


@dataclass
class Case:
    """A page, asked for again and again; `most` is how many floors its median may take."""

    name: str
    path: str
    etag: str = ""
    status: int = 200
    most: float = 0.0
    slowest: float = 0.0
    size: int = 0
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    """One database, and what came of it as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100, help="how many are published")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings=CARELESS)
    try:
        cluster.start()
        with psycopg.connect(**cluster.connection("postgres", "postgres"), autocommit=True) as root:
            prepare_cluster(root)
        set_up(cluster.url(OWNER, DATABASE))
        cases = list(published(options.claims))
        ask(cases, options.rounds)
        report(cases)
    finally:
        cluster.stop(immediately=True)
        cluster.release()
        remove(place)


def published(count: int) -> Iterator[Case]:
    """The pages of what is published here; the floor comes first."""
    from claims.models import PublicClaim, PublicEvent
    from sources.models import PublicActor, PublicSource
    from tests.factories import make_published_claim
    from tests.surfaces.rich import make_rich_claim

    rich = make_rich_claim()
    for _ in range(count - 1):
        make_published_claim(event=rich.event)
    claim = PublicClaim.objects.current().get(claim_id=rich.public_id)
    page = claim.get_absolute_url()
    event = PublicEvent.objects.get(public_id=claim.event_id)
    actor = PublicActor.objects.get(public_id=claim.claimant_id)
    source = PublicSource.objects.exclude(slug="").first()
    assert source is not None
    yield Case("smallest answer: /healthz (floor)", "/healthz")
    etag = answer(page)[1]["ETag"]
    yield Case("claim that the reader has", page, etag=etag, status=304, most=MOST_FLOORS)
    yield Case("claim", page, slowest=SLOWEST_CLAIM)
    yield Case("claim, in Ukrainian", f"/uk{page}", slowest=SLOWEST_CLAIM)
    yield Case("event", f"/events/{event.public_id}/{event.slug}/")
    yield Case("claimant", f"/claimants/{actor.public_id}/{actor.slug}/")
    yield Case("source", f"/sources/{source.public_id}/{source.slug}/")
    yield Case("home", "/")
    yield Case("list", "/claims/")
    yield Case("list, filtered", "/claims/?about=toll")
    yield Case("search", "/claims/?q=boats")
    yield Case("corrections", "/corrections/")
    yield Case("feed", "/feed.atom")


def answer(path: str, etag: str = "") -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of what the application answers."""
    from factcheck.wsgi import application

    told: list[Any] = []
    where, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": where,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    if etag:
        environ["HTTP_IF_NONE_MATCH"] = etag
    response = application(
        environ, lambda status, headers, info=None: told.extend((status, headers))
    )
    body = b"".join(response)
    response.close()
    return told[0], dict(told[1]), body


def ask(cases: list[Case], rounds: int) -> None:
    """Every case in every round; the first five fill the caches."""
    gc.collect()
    for number in range(rounds + 5):
        for case in cases:
            began = time.perf_counter()
            status, _, body = answer(case.path, case.etag)
            seconds = time.perf_counter() - began
            assert status.startswith(str(case.status)), (case.name, status)
            case.size = len(body)
            if number >= 5:
                case.seconds.append(seconds)


def report(cases: list[Case]) -> None:
    """The table."""
    floor = statistics.median(cases[0].seconds)
    print("| page | p50 (p95), ms | times the floor | bytes |\n|---|---|---|---|")
    for case in cases:
        median = statistics.median(case.seconds)
        too_slow = (case.most and median > case.most * floor) or (
            case.slowest and median * 1000 > case.slowest
        )
        late = " **too slow**" if too_slow else ""
        print(
            f"| {case.name} | {shown(case.seconds)}{late} | {median / floor:.1f} | {case.size:,} |"
        )


if __name__ == "__main__":
    main()

"""What a newcomer does: one command, on a machine where nothing is prepared."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from factcheck.database.cluster import Cluster
from tests.cluster import new_place

BASE = Path(__file__).resolve().parent.parent
OURS = (
    "DEBUG",
    "DEMONSTRATION",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "HTTPS",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_PUBLIC_URL",
    "DJANGO_SETTINGS_MODULE",
)


FICTION = "SELECT count(*) FROM claims_publicclaim WHERE status_line LIKE '%(fiction)%'"


@dataclass
class Demonstration:
    """Where a demonstration was set up, and what the command said."""

    home: Path
    said: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
        )

    def connect(self, role: str) -> psycopg.Connection:
        cluster = Cluster(self.home).start()
        return psycopg.connect(**cluster.connection(role, "factcheck"), autocommit=True)


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"DATABASE_HOME": str(home)}


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demonstration]:
    place = new_place()
    demonstration = Demonstration(place / "pg", "")
    result = demonstration.run("quickstart", "--no-serve")
    assert result.returncode == 0, result.stderr
    demonstration.said = result.stdout
    yield demonstration
    Cluster(demonstration.home).stop(immediately=True)
    shutil.rmtree(place, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def served(demonstration: Demonstration) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    number = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "quickstart", "--port", str(number)],
        cwd=BASE,
        env=environment(demonstration.home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{number}"
    for _ in range(300):
        try:
            if fetch(f"{address}/readyz")[0] == 200:
                break
        except OSError:
            time.sleep(0.1)
    yield address, process
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)


@pytest.fixture
def site(served: tuple[str, subprocess.Popen[bytes]]) -> str:
    return served[0]


def test_it_shows_its_steps_and_passwords_once_and_what_to_open_next(demonstration):
    assert re.findall(r"^(.+?) …$", demonstration.said, re.M) == [
        "Database: PostgreSQL, roles, tables, grants",
        "Demo accounts",
        "Seed article: document, claims, review, publication",
    ]
    accounts = re.findall(r"^  (reporter|checker|editor) +(\S{16})$", demonstration.said, re.M)
    assert [name for name, _ in accounts] == ["reporter", "checker", "editor"]
    assert "http://127.0.0.1:8000/admin/" in demonstration.said


def test_a_second_run_changes_nothing_and_keeps_the_passwords(demonstration):
    def everything() -> list[tuple]:
        with demonstration.connect("factcheck_owner") as owner:
            return [
                owner.execute(
                    f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) "
                    f"FROM {table} AS t"
                ).fetchone()
                for table in (
                    "auth_user",
                    "claims_claim",
                    "claims_claimevent",
                    "sources_document",
                    "ledger_publication",
                    "ledger_decision",
                    "claims_publicclaim",
                )
            ]

    before = everything()
    result = demonstration.run("quickstart", "--no-serve")

    assert result.returncode == 0, result.stderr
    assert "keep their passwords" in result.stdout
    assert everything() == before


def test_the_public_side_is_what_the_ledger_says(demonstration):
    result = demonstration.run("rebuild_public", "--check")

    assert result.stdout == "0 differences.\n"


def test_the_reader_reads_the_public_side_and_nothing_else(demonstration):
    with demonstration.connect("factcheck_reader") as reader:
        assert reader.execute("SELECT count(*) > 0 FROM claims_publicclaim").fetchone() == (True,)
        for table in (
            "claims_claim",
            "claims_embargo",
            "sources_actor",
            "ledger_decision",
            "auth_user",
            "procrastinate_jobs",
            "procrastinate_workers",
            "partners_apikey",
            "partners_apikeyevent",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT 1 FROM {table}")
        with pytest.raises(psycopg.Error):
            reader.execute("DELETE FROM claims_publicclaim")


def test_the_app_cannot_change_what_was_published(demonstration):
    with demonstration.connect("factcheck_app") as app:
        for table in (
            "ledger_publication",
            "ledger_decision",
            "ledger_mention",
            "claims_claimevent",
            "partners_apikeyevent",
        ):
            for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("UPDATE ledger_publication SET note = 'x'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE of_my_own (id int)")


def test_the_site_serves_claims_to_readers_and_partners(site):
    status, _, body = fetch(f"{site}/api/v1/claims/?page_size=1")
    assert status == 200
    [claim] = json.loads(body)["results"]

    page_status, headers, page = fetch(site + claim["path"])
    record_status, record_headers, record = fetch(f"{site}/api/v1/claims/{claim['id']}/")

    assert (page_status, record_status) == (200, 200)
    assert claim["status_line"].split(":")[0].encode() in page
    assert headers["X-Robots-Tag"] == "noindex"
    assert b"demonstration" in page
    assert record_headers["ETag"] == f'"{sha256(record).hexdigest()}"'


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/claims/",
        "/healthz",
        "/readyz",
        "/admin/login/",
        "/api/v1/claims/",
        "/static/factcheck/site.css",
    ],
)
def test_every_first_address_answers(site, path):
    assert fetch(site + path)[0] == 200


def test_a_port_that_is_taken_is_said_before_any_work(demonstration):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]

        result = demonstration.run("quickstart", "--port", str(number))

    assert result.returncode == 1
    assert f"Port {number} is taken" in result.stderr
    assert "Database" not in result.stdout


def test_it_refuses_to_load_a_demonstration_into_an_installation(demonstration):
    result = subprocess.run(
        [sys.executable, "manage.py", "quickstart", "--no-serve"],
        cwd=BASE,
        env=environment(demonstration.home)
        | {
            "SECRET_KEY": "a key of the tests alone",
            "ALLOWED_HOSTS": "factcheck.example",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "set DEMONSTRATION=1" in result.stderr


def test_an_administrator_can_be_made_with_the_rights_of_the_desk(demonstration, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "synthetic-password-of-a-test")

    made = demonstration.run(
        "createsuperuser", "--noinput", "--username", "synthetic", "--email", "a@mail.example"
    )

    assert made.returncode == 0, made.stderr
    assert "Superuser created" in made.stdout


def test_the_worked_example_is_loaded_when_asked_for_and_once(demonstration):
    with demonstration.connect("factcheck_reader") as reader:
        before = reader.execute(FICTION).fetchone()

    first = demonstration.run("quickstart", "--no-serve", "--example")
    again = demonstration.run("quickstart", "--no-serve", "--example")

    assert before == (0,)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "24 claims, each marked as fiction" in first.stdout
    assert "it was loaded before" in again.stdout


UPDATE_THAT_IS_DUE = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from procrastinate.contrib.django import app
from claims import workflow
from claims.models import Claim, Embargo, PublicClaim

names = ("reporter", "checker", "editor")
reporter, checker, editor = (User.objects.get(username=name) for name in names)
first = PublicClaim.objects.current().filter(version=1).first()
claim = Claim.objects.get(public_id=first.claim_id)
workflow.approve(workflow.submit(workflow.revise(claim, by=reporter), by=reporter), by=checker)
Embargo.objects.create(
    claim=claim, action="update", note="Synthetic note.", content_hash=claim.reviewed_hash,
    created_at=timezone.now() - timedelta(days=1), publish_at=timezone.now(), created_by=editor,
)
app.configure_task("claims.publish_due").defer(timestamp=0)
print(claim.public_id)
"""


def test_the_worker_beside_it_publishes_what_is_due(demonstration, site):
    result = demonstration.run("shell", "-v0", "-c", UPDATE_THAT_IS_DUE)
    assert result.returncode == 0, result.stderr
    claim = result.stdout.split()[-1]

    for _ in range(300):
        versions = json.loads(fetch(f"{site}/api/v1/claims/{claim}/versions/")[2])["results"]
        if len(versions) > 1:
            break
        time.sleep(0.1)

    assert sorted(version["publication"] for version in versions) == ["publish", "update"]


def processes_under(pid: int) -> dict[int, str]:
    """Every process below this one, with the words of its command."""
    found, parents = {}, {pid}
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    while True:
        below = {int(row[0]): row[2] for row in rows if int(row[1]) in parents}
        if below.keys() <= found.keys():
            return found
        found |= below
        parents |= below.keys()


def test_being_told_to_end_it_leaves_nothing_running(served):
    """The last test of those that need the site."""
    _, process = served
    below = processes_under(process.pid)
    assert [command for command in below.values() if "manage.py worker" in command]

    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)

    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []

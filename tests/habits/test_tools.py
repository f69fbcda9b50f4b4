"""What the tools say of the tree: format, types, migrations, deployment."""

import os
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent

# What the tests set for themselves, and no installation does.
NOT_OURS = ("HTTPS", "DJANGO_ALLOW_ASYNC_UNSAFE")

PRODUCTION = {
    "SECRET_KEY": "a key of the tests alone: " + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "factcheck.example",
}


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=BASE,
        env={name: value for name, value in os.environ.items() if name not in NOT_OURS}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def passes(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-5000:]


def test_ruff_finds_nothing():
    passes(run(BIN / "ruff", "check", "."))


def test_ruff_would_format_nothing():
    passes(run(BIN / "ruff", "format", "--check", "."))


def test_types_agree():
    passes(run(BIN / "mypy"))


def test_no_migration_is_missing():
    passes(run(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"))


def test_the_deployment_check_is_clean():
    passes(
        run(
            sys.executable,
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            **PRODUCTION,
        )
    )


def test_the_database_check_is_clean():
    passes(run(sys.executable, "manage.py", "check", "--database", "default"))


def test_help_and_check_start_no_server(tmp_path):
    home = tmp_path / "pg"
    bare = dict.fromkeys(("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"), "")

    for command in (["--help"], ["check"]):
        passes(run(sys.executable, "manage.py", *command, DATABASE_HOME=str(home), **bare))

    assert not home.exists()

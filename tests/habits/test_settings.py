"""Settings read the environment strictly, and say in one sentence what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent
READ = "import factcheck.settings as s; print(s.DEBUG, s.DEMONSTRATION, s.SECURED)"
NAMES = (
    "DEBUG",
    "DEMONSTRATION",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "HTTPS",
    "DATABASE_OWNER_URL",
    "DATABASE_PUBLIC_URL",
    "DATABASE_HOME",
)
COMPLETE = {
    "SECRET_KEY": "a key of the tests alone",
    "ALLOWED_HOSTS": "factcheck.example",
    "DATABASE_URL": "postgresql://factcheck_app@database.example/factcheck",
}


def read(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-c", READ],
        cwd=BASE,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_environment_is_a_demonstration(tmp_path):
    result = read(DATABASE_HOME=str(tmp_path))

    assert result.stdout.split() == ["False", "True", "False"]


def test_a_complete_environment_is_an_installation():
    result = read(**COMPLETE)

    assert result.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_what_is_missing_is_named_in_one_sentence(missing):
    result = read(**{name: value for name, value in COMPLETE.items() if name != missing})

    last = result.stderr.strip().splitlines()[-1]
    assert last == (
        "django.core.exceptions.ImproperlyConfigured: Without DEBUG the environment must set "
        f"{missing}; README.md says how."
    )


def test_debug_switched_off_in_words_asks_for_everything():
    result = read(DEBUG="0")

    assert "must set SECRET_KEY and ALLOWED_HOSTS and DATABASE_URL" in result.stderr


@pytest.mark.parametrize("value", ["maybe", "2", "ja"])
def test_a_switch_is_on_or_off(value):
    result = read(DEBUG=value)

    assert f"DEBUG must be 1 or 0, not “{value}”." in result.stderr


def test_an_address_that_is_none_is_refused():
    result = read(**COMPLETE | {"DATABASE_URL": "postgresql://["})

    assert "DATABASE_URL is not a PostgreSQL address." in result.stderr

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


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('security_contact = "security@newsroom.example"', "must be one address"),
        ('security_contact = "mailto:a@b.example\\nExpires: never"', "must be one address"),
        ('security_contact = ["mailto:a@b.example"]', "must be one address"),
        ("security_expires = 2027-11-01T00:00:00Z", "must be one address"),
        ('security_contact = "mailto:a@b.example"', "needs security_expires"),
        (
            'security_contact = "mailto:a@b.example"\nsecurity_expires = 2027-11-01',
            "needs security_expires",
        ),
        (
            'security_contact = "mailto:a@b.example"\nsecurity_expires = 2027-11-01T00:00:00',
            "needs security_expires",
        ),
    ],
)
def test_a_contact_that_security_txt_cannot_name_is_refused(tmp_path, said, why):
    file = tmp_path / "publisher.toml"
    file.write_text(f'name = "Synthetic newsroom"\n{said}\n')

    result = read(**COMPLETE, PUBLISHER_FILE=str(file))

    assert why in result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("said", ["", 'name = " "', "name = 1", "name"])
def test_a_publisher_has_a_name(tmp_path, said):
    file = tmp_path / "publisher.toml"
    file.write_text(said)

    result = read(**COMPLETE, PUBLISHER_FILE=str(file))

    assert "PUBLISHER_FILE" in result.stderr.strip().splitlines()[-1]


def test_a_contact_with_its_last_day_is_taken(tmp_path):
    file = tmp_path / "publisher.toml"
    file.write_text(
        'name = "Synthetic newsroom"\nsecurity_contact = "https://newsroom.example/security"\n'
        "security_expires = 2027-11-01T00:00:00Z\n"
    )

    assert read(**COMPLETE, PUBLISHER_FILE=str(file)).returncode == 0

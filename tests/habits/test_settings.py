"""Settings read the environment strictly, and say in one sentence what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.publisher import POLICIES
from factcheck.publisher_file import POLICY_NAMES

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
    "PUBLISHER_FILE",
    "SITE_URL",
)
COMPLETE = {
    "SECRET_KEY": "a key of the tests alone",
    "ALLOWED_HOSTS": "factcheck.example",
    "DATABASE_URL": "postgresql://factcheck_app@database.example/factcheck",
}


def read(*, code: str = READ, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-c", code],
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


@pytest.mark.parametrize(("value", "limit"), [("60/30", "(60, 30)"), ("off", "None")])
def test_a_limit_is_so_many_in_so_many_seconds_or_off(value, limit):
    read_limit = "import factcheck.settings as s; print(s.API_LIMITS['keyed'])"
    result = read(**COMPLETE, API_LIMIT_KEYED=value, code=read_limit)

    assert result.stdout.strip() == limit


@pytest.mark.parametrize("value", ["60", "0/30", "60/0", "-1/30", "a/b", "60/30/1", "٣/٣", "6e9/1"])
def test_a_limit_that_is_none_is_refused(value):
    result = read(**COMPLETE, API_LIMIT_ANONYMOUS=value)

    assert result.stderr.strip().endswith(
        f"API_LIMIT_ANONYMOUS must be requests/seconds, such as 60/30, or off, not “{value}”."
    )


# Who publishes


def with_publisher(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    """The settings, read with a file of the publisher's own that says this."""
    file = tmp_path / "publisher.toml"
    file.write_text(text)
    return read(**COMPLETE, PUBLISHER_FILE=str(file))


def test_a_publisher_needs_no_more_than_a_name(tmp_path):
    result = with_publisher(tmp_path, 'name = "Synthetic Desk"')

    assert (result.returncode, result.stderr) == (0, "")


def test_a_publishers_policies_stand_in_the_languages_of_the_pages(tmp_path):
    result = with_publisher(
        tmp_path, 'name = "Synthetic Desk"\n[policies.staff]\nen = "Two."\nuk = "Двоє."'
    )

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "name must be a text in quotation marks, and not empty."),
        ('name = " "', "name must be a text in quotation marks, and not empty."),
        ("name = 7", "name must be a text in quotation marks, and not empty."),
        (
            'name = "A"\nowner = "B"',
            "the file has no “owner”; there are name, policies, "
            "security_contact, security_expires.",
        ),
        ('name = "A"\npolicies = "B"', "policies must be a table."),
        (
            'name = "A"\n[policies.owner]\nen = "B"',
            "policies has no “owner”; there are corrections, ownership, funding, staff, "
            "complaints.",
        ),
        ('name = "A"\n[policies]\nstaff = "B"', "policies.staff must be a table."),
        (
            'name = "A"\n[policies.staff]\nen = "B"\nde = "C"',
            "policies.staff has no “de”; there are en, fr, uk.",
        ),
        (
            'name = "A"\n[policies.staff]\nuk = "B"',
            "policies.staff needs its words in “en”, which all other languages show.",
        ),
        (
            'name = "A"\n[policies.staff]\nen = ["B"]',
            "policies.staff.en must be a text in quotation marks, and not empty.",
        ),
    ],
)
def test_a_publishers_file_of_another_shape_is_refused_in_one_sentence(tmp_path, text, sentence):
    result = with_publisher(tmp_path, text)

    last = result.stderr.strip().splitlines()[-1]
    assert result.returncode != 0
    assert last == f"django.core.exceptions.ImproperlyConfigured: PUBLISHER_FILE: {sentence}"


@pytest.mark.parametrize("text", ['name = "A', 'name = "A"\nname = "B"'])
def test_a_publishers_file_that_is_no_toml_is_refused(tmp_path, text):
    result = with_publisher(tmp_path, text)

    assert "ImproperlyConfigured: PUBLISHER_FILE cannot be read: " in result.stderr


def test_a_publishers_file_that_is_not_there_is_refused(tmp_path):
    result = read(**COMPLETE, PUBLISHER_FILE=str(tmp_path / "none.toml"))

    assert "ImproperlyConfigured: PUBLISHER_FILE cannot be read: " in result.stderr


def test_pages_and_the_publishers_file_know_the_same_policies():
    assert tuple(POLICIES) == POLICY_NAMES


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
    result = with_publisher(tmp_path, f'name = "Synthetic newsroom"\n{said}\n')

    assert why in result.stderr.strip().splitlines()[-1]


def test_a_contact_with_its_last_day_is_taken(tmp_path):
    result = with_publisher(
        tmp_path,
        'name = "Synthetic newsroom"\nsecurity_contact = "https://newsroom.example/security"\n'
        "security_expires = 2027-11-01T00:00:00Z\n",
    )

    assert (result.returncode, result.stderr) == (0, "")

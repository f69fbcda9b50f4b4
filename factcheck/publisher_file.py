"""The file in which the publisher says of itself who it is, read strictly.

A slip in it would otherwise be a policy that nobody finds on the pages.
"""

import re
import tomllib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEYS = ("name", "policies", "security_contact", "security_expires")
POLICY_NAMES = ("corrections", "ownership", "funding", "staff", "complaints")


def read_publisher(path: Path, *, languages: Collection[str], english: str) -> dict[str, Any]:
    """Name and policies of whoever publishes: `{"name": …, "policies": {name: {language: text}}}`,
    and, where they are given, `security_contact` with `security_expires`.

    Raises ImproperlyConfigured, in one sentence, for a file that is not of this shape.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"PUBLISHER_FILE cannot be read: {error}") from error
    check_keys(told, KEYS, where="")
    check_text(told.get("name"), where="name")
    policies = told.get("policies", {})
    check_keys(policies, POLICY_NAMES, where="policies")
    for name, words in policies.items():
        where = f"policies.{name}"
        check_keys(words, languages, where=where)
        if english not in words:
            raise refusal(where, f"needs its words in “{english}”, which all other languages show")
        for language, text in words.items():
            check_text(text, where=f"{where}.{language}")
    check_security_contact(told)
    return told


def check_keys(table: object, known: Collection[str], *, where: str) -> None:
    """Raise unless it is a table with known keys alone."""
    if not isinstance(table, dict):
        raise refusal(where, "must be a table")
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise refusal(where, f"has no “{unknown[0]}”; there are {', '.join(known)}")


def check_security_contact(told: dict[str, Any]) -> None:
    """Raise for what security.txt (RFC 9116) cannot say: a contact that is no address, or no day on
    which it ends.
    """
    contact, expires = told.get("security_contact"), told.get("security_expires")
    if contact is None and expires is None:
        return
    if not re.fullmatch(r"(?:mailto:|https://|tel:)[!-~]+", str(contact)):
        raise refusal("security_contact", "must be one address, as in mailto:security@…")
    if not isinstance(expires, datetime) or expires.tzinfo is None:
        raise refusal("security_contact", "needs security_expires, as in 2027-11-01T00:00:00Z")


def check_text(value: object, *, where: str) -> None:
    """Raise unless it is a text with words in it."""
    if not isinstance(value, str) or not value.strip():
        raise refusal(where, "must be a text in quotation marks, and not empty")


def refusal(where: str, sentence: str) -> ImproperlyConfigured:
    """What is wrong, and where."""
    return ImproperlyConfigured(f"PUBLISHER_FILE: {where or 'the file'} {sentence}.")

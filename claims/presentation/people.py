"""Claimants and sources in words: what they are, their names, and for which days something held."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.presentation.words import day_words
from claims.vocabulary import LISTS

Content = dict[str, Any]


@dataclass(frozen=True)
class Name:
    """A further name: in which language, and how it comes to us (“as printed”)."""

    name: str
    language: str
    form: str


@dataclass(frozen=True)
class Held:
    """Something that held for days, such as a role: with whom, and the part of the record that
    tells of it, its passage included. `days` is empty where none is established.
    """

    reference: Content | None
    told: Content
    days: str


def meaning(name: str, code: str) -> str:
    """The reader's label of a code, as it stands by itself; the code itself where there is none."""
    found = LISTS[name].meanings.get(code)
    return _(found.reader_label) if found else code


def names_of(content: Content) -> list[Name]:
    """All further names and spellings of an actor, as the record has them."""
    return [
        Name(one["name"], one["language"], meaning("name-form", one["form"]))
        for one in content["names"]
    ]


def roles_of(content: Content) -> list[Held]:
    """The roles of an actor, the last established ones first."""
    return newest_first(held(role["body"], role) for role in content["roles"])


def controls_of(content: Content) -> list[Held]:
    """Who controls an actor, the last established ones first."""
    return newest_first(held(control["parent"], control) for control in content["controls"])


def held(reference: Content | None, told: Content) -> Held:
    """A role or a control, with its days in words."""
    return Held(reference, told, days_held(told["held_from"], told["held_until"]))


def newest_first(ones: Iterable[Held]) -> list[Held]:
    """By the last established day, then by the first; what has no day at the end."""

    def by_day(one: Held) -> tuple[str, str]:
        first, last = one.told["held_from"] or "", one.told["held_until"] or ""
        return (last or first, first)

    return sorted(ones, key=by_day, reverse=True)


def days_held(first: str | None, last: str | None) -> str:
    """“from 2 March 2020 to 9 March 2020”; empty where no day is established."""
    if first and first == last:
        return _("on %(day)s") % {"day": day_words(first)}
    if first and last:
        return _("from %(first)s to %(last)s") % {
            "first": day_words(first),
            "last": day_words(last),
        }
    if first:
        return _("from %(first)s") % {"first": day_words(first)}
    return _("until %(last)s") % {"last": day_words(last)} if last else ""

"""What differs between two contents of a claim's record, in words. Pure.

Everything that differs is told: what this module has no words for, by the name of its field. Only
what is derived from the rest (the status line, the ends that were counted) is left out.
"""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from claims.presentation.difference_words import (
    CODES,
    DERIVED,
    FIELDS,
    LISTS_OF_ENTRIES,
    OTHERS_WORDS,
    OUR_WORDS,
    bounds_text,
    key_of,
    place_text,
    shortened,
    title_of,
    words_of,
)
from claims.presentation.words import in_list, number_words
from factcheck.common.marked import ADDED, REMOVED, Piece, marked

Content = dict[str, Any]
# What to call documents and citations, by their ids.
Names = dict[Any, str]
CHANGED = "changed"
NOTHING: tuple[Any, ...] = ("", None, [])
NUMBERS = {"low", "best", "high"}


@dataclass(frozen=True)
class Change:
    """One field: what it is called, how it changed, and its words with what came and went.

    `language` is theirs, empty where the record does not say, and None for codes and dates, which
    are told in the page's.
    """

    label: str
    how: str
    pieces: list[Piece]
    language: str | None = None
    # For programs: the path of the field in the record, and what stands there.
    field: str = dataclasses.field(default="", compare=False)
    before: Any = dataclasses.field(default=None, compare=False)
    after: Any = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True)
class Group:
    """What changed in one part of the record: the claim itself, one figure, one citation …
    `words` are those in the title by which people know it.
    """

    title: str
    how: str
    changes: list[Change]
    words: str = ""
    # For programs: the list of the record, and what identifies the entry in it.
    part: str = dataclasses.field(default="", compare=False)
    key: dict[str, Any] | None = dataclasses.field(default=None, compare=False)


def differences(before: Content, after: Content) -> list[Group]:
    """What to tell of the way from one content to the other; empty where nothing differs."""
    changes = changes_of(own(before), own(after), "", before, after)
    groups = [Group(gettext("The claim"), CHANGED, changes, part="claim")]
    for name in LISTS_OF_ENTRIES:
        groups += groups_of(name, before, after)
    return [group for group in groups if group.changes]


def own(content: Content) -> Content:
    """What is no list of entries, and not derived."""
    return {
        name: value
        for name, value in content.items()
        if name not in LISTS_OF_ENTRIES and name not in DERIVED
    }


def groups_of(name: str, before: Content, after: Content) -> Iterator[Group]:
    """The entries of one list that came, changed or went; matched by what identifies them."""
    old, new = entries(name, before), entries(name, after)
    for key in [*new, *(key for key in old if key not in new)]:
        one, other = old.get(key), new.get(key)
        how = CHANGED if one and other else ADDED if other else REMOVED
        told = (name, other or one or {}, after if other else before)
        changes = changes_of(one or {}, other or {}, name, before, after)
        named = {part: (other or one or {}).get(part) for part in LISTS_OF_ENTRIES[name].key}
        yield Group(title_of(*told), how, changes, shortened(words_of(*told)), part=name, key=named)
    kept = [key for key in new if key in old]
    if kept != [key for key in old if key in new]:
        names = [title_of(name, new[key], after) for key in kept]
        yield Group(
            gettext(LISTS_OF_ENTRIES[name].order),
            CHANGED,
            [Change(gettext("Now"), CHANGED, [Piece("; ".join(names))], field=f"{name}.*")],
            part=name,
        )


def entries(name: str, content: Content) -> dict[Any, Content]:
    """The entries of a list by their key; equal keys are told apart by their place."""
    found: dict[Any, Content] = {}
    for number, entry in enumerate(content.get(name) or []):
        key = key_of(name, entry)
        found[key if key not in found else (key, number)] = entry
    return found


def changes_of(
    before: Content, after: Content, name: str, old_content: Content, new_content: Content
) -> list[Change]:
    """The fields of one part that differ."""
    old = {path: told for path, *told in flat(before, name, titles(old_content))}
    new = {path: told for path, *told in flat(after, name, titles(new_content))}
    nothing: list[Any] = ["", None]
    changes = [
        change_of(path, old.get(path, nothing), new.get(path, nothing), new_content)
        for path in [*new, *(path for path in old if path not in new)]
        if old.get(path, nothing)[0] != new.get(path, nothing)[0]
    ]
    if not changes and underived(before, name) != underived(after, name):
        # The same words at another place of the text, or in another copy.
        pieces = [Piece(gettext("not shown in words"))]
        return [Change(gettext("A detail of the record"), CHANGED, pieces, field=name)]
    return changes


def underived(value: Any, path: str) -> Any:
    """The value without what is derived from the rest, and without what says nothing: a record of
    an older schema does not have every field.
    """
    if not isinstance(value, dict):
        return value
    below = {name: f"{path}.{name}" if path else name for name in value}
    return {
        name: underived(inner, below[name])
        for name, inner in value.items()
        if below[name] not in DERIVED and inner not in NOTHING
    }


def change_of(path: str, old: list[Any], new: list[Any], content: Content) -> Change:
    """One field, marked; old and new are words and value."""
    [was, before], [now, after] = old, new
    how = ADDED if not was else REMOVED if not now else CHANGED
    language = language_of(path, content)
    return Change(label_of(path), how, marked(was, now), language, path, before, after)


def language_of(path: str, content: Content) -> str | None:
    """The language of a field's words."""
    if path in OUR_WORDS:
        return str(content["language"])
    return "" if path in OTHERS_WORDS else None


# Reading


def flat(value: Any, path: str, names: Names) -> Iterator[tuple[str, str, Any]]:
    """Every field below with its path: as words, and as it is."""
    if (text := text_of(value, path, names)) is not None:
        yield path, text, value
        return
    for name, inner in value.items():
        below = f"{path}.{name}" if path else name
        if below not in DERIVED:
            yield from flat(inner, below, names)


def text_of(value: Any, path: str, names: Names) -> str | None:
    """A value in words; None for a part that has fields of its own."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    for fits, words in SHAPES:
        if fits(value):
            return words(value)
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        return ", ".join(text_of(one, f"{path}.*", names) or str(one) for one in value)
    if path in CODES:
        return in_list(CODES[path]).get(value, str(value))
    if path.rpartition(".")[2] in NUMBERS:
        return number_words(value)
    return names.get(value, str(value))


def titles(content: Content) -> Names:
    """What to call the documents and citations that other parts name by id."""
    documents = {row["id"]: f"“{row['title']}”" for row in content.get("documents", [])}
    return documents | {
        row["id"]: documents.get(row["document"], row["document"])
        for row in content.get("citations", [])
    }


def is_shaped(*names: str) -> Callable[[Any], bool]:
    """A question: is it a part with all these fields?"""
    return lambda value: isinstance(value, dict) and value.keys() >= set(names)


SHAPES: tuple[tuple[Callable[[Any], bool], Callable[[Any], str]], ...] = (
    (lambda value: is_shaped("id", "name")(value) and len(value) == 2, lambda value: value["name"]),
    (is_shaped("not_before", "as_printed"), bounds_text),
    (is_shaped("locator", "ranges"), place_text),
)


def label_of(path: str) -> str:
    """What a field is called; its own name where we have no other."""
    return gettext(FIELDS.get(path) or path.rpartition(".")[2].replace("_", " ").capitalize())

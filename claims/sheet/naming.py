"""What a row refers to, found by key or by name, and created where it is not there yet."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from claims.finding import EVENT_NAMES, TOPIC_NAMES, events_found, topics_found
from claims.models import Event
from claims.sheet.problems import Problem, Refused
from factcheck.common.errors import InvalidInput
from factcheck.common.finding import Names, Places, keys_of
from factcheck.common.numbers import MAX_INTEGER
from factcheck.common.text import clean_line, excerpt, name_skeleton
from sources.finding import (
    ACTOR_NAMES,
    DOCUMENT_NAMES,
    SOURCE_NAMES,
    actors_found,
    actors_nearly_found,
    documents_found,
    sources_found,
    sources_nearly_found,
)
from sources.models import Actor, Document

Data = dict[str, Any]

MAX_FOUND = 20
MAX_SIMILAR = 5
MAX_QUERY = 200
# How much of two names has to be the same before one is shown for the other.
ALIKE = 0.75
# What of a name's words is looked for, and with how many rows of each place it is compared.
BEGINNING = 4
MAX_WORDS = 6
MAX_CANDIDATES = 200


def not_found(typed: str) -> Places:
    """Nowhere: what has no index of spellings."""
    return []


@dataclass(frozen=True)
class Named:
    """A kind of row that has a name, and perhaps further ones. However many rows there are, a bound
    number of them is looked at.
    """

    names: tuple[Names, ...]
    """The row's own name first."""
    detail: Callable[[Any], str]
    found: Callable[[str], Places]
    nearly_found: Callable[[str], Places] = not_found
    related: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        """What the rows are."""
        return self.names[0].model

    @property
    def name(self) -> str:
        """The field that has the row's own name."""
        return self.names[0].field

    def rows(self) -> QuerySet[Any]:
        """The rows that stand for themselves; what was merged is found as what stands for it."""
        rows: QuerySet[Any] = self.model._default_manager.select_related(*self.related)
        if any(one.name == "merged_into" for one in self.model._meta.fields):
            rows = rows.filter(merged_into=None)
        return rows

    def exactly(self, name: str) -> Places:
        """Where rows of exactly this name are, whatever its case."""
        return [names.exactly(name) for names in self.names]

    def beginning_with(self, words: str) -> Q:
        """Rows with a name that begins with the words; to be asked of few rows."""
        own, *others = self.names
        wanted = Q((f"{own.field}__istartswith", words))
        for names in others:
            theirs = {names.whose: OuterRef("pk"), f"{names.field}__istartswith": words}
            wanted |= Q(Exists(names.model._default_manager.filter(**theirs)))
        return wanted

    def as_data(self, row: Any) -> Data:
        """A row as it is offered."""
        return {"id": row.pk, "label": str(row), "detail": self.detail(row)}


def detail_of_actor(actor: Actor) -> str:
    """What it is."""
    return ", ".join(filter(None, (actor.get_kind_display(), actor.description)))


def detail_of_event(event: Event) -> str:
    """When and where it happened."""
    when = event.happened
    days = [day.isoformat() for day in (when.not_before, when.not_after) if day is not None]
    return ", ".join(filter(None, (" – ".join(dict.fromkeys(days)), event.place)))


def detail_of_document(document: Document) -> str:
    """What it is, and whose."""
    source = str(document.source) if document.source is not None else ""
    return ", ".join(filter(None, (document.get_kind_display(), source)))


NAMED: dict[str, Named] = {
    "actor": Named(ACTOR_NAMES, detail_of_actor, actors_found, actors_nearly_found),
    "event": Named(EVENT_NAMES, detail_of_event, events_found),
    "source": Named(
        SOURCE_NAMES,
        lambda source: source.get_kind_display(),
        sources_found,
        sources_nearly_found,
    ),
    "topic": Named(TOPIC_NAMES, lambda topic: "", topics_found),
    "document": Named(DOCUMENT_NAMES, detail_of_document, documents_found, related=("source",)),
}


def named_kind(kind: object) -> Named:
    """The kind of this name. Raises InvalidInput."""
    if not isinstance(kind, str) or kind not in NAMED:
        raise InvalidInput.at("kind", f"Give one of {', '.join(NAMED)}.")
    return NAMED[kind]


def find(kind: str, words: str) -> list[Data]:
    """Up to twenty rows by words of a name or alias, by public id, or by what is spelt nearly so;
    what begins with the words comes first. Without words, the first there are. Raises InvalidInput.
    """
    named = named_kind(kind)
    words = clean_line(words, name="q", max_length=MAX_QUERY)
    rows = named.rows()
    if words:
        keys = keys_of(named.exactly(words) + named.found(words))
        rows = rows.filter(pk__in=keys or keys_of(named.nearly_found(words)))
        first = Case(When(named.beginning_with(words), then=Value(0)), default=Value(1))
        rows = rows.order_by(first, named.name, "pk")
    return [named.as_data(row) for row in rows[:MAX_FOUND]]


def similar(kind: str, name: str) -> list[Data]:
    """Rows whose name is nearly the same, or whose alias is the same, the nearest first.

    Looks among rows that are spelt nearly so or share the beginnings of words with it: a slip of
    the keyboard is found, another word for the same thing is not.
    """
    named = named_kind(kind)
    same = called(named, name)[:MAX_SIMILAR]
    near = keys_of([place[:MAX_CANDIDATES] for place in places_near(named, name)])
    skeleton = name_skeleton(name)
    alike = {
        row: SequenceMatcher(None, skeleton, name_skeleton(str(row))).ratio()
        for row in named.rows().filter(pk__in=near).order_by(named.name, "pk")
        if row not in same
    }
    nearest = sorted((row for row in alike if alike[row] >= ALIKE), key=lambda row: -alike[row])
    return [named.as_data(row) for row in [*same, *nearest][:MAX_SIMILAR]]


def called(named: Named, name: str) -> list[Any]:
    """The rows of exactly this name, whatever its case, the oldest first."""
    return list(named.rows().filter(pk__in=keys_of(named.exactly(name))).order_by("pk"))


def places_near(named: Named, name: str) -> Places:
    """Where to look for names that are nearly the same: with the beginnings of all words, of all
    but one, of any. What is rarer has a place of its own, which the common cannot fill.
    """
    words = [word for word in re.findall(r"\w+", name) if len(word) >= BEGINNING][:MAX_WORDS]
    begun = list(dict.fromkeys(f"{word[:BEGINNING]}:*" for word in words))
    queries = {
        " | ".join(f"({' & '.join(part)})" for part in combinations(begun, number))
        for number in {len(begun), len(begun) - 1, 1}
        if number > 0
    }
    begun_so = [names.begun(query) for query in sorted(queries) for names in named.names]
    return named.nearly_found(name) + begun_so


def referred_to(kind: str, given: object, *, field: str) -> Any:
    """The row that a cell refers to, by `id` or by `name`; None for null. Raises Refused."""
    if given is None:
        return None
    named = NAMED[kind]
    if not isinstance(given, dict):
        raise Refused.at(field, "Give an id or a name.")
    if "id" in given:
        return by_key(kind, given["id"], field=field)
    try:
        name = clean_line(given.get("name"), name=field)
    except InvalidInput as error:
        raise Refused.at(field, error.errors[0].message) from error
    found = called(named, name) if name else []
    if len(found) == 1:
        return found[0]
    reason = "More than one has the name" if found else "Nothing here has the name"
    raise Refused(
        [Problem(field, f"{reason} “{excerpt(name)}”: choose one.", tuple(similar(kind, name)))]
    )


def by_key(kind: str, key: object, *, field: str) -> Any:
    """The row with this primary key. Raises Refused."""
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key <= MAX_INTEGER
    # Not among those that stand for themselves alone: a row may point at what was merged since.
    row = NAMED[kind].model._default_manager.filter(pk=key).first() if is_key else None
    if row is None:
        raise Refused.at(field, "What was chosen here is not there any more: choose again.")
    return row

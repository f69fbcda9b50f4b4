"""What a row refers to, found by key or by name, and created where it is not there yet."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from claims.models import Event, Topic
from claims.sheet.problems import Problem, Refused
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import MAX_INTEGER
from factcheck.common.text import clean_line, excerpt, name_skeleton
from sources.models import Actor, Document, Source

Data = dict[str, Any]

MAX_FOUND = 20
MAX_SIMILAR = 5
MAX_QUERY = 200
# How much of two names has to be the same before one is shown for the other.
ALIKE = 0.75
# What of a name is looked for, and among how many rows it is compared.
BEGINNING = 4
MAX_WORDS = 6
MAX_CANDIDATES = 200


@dataclass(frozen=True)
class Named:
    """A kind of row that has a name, and perhaps further ones."""

    model: Any
    name: str
    aliases: str
    detail: Callable[[Any], str]
    related: tuple[str, ...] = ()

    def rows(self) -> QuerySet[Any]:
        """The rows that stand for themselves; what was merged is found as what stands for it."""
        rows: QuerySet[Any] = self.model._default_manager.select_related(*self.related)
        if any(one.name == "merged_into" for one in self.model._meta.fields):
            rows = rows.filter(merged_into=None)
        return rows

    def by_name(self, lookup: str, words: str) -> Q:
        """Rows with such a name, or such a further one."""
        wanted = Q((f"{self.name}__{lookup}", words))
        if self.aliases:
            having = self.model._default_manager.filter(**{f"{self.aliases}__{lookup}": words})
            wanted |= Q(pk__in=having.values("pk"))
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
    "actor": Named(Actor, "name", "names__name", detail_of_actor),
    "event": Named(Event, "title", "", detail_of_event),
    "source": Named(Source, "name", "", lambda source: source.get_kind_display()),
    "topic": Named(Topic, "name", "names__name", lambda topic: ""),
    "document": Named(Document, "title", "", detail_of_document, ("source",)),
}


def named_kind(kind: object) -> Named:
    """The kind of this name. Raises InvalidInput."""
    if not isinstance(kind, str) or kind not in NAMED:
        raise InvalidInput.at("kind", f"Give one of {', '.join(NAMED)}.")
    return NAMED[kind]


def find(kind: str, words: str) -> list[Data]:
    """Up to twenty rows by a part of a name or alias, or by public id; what begins with the words
    comes first. Raises InvalidInput.
    """
    named = named_kind(kind)
    words = clean_line(words, name="q", max_length=MAX_QUERY)
    first = Case(When(named.by_name("istartswith", words), then=Value(0)), default=Value(1))
    rows = named.rows().filter(named.by_name("icontains", words) | Q(public_id=words))
    return [named.as_data(row) for row in rows.order_by(first, named.name, "pk")[:MAX_FOUND]]


def similar(kind: str, name: str) -> list[Data]:
    """Rows whose name is nearly the same, or whose alias is the same, the nearest first.

    Looks among rows that share the beginning of a word with it: a slip of the keyboard is found,
    another word for the same thing is not.
    """
    named = named_kind(kind)
    is_same = named.by_name("iexact", name)
    shares = is_same
    for word in name.split()[:MAX_WORDS]:
        if len(word) >= BEGINNING:
            shares |= named.by_name("icontains", word[:BEGINNING])
    same = list(named.rows().filter(is_same).order_by("pk")[:MAX_SIMILAR])
    others = named.rows().filter(shares).order_by(named.name, "pk")[:MAX_CANDIDATES]
    skeleton = name_skeleton(name)
    alike = {
        row: SequenceMatcher(None, skeleton, name_skeleton(str(row))).ratio()
        for row in others
        if row not in same
    }
    nearest = sorted((row for row in alike if alike[row] >= ALIKE), key=lambda row: -alike[row])
    return [named.as_data(row) for row in [*same, *nearest][:MAX_SIMILAR]]


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
    found = list(named.rows().filter(named.by_name("iexact", name))[:2]) if name else []
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

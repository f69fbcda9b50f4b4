"""How subjects of one kind are published, and what a row is called in the ledger."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.models.merging import resolved
from sources.record import Content, Quote


def no_secrets(row: Any) -> Iterable[str]:
    """Most kinds have nothing that must not be printed."""
    return ()


@dataclass(frozen=True)
class Kind:
    """How subjects of one kind are published.

    `load` reads a row anew with all that the other functions need. `name` is what the public calls
    a row that was never published. `documents` are those the content tells of, `secrets` what no
    record that mentions the row may print. `goes_along` says whether a row that was never
    published goes out with whatever mentions it; a claim never does. What was published under an
    older version of the schema goes out again under that one. `load_many` and `project_new` do for
    many rows, and for many first publications, what `load` and `project` do for one.
    """

    model: type[models.Model]
    load: Callable[[Any], Any]
    name: Callable[[Any], str]
    content: Callable[[Any, Quote], Content]
    mentions: Callable[[Any], Iterable[models.Model]]
    documents: Callable[[Any], Iterable[models.Model]]
    schema: Mapping[str, Any]
    others_words: tuple[str, ...]
    project: Callable[[Publication], None]
    project_new: Callable[[Sequence[Publication]], None] | None = None
    load_many: Callable[[Iterable[Any]], list[Any]] | None = None
    secrets: Callable[[Any], Iterable[str]] = no_secrets
    schema_version: int = 1
    older_schemas: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    goes_along: bool = True


Kinds = Mapping[str, Kind]


def subject_of(instance: models.Model, kinds: Kinds) -> Subject:
    """The ledger's name of this very row, whatever stands for it now."""
    for name, kind in kinds.items():
        if isinstance(instance, kind.model):
            return Subject(name, instance.public_id)  # type: ignore[attr-defined]
    raise TypeError(f"{type(instance).__name__} is not published by itself.")


def subject_told(instance: models.Model, kinds: Kinds) -> Subject:
    """The subject that a record tells where the row is mentioned: what stands for it now."""
    return subject_of(resolved(instance), kinds)

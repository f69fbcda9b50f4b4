"""Which names of actors stand in a text. However long it is, each table of names is asked once."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Func, Value
from django.db.models.functions import Lower

from claims.proposing.proposal import KnownName
from sources.choices import ActorKind
from sources.finding import ACTOR_NAMES
from sources.models import Actor

# So many words has the longest name that is looked for, and so many names are looked for at most.
LONGEST_NAME = 7
MOST_NAMES = 100_000
_ARTICLES = frozenset({"the", "le", "la", "les"})
_RUN = re.compile(r"[^\W_][\w’'.-]*(?:[ \u00a0]+[^\W_][\w’'.-]*)*")


class Among(Func):
    """Whether a text is one of many: they travel as a single array, and are hashed once."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s::text[]))"
    output_field = BooleanField()


def known_names_in(text: str) -> list[KnownName]:
    """The names of actors that stand in the text, word by word, whatever their case."""
    wanted = sorted(candidates_in(text))
    if not wanted:
        return []
    persons: set[int] = set()
    found: list[tuple[int, str]] = []
    for names in ACTOR_NAMES:
        owner = "" if names.model is Actor else "actor__"
        rows: Any = names.model._default_manager.filter(
            Among(Lower(names.field), Value(wanted)), **{f"{owner}merged_into": None}
        ).values_list(names.whose, names.field, f"{owner}kind")
        for key, name, kind in rows:
            found.append((key, name))
            if kind == ActorKind.PERSON:
                persons.add(key)
    return [KnownName(key, name, is_person=key in persons) for key, name in sorted(set(found))]


def candidates_in(text: str) -> set[str]:
    """What in the text may be a name: up to so many words in a row, in small letters, of which
    the first or the last has a capital, or which begin with an article.
    """
    found: set[str] = set()
    for run in _RUN.finditer(text):
        words = run.group().split()
        begins = [word[:1].isupper() or word.lower() in _ARTICLES for word in words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
                if begins[start] or begins[end - 1]:
                    found.update(spellings_of(" ".join(words[start:end]).lower()))
        if len(found) > MOST_NAMES:
            break
    return found


def spellings_of(words: str) -> Iterator[str]:
    """The words as a name may be kept."""
    bare = re.sub(r"^[ld][’']", "", words.rstrip(".,-’'"))
    bare = re.sub(r"[’']s$", "", bare)
    yield bare
    if "’" in bare or "'" in bare:
        yield bare.replace("’", "'")
        yield bare.replace("'", "’")

"""Looking for words and addresses in SQL: bounded, in any script, whatever case and accents.

The configuration `finding` and the functions `finding_query` and `address_key` are made by a
migration of `sources`, the lowest room that has tables of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import (
    SearchQuery,
    SearchQueryField,
    SearchVector,
    SearchVectorField,
)
from django.db import models
from django.db.models import Value
from django.db.models.functions import Left

CONFIGURATION = "finding"
# So many rows of each place are looked at, in lists and fields to choose from.
MOST_FOUND = 500
# Longer texts are found by their beginning.
MAX_INDEXED = 10_000

# Where to look for what was typed: querysets of one column, the keys of rows.
Places = list[models.QuerySet[Any, Any]]

_ADDRESS = re.compile(
    r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE
)


class Words(SearchVector):
    """The words of text columns, as an index keeps them."""

    def __init__(self, *fields: str) -> None:
        columns = [Left(field, MAX_INDEXED) for field in fields]
        super().__init__(*columns, config=CONFIGURATION)


class Asked(models.Func):
    """What a person typed: all words, “phrases” and -minus, the last word maybe only begun."""

    function = "finding_query"
    output_field = SearchQueryField()


class Terms(models.Func):
    """A query whose lexemes stand as they are, in PostgreSQL's own notation."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()


class AddressKey(models.Func):
    """A web address without what does not tell documents apart; see the SQL function."""

    function = "address_key"
    output_field = models.CharField(max_length=300)


class AddressBelow(models.Func):
    """The pattern of the addresses below an address."""

    function = "address_below"
    output_field = models.CharField()


class Exactly(models.Func):
    """Whether two texts are the same."""

    arg_joiner = " = "
    template = "(%(expressions)s)"
    output_field = models.BooleanField()


class Like(Exactly):
    """Whether a text matches a pattern."""

    arg_joiner = " LIKE "


class Holds(Exactly):
    """Whether the words hold what is asked."""

    arg_joiner = " @@ "


class Filed(models.Func):
    """Texts as one column of words, in four weights, with facts beside them: lexemes that no word
    can be. For inserting a row.
    """

    output_field = SearchVectorField()
    arg_joiner = " || "
    template = "(%(expressions)s)"

    def __init__(
        self,
        *,
        A: Sequence[str] = (),
        B: Sequence[str] = (),
        C: Sequence[str] = (),
        D: Sequence[str] = (),
        facts: Sequence[str] = (),
    ) -> None:
        texts = {"A": A, "B": B, "C": C, "D": D}
        parts = [Weighed(text[:MAX_INDEXED], weight) for weight in texts for text in texts[weight]]
        super().__init__(*parts, Facts(Value(list(facts))))


class Facts(models.Func):
    """Lexemes without a place."""

    template = "array_to_tsvector(%(expressions)s::text[])"
    output_field = SearchVectorField()


class Weighed(models.Func):
    """The words of a text with a weight."""

    template = f"setweight(to_tsvector('{CONFIGURATION}', %(expressions)s), '%(weight)s')"
    output_field = SearchVectorField()

    def __init__(self, text: str, weight: str) -> None:
        super().__init__(Value(text), weight=weight)


def words_index(name: str, *fields: str) -> GinIndex:
    """An index for `having_words` on these fields. It has no pending list: after an import every
    search would read that as well.
    """
    return GinIndex(Words(*fields), name=name, fastupdate=False)


def likeness_index(name: str, field: str) -> GinIndex:
    """An index for `spelt_like`; for short columns alone."""
    return GinIndex(OpClass(field, name="gin_trgm_ops"), name=name, fastupdate=False)


def address_index(name: str, field: str) -> models.Index:
    """An index for `at_address`."""
    return models.Index(
        OpClass(AddressKey(field), name="text_pattern_ops"),
        name=name,
        condition=~models.Q(**{field: ""}),
    )


def having_words(typed: str, *fields: str) -> Holds:
    """The condition that these fields have the words; the fields are those of the index."""
    return Holds(Words(*fields), Asked(models.Value(typed)))


def having_beginnings(query: str, *fields: str) -> Holds:
    """The condition that these fields have words of these beginnings, as in `synt:* | harb:*`."""
    return Holds(Words(*fields), SearchQuery(query, config=CONFIGURATION, search_type="raw"))


def having_name(name: str, field: str, *fields: str) -> models.Q:
    """The condition that the field is the name, whatever its case. `fields` are those of the index,
    if it has others as well. A name without a letter or digit is nobody's.
    """
    phrase = '"{}"'.format(name.replace('"', " "))
    return models.Q(having_words(phrase, *(fields or (field,))), **{f"{field}__iexact": name})


def spelt_like(typed: str, field: str) -> models.Q:
    """The condition that part of the field is spelt nearly so."""
    return models.Q(**{f"{field}__trigram_word_similar": typed})


def at_address(typed: str, field: str) -> models.Q:
    """The condition that the field is this address or lies below it, scheme, www. and tracking
    parameters aside.
    """
    key: Any = AddressKey(field)
    asked = models.Value(typed)
    below = [AddressBelow(asked, models.Value(separator)) for separator in ("/", "?")]
    alternatives = [Exactly(key, AddressKey(asked)), *(Like(key, pattern) for pattern in below)]
    return models.Q(*alternatives, _connector=models.Q.OR) & ~models.Q(**{field: ""})


def is_address(typed: str) -> bool:
    """Whether it reads like a web address or a domain."""
    return _ADDRESS.fullmatch(typed) is not None


@dataclass(frozen=True)
class Names:
    """A column of names, and the column beside it that says whose they are."""

    model: type[models.Model]
    field: str = "name"
    whose: str = "pk"
    words: tuple[str, ...] = ()
    """The fields of the index of words, if it has others as well."""

    def exactly(self, name: str) -> models.QuerySet[Any, Any]:
        """Whose name this is, whatever its case."""
        return self.of(having_name(name, self.field, *self.words))

    def begun(self, query: str) -> models.QuerySet[Any, Any]:
        """Whose name has words of these beginnings; see `having_beginnings`."""
        return self.of(having_beginnings(query, *(self.words or (self.field,))))

    def of(self, condition: Holds | models.Q) -> models.QuerySet[Any, Any]:
        """Whose name fulfils a condition."""
        return self.model._default_manager.filter(condition).values_list(self.whose)


def keys_of(places: Places) -> set[Any]:
    """The keys found, in one question to the database."""
    if not places:
        return set()
    first, *others = [place[:MOST_FOUND] for place in places]
    rows: Iterator[Any] = iter(first.union(*others) if others else first)
    return set(chain.from_iterable(rows))

"""Looking for words and addresses in SQL: bounded, in any script, whatever case and accents.

The configuration `finding` and the functions `finding_query` and `address_key` are made by a
migration of `sources`, the lowest room that has tables of its own.
"""

import re
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQueryField, SearchVector
from django.db import models
from django.db.models.functions import Left

CONFIGURATION = "finding"
# Longer texts are found by their beginning.
MAX_INDEXED = 10_000

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

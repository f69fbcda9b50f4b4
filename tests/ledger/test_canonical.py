import datetime
import uuid

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from factcheck.ledger.canonical import canonical_text, parse_canonical, sha256_hex

pytestmark = pytest.mark.database

KEYS = st.text(st.characters(max_codepoint=0x7F, exclude_characters="\0"), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
NUMBERS = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(KEYS, children, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785(value):
    assert canonical_text(value).encode() == rfc8785.dumps(value)


@given(VALUES)
def test_what_was_written_is_read(value):
    assert parse_canonical(canonical_text(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        *("1.0", "1e3", "NaN", "9007199254740992", "-0", "", "{", " 1", "[1, 2]", "[1]\n"),
        *('{"é":1}', '{"b":1,"a":2}', '{"a":1,"a":1}'),
        *('"\\u0000"', '"\\ud800"', '"\\u00e9"', '"\\/"'),
    ],
)
def test_another_text_is_not_canonical(text):
    with pytest.raises(ValueError, match=r"not canonical|Expecting|Extra data|surrogate"):
        parse_canonical(text)


def test_a_backslash_before_a_code_is_read():
    assert parse_canonical(r'"\\u0000"') == r"\u0000"


def test_keys_are_sorted_and_nothing_is_spaced_or_escaped_without_need():
    text = canonical_text({"b": ["Київ", 36, None], "a": {"d": "\u007f/\n", "c": True}})

    assert text == '{"a":{"c":true,"d":"\u007f/\\n"},"b":["Київ",36,null]}'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        2**53,
        -(2**53),
        10**400,
        {"é": 1},
        {1: "number"},
        "\ud800",
        {"\ud800": 1},
        "a\0b",
        {"a\0b": 1},
        b"bytes",
        datetime.date(2026, 11, 22),
        datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC),
        uuid.UUID(int=0),
        {1, 2},
        [[{"deep": 0.5}]],
    ],
    ids=repr,
)
def test_what_two_readers_could_read_differently_is_refused(value):
    with pytest.raises(ValueError, match="not canonical JSON"):
        canonical_text(value)


def test_circles_and_bottomless_nesting_are_refused():
    circle: list[object] = []
    circle.append(circle)
    well: object = "bottom"
    for _ in range(100_000):
        well = [well]

    with pytest.raises(ValueError, match="not canonical JSON"):
        canonical_text(circle)
    with pytest.raises(ValueError, match="not canonical JSON"):
        canonical_text(well)


def test_the_hash_of_a_text_is_that_of_its_utf_8():
    assert sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_hex("Ї") == sha256_hex("Ї".encode())

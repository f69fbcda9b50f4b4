import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.common.errors import InvalidInput
from factcheck.common.json_input import parse_json

STORABLE_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), STORABLE_TEXT),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(STORABLE_TEXT, inner)),
    max_leaves=20,
)


def refusal(data, **limits):
    with pytest.raises(InvalidInput) as caught:
        parse_json(data, **limits)
    return caught.value.message


@given(VALUES, st.booleans())
def test_what_json_can_hold_comes_back(value, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only)

    assert parse_json(text) == value
    assert parse_json(text.encode()) == value


@given(
    st.one_of(
        st.binary(),
        st.text(st.characters(exclude_categories=())),
        st.text('{}[]",:\\u0dD8019a eE-.'),
    )
)
def test_nothing_else_is_raised_than_a_refusal(data):
    try:
        value = parse_json(data)
    except InvalidInput:
        return

    json.dumps(value, ensure_ascii=False, default=str).encode()


def test_other_numbers_than_integers_are_decimals():
    assert parse_json("[36, 0.5, 1e3, -2.50]") == [
        36,
        Decimal("0.5"),
        Decimal("1e3"),
        Decimal("-2.50"),
    ]
    assert [type(number) for number in parse_json("[36, 36.0]")] == [int, Decimal]


def test_a_byte_order_mark_is_ignored():
    assert parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert parse_json('\ufeff{"a": 1}') == {"a": 1}


def test_a_malformed_document_is_refused_with_its_place():
    assert refusal('{"a": 1,\n "b" 2}') == (
        "This is not well-formed JSON (Expecting ':' delimiter) at line 2, column 6."
    )
    assert refusal("") == "This is not well-formed JSON (Expecting value) at line 1, column 1."
    assert (
        refusal('{"a": 1} x') == "This is not well-formed JSON (Extra data) at line 1, column 10."
    )
    assert refusal('"a\nb"') == (
        "This is not well-formed JSON (Invalid control character at) at line 1, column 3."
    )


def test_other_encodings_are_refused():
    assert refusal(b'{"a": "\xe9"}') == (
        "Save this as UTF-8; there are other bytes at line 1, column 8."
    )
    assert refusal('{"a": 1}'.encode("utf-16-be")) == (
        "Save this as UTF-8; there is a NUL character at line 1, column 1."
    )
    assert refusal('{"a": 1}'.encode("utf-16")).startswith("Save this as UTF-8;")


@pytest.mark.parametrize(
    ("data", "column"),
    [
        (r'["\u0000"]', 3),
        (r'["\\\u0000"]', 5),
        (r'{"a\u0000": 1}', 4),
        (r'["\ud800"]', 3),
        (r'["\uD83Dx"]', 3),
        (r'["\udc00"]', 3),
        (r'["\ud83d\ud83d\ude00"]', 3),
        (r'["\ud83d\ude00\ude00"]', 15),
        (r'["\\\ud83d\\\ude00"]', 5),
    ],
)
def test_escaped_nul_and_lone_surrogates_are_refused(data, column):
    assert refusal(data) == (
        f"Remove the escaped NUL or lone surrogate at line 1, column {column}."
    )


def test_escapes_that_only_look_alike_are_read():
    assert parse_json(r'["\\u0000", "\\ud800", "\ud83d\ude00"]') == ["\\u0000", "\\ud800", "😀"]


def test_lone_surrogates_in_a_string_are_refused():
    assert refusal('["a\ud800"]') == "Remove the lone surrogate at line 1, column 4."


def test_depth_is_limited():
    assert parse_json("[" * 32 + "]" * 32)
    assert refusal("[" * 33 + "]" * 33) == (
        "Nest lists and objects at most 32 deep; they go deeper at line 1, column 33."
    )
    assert refusal('{"a":\n' * 4 + "1" + "}" * 4, max_depth=3) == (
        "Nest lists and objects at most 3 deep; they go deeper at line 4, column 1."
    )


def test_brackets_in_strings_are_not_depth():
    text = json.dumps(["[" * 100, '"' + "{" * 100, "\\" + "[" * 100, '\\"' + "[" * 100])

    assert parse_json(text, max_depth=1) == json.loads(text)


def test_the_number_of_values_is_limited():
    assert parse_json("[1, 2, 3]", max_nodes=4) == [1, 2, 3]
    assert refusal("[1, 2, 3, 4]", max_nodes=4) == "Send at most 4 values in one document."
    assert refusal("[" + "0," * 100_000 + "0]") == "Send at most 100,000 values in one document."


def test_the_number_of_bytes_is_limited():
    assert parse_json('"éé"', max_bytes=6) == "éé"
    assert refusal('"éé"', max_bytes=5) == "Send at most 5 bytes of JSON; these are 6."


def test_a_key_that_is_there_twice_is_refused():
    assert refusal('[{"a": 1, "b": {"c": 1, "c": 2}}]') == (
        'Give the key "c" once; it is there twice.'
    )
    assert refusal(r'{"a": 1, "\u0061": 2}') == 'Give the key "a" once; it is there twice.'


def test_a_long_key_is_not_repeated_in_full():
    key = "k" * 5_000

    assert refusal(f'{{"{key}": 1, "{key}": 2}}') == (
        f'Give the key "{"k" * 99}…" once; it is there twice.'
    )


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(literal):
    assert refusal(f"[{literal}]") == f"Replace {literal}: it is not a number in JSON."


def test_integers_beyond_what_every_reader_keeps_are_refused():
    assert parse_json(f"[{2**53 - 1}, {-(2**53) + 1}]") == [2**53 - 1, -(2**53) + 1]
    for literal in (str(2**53), str(-(2**53)), "9" * 18, "9" * 5_000, "9" * 1_000_000):
        shown = literal if len(literal) <= 40 else literal[:39] + "…"
        assert refusal(literal) == f"Give {shown} as a string; whole numbers end at {2**53 - 1}."


@pytest.mark.parametrize(
    "literal", ["1e21", "1e-21", "1e400", "0e400", "1E999999999999999999999", "0." + "1" * 50]
)
def test_numbers_that_would_fill_the_memory_are_refused(literal):
    shown = literal if len(literal) <= 40 else literal[:39] + "…"

    assert refusal(literal) == f"Give a shorter number than {shown}."


@pytest.mark.parametrize(
    "hostile",
    [
        "[",
        "]",
        "{",
        '"',
        '\\"',
        "\\",
        '"\\',
        "[]",
        '{"":',
        "1",
        "-",
        '"",',
        "\\ud83d",
        "\ufeff",
        " ",
        ",",
    ],
)
def test_five_megabytes_of_nonsense_take_no_more_than_a_moment(hostile):
    data = (hostile * (5_000_000 // len(hostile.encode()))).encode()
    started = time.perf_counter()

    with pytest.raises(InvalidInput):
        parse_json(data)

    assert time.perf_counter() - started < 3

import base64
import json
import string

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from factcheck.common.cursors import decode, encode
from factcheck.common.errors import InvalidInput

KEYS = st.one_of(st.text(max_size=20), st.integers(-(2**63) + 1, 2**63 - 1))


def refused(cursor, *, scope="claims", shape=None):
    with pytest.raises(InvalidInput) as caught:
        decode(cursor, scope=scope, shape=shape)
    return caught.value.message == (
        "cursor: This cursor was not given out for this list; start again without it."
    )


@given(st.lists(KEYS, min_size=1, max_size=5))
def test_a_position_comes_back_as_it_went_in(position):
    assert decode(encode(position, scope="claims"), scope="claims") == position


def test_a_cursor_can_stand_in_an_address_as_it_is():
    cursor = encode(["2024-05-14", "ж?&#=+", 7], scope="claims")

    assert set(cursor) <= set(string.ascii_letters + string.digits + "-_.")


def test_the_same_position_has_the_same_cursor():
    assert encode([7, "a"], scope="claims") == encode([7, "a"], scope="claims")


def test_a_cursor_of_another_list_is_refused():
    assert refused(encode([7], scope="claims:newest"), scope="claims:oldest")


def test_a_changed_cursor_is_refused():
    cursor = encode([7, "abc"], scope="claims")

    for place, char in enumerate(cursor):
        assert refused(cursor[:place] + ("A" if char != "A" else "B") + cursor[place + 1 :])
        assert refused(cursor[:place])


@given(
    st.one_of(st.text(st.characters(exclude_categories=())), st.none(), st.integers(), st.binary())
)
def test_a_made_up_cursor_is_refused(cursor):
    assert refused(cursor)


@pytest.mark.parametrize(
    "text",
    ["p=abc", "p=%00", "p=2024-99-99", "\0", "\ud800.a", "a.\ud800", "é.é", "٣٦", "a" * 5_000, "."],
)
def test_known_troublemakers_are_refused(text):
    assert refused(text)
    assert refused(base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode())


@pytest.mark.parametrize(
    "position",
    [{"a": 1}, "abc", 7, None, [], [None], [1.5], [True], [[1]], [2**63], list(range(9))],
)
def test_a_signed_position_of_another_shape_is_refused(position):
    signer = signing.Signer(sep=".", salt="factcheck.cursor:claims")
    assert decode(signer.sign_object([7]), scope="claims") == [7]

    assert refused(signer.sign_object(position))


def test_a_cursor_that_sorts_by_other_keys_is_refused():
    cursor = encode([7, "abc"], scope="claims")

    assert decode(cursor, scope="claims", shape=(int, str)) == [7, "abc"]
    assert refused(cursor, shape=(str, int))
    assert refused(cursor, shape=(int,))


@pytest.mark.parametrize("position", [[], [1.5], [True], [None], [2**63], ["a" * 1_000]])
def test_a_position_that_would_not_come_back_is_a_mistake_of_ours(position):
    with pytest.raises(ValueError, match="position"):
        encode(position, scope="claims")


def test_a_changed_payload_under_an_old_signature_is_refused():
    payload, signature = encode([7], scope="claims").split(".")
    forged = base64.urlsafe_b64encode(json.dumps([8]).encode()).rstrip(b"=").decode()

    assert payload != forged
    assert refused(f"{forged}.{signature}")

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import (
    EARLIEST,
    LATEST,
    MAX_INTEGER,
    BoundedDecimalField,
    BoundedIntegerField,
    IsoDateField,
    parse_date,
    parse_decimal,
    parse_int,
)

ANYTHING = st.one_of(
    st.text(),
    st.text("0123456789+-.eE_, ٣６"),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.booleans(),
    st.none(),
    st.binary(),
)


@pytest.mark.parametrize("text", ["0", "36", "-5", str(MAX_INTEGER), str(-MAX_INTEGER)])
def test_whole_numbers_are_read(text):
    assert parse_int(text) == int(text)
    assert parse_int(int(text)) == int(text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "٣٦",
        "3٦",
        "３６",
        "²",
        "+5",
        " 5",
        "5 ",
        "5\n",
        "1_000",
        "1,000",
        "007",
        "-",
        "0x1f",
        "1e3",
        "3.0",
        "36\0",
        "\ud800",
        str(MAX_INTEGER + 1),
        "9" * 30,
        True,
        None,
        3.0,
        [1],
        b"5",
    ],
)
def test_anything_but_plain_digits_is_refused(value):
    with pytest.raises(InvalidInput) as caught:
        parse_int(value, name="page_size")

    assert caught.value.message == (
        "page_size: Give a whole number from -9007199254740991 to 9007199254740991,"
        " in the digits 0 to 9."
    )


def test_numbers_with_thousands_of_digits_are_refused():
    for parse in (parse_int, parse_decimal):
        for value in ("9" * 5_000, 10**5_000, -(10**5_000)):
            with pytest.raises(InvalidInput):
                parse(value)


def test_whole_numbers_stay_within_their_bounds():
    assert [parse_int(text, low=1, high=100) for text in ("1", "100")] == [1, 100]
    for text in ("0", "101", "-1", "9" * 26):
        with pytest.raises(InvalidInput) as caught:
            parse_int(text, name="page_size", low=1, high=100)
        assert caught.value.errors[0].message == (
            "Give a whole number from 1 to 100, in the digits 0 to 9."
        )


@given(ANYTHING)
def test_no_whole_number_is_out_of_bounds(value):
    try:
        number = parse_int(value, low=-10, high=10**6)
    except InvalidInput:
        return

    assert type(number) is int
    assert -10 <= number <= 10**6
    assert int(value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("36", "36"),
        ("-0.5", "-0.5"),
        ("1.5000", "1.5000"),
        ("9" * 15 + ".9999", "9" * 15 + ".9999"),
        (36, "36"),
        (Decimal("2.5"), "2.5"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_decimal_numbers_are_read(value, number):
    assert parse_decimal(value).as_tuple() == Decimal(number).as_tuple()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "٣٦",
        "1e5",
        "1,5",
        "1 000",
        ".5",
        "5.",
        "+1",
        "01",
        "NaN",
        "Infinity",
        "-inf",
        "1\n",
        "1.00000",
        "1" * 16,
        10**15,
        2.5,
        float("nan"),
        True,
        None,
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1e999999999"),
        Decimal("0e999999999"),
        Decimal("1e-999999999"),
        Decimal("1.00001"),
    ],
)
def test_anything_but_a_plain_decimal_is_refused(value):
    with pytest.raises(InvalidInput) as caught:
        parse_decimal(value, name="low")

    assert caught.value.message == (
        "low: Give a number in the digits 0 to 9, with at most 15 of them before"
        " the decimal point and 4 after it."
    )


def test_decimal_numbers_stay_within_their_bounds():
    assert parse_decimal("-90", low=-90, high=90) == -90
    with pytest.raises(InvalidInput, match="Give a number that is not below -90"):
        parse_decimal("-90.0001", low=-90, high=90)
    with pytest.raises(InvalidInput, match="Give a number that is not above 90"):
        parse_decimal("90.0001", low=-90, high=90)


def test_decimal_places_can_be_set():
    assert parse_decimal("50.595414", places=6) == Decimal("50.595414")
    with pytest.raises(InvalidInput, match="and 0 after it"):
        parse_decimal("1.0", places=0)


@given(ANYTHING)
def test_no_decimal_number_is_out_of_bounds(value):
    try:
        number = parse_decimal(value)
    except InvalidInput:
        return

    assert number.is_finite()
    assert abs(number) < 10**15
    assert -4 <= number.as_tuple().exponent <= 0


@pytest.mark.parametrize("text", ["1800-01-01", "2024-02-29", "2200-12-31"])
def test_days_are_read(text):
    assert parse_date(text) == datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2023-02-29",
        "2024-13-01",
        "1799-12-31",
        "2201-01-01",
        "0000-00-00",
        "9999-12-31",
        "20240514",
        "2024-W20-2",
        "14.05.2024",
        "2024-5-14",
        "２０２４-05-14",
        "٢٠٢٤-٠٥-١٤",
        "2024-05-14T00:00",
        "2024-05-14\n",
        " 2024-05-14",
        None,
        20240514,
        datetime.date(2024, 5, 14),
    ],
)
def test_anything_but_an_iso_day_is_refused(value):
    with pytest.raises(InvalidInput) as caught:
        parse_date(value, name="said_on")

    assert caught.value.message == (
        "said_on: Give a day from 1800-01-01 to 2200-12-31 as YYYY-MM-DD, for example 2024-05-14."
    )


@given(st.one_of(ANYTHING, st.text("0123456789-"), st.dates().map(str)))
def test_no_day_is_absurd(value):
    try:
        day = parse_date(value)
    except InvalidInput:
        return

    assert EARLIEST <= day <= LATEST
    assert day.isoformat() == value


# Form fields


def test_form_fields_read_what_people_type():
    assert BoundedIntegerField().clean(" 36 ") == 36
    assert BoundedDecimalField().clean(" 1.5 ") == Decimal("1.5")
    assert IsoDateField().clean(" 2024-05-14 ") == datetime.date(2024, 5, 14)
    assert IsoDateField().clean(datetime.date(2024, 5, 14)) == datetime.date(2024, 5, 14)


@pytest.mark.parametrize("field", [BoundedIntegerField, BoundedDecimalField, IsoDateField])
@pytest.mark.parametrize("value", ["", None])
def test_an_optional_form_field_may_be_empty(field, value):
    assert field(required=False).clean(value) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (BoundedIntegerField(min_value=1, max_value=100), "101"),
        (BoundedIntegerField(min_value=1, max_value=100), "٣٦"),
        (BoundedIntegerField(), "9" * 30),
        (BoundedDecimalField(max_value=10), "10.5"),
        (BoundedDecimalField(decimal_places=1), "1.25"),
        (BoundedDecimalField(), "1e5"),
        (IsoDateField(), "٢٠٢٤-٠٥-١٤"),
        (IsoDateField(), "9999-12-31"),
        (IsoDateField(), "14 May 2024"),
    ],
)
def test_form_fields_refuse_with_one_sentence(field, value):
    with pytest.raises(ValidationError) as caught:
        field.clean(value)

    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].startswith("Give a ")


def test_a_day_is_shown_in_the_form_in_which_it_is_read():
    assert 'value="2024-05-14"' in IsoDateField().widget.render("on", datetime.date(2024, 5, 14))

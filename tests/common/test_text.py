import contextlib
import re
import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.text import (
    MAX_MARKS,
    CleanCharField,
    clean_line,
    clean_name,
    clean_quote,
    clean_text,
    clean_url,
    excerpt,
    name_skeleton,
    validate_line,
    validate_name,
    validate_quote,
    validate_text,
    validate_url,
)

CLEANERS = [clean_quote, clean_text, clean_line, clean_name]
ANY_CHARACTERS = st.text(st.characters(exclude_categories=()))


def refusal(clean, value, **options):
    with pytest.raises(InvalidInput) as caught:
        clean(value, **options)
    return caught.value.errors[0].message


# What is refused where


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize(
    ("char", "what"),
    [
        ("\0", "U+0000): a control character"),
        ("\x1b", "U+001B): a control character"),
        ("\x7f", "U+007F): a control character"),
        ("\x85", "U+0085): a control character"),
        ("\ud800", "U+D800): half of a character"),
        ("\udfff", "U+DFFF): half of a character"),
    ],
)
def test_no_text_holds_what_cannot_be_stored(clean, char, what):
    message = refusal(clean, f"ab{char}c")

    assert message == f"Remove character 3 ({what} cannot stand here."


@pytest.mark.parametrize(
    ("char", "what"),
    [
        ("\u202e", "an invisible character"),
        ("\u2066", "an invisible character"),
        ("\ue000", "a private-use character"),
        ("\U0010fffd", "a private-use character"),
        ("\ufffe", "a code that is no character"),
        ("\U0001ffff", "a code that is no character"),
        ("\ufdd0", "a code that is no character"),
    ],
)
def test_only_a_quote_may_hold_direction_switches_and_private_characters(char, what):
    quote = clean_quote(f"a{char}b")

    assert quote == f"a{char}b"
    for clean in (clean_text, clean_line, clean_name):
        message = refusal(clean, f"a{char}b")
        assert message == f"Remove character 2 (U+{ord(char):04X}): {what} cannot stand here."


@pytest.mark.parametrize("char", ["\u200e", "\u200f", "\u061c"])
def test_direction_marks_may_stand_in_texts_but_not_in_lines(char):
    assert clean_text(f"a{char}b") == f"a{char}b"
    assert "an invisible character" in refusal(clean_line, f"a{char}b")
    assert "an invisible character" in refusal(clean_name, f"a{char}b")


@pytest.mark.parametrize("char", ["\n", "\t", "\u2028", "\u2029"])
def test_line_breaks_and_tabs_may_stand_in_texts_but_not_in_lines(char):
    assert clean_text(f"a{char}b") == f"a{char}b"
    assert "a tab or line break" in refusal(clean_line, f"a{char}b")
    assert "a tab or line break" in refusal(clean_name, f"a{char}b")


@pytest.mark.parametrize(
    "char", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u3164", "\u115f", "\u034f", "\U000e0041"]
)
def test_invisible_characters_may_stand_in_lines_but_not_in_names(char):
    assert clean_line(f"a{char}b") == f"a{char}b"
    assert f"Remove character 2 (U+{ord(char):04X})" in refusal(clean_name, f"a{char}b")


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_stand_in_names_only_between_letters_that_join(joiner):
    persian, sinhala = f"علی{joiner}رضا", f"ශ්{joiner}රී"

    assert clean_name(persian) == persian
    assert clean_name(sinhala) == sinhala
    for name in (f"Mos{joiner}cow", f"علی{joiner}", f"{joiner}علی", f"علی{joiner}a"):
        assert "an invisible character" in refusal(clean_name, name)


@pytest.mark.parametrize(
    "name",
    [
        "Володимир Зеленський",
        "Вячеслав Гладков",
        "Jean-Noël Barrot",
        "O\u2019Brien",
        "葛\U000e0100飾区",
        "محمد بن سلمان",
        "Nguyễn Phú Trọng",
    ],
)
def test_names_of_the_world_pass_unchanged(name):
    assert clean_name(name) == name


@pytest.mark.parametrize("value", [None, 36, 3.5, True, ["a"], {"a": 1}, b"a"])
@pytest.mark.parametrize("clean", [*CLEANERS, clean_url])
def test_what_is_not_text_is_refused(clean, value):
    assert refusal(clean, value) == "Give text here, not a number, a list or an object."


# What comes out


def test_text_is_composed_and_trimmed_and_has_plain_line_breaks():
    assert clean_text("  Moscou a de\u0301truit\r\n36 drones\r ") == "Moscou a détruit\n36 drones"


def test_a_line_is_composed_and_trimmed():
    assert clean_line(" \u00a0Bel\u0301gorod ") == "Beĺgorod"


def test_a_quote_is_left_exactly_as_it_is():
    quote = " de\u0301truit\r\n\u200f36\u00ad drones\t "

    assert clean_quote(quote) == quote


def test_length_is_counted_in_characters_after_composing():
    assert clean_line("e\u0301" * 3, max_length=3) == "ééé"
    assert refusal(clean_line, "abcd", max_length=3) == (
        "Shorten this from 4 to at most 3 characters."
    )
    assert refusal(clean_quote, "e\u0301" * 2, max_length=3) == (
        "Shorten this from 4 to at most 3 characters."
    )


def test_a_refusal_names_the_field():
    with pytest.raises(InvalidInput) as caught:
        clean_line("a\0", name="title")

    sentence = "Remove character 2 (U+0000): a control character cannot stand here."
    assert caught.value.message == f"title: {sentence}"
    assert caught.value.errors == [FieldError("title", sentence)]


@pytest.mark.parametrize("clean", [clean_text, clean_line, clean_name])
def test_piled_up_accents_are_refused(clean):
    assert clean("a" + "\u0316" * MAX_MARKS) == "a" + "\u0316" * MAX_MARKS
    assert refusal(clean, "a" + "\u0316" * (MAX_MARKS + 1)) == (
        "Remove accents: no letter can carry more than 30 of them."
    )


@pytest.mark.parametrize("clean", [clean_text, clean_line, clean_name])
@pytest.mark.parametrize(
    "hostile", ["\u0301\u0316", "é", "\u1ec7", "क\u094d\u200d", "\r", " ", "ﷺ", "a"]
)
def test_a_million_characters_take_no_more_than_a_moment(clean, hostile):
    value = hostile * (1_000_000 // len(hostile))
    started = time.perf_counter()

    with pytest.raises(InvalidInput):
        clean(f"a{value}b", max_length=10)

    assert time.perf_counter() - started < 2


@given(ANY_CHARACTERS)
def test_cleaning_twice_is_cleaning_once(value):
    for clean in CLEANERS:
        try:
            once = clean(value)
        except InvalidInput:
            continue
        assert clean(once) == once
        assert once.encode().decode() == once
        assert "\0" not in once
        if clean is not clean_quote:
            assert unicodedata.is_normalized("NFC", once)
            assert once == once.strip()


@given(ANY_CHARACTERS)
def test_each_kind_is_stricter_than_the_one_before(value):
    accepted = []
    for clean in CLEANERS:
        try:
            clean(value)
            accepted.append(True)
        except InvalidInput:
            accepted.append(False)

    assert accepted == sorted(accepted, reverse=True)


@given(ANY_CHARACTERS)
def test_a_refusal_points_at_the_character_it_names(value):
    for clean in CLEANERS:
        try:
            clean(value)
        except InvalidInput as error:
            position, code = re.match(
                r"Remove character (\d+) \(U\+([0-9A-F]+)\)", error.message.partition(": ")[2]
            ).groups()
            assert value[int(position) - 1] == chr(int(code, 16))


# Web addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://Example.ORG/",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://пример.рф/новости?q=дрон",
        "https://उदाहरण.भारत/",
        "https://foo_bar.example.org./",
        "http://127.0.0.1/",
        "http://[2001:db8::1]:443/",
        "https://example.org/a'b(c)%20d;e@f",
    ],
)
def test_a_web_address_is_returned_as_given(url):
    assert clean_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "data:text/html,x",
        "",
    ],
)
def test_other_schemes_are_refused(url):
    assert refusal(clean_url, url) == "Give a web address that starts with http:// or https://."


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https:///path",
        "https:example.org",
        "https://:443/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://example.org:٣٦/",
        "https://a..b/",
        "https://.example.org/",
        "https://" + "a" * 64 + ".org/",
        "https://" + "a." * 127 + "org/",
        "https://[::1/",
        "https://[v1.x]/",
        "https://[fe80::1%25eth0]/",
        'https://exa"mple.org/',
        "https://exa<mple.org/",
        "https://a℀b.org/",
    ],
)
def test_hosts_and_ports_that_are_none_are_refused(url):
    assert refusal(clean_url, url) == "Give a web address whose host and port are well formed."


@pytest.mark.parametrize("url", ["https://user@example.org/", "https://example.org:x@127.0.0.1/"])
def test_user_names_and_passwords_are_refused(url):
    assert clean_url("https://example.org/@user")
    assert refusal(clean_url, url) in (
        "Remove the user name and password from the web address.",
        "Give a web address whose host and port are well formed.",
    )


@pytest.mark.parametrize(
    "char", [" ", "\t", "\n", "\0", "\\", "\u00a0", "\u200b", "\u202e", "\ufeff", "\ud800"]
)
def test_spaces_and_invisible_characters_are_refused_in_web_addresses(char):
    for url in (f"https://example.org/a{char}b", f"https://exa{char}mple.org/"):
        assert refusal(clean_url, url).startswith("Remove character ")


def test_web_addresses_end_at_two_thousand_characters():
    start = "https://example.org/"

    assert clean_url(start + "a" * (2_000 - len(start)))
    assert refusal(clean_url, start + "a" * (2_001 - len(start))) == (
        "Shorten this from 2,001 to at most 2,000 characters."
    )


@given(ANY_CHARACTERS)
def test_no_address_breaks_the_check(value):
    for url in (value, "https://" + value, "https://example.org:" + value):
        with contextlib.suppress(InvalidInput):
            assert clean_url(url) == url


# Models and forms


@pytest.mark.parametrize(
    ("validate", "good", "bad"),
    [
        (validate_quote, "a\u202eb", "a\0b"),
        (validate_text, "a\nb", "a\u202eb"),
        (validate_line, "a\u200bb", "a\nb"),
        (validate_name, "Зеленський", "Mos\u200bcow"),
        (validate_url, "https://example.org/", "javascript:alert(1)"),
    ],
)
def test_validators_say_what_the_cleaners_say(validate, good, bad):
    validate(good)

    with pytest.raises(ValidationError) as caught:
        validate(bad)

    assert caught.value.messages == [
        refusal(globals()[validate.__name__.replace("validate", "clean")], bad)
    ]


def test_validators_can_be_written_into_migrations():
    field = models.CharField(max_length=200, validators=[validate_name])

    assert field.deconstruct()[3]["validators"] == [validate_name]
    assert (validate_name.__module__, validate_name.__qualname__) == (
        "factcheck.common.text",
        "validate_name",
    )


def test_a_form_field_returns_the_cleaned_text():
    assert CleanCharField().clean(" Bel\u0301gorod ") == "Beĺgorod"
    assert CleanCharField(cleaner=clean_text).clean("a\r\nb ") == "a\nb"
    assert CleanCharField(cleaner=clean_quote).clean(" a\r\n ") == " a\r\n "
    assert CleanCharField(required=False).clean("  ") == ""
    assert CleanCharField(required=False, empty_value=None).clean(" ") is None


@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_required_form_field_wants_more_than_spaces(value):
    with pytest.raises(ValidationError, match="required"):
        CleanCharField().clean(value)


@pytest.mark.parametrize("char", ["\0", "\ud800", "\x1b", "\u202e"])
def test_a_form_field_names_the_character_it_refuses(char):
    with pytest.raises(ValidationError) as caught:
        CleanCharField().clean(f"a{char}b")

    assert caught.value.messages == [refusal(clean_line, f"a{char}b")]


# Names that look alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moscow", "Mоscоw"),  # with Cyrillic letters
        ("Moscow", "ＭＯＳＣＯＷ"),
        ("Moscow", "Mos\u00adcow"),
        ("Moscow", "Mos\u200bcow"),
        ("РИА", "PИA"),
        ("TASS", "ΤΑSS"),
        ("Reuters  UK", "reuters\u00a0uk"),
        ("Iran", "lran"),
        ("Al Jazeera", "A1 Jazeera"),
    ],
)
def test_look_alikes_have_one_skeleton(one, other):
    assert name_skeleton(one) == name_skeleton(other)


def test_different_names_have_different_skeletons():
    names = [
        "Moscow",
        "Moskau",
        "Москва",
        "Kyiv",
        "Київ",
        "Зеленський",
        "Зеленский",
        "Müller",
        "Muller",
    ]

    assert len({name_skeleton(name) for name in names}) == len(names)


@given(ANY_CHARACTERS)
def test_a_skeleton_of_a_skeleton_is_the_same(value):
    skeleton = name_skeleton(value)

    assert name_skeleton(skeleton) == skeleton


def test_an_excerpt_is_short_and_printable():
    assert excerpt("a" * 100) == "a" * 100
    assert excerpt("a" * 101) == "a" * 99 + "…"
    assert excerpt("a\x1b[2J\u202e\ud800b") == "a\ufffd[2J\ufffd\ufffdb"

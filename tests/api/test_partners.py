"""What the page of examples is made of."""

from itertools import groupby

import pytest

from claims.api.partners import ARTICLE, CLAIM, SITE, examples, filled, is_plain


def test_files_of_one_example_have_one_title():
    for name, files in groupby(examples(), lambda one: one.name):
        assert len({one.title for one in files}) == 1, name


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.path.name)
def test_example_says_what_it_is(example):
    assert example.title[0].isupper()
    assert example.sentence
    assert SITE in example.code or example.path.stem == "mirror"


def test_every_example_comes_in_curl_python_or_javascript():
    assert {one.language for one in examples()} == {"curl", "Python", "JavaScript"}


@pytest.mark.parametrize("value", ['a"b', "a'b", "a`b`", "$(id)", "{id}", "a b", "a\\b", "a\nb"])
def test_what_could_end_a_string_is_written_into_no_example(value: str):
    assert not is_plain(value)


def test_examples_are_told_with_the_installations_own_addresses():
    text = f"curl {SITE}/api/v1/claims/{CLAIM}/?url={ARTICLE}"

    assert filled(text, {SITE: "https://here.example", CLAIM: "0123456789"}) == (
        f"curl https://here.example/api/v1/claims/0123456789/?url={ARTICLE}"
    )

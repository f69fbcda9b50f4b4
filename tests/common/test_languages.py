import re

import pytest
from django.core.exceptions import ValidationError

from factcheck.common.languages import LANGUAGES, RIGHT_TO_LEFT, direction, validate_language


def test_each_language_is_listed_once_in_the_order_of_its_name():
    codes, names = zip(*LANGUAGES, strict=True)

    assert len(set(codes)) == len(codes)
    assert list(names) == sorted(set(names))
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", code) for code in codes)


def test_direction_is_that_of_the_script():
    assert [direction(code) for code in ("ar", "fa", "he", "ur", "yi")] == ["rtl"] * 5
    assert [direction(code) for code in ("en", "uk", "zh-Hans", "und", "")] == ["ltr"] * 5
    assert RIGHT_TO_LEFT.issubset(code for code, _ in LANGUAGES)


def test_only_listed_languages_are_valid():
    for code, _ in LANGUAGES:
        validate_language(code)

    for code in ("", "xx", "EN", "en-GB", "u\0k", "x" * 5_000):
        with pytest.raises(ValidationError) as caught:
            validate_language(code)
        assert caught.value.messages[0].startswith("Choose a language of the list")
        assert len(caught.value.messages[0]) < 200

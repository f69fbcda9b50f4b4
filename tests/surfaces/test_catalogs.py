"""The pages' words in other languages: all of them, with what stands in them, and compiled."""

import re

import pytest

from tests.catalogs import LANGUAGES, LOCALES, Message, catalog_of, compiled, messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")


def translations(language: str) -> dict[Message, list[str]]:
    found: dict[Message, list[str]] = {}
    for one in catalog_of(language):
        if not one.id:
            continue
        words, plural = one.id if isinstance(one.id, tuple) else (one.id, None)
        strings = list(one.string) if isinstance(one.string, tuple) else [one.string]
        found[one.context, words, plural] = strings
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_ours_is_translated(language: str):
    found = translations(language)

    assert [message for message in messages() if not all(found.get(message, [""]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_of_words_that_are_gone(language: str):
    ours = messages()

    assert [message for message in translations(language) if message not in ours] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_stands_in_the_words(language: str):
    for message, strings in translations(language).items():
        _, words, plural = message
        wanted = set(PLACEHOLDER.findall(plural or words))
        for text in strings:
            # A singular may leave the number out, as “one claim” does.
            found = set(PLACEHOLDER.findall(text))
            assert found == wanted or (plural and found < wanted), message
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(words)), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_is_in_step(language: str):
    kept = (LOCALES / language / "LC_MESSAGES" / "django.mo").read_bytes()

    assert kept == compiled(catalog_of(language)), "Run: python -m tests.catalogs"

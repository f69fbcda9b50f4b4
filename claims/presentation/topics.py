"""Topics as readers meet them: by their name in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import get_language

# Language, name and slug, as records have them, the English ones first.
Name = dict[str, str]


def told_in(names: Sequence[Name], language: str | None = None) -> Name:
    """The topic's name and slug in the language, by default the page's; else in English."""
    language = language or get_language()
    return next((name for name in names if name["language"] == language), names[0])

"""Marking words to be translated, where there may be no settings yet.

Django's own `gettext_noop` reads them, and settings themselves stand on this floor.
"""


def gettext_noop(words: str) -> str:
    """The words as they are; the catalogs of translations take them in."""
    return words

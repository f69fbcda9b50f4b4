"""What reading needs to know of a language, each in a module of its own."""

from claims.proposing.lexicons.english import ENGLISH
from claims.proposing.lexicons.french import FRENCH
from claims.proposing.lexicons.lexicon import Lexicon
from claims.proposing.lexicons.ukrainian import UKRAINIAN

LEXICONS: dict[str, Lexicon] = {"en": ENGLISH, "fr": FRENCH, "uk": UKRAINIAN}

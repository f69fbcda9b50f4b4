"""A review as it is read, whatever shape it had: plain values, cleaned, nothing of ours in it."""

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass

import orjson

from factcheck.common.dates import DateBounds

PERSON, ORGANISATION = "person", "organisation"

_APART = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)


NO_DAY = DateBounds()


@dataclass(frozen=True)
class Claimant:
    """Who is said to have made the claim. `kind` is empty where the review does not say."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class Review:
    """What one organisation says of one claim by one claimant.

    A review that names several claimants is read as several, told apart by `number`. The rating's
    numbers are kept as they are printed: nothing is concluded from them.
    """

    address: str
    text: str
    publisher: str
    site: str
    claimant: Claimant | None = None
    number: int = 0
    label: str = ""
    explanation: str = ""
    rating: tuple[str, str, str] = ("", "", "")
    title: str = ""
    language: str = "und"
    said: DateBounds = NO_DAY
    published: DateBounds = NO_DAY
    appearances: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same claim at the same address, however both are spelt."""
        return hash_of([address_of(self.address), words_of(self.text), str(self.number)])

    @property
    def sha256(self) -> str:
        """Of all that the review says: another one, when anything of it has changed."""
        return hashlib.sha256(orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)).hexdigest()


def words_of(text: str) -> str:
    """The words of a text without case, marks and spaces, in which two prints may differ."""
    return _APART.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def address_of(url: str) -> str:
    """An address without what does not tell two pages apart; a fragment does, on pages that hold
    several reviews.
    """
    return _SCHEME.sub("", url).rstrip("/")


def hash_of(parts: list[str]) -> str:
    """One hash of several texts, whatever stands in them."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

"""The codes of our records as data: for each a reader's label, a definition, and since when.

The pages take their words from here, /methodology/ prints all of it and the API serves it. A
definition that changes in meaning gets a new `since`.
"""

from claims.vocabulary.chains import CHAINS
from claims.vocabulary.entry import Chapter, CodeList, Meaning
from claims.vocabulary.evidence import EVIDENCE
from claims.vocabulary.inquiries import INQUIRIES
from claims.vocabulary.numbers import NUMBERS
from claims.vocabulary.publications import PUBLICATIONS
from claims.vocabulary.sources import SOURCES
from claims.vocabulary.statements import STATEMENTS
from claims.vocabulary.statuses import ATTRIBUTION_MEANINGS, STATUSES, VERIFICATION_MEANINGS

CHAPTERS = (STATUSES, STATEMENTS, CHAINS, SOURCES, EVIDENCE, INQUIRIES, NUMBERS, PUBLICATIONS)
LISTS = {codes.name: codes for chapter in CHAPTERS for codes in chapter.lists}

__all__ = [
    "ATTRIBUTION_MEANINGS",
    "CHAPTERS",
    "LISTS",
    "VERIFICATION_MEANINGS",
    "Chapter",
    "CodeList",
    "Meaning",
]

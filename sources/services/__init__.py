"""What can be done with documents: keep a copy, point at words in it, mark what is furniture, say
that two of them are one.
"""

from sources.services.copies import (
    MAX_CONTENT,
    MAX_RANGES,
    add_capture,
    anchor_passage,
    mark_furniture,
)
from sources.services.merging import merge_document, unmerge_document
from sources.services.quotes import MAX_QUOTE_IN_PASSAGE, Quote, find_quote

__all__ = [
    "MAX_CONTENT",
    "MAX_QUOTE_IN_PASSAGE",
    "MAX_RANGES",
    "Quote",
    "add_capture",
    "anchor_passage",
    "find_quote",
    "mark_furniture",
    "merge_document",
    "unmerge_document",
]

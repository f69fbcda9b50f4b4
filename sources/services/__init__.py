"""What can be done with documents: keep a copy, point at words in it, mark what is furniture, say
that two of them are one.
"""

from sources.services.copies import (
    MAX_CONTENT,
    MAX_RANGES,
    add_capture,
    anchor_passage,
    anchor_ranges,
    mark_furniture,
    newest_capture,
    whole_ranges,
)
from sources.services.erasing import erase_due, is_rested_on
from sources.services.merging import merge_document, unmerge_document
from sources.services.quotes import (
    GAP,
    MAX_QUOTE_IN_PASSAGE,
    Quote,
    find_places,
    find_quote,
    runs_of,
)

__all__ = [
    "GAP",
    "MAX_CONTENT",
    "MAX_QUOTE_IN_PASSAGE",
    "MAX_RANGES",
    "Quote",
    "add_capture",
    "anchor_passage",
    "anchor_ranges",
    "erase_due",
    "find_places",
    "find_quote",
    "is_rested_on",
    "mark_furniture",
    "merge_document",
    "newest_capture",
    "runs_of",
    "unmerge_document",
    "whole_ranges",
]

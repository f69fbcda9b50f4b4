"""Taking a subject to the public side together with what it mentions, and off it again.

Knows the kinds it is given and no others: `sources.workflow` gives it actors and sources,
`claims.workflow` all four.
"""

from sources.publishing.kinds import Kind, Kinds, subject_of, subject_told
from sources.publishing.sending import (
    last_mentions,
    last_with_content,
    lock,
    send_again,
    send_out,
    take_off,
)
from sources.publishing.walk import Bundle, Part, Walk, bundle_of, gather

__all__ = [
    "Bundle",
    "Kind",
    "Kinds",
    "Part",
    "Walk",
    "bundle_of",
    "gather",
    "last_mentions",
    "last_with_content",
    "lock",
    "send_again",
    "send_out",
    "subject_of",
    "subject_told",
    "take_off",
]

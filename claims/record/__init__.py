"""What is published of claims and events. Pure, like `sources.record`, where `quote` is told."""

from claims.record.claim import (
    CLAIM_OTHERS_WORDS,
    carrying_content,
    claim_content,
    claim_documents,
    claim_mentions,
    claim_name,
)
from claims.record.event import (
    EVENT_OTHERS_WORDS,
    event_content,
    event_documents,
    event_mentions,
    load_event,
)

__all__ = [
    "CLAIM_OTHERS_WORDS",
    "EVENT_OTHERS_WORDS",
    "carrying_content",
    "claim_content",
    "claim_documents",
    "claim_mentions",
    "claim_name",
    "event_content",
    "event_documents",
    "event_mentions",
    "load_event",
]

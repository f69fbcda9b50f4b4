"""What is said, and whether it is so."""

from claims.models.citation import Citation, Relay
from claims.models.claim import Claim, ClaimTopic
from claims.models.event import Event, EventParty, Measure
from claims.models.figure import Figure
from claims.models.imported import ImportedRow
from claims.models.public import PublicCitation, PublicClaim, PublicEvent
from claims.models.relation import ClaimRelation
from claims.models.topic import Topic, TopicName

__all__ = [
    "Citation",
    "Claim",
    "ClaimRelation",
    "ClaimTopic",
    "Event",
    "EventParty",
    "Figure",
    "ImportedRow",
    "Measure",
    "PublicCitation",
    "PublicClaim",
    "PublicEvent",
    "Relay",
    "Topic",
    "TopicName",
]

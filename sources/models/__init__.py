"""Where words come from: actors, sources, documents, and what we hold of them."""

from sources.models.actor import Actor, ActorName, ActorRole, Control
from sources.models.capture import Capture, Furniture
from sources.models.document import Document
from sources.models.grade import SourceGrade
from sources.models.passage import Passage, PassageRange
from sources.models.public import PublicActor, PublicControl, PublicSource, PublicSuccessor
from sources.models.source import Source, SourceAddress

__all__ = [
    "Actor",
    "ActorName",
    "ActorRole",
    "Capture",
    "Control",
    "Document",
    "Furniture",
    "Passage",
    "PassageRange",
    "PublicActor",
    "PublicControl",
    "PublicSource",
    "PublicSuccessor",
    "Source",
    "SourceAddress",
    "SourceGrade",
]

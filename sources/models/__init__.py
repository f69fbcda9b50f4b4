"""Where words come from: actors, sources, documents, and what we hold of them."""

from django.db import models

from sources.models.actor import Actor, ActorName, ActorRole, Control
from sources.models.capture import Capture, Furniture
from sources.models.capture_beside import CaptureDeletion, CaptureStamp
from sources.models.capture_request import CaptureRequest
from sources.models.document import Document
from sources.models.grade import SourceGrade
from sources.models.passage import Passage, PassageRange
from sources.models.public import PublicActor, PublicControl, PublicSource, PublicSuccessor
from sources.models.source import Source, SourceAddress

# The editing side may SELECT and INSERT here, nothing else.
APPEND_ONLY: tuple[type[models.Model], ...] = (Capture, CaptureStamp)
# What it may have the owner do: erase bytes and text on the day that was set.
FUNCTIONS_FOR_APP: tuple[str, ...] = ("capture_erase(bigint)",)

__all__ = [
    "APPEND_ONLY",
    "FUNCTIONS_FOR_APP",
    "Actor",
    "ActorName",
    "ActorRole",
    "Capture",
    "CaptureDeletion",
    "CaptureRequest",
    "CaptureStamp",
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

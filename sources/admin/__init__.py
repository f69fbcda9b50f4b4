"""The admin of where words come from."""

from sources.admin.actors import ActorAdmin
from sources.admin.capture_requests import CaptureRequestAdmin
from sources.admin.captures import CaptureAdmin
from sources.admin.documents import DocumentAdmin
from sources.admin.outlets import SourceAdmin
from sources.admin.passages import PassageAdmin

__all__ = [
    "ActorAdmin",
    "CaptureAdmin",
    "CaptureRequestAdmin",
    "DocumentAdmin",
    "PassageAdmin",
    "SourceAdmin",
]

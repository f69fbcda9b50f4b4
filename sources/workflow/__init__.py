"""The steps of actors and sources, which have no stages: what is pending goes out, or does not.

All but the first three serve events as well, which `claims` hands in with its own kinds.
"""

from sources.workflow.changes import changed_after, own_models, people_behind
from sources.workflow.kinds import KINDS
from sources.workflow.opening import barred_steps, open_steps, pending_change, tabled_steps
from sources.workflow.sending import (
    correct,
    discard,
    locked_bundle,
    publish,
    send_subject,
    update,
)
from sources.workflow.withholding import merge, redact, restore, retract, suspend

__all__ = [
    "KINDS",
    "barred_steps",
    "changed_after",
    "correct",
    "discard",
    "locked_bundle",
    "merge",
    "open_steps",
    "own_models",
    "pending_change",
    "people_behind",
    "publish",
    "redact",
    "restore",
    "retract",
    "send_subject",
    "suspend",
    "tabled_steps",
    "update",
]

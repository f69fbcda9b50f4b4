"""Who has done what with a claim, and who can do what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.choices import Stage
from claims.models import Claim
from claims.opening import ShutOut
from claims.steps import Step
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision

# What a decision is called where it says who stands behind the working copy, by the stages in which
# it still does.
BEHIND: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = (
    ("Submitted", ("submit",), frozenset({Stage.IN_REVIEW, Stage.APPROVED, Stage.SETTLED})),
    ("Approved", ("approve",), frozenset({Stage.APPROVED, Stage.SETTLED})),
    ("Published", ("publish", "update", "correct", "publish_imported"), frozenset(Stage)),
    ("Taken off", ("suspend", "retract", "redact"), frozenset(Stage)),
)


@dataclass(frozen=True)
class Deed:
    """Somebody did something with the claim."""

    did: str
    by: Any
    at: datetime


def people_behind(claim: Claim, decisions: Sequence[Decision]) -> list[Deed]:
    """Who entered the claim, and whose decisions its working copy and public state rest on.

    `decisions` are the claim's, the newest first.
    """
    deeds = [Deed("Entered", claim.created_by, claim.created_at)]
    for did, actions, stages in BEHIND:
        last = next((one for one in decisions if one.action in actions), None)
        if last is not None and claim.stage in stages:
            deeds.append(Deed(did, last.by, last.at))
    return deeds


def returned(claim: Claim) -> Decision | None:
    """The decision that returned a draft, for as long as it is the last one."""
    decision = claim.decision
    is_open = claim.stage == Stage.DRAFT and decision is not None and decision.action == "return"
    return decision if is_open else None


def next_words(
    steps: Sequence[Step], shut_out: ShutOut | None, *, goes_out_at: datetime | None = None
) -> str:
    """What comes next, and who can do it: “Approve”, by a checker or an editor other than …; or
    the time at which it goes out by itself.
    """
    if goes_out_at is not None:
        return f"it goes out by itself on {goes_out_at.astimezone(UTC):%-d %B %Y, %H:%M} UTC."
    if not steps:
        return "Nothing can follow."
    buttons = " or ".join(f"“{step.button}”" for step in steps)
    roles = [role for role in Role if role in steps[0].roles]
    *first, last = [f"{'an' if role[0] in 'aeiou' else 'a'} {role.value}" for role in roles]
    who = f"{', '.join(first)} or {last}" if first else last
    but = f" other than {shut_out.by} (who {shut_out.did})" if shut_out else ""
    return f"{buttons}, by {who}{but}."

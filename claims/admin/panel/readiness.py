"""The checklist as the page shows it: each rule with the place that mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.drafted import Drafted
from claims.rules import Checklist, Rule

# No field of the form mends this: another person does, by a step.
BY_A_STEP = "stage"
NEEDS_THE_RULES = ("submit", "approve", "publish", "update", "correct")


@dataclass(frozen=True)
class Line:
    """One rule, and the id of what mends it; empty where the person can mend nothing."""

    sentence: str
    anchor: str = ""
    reason: str = ""


def lines_of(ready: Checklist, in_rows: set[str], *, with_links: bool) -> dict[str, Any]:
    """The rules in the order of the table, by how the claim stands to them."""

    def anchor(rule: Rule) -> str:
        return anchor_of(rule.field, in_rows) if with_links else ""

    faults = [
        Line(f"The override of the rule “{override.rule}” does not hold.", reason=fault)
        for override, fault in ready.needless
    ]
    return {
        "unmet": [Line(rule.sentence, anchor(rule)) for rule in ready.unmet],
        "faults": faults,
        "faults_anchor": "overrides-group" if with_links else "",
        "overridden": [
            Line(rule.sentence, reason=f"{override.created_by}: {override.reason}")
            for rule, override in ready.overridden
        ],
        "met": [Line(rule.sentence) for rule in ready.met],
    }


def anchor_of(field: str, in_rows: set[str]) -> str:
    """The id of the field, or of the rows, on the claim's page that mend a rule."""
    if field == BY_A_STEP:
        return "steps"
    return f"{field}-group" if field in in_rows else f"id_{field}"


def closed_steps(ready: Checklist, draft: Drafted, changed: Sequence[str]) -> dict[str, str]:
    """The steps that would be refused now, each with what is in the way."""
    missing = len(ready.unmet) + len(ready.needless) + len(draft.reasons)
    if missing:
        what = "one thing is" if missing == 1 else f"{missing} things are"
        return dict.fromkeys(NEEDS_THE_RULES, f"Not yet: {what} missing.")
    if changed:
        sentence = "Not as it is: it is no longer what was submitted."
        return dict.fromkeys(NEEDS_THE_RULES[1:], sentence)
    return {}

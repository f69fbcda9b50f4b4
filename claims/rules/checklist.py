"""The publication rules as a checklist: all of them, with how the claim stands to each."""

from dataclasses import dataclass

from claims.claim_file import ClaimFile
from claims.models import Override
from claims.rules.table import BY_NAME, RULES, Rule, holds


@dataclass(frozen=True)
class Checklist:
    """Every rule once: not met, met (or not asked of this claim), or overridden with a reason.

    `needless` are the overrides that do not hold, each with what is wrong with it; as long as there
    is one, the claim is not ready.
    """

    unmet: list[Rule]
    met: list[Rule]
    overridden: list[tuple[Rule, Override]]
    needless: list[tuple[Override, str]]

    @property
    def is_ready(self) -> bool:
        """Whether the rules let the claim be submitted."""
        return not self.unmet and not self.needless


def checklist(file: ClaimFile) -> Checklist:
    """How the claim stands to each rule now."""
    broken = {rule.name for rule in RULES if not rule.is_met(file)}
    overrides = {override.rule: override for override in file.claim.overrides.all()}
    held = {name for name, override in overrides.items() if holds(override, broken)}
    return Checklist(
        unmet=[rule for rule in RULES if rule.name in broken - held],
        met=[rule for rule in RULES if rule.name not in broken],
        overridden=[(rule, overrides[rule.name]) for rule in RULES if rule.name in held],
        needless=[
            (override, fault_of(override, broken))
            for name, override in overrides.items()
            if name not in held
        ],
    )


def fault_of(override: Override, broken: set[str]) -> str:
    """Why an override does not hold, and what to do about it."""
    rule = BY_NAME.get(override.rule)
    if rule is None:
        return "There is no such rule any more: remove the override."
    if not rule.overridable:
        return "This rule can never be overridden: meet it, and remove the override."
    if rule.name not in broken:
        return "The claim meets this rule: remove the override."
    return (
        f"“{override.created_by}”, who entered it, is no editor: an editor removes it and enters "
        "it anew."
    )

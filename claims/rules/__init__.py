"""The publication rules: one table, shown as a checklist and enforced by the workflow."""

from claims.rules.checklist import Checklist, checklist
from claims.rules.table import BY_NAME, OVERRIDES, RULES, Rule, unmet, unmet_by

__all__ = ["BY_NAME", "OVERRIDES", "RULES", "Checklist", "Rule", "checklist", "unmet", "unmet_by"]

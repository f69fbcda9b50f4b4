"""What the admins of all rooms share: who entered a row, stale forms, steps as buttons.

Knows Django and the floor, nothing of claims or sources.
"""

from factcheck.common.admin.entered import (
    EnteredAdmin,
    EnteredForm,
    EnteredStackedInline,
    EnteredTabularInline,
    ReadOnlyAdmin,
    ReadOnlyTabularInline,
    date_bounds_row,
)
from factcheck.common.admin.identified import IdentifiedAdmin
from factcheck.common.admin.steps import Button, StepsAdmin

__all__ = [
    "Button",
    "EnteredAdmin",
    "EnteredForm",
    "EnteredStackedInline",
    "EnteredTabularInline",
    "IdentifiedAdmin",
    "ReadOnlyAdmin",
    "ReadOnlyTabularInline",
    "StepsAdmin",
    "date_bounds_row",
]

"""What stands beside the form of a claim: where it stands, what is missing, how it came about."""

from claims.admin.panel.page import ClaimPanelAdmin

__all__ = ["ClaimPanelAdmin"]

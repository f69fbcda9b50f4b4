"""Partners at the desk: for administrators."""

from factcheck.partners.admin.keys import ApiKeyAdmin

__all__ = ["ApiKeyAdmin"]

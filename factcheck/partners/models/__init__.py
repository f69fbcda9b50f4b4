"""What we keep of partners."""

from factcheck.partners.models.key import ApiKey

__all__ = ["ApiKey"]

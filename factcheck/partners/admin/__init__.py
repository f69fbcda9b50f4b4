"""The desk's pages about partners."""

from factcheck.partners.admin.keys import ApiKeyAdmin
from factcheck.partners.admin.notices import DeliveryAdmin
from factcheck.partners.admin.webhooks import WebhookAdmin

__all__ = ["ApiKeyAdmin", "DeliveryAdmin", "WebhookAdmin"]

"""The desk's pages about partners."""

from factcheck.partners.notice_admin import DeliveryAdmin
from factcheck.partners.webhook_admin import WebhookAdmin

__all__ = ["DeliveryAdmin", "WebhookAdmin"]

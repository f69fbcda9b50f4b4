"""What we keep of partners."""

from factcheck.partners.models.key import ApiKey
from factcheck.partners.models.webhook import Delivery, Webhook, WebhookProgress, WebhookSecret

__all__ = ["ApiKey", "Delivery", "Webhook", "WebhookProgress", "WebhookSecret"]

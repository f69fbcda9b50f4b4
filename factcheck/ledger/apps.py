"""The public ledger: what was published, when, and what was changed since."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "factcheck.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

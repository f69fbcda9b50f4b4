"""What is said, and whether it is so."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "What is said"
    default_auto_field = "django.db.models.BigAutoField"

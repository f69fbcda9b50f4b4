"""Partners, as an app of the roof: it imports everything and nobody imports it."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "factcheck.partners"
    label = "partners"
    verbose_name = "Partners"
    default_auto_field = "django.db.models.BigAutoField"

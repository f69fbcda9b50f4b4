"""Where words come from."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = "Where words come from"
    default_auto_field = "django.db.models.BigAutoField"

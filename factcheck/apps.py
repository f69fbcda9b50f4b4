"""The roof: settings, site-wide pages, the commands that set the house up."""

from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    label = "factcheck"

    def ready(self) -> None:
        """Let `check --database` know the checks of the server itself."""
        from factcheck.database import checks  # noqa: F401 -- importing registers them

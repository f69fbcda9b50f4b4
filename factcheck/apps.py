"""The roof: settings, site-wide pages, the commands that set the house up."""

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from procrastinate.contrib.django.apps import ProcrastinateConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    label = "factcheck"
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `check --database` know the checks of the server itself."""
        from factcheck.database import checks  # noqa: F401 -- importing registers them


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the desk as its site."""

    default = False  # Otherwise the app "factcheck" would be this one.
    default_site = "factcheck.desk.DeskSite"


# What libraries keep at the desk is called by what it is there for.


class LockOutConfig(AxesConfig):
    """The library that counts who fails to sign in."""

    default = False
    verbose_name = "Lock-outs"


class JobsConfig(ProcrastinateConfig):
    """The library that keeps what the worker has to do."""

    default = False
    verbose_name = "Background jobs"

"""Which tables which role may use: what `grants` is given."""

from django.apps import apps
from django.db import connections
from django.db.models import Model

from factcheck.accounts import project_models
from factcheck.ledger import models as ledger
from factcheck.models import ReadOnlySwitch
from factcheck.public_side import PROJECTIONS
from sources import models as sources


def history_tables() -> set[str]:
    """The tables in which triggers keep the row before every change."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if hasattr(model, "pgh_tracked_model")
    }


def append_only_tables() -> set[str]:
    """What the editing side may add to, and never change."""
    own: list[type[Model]] = [*ledger.APPEND_ONLY, *sources.APPEND_ONLY, ReadOnlySwitch]
    return {model._meta.db_table for model in own} | history_tables()


def readable_tables() -> set[str]:
    """What the public side may read: the ledger without its decisions, and the projections. Which
    migrations have run is no secret, and tells whether the site is ready.
    """
    public = {model._meta.db_table for model in (*ledger.READABLE, *PROJECTIONS)}
    return public | {"django_migrations"}


def editing_tables(alias: str = "owner") -> set[str]:
    """What the editing side uses: every table but the list of migrations."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor)) - {"django_migrations"}


def switched_tables() -> set[str]:
    """What nobody writes to while the desk is read-only: all of the desk, the ledger and the public
    side but what signs the log. People can still sign in, and the switch can be switched.
    """
    models = set(project_models()) - set(ledger.SIGNED_MEANWHILE)
    return {model._meta.db_table for model in models}


def functions_for_app() -> tuple[str, ...]:
    """What the editing side may have the owner do, and cannot do itself."""
    return ledger.FUNCTIONS_FOR_APP + sources.FUNCTIONS_FOR_APP

"""Django's command, with the rights that the desk has."""

from django.contrib.auth.management.commands import createsuperuser


class Command(createsuperuser.Command):
    """As Django's, but for a look at the table of migrations, which the app's role cannot read."""

    requires_migrations_checks = False

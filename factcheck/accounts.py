"""Groups for the four roles, with what each may enter in the admin."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model, Q

from factcheck.common.roles import Role

DESK = Q(content_type__app_label__in=["sources", "claims"])
PUBLIC_SIDE = Q(content_type__model__startswith="public") | Q(
    content_type__model__in=["importedrow", "importedreview"]
)
HISTORY = Q(content_type__model__endswith="event") & ~Q(content_type__model="event")
# A row of these is never changed or deleted by hand: bytes and their places are evidence, an
# embargo has buttons of its own, what somebody said to colleagues was said, and a report is
# somebody else's.
FIXED = (
    Q(
        content_type__model__in=[
            "capture",
            "capturerequest",
            "capturestamp",
            "jobfailure",
            "passagerange",
            "embargo",
        ]
    )
    & ~Q(codename__startswith="view_")
) | Q(
    codename__in=[
        "change_passage",
        "delete_passage",
        "change_comment",
        "delete_comment",
        "add_commentmention",
        "delete_commentmention",
        "delete_report",
    ]
)
# A file brought to be imported stays as it came; what came of it is the importer's to say.
IMPORTS = Q(codename__in=["add_upload", "view_upload", "view_importrun"])
RUNS = Q(content_type__model__in=["upload", "importrun"])
# Accounts are deactivated, not deleted; what a role may do is said here, not in the admin.
ACCOUNTS = Q(codename__in=["view_user", "add_user", "change_user", "view_group"])
# Who guessed passwords and has to wait, and the read-only switch.
WATCH = Q(codename__in=["view_accessattempt", "delete_accessattempt", "add_readonlyswitch"])
# The keys of programs: given and revoked, never changed or deleted.
KEYS = Q(codename__in=["view_apikey", "add_apikey", "change_apikey"])
# Partners' webhooks, of which secrets are never shown again.
WEBHOOKS = Q(codename__in=["view_webhook", "add_webhook", "change_webhook", "view_delivery"])
JOBS = Q(content_type__model__in=["procrastinatejob", "procrastinateevent"])


def make_groups(*, using: str = "default") -> None:
    """Make the four groups and set their permissions anew. Idempotent; needs migrated tables."""
    view = Q(codename__startswith="view_")
    entering = (DESK & ~PUBLIC_SIDE & ~HISTORY & ~FIXED & ~RUNS) | IMPORTS
    reading = view & (DESK | Q(content_type__app_label="ledger")) & ~HISTORY
    permissions = {
        Role.REPORTER: entering | reading,
        Role.CHECKER: entering | reading,
        Role.EDITOR: entering | reading,
        Role.ADMINISTRATOR: ACCOUNTS | WATCH | KEYS | WEBHOOKS | IMPORTS | reading | (view & JOBS),
    }
    for role in Role:
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(Permission.objects.using(using).filter(permissions[role]))


def make_account(username: str, *, role: Role, password: str) -> User:
    """Make or mend one staff account with one role. The password is set as given."""
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff, user.is_active = True, True
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=role.value)])
    return user


def project_models() -> list[type[Model]]:
    """All models of the project's own apps, history tables included."""
    return [
        model
        for label in ("ledger", "sources", "claims", "partners")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]

"""Who works at the desk."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from factcheck.common.errors import NotAllowed
from factcheck.common.roles import Role, roles_of

# Who enters claims also does the work around them; administrators read it.
WORKING = frozenset({Role.REPORTER, Role.CHECKER, Role.EDITOR})


def desk_people() -> QuerySet[User]:
    """Everybody who can be given work or told of something: active, with a role of the desk."""
    people = User.objects.filter(is_active=True, is_staff=True, groups__name__in=Role.values)
    return people.distinct().order_by("username")


def check_works(by: User) -> None:
    """Raise NotAllowed for who has no role in which claims are worked on."""
    if not roles_of(by) & WORKING:
        roles = " or ".join(sorted(WORKING))
        raise NotAllowed(f"This is for the role {roles}.")

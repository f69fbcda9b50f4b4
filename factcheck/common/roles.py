"""The four roles of the desk, which are Django's groups of these names."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import TextChoices


class Role(TextChoices):
    """Who may take which step; a person can hold several."""

    REPORTER = "reporter"
    CHECKER = "checker"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


def roles_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[Role]:
    """The person's roles; none for who is not signed in or not active. A superuser has no more
    roles than its groups say, so that no account alone can publish.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    names = user.groups.values_list("name", flat=True)  # type: ignore[attr-defined]
    return frozenset(Role(name) for name in names if name in Role.values)

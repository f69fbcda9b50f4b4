"""Accounts, roles and lock-outs: for administrators, and for nobody about themselves."""

from typing import Any

import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401 -- so does this
import qsessions.admin  # noqa: F401 -- and this
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from qsessions.models import Session

from factcheck.common.admin import ReadOnlyAdmin
from factcheck.common.admin.entered import ReadOnlyMixin
from factcheck.signing_in import second_factor, sessions

# They show secrets: keys of sessions and of authenticators. What is to be done with them is done on
# the page of the account.
admin.site.unregister([Session, TOTPDevice, StaticDevice])
admin.site.unregister([User, Group])

RIGHTS = ("is_active", "is_staff", "groups", "is_superuser")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """The accounts of the desk. Nobody changes their own rights, and only a superuser those of a
    superuser. Accounts are never deleted, since the history names them: they are deactivated.
    """

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        (
            "What the account may do",
            {
                "fields": RIGHTS,
                "description": "To work at the desk an account is active, belongs to the staff, "
                "and has one of the roles (groups). Two people stand behind a publication: give "
                "nobody a second account.",
            },
        ),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "roles")
    change_form_template = "admin/signing_in/account_change_form.html"
    actions = None

    @admin.display(description="roles")
    def roles(self, account: User) -> str:
        """The account's groups."""
        return ", ".join(group.name for group in account.groups.all()) or "none"

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Four roles are four boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Who may do what

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the groups, in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """One's own rights, and what makes a superuser."""
        dates = ("last_login", "date_joined")
        if obj is not None and obj.pk == request.user.pk:
            return (*dates, *RIGHTS)
        return dates if is_superuser(request) else (*dates, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not of a superuser's account, except by another."""
        if obj is not None and obj.is_superuser and not is_superuser(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: an account is deactivated."""
        return False

    # Saving

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the groups; end the sessions of who does not belong to the desk any more, and say
        what is missing for one who shall.
        """
        super().save_related(request, form, formsets, change)
        account = form.instance
        if not (account.is_active and account.is_staff):
            sessions.end_all(account)
        if change and account.is_staff != account.groups.exists():
            missing = "a role (group)" if account.is_staff else "to belong to the staff"
            messages.warning(request, f"To work at the desk, {account} also needs {missing}.")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Django's view; whoever was signed in with the old password is not any more."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            account = User.objects.get(pk=id)
            if account.pk == request.user.pk:
                sessions.end_others(request)
            else:
                sessions.end_all(account)
        return response

    # What is done for a person who lost a telephone, or whose session is in other hands

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the two buttons of the page."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/end-sessions/", wrap(self.end_sessions), name="auth_user_end_sessions"),
            path(
                "<int:pk>/remove-second-factor/",
                wrap(self.remove_second_factor),
                name="auth_user_remove_second_factor",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With where the person is signed in, for who may end it."""
        account = kwargs.get("obj")
        if account is not None and self.has_change_permission(request, account):
            context |= {
                "sessions": sessions.sessions_of(account),
                "device": second_factor.device_of(account),
                "is_own": account.pk == request.user.pk,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def end_sessions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End all sessions of the person."""
        account = self.account_of_another(request, pk)
        count = sessions.end_all(account)
        self.log_change(request, account, f"Ended {count} sessions.")
        messages.success(request, f"{account} is not signed in anywhere any more.")
        return redirect(reverse("admin:auth_user_change", args=[pk]))

    def remove_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget the person's authenticator and recovery codes, and end the sessions: at the next
        sign-in the person sets up another.
        """
        account = self.account_of_another(request, pk)
        with transaction.atomic():
            if second_factor.forget(account):
                self.log_change(request, account, "Removed the second factor.")
            sessions.end_all(account)
        messages.success(
            request, f"{account} has no second factor now, and sets up one at the next sign-in."
        )
        return redirect(reverse("admin:auth_user_change", args=[pk]))

    def account_of_another(self, request: HttpRequest, pk: int) -> User:
        """The account, if the person may do this to it by POST."""
        account = User.objects.filter(pk=pk).first()
        if not self.has_change_permission(request, account) or request.method != "POST":
            raise PermissionDenied
        if account is None:
            raise Http404
        if account.pk == request.user.pk:
            # One's own are on the pages of everybody; here they would end this very request.
            raise PermissionDenied
        return account


@admin.register(Group)
class RoleAdmin(ReadOnlyMixin, GroupAdmin):
    """The four roles. What they may do is set anew by `prepare_database`, from the code."""

    actions = None


@admin.register(AccessAttempt)
class LockOutAdmin(ReadOnlyAdmin):
    """Who failed to sign in, and how often. Forgetting a row lets its name try again at once."""

    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("username", "ip_address"),
                    ("failures_since_start", "attempt_time"),
                    "user_agent",
                ]
            },
        )
    ]
    list_display = ["username", "ip_address", "failures_since_start", "waits", "attempt_time"]
    search_fields = ["=username", "=ip_address"]
    ordering = ["-attempt_time"]
    actions = ["let_try_again"]

    @admin.display(description="has to wait", boolean=True)
    def waits(self, attempt: AccessAttempt) -> bool:
        """Whether the name has to wait at that address, as far as this row alone says."""
        return bool(attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT)

    @admin.action(description="Let them try again at once", permissions=["reset"])
    def let_try_again(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Forget the failures that were chosen."""
        self.log_deletions(request, queryset)
        count = queryset.delete()[0]
        messages.success(request, f"{count} forgotten: they can try again at once.")

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Whether the person may end the waiting of others."""
        user: Any = request.user
        return bool(user.has_perm("axes.delete_accessattempt"))


def is_superuser(request: HttpRequest) -> bool:
    """Whether a superuser asks."""
    return bool(getattr(request.user, "is_superuser", False))

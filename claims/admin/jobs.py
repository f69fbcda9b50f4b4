"""Jobs of the worker: what waits, runs or has failed, and why. What was done is not kept."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from claims.models import JobFailure
from factcheck.common.admin import ReadOnlyAdmin, ReadOnlyTabularInline
from sources.jobs import worker_runs

# The library's own page has buttons that ask for no permission, and styles that our policy refuses.
admin.site.unregister(ProcrastinateJob)

# What each job is there for; one that is missing here goes by its own name.
NAMES = {
    "claims.publish_due": "Publish what is due",
    "claims.carry_out_imports": "Carry out imports",
    "claims.write_dump": "Write the dump of the day",
    "claims.look_after_dumps": "Look after the dumps",
    "sources.carry_out_captures": "Keep copies of pages",
    "sources.stamp_captures": "Have copies stamped with the time",
    "sources.erase_captures": "Erase copies on their deletion date",
    "partners.send_notices": "Send notices to partners",
    "partners.forget_notices": "Forget old notices",
    "factcheck.look_after_jobs": "Look after the jobs",
}
STATES = {
    "todo": "waits",
    "doing": "is being done",
    "failed": "failed",
    "cancelled": "cancelled",
    "aborted": "broken off",
    "succeeded": "done",
}
EVENTS = {
    "deferred": "put in line",
    "started": "begun",
    "deferred_for_retry": "put back in line",
    "failed": "failed",
    "succeeded": "done",
    "cancelled": "cancelled",
    "abort_requested": "asked to end",
    "aborted": "broken off",
    "scheduled": "is due at",
    "retried": "put back in line by hand",
}
ANOTHER_WAITS = "Another job waits to do the same: nothing is lost."


class JobEventInline(ReadOnlyTabularInline):
    """What happened to a job."""

    model = ProcrastinateEvent
    fields = readonly_fields = ("what", "at")
    verbose_name_plural = "what happened"

    @admin.display(description="what")
    def what(self, event: ProcrastinateEvent) -> str:
        """In words."""
        return EVENTS.get(event.type, event.type)


class StateFilter(admin.SimpleListFilter):
    """By state, in words."""

    title = parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those that are kept."""
        return [(state, STATES[state]) for state in ("todo", "doing", "failed", "cancelled")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the answer."""
        return queryset.filter(status=self.value()) if self.value() in STATES else queryset


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """Jobs that are to be done, in hand or failed. Single copies of pages have a list of their own,
    with a reason for each.
    """

    change_form_template = "admin/desk/job_change_form.html"
    fieldsets = [
        (None, {"fields": ["what", "state", "due", "attempts", "reason"]}),
    ]
    inlines = [JobEventInline]
    list_display = ["what", "state", "due", "attempts", "reason"]
    list_filter = [StateFilter]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The jobs, each with why it failed the last time."""
        failures = JobFailure.objects.filter(job=models.OuterRef("pk"))
        return super().get_queryset(request).annotate(why=failures.values("reason")[:1])

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's list, under the name that the desk has for it."""
        return super().changelist_view(
            request, {"title": "Jobs of the worker", **(extra_context or {})}
        )

    @admin.display(description="what", ordering="task_name")
    def what(self, job: ProcrastinateJob) -> str:
        """What it is there for."""
        return NAMES.get(job.task_name, job.task_name)

    @admin.display(description="state", ordering="status")
    def state(self, job: ProcrastinateJob) -> str:
        """How far it is, in words."""
        if job.status == "todo" and not worker_runs():
            return "waits; no worker is running"
        return STATES.get(job.status, job.status)

    @admin.display(description="due (UTC)", ordering="scheduled_at")
    def due(self, job: ProcrastinateJob) -> str:
        """When it is tried next; nothing for what is not."""
        if job.status != "todo":
            return "—"
        at = job.scheduled_at
        return f"{at:%Y-%m-%d %H:%M:%S}" if at and at > timezone.now() else "as soon as it can"

    @admin.display(description="why it failed the last time")
    def reason(self, job: Any) -> str:
        """In a sentence."""
        return job.why or "—"

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Django's page, which calls the job by what it is there for."""
        context |= {"title": self.what(obj), "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and one for the two buttons."""
        step = path(
            "<path:object_id>/step/<slug:action>/",
            self.admin_site.admin_view(self.step_view),
            name="procrastinate_procrastinatejob_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponseBase:
        """Try a job again now, or cancel it. POST alone, for who may see the jobs."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = self.get_object(request, object_id)
        if job is None or action not in ("again", "cancel"):
            raise Http404
        refusal = try_again(job) if action == "again" else cancel(job)
        if refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, "Done.")
        return HttpResponseRedirect(
            reverse("admin:procrastinate_procrastinatejob_change", args=[job.pk])
        )


def try_again(job: ProcrastinateJob) -> str:
    """Put a job that failed back in line; why not, if it cannot be."""
    if job.status != "failed":
        return "Only what has failed can be tried again."
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    except ConnectorException:
        return ANOTHER_WAITS
    return ""


def cancel(job: ProcrastinateJob) -> str:
    """Take a job that waits out of the line; why not, if it cannot be."""
    if job.status != "todo" or not app.job_manager.cancel_job_by_id(job.pk):
        return "Only what waits can be cancelled."
    return ""

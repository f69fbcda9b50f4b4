"""Jobs, to be read: what the worker has done is looked up here, and nothing is done to it."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from factcheck.common.admin import ReadOnlyAdmin, ReadOnlyTabularInline

# The library's own page has buttons that ask for no permission, and styles that our policy refuses.
admin.site.unregister(ProcrastinateJob)


class JobEventInline(ReadOnlyTabularInline):
    """What happened to a job."""

    model = ProcrastinateEvent
    fields = ["type", "at"]
    verbose_name_plural = "what happened"


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """Jobs that are to be done, in hand or failed; those that were done are not kept."""

    fieldsets = [
        (None, {"fields": ["task_name", "status", "scheduled_at", "attempts", "args"]}),
    ]
    inlines = [JobEventInline]
    list_display = ["id", "task_name", "status", "scheduled_at", "attempts"]
    list_filter = ["status", "task_name"]
    ordering = ["-id"]

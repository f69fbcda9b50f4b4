"""Topics, with their names in further languages."""

from django.contrib import admin

from claims.models import Topic, TopicName
from factcheck.common.admin import EnteredTabularInline, IdentifiedAdmin


class TopicNameInline(EnteredTabularInline):
    """The topic in further languages."""

    model = TopicName
    verbose_name = "name in another language"
    verbose_name_plural = "names in other languages"
    fields = ["language", "name", "slug"]


@admin.register(Topic)
class TopicAdmin(IdentifiedAdmin):
    """What readers browse."""

    fieldsets = [(None, {"fields": ["name", "slug"]})]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TopicNameInline]
    list_display = ["name", "slug", "public_id"]
    search_fields = ["name", "=slug", "names__name", "=public_id"]

"""Topics: what readers browse and partners filter by."""

from django.db import models
from django.db.models import Q

from factcheck.common.guards import touches
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Entered, Identified, identified_triggers
from factcheck.common.text import validate_line


@tracked
class Topic(Identified):
    """A subject readers browse. Told in the records of the claims that carry it."""

    name = models.CharField(
        max_length=100,
        unique=True,
        validators=[validate_line],
        help_text="The topic's name in English.",
    )
    slug = models.SlugField(
        max_length=100, unique=True, help_text="The English name as it stands in addresses."
    )

    class Meta:
        ordering = ["name"]
        triggers = identified_triggers()

    def __str__(self) -> str:
        return self.name


@tracked
class TopicName(Entered):
    """A Topic's name and slug in a further language."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(
        max_length=20, validators=[validate_language], help_text="Such as fr or uk."
    )
    name = models.CharField(
        max_length=100, validators=[validate_line], help_text="The name in that language."
    )
    slug = models.SlugField(
        max_length=100, allow_unicode=True, help_text="The name as it stands in addresses."
    )

    class Meta:
        ordering = ["topic_id", "language"]
        constraints = [
            models.UniqueConstraint(
                name="topicname_one_a_language",
                fields=["topic", "language"],
                violation_error_message="This Topic has a name in this language already.",
            ),
            models.UniqueConstraint(
                name="topicname_slug_leads_to_one",
                fields=["language", "slug"],
                violation_error_message="Another Topic has this address in this language.",
            ),
            models.CheckConstraint(
                name="topicname_is_not_english",
                condition=~Q(language="en"),
                violation_error_message="The English name stands on the Topic itself.",
            ),
        ]
        triggers = [touches(table="claims_topic", column="topic_id")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

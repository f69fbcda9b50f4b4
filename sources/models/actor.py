"""Actors, their names, roles and who controls them."""

from django.db import models
from django.db.models import F, Q

from factcheck.common.acyclic import acyclic, check_acyclic
from factcheck.common.dates import days_can_be_meant, validate_day
from factcheck.common.finding import likeness_index, words_index
from factcheck.common.guards import touches
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Entered, Identified, identified_triggers
from factcheck.common.text import validate_line, validate_name
from factcheck.ledger.triggers import merges, published_is_kept
from sources.choices import ActorKind, NameForm

CONTROL_IN_CIRCLE = "This control would close a circle: nobody controls itself through others."


@tracked
class Actor(Identified):
    """Somebody who can speak or publish. Written by the desk and the importer."""

    kind = models.CharField(
        max_length=20,
        choices=ActorKind.choices,
        help_text="What speaks: a person, a body, an outlet; an anonymous voice is one of its own.",
    )
    name = models.CharField(
        max_length=200,
        validators=[validate_name],
        help_text="The name as our style has it, in English. Other names and spellings go below.",
    )
    description = models.CharField(
        max_length=300,
        blank=True,
        validators=[validate_line],
        help_text="Who this is, in a few words. For a private person it stands in for the name.",
    )
    is_private = models.BooleanField(
        "private person",
        default=False,
        help_text="Set for private people: no public page, and the name is never published.",
    )
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=20,
        blank=True,
        help_text="Such as Q42; helps partners to join data. Leave empty when unsure.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        help_text="The Actor that stands for this one, which was entered twice.",
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="actor_wikidata_id_is_an_item",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]{0,17}$"),
                violation_error_message="A Wikidata id is a Q and a number, such as Q42.",
            ),
            models.CheckConstraint(
                name="actor_private_person_is_described",
                condition=Q(is_private=False) | (Q(kind=ActorKind.PERSON) & ~Q(description="")),
                violation_error_message=(
                    "A private person is a person and needs a description, which is what is shown."
                ),
            ),
            models.CheckConstraint(
                name="actor_kind_is_known", condition=Q(kind__in=ActorKind.values)
            ),
            models.CheckConstraint(
                name="actor_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(name="actor_by_name", fields=["name", "id"]),
            words_index("actor_words", "name"),
            likeness_index("actor_spelt_like", "name"),
        ]
        triggers = [
            *identified_triggers(),
            published_is_kept("actor"),
            *merges(table="sources_actor", kind="actor"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class ActorName(Entered):
    """A further name or spelling of an Actor."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(
        max_length=200, validators=[validate_name], help_text="The name, letter by letter."
    )
    language = models.CharField(
        max_length=20,
        validators=[validate_language],
        help_text="The language of this spelling, such as en, uk, ru or fr.",
    )
    form = models.CharField(
        max_length=20,
        choices=NameForm.choices,
        help_text="As a source printed it, as our style has it in that language, or an alias.",
    )

    class Meta:
        ordering = ["actor_id", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                name="actorname_is_given_once",
                fields=["actor", "name", "language"],
                violation_error_message="This Actor has this name in this language already.",
            ),
            models.CheckConstraint(
                name="actorname_form_is_known", condition=Q(form__in=NameForm.values)
            ),
        ]
        indexes = [
            words_index("actorname_words", "name"),
            likeness_index("actorname_spelt_like", "name"),
        ]
        triggers = [touches(table="sources_actor", column="actor_id")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


@tracked
class ActorRole(Entered):
    """A role an Actor held, from and until when as far as established."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(
        max_length=200,
        validators=[validate_line],
        help_text="The role in our style, such as “governor of Belgorod region”.",
    )
    as_printed = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="The role in the source's words.",
    )
    body = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="office_holders",
        null=True,
        blank=True,
        help_text="The body the role belongs to: who holds it speaks under that body's control.",
    )
    held_from = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The first day for which the role is established.",
    )
    held_until = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The last day for which the role is established. It is told with a claim only "
        "where both days are given and the claim was said between them.",
    )
    passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The passage that tells of the role.",
    )

    class Meta:
        ordering = ["actor_id", F("held_from").asc(nulls_first=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="actorrole_days_in_order",
                condition=Q(held_from=None)
                | Q(held_until=None)
                | Q(held_from__lte=F("held_until")),
                violation_error_message="The role must not end before it begins.",
            ),
            days_can_be_meant("actorrole", "held_from", "held_until"),
        ]
        triggers = [touches(table="sources_actor", column="actor_id")]

    def __str__(self) -> str:
        return f"{self.actor}, {self.title}"


@tracked
class Control(Entered):
    """A parent Actor controls another one, for days, as a Passage tells. Acyclic, by trigger."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="controls")
    parent = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="controlled",
        help_text="Who controls. Outlets with the same parent are never two origins.",
    )
    held_from = models.DateField(
        null=True, blank=True, validators=[validate_day], help_text="First day established."
    )
    held_until = models.DateField(
        null=True, blank=True, validators=[validate_day], help_text="Last day established."
    )
    passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The passage that tells of the control.",
    )

    class Meta:
        ordering = ["actor_id", "parent_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="control_days_in_order",
                condition=Q(held_from=None)
                | Q(held_until=None)
                | Q(held_from__lte=F("held_until")),
                violation_error_message="The control must not end before it begins.",
            ),
            days_can_be_meant("control", "held_from", "held_until"),
        ]
        triggers = [
            touches(table="sources_actor", column="actor_id"),
            acyclic(
                table="sources_control",
                child="actor_id",
                parent="parent_id",
                message=CONTROL_IN_CIRCLE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent} controls {self.actor}"

    def clean(self) -> None:
        """Refuse a circle before the database does, with the same words."""
        check_acyclic(self, child="actor_id", parent="parent_id", message=CONTROL_IN_CIRCLE)

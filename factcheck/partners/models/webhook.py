"""Webhooks: whom we notify of what is published, how far we are, and each notice."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from factcheck.common.history import tracked
from factcheck.common.models import Entered, Identified, identified_triggers
from factcheck.common.text import validate_line
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """The verbs that read after `Webhook.objects`."""

    def active(self) -> "WebhookQuerySet":
        """Those to which we send."""
        return self.filter(disabled_at=None)

    def given_up(self) -> "WebhookQuerySet":
        """Those that are disabled and took no notice before that."""
        return self.filter(disabled_at__isnull=False, progress__failed_at__isnull=False)


@tracked
class Webhook(Identified):
    """An address of a partner's that we notify of publications. Entered by an administrator;
    disabled and enabled by `partners.webhooks`, and disabled by `partners.sending` where nobody
    answers. What it is sent is thin: no words of claims.
    """

    url = models.CharField(
        "address",
        max_length=500,
        help_text="Begins with https://. We post there, and never follow a redirect from there.",
    )
    description = models.CharField(
        max_length=200,
        validators=[validate_line],
        help_text="Whose it is, and whom to tell when it fails.",
    )
    subjects = ArrayField(
        models.CharField(max_length=10, choices=SubjectKind.choices),
        help_text="About which kinds of things it is notified.",
    )
    kinds = ArrayField(
        models.CharField(max_length=10, choices=PublicationKind.choices),
        help_text="Of which publications. A mirror needs all: what is suspended, retracted, merged "
        "or redacted has to go there too.",
    )
    disabled_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when nothing is sent; empty while it is."
    )
    disabled_why = models.CharField(
        max_length=500, blank=True, editable=False, help_text="Why nothing is sent."
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="partners_webhook_is_asked_over_tls",
                violation_error_message="Give an address that begins with https://.",
            ),
            models.CheckConstraint(
                condition=Q(subjects__contained_by=SubjectKind.values) & ~Q(subjects=[]),
                name="partners_webhook_is_about_something",
                violation_error_message="Choose at least one kind of thing.",
            ),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=PublicationKind.values) & ~Q(kinds=[]),
                name="partners_webhook_hears_of_something",
                violation_error_message="Choose at least one kind of publication.",
            ),
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_why="")
                | (Q(disabled_at__isnull=False) & ~Q(disabled_why="")),
                name="partners_webhook_is_disabled_for_a_reason",
                violation_error_message="Say why nothing is sent any more.",
            ),
        ]
        triggers = identified_triggers()

    def __str__(self) -> str:
        return self.description

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class WebhookSecretQuerySet(models.QuerySet["WebhookSecret"]):
    """The verbs that read after `WebhookSecret.objects`."""

    def valid(self) -> "WebhookSecretQuerySet":
        """Those that notices are signed with, the newest first."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=Now())).order_by("-pk")


class WebhookSecret(Entered):
    """A secret by which a partner knows that a notice is ours. Written by `partners.webhooks`.

    It is kept as it is, since signing needs it: whoever reads the database can sign as us. It has
    no history, so that one that has ended is gone.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="secrets")
    secret = models.CharField(
        max_length=100,
        help_text="Shown once, to who made it. Kept as it is, since signing needs it.",
    )
    ends_at = models.DateTimeField(
        null=True, help_text="Until then it signs beside the one that took its place."
    )

    objects = WebhookSecretQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook"],
                condition=Q(ends_at=None),
                name="partners_webhooksecret_one_lasts",
                violation_error_message="Only one secret of a webhook lasts.",
            ),
            models.CheckConstraint(
                condition=Q(secret__startswith="whsec_"),
                name="partners_webhooksecret_says_what_it_is",
                violation_error_message="A secret begins with whsec_.",
            ),
        ]

    def __str__(self) -> str:
        return f"a secret of {self.webhook_id}"


class WebhookProgressQuerySet(models.QuerySet["WebhookProgress"]):
    """The verbs that read after `WebhookProgress.objects`."""

    def behind(self, seq: int) -> "WebhookProgressQuerySet":
        """Those of active webhooks that have not heard of everything up to that place."""
        return self.filter(webhook__disabled_at=None, written_to__lt=seq)

    def due(self) -> "WebhookProgressQuerySet":
        """Those of active webhooks that nobody sends to at the moment, that do not rest, and for
        which something waits whose time has come. Who was served longest ago comes first.
        """
        waits = Delivery.objects.due().filter(webhook=models.OuterRef("webhook"))
        return self.filter(
            models.Exists(waits),
            webhook__disabled_at=None,
            leased_until__lte=Now(),
            rests_until__lte=Now(),
        ).order_by("leased_until")


class WebhookProgress(models.Model):
    """How far a webhook is: what changes with every notice, apart from what people enter, and
    without a history. Written by `partners.webhooks` and `partners.sending`.
    """

    webhook = models.OneToOneField(
        Webhook, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    written_to = models.BigIntegerField(
        help_text="The place in the ledger up to which each publication has its notice."
    )
    leased_until = models.DateTimeField(
        db_default=Now(), help_text="Until then, one worker alone sends to it."
    )
    rests_until = models.DateTimeField(
        db_default=Now(), help_text="Until then, it is left alone: it failed, or asked for it."
    )
    succeeded_at = models.DateTimeField(null=True, help_text="When it last took a notice.")
    failed_at = models.DateTimeField(
        null=True, help_text="When it last did not; empty once it has taken one."
    )

    objects = WebhookProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(written_to__gte=0), name="partners_webhookprogress_counts_from_zero"
            )
        ]

    def __str__(self) -> str:
        return f"up to {self.written_to}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The verbs that read after `Delivery.objects`."""

    def waiting(self) -> "DeliveryQuerySet":
        """Those that nobody has taken yet."""
        return self.filter(delivered_at=None)

    def due(self) -> "DeliveryQuerySet":
        """Those that wait, and whose time has come."""
        return self.waiting().filter(next_at__lte=Now())


class Delivery(models.Model):
    """One notice: that of a publication, to a webhook. Written by `partners.sending`.

    What is sent is made anew from the ledger each time, and is the same each time.
    """

    webhook = models.ForeignKey(
        Webhook,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
        help_text="To whom.",
    )
    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Of what: its place in the ledger.",
    )
    created_at = models.DateTimeField(
        db_default=Now(), editable=False, help_text="When it was put in line."
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often it was tried.")
    next_at = models.DateTimeField(
        null=True, db_default=Now(), help_text="When it is tried next, at the earliest."
    )
    delivered_at = models.DateTimeField(null=True, help_text="When it was taken.")
    tried_at = models.DateTimeField(null=True, help_text="When it was last tried.")
    status = models.PositiveSmallIntegerField(
        null=True, help_text="What it was answered last, as a number of HTTP."
    )
    outcome = models.CharField(
        max_length=500, blank=True, help_text="What came of the last attempt, in words."
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "notice"
        verbose_name_plural = "notices"
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "publication"],
                name="partners_delivery_once_of_each_publication",
                violation_error_message="This publication has its notice already.",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None, next_at__isnull=False)
                | Q(delivered_at__isnull=False, next_at=None),
                name="partners_delivery_waits_or_is_done",
                violation_error_message="A notice waits for its time, or was taken.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "publication"],
                condition=Q(delivered_at=None),
                name="partners_delivery_waiting",
            ),
            models.Index(F("webhook"), F("id").desc(), name="partners_delivery_newest"),
            models.Index(
                fields=["delivered_at"],
                condition=Q(delivered_at__isnull=False),
                name="partners_delivery_done",
            ),
        ]

    def __str__(self) -> str:
        return f"notice of place {self.publication_id}"

"""What readers can write to us about, in words for readers. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from claims.desk_choices import ReportKind


@dataclass(frozen=True)
class Wish:
    """A reason to write: what it is called, whom it is for, what is asked, and what comes of it.

    The words are English; pages show them through `gettext`.
    """

    code: str
    label: str
    hint: str
    next: str


WISHES = (
    Wish(
        ReportKind.ERROR,
        _("Report an error"),
        _("Something that we published is wrong, incomplete or out of date."),
        _(
            "Somebody at the desk compares what you write with the record. If we were wrong, we "
            "publish a correction that says in what, and the version before it stays readable."
        ),
    ),
    Wish(
        ReportKind.CHECK,
        _("Ask for a check"),
        _("You have met a claim and would like to know who said it, and whether it is so."),
        _(
            "Somebody at the desk decides whether we can check it. We cannot take up everything; "
            "what we take up is published, whichever way it turns out."
        ),
    ),
    Wish(
        ReportKind.COMPLAINT,
        _("Complain"),
        _("You object to how we work, or to how we have treated you."),
        _("An editor reads your complaint. It is answered, or closed with a reason that is kept."),
    ),
    Wish(
        ReportKind.REMOVAL,
        _("Ask to be removed"),
        _("You are a private person, and something here says who you are."),
        _(
            "An editor looks at it. What should not be known of a private "
            "person is removed, in earlier versions too; a note says that something was."
        ),
    ),
)
BY_CODE = {wish.code: wish for wish in WISHES}

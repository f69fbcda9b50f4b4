"""What was published, and what the public sees of it now."""

from django.utils.translation import gettext_noop as _

from claims.vocabulary.entry import Chapter, CodeList, Meaning
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind

SUBJECT_KIND = CodeList(
    name="subject-kind",
    title=_("Subjects"),
    question=_("What is a record about?"),
    choices=SubjectKind,
    meanings={
        SubjectKind.CLAIM: Meaning(
            _("Claim"), _("One thing that was said, with both verdicts on it.")
        ),
        SubjectKind.EVENT: Meaning(_("Event"), _("The happening that claims are about.")),
        SubjectKind.ACTOR: Meaning(_("Actor"), _("Somebody who speaks or publishes.")),
        SubjectKind.SOURCE: Meaning(
            _("Source"), _("An outlet or channel through which words come.")
        ),
    },
)

PUBLICATION_KIND = CodeList(
    name="publication-kind",
    title=_("Publications"),
    question=_("What happened when this version was published?"),
    choices=PublicationKind,
    meanings={
        PublicationKind.PUBLISH: Meaning(_("First published"), _("It became public.")),
        PublicationKind.UPDATE: Meaning(
            _("Updated"), _("The world or the evidence has changed, and the record with it.")
        ),
        PublicationKind.CORRECT: Meaning(_("Corrected"), _("We were wrong, and say in what.")),
        PublicationKind.SUSPEND: Meaning(
            _("Suspended"), _("It was taken out of sight at once, until we know more.")
        ),
        PublicationKind.RESTORE: Meaning(
            _("Restored"), _("It is back in sight, in the words in which it last stood.")
        ),
        PublicationKind.RETRACT: Meaning(
            _("Retracted"), _("We take it back. The versions before it stay readable.")
        ),
        PublicationKind.MERGE: Meaning(
            _("Merged"), _("Two records were about the same; this one now leads to the other.")
        ),
        PublicationKind.REDACT: Meaning(
            _("Removed"),
            _(
                "Its words were deleted for good, and those who keep copies are asked to do "
                "the same."
            ),
        ),
    },
    note=_("Each but the first carries a public note that says why."),
)

PUBLIC_STATE = CodeList(
    name="public-state",
    title=_("What is public now"),
    question=_("What does the public see of it now?"),
    choices=PublicState,
    meanings={
        PublicState.NEVER: Meaning(
            _("Not published"), _("Nothing, and there has never been anything.")
        ),
        PublicState.LIVE: Meaning(_("Live"), _("Its newest version, which is what we say.")),
        PublicState.SUSPENDED: Meaning(
            _("Out of sight for now"), _("A page that says that it is suspended, and why.")
        ),
        PublicState.RETRACTED: Meaning(
            _("Taken back"),
            _("A page that says that we took it back or merged it into another, and why."),
        ),
        PublicState.REDACTED: Meaning(
            _("Removed"), _("A page that says that its words were removed, and nothing of them.")
        ),
    },
)

PUBLICATIONS = Chapter(
    name="record",
    title=_("The record"),
    words=_(
        "Each version is published as a numbered record whose SHA-256 is on its page. Nothing is "
        "edited in place, and what we suspend or retract keeps a page that says so, and why."
    ),
    lists=(SUBJECT_KIND, PUBLICATION_KIND, PUBLIC_STATE),
)

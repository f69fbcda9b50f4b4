"""What was published, and what the public sees of it now."""

from claims.vocabulary.entry import Chapter, CodeList, Meaning
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind

SUBJECT_KIND = CodeList(
    name="subject-kind",
    title="Subjects",
    question="What is a record about?",
    choices=SubjectKind,
    meanings={
        SubjectKind.CLAIM: Meaning("Claim", "One thing that was said, with both verdicts on it."),
        SubjectKind.EVENT: Meaning("Event", "The happening that claims are about."),
        SubjectKind.ACTOR: Meaning("Actor", "Somebody who speaks or publishes."),
        SubjectKind.SOURCE: Meaning("Source", "An outlet or channel through which words come."),
    },
)

PUBLICATION_KIND = CodeList(
    name="publication-kind",
    title="Publications",
    question="What happened when this version was published?",
    choices=PublicationKind,
    meanings={
        PublicationKind.PUBLISH: Meaning("First published", "It became public."),
        PublicationKind.UPDATE: Meaning(
            "Updated", "The world or the evidence has changed, and the record with it."
        ),
        PublicationKind.CORRECT: Meaning("Corrected", "We were wrong, and say in what."),
        PublicationKind.SUSPEND: Meaning(
            "Suspended", "It was taken out of sight at once, until we know more."
        ),
        PublicationKind.RESTORE: Meaning(
            "Restored", "It is back in sight, in the words in which it last stood."
        ),
        PublicationKind.RETRACT: Meaning(
            "Retracted", "We take it back. The versions before it stay readable."
        ),
        PublicationKind.MERGE: Meaning(
            "Merged", "Two records were about the same; this one now leads to the other."
        ),
        PublicationKind.REDACT: Meaning(
            "Removed",
            "Its words were deleted for good, and those who keep copies are asked to do the same.",
        ),
    },
    note="Each but the first carries a public note that says why.",
)

PUBLIC_STATE = CodeList(
    name="public-state",
    title="What is public now",
    question="What does the public see of it now?",
    choices=PublicState,
    meanings={
        PublicState.NEVER: Meaning("Not published", "Nothing, and there has never been anything."),
        PublicState.LIVE: Meaning("Live", "Its newest version, which is what we say."),
        PublicState.SUSPENDED: Meaning(
            "Out of sight for now", "A page that says that it is suspended, and why."
        ),
        PublicState.RETRACTED: Meaning(
            "Taken back",
            "A page that says that we took it back or merged it into another, and why.",
        ),
        PublicState.REDACTED: Meaning(
            "Removed", "A page that says that its words were removed, and nothing of them."
        ),
    },
)

PUBLICATIONS = Chapter(
    name="record",
    title="The record",
    words="Each version is published as a numbered record whose SHA-256 is on its page. Nothing is "
    "edited in place, and what we suspend or retract keeps a page that says so, and why.",
    lists=(SUBJECT_KIND, PUBLICATION_KIND, PUBLIC_STATE),
)

"""The table of a claim's steps, which the workflow holds and the README shows."""

from dataclasses import dataclass
from enum import Enum

from claims.choices import Stage
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind, PublicState


class Note(Enum):
    """What a step asks its taker to write."""

    NONE = "none"
    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True)
class Step:
    """One step: who may take it, from which stages and public states, and where it leads.

    A step on the public state alone has no `to_stage`: it leaves the working copy as it is. One
    `in_bulk` is taken by imports and has no button. `done` tells who took it what has happened;
    `warning` is what they say first that they know, where a click alone is too little.
    """

    action: str
    button: str
    sentence: str
    done: str
    stages: frozenset[Stage]
    public_states: frozenset[PublicState]
    to_stage: Stage | None
    roles: frozenset[Role]
    note: Note = Note.NONE
    publishes: PublicationKind | None = None
    in_bulk: bool = False
    warning: str = ""


# Why a settled claim cannot be changed, for the person who tries to.
SETTLED = "This claim is settled: revise it first, then change it."

ANYBODY = frozenset({Role.REPORTER, Role.CHECKER, Role.EDITOR})
CHECKERS = frozenset({Role.CHECKER, Role.EDITOR})
EDITORS = frozenset({Role.EDITOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
ALL_STATES = frozenset(PublicState)
ANY_STAGE = frozenset(Stage)

STEPS: dict[str, Step] = {
    step.action: step
    for step in (
        Step(
            action="submit",
            button="Submit for review",
            sentence="The claim as it stands now goes to a checker.",
            done="Submitted for review.",
            stages=frozenset({Stage.DRAFT}),
            public_states=ALL_STATES,
            to_stage=Stage.IN_REVIEW,
            roles=ANYBODY,
        ),
        Step(
            action="return",
            button="Return to draft",
            sentence="The claim goes back, with a note on what to mend.",
            done="Returned to draft, with your note.",
            stages=frozenset({Stage.IN_REVIEW, Stage.APPROVED}),
            public_states=ALL_STATES,
            to_stage=Stage.DRAFT,
            roles=CHECKERS,
            note=Note.PRIVATE,
        ),
        Step(
            action="approve",
            button="Approve",
            sentence="A second person stands behind exactly what was submitted.",
            done="Approved. An editor can publish it now.",
            stages=frozenset({Stage.IN_REVIEW}),
            public_states=ALL_STATES,
            to_stage=Stage.APPROVED,
            roles=CHECKERS,
        ),
        Step(
            action="publish",
            button="Publish",
            sentence="Exactly what was approved becomes public, and stays on record.",
            done="Published. Readers see it from now on.",
            stages=frozenset({Stage.APPROVED}),
            public_states=frozenset({PublicState.NEVER}),
            to_stage=Stage.SETTLED,
            roles=EDITORS,
            publishes=PublicationKind.PUBLISH,
        ),
        Step(
            action="update",
            button="Publish as an update",
            sentence="The world or the evidence has changed; the earlier version stays readable.",
            done="Published as an update.",
            stages=frozenset({Stage.APPROVED}),
            public_states=frozenset({PublicState.LIVE}),
            to_stage=Stage.SETTLED,
            roles=EDITORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.UPDATE,
        ),
        Step(
            action="correct",
            button="Publish as a correction",
            sentence="We were wrong, and say so; the earlier version stays readable.",
            done="Published as a correction.",
            stages=frozenset({Stage.APPROVED}),
            public_states=frozenset({PublicState.LIVE}),
            to_stage=Stage.SETTLED,
            roles=EDITORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.CORRECT,
        ),
        Step(
            action="revise",
            button="Revise",
            sentence="The working copy opens for changes; the public version stays as it is.",
            done="Open for changes. Until the revision is published, readers see what was.",
            stages=frozenset({Stage.SETTLED}),
            public_states=ALL_STATES,
            to_stage=Stage.DRAFT,
            roles=ANYBODY,
        ),
        Step(
            action="discard",
            button="Discard the changes",
            sentence="The working copy goes back to what was last published.",
            done="The changes are discarded: the working copy is what was last published.",
            stages=frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED}),
            public_states=ALL_STATES - {PublicState.NEVER},
            to_stage=Stage.SETTLED,
            roles=ANYBODY,
            note=Note.PRIVATE,
        ),
        Step(
            action="suspend",
            button="Suspend",
            sentence="Readers see a notice in place of the claim and its versions, at once.",
            done="Suspended. Readers see your note in its place.",
            stages=ANY_STAGE,
            public_states=frozenset({PublicState.LIVE}),
            to_stage=None,
            roles=EDITORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.SUSPEND,
        ),
        Step(
            action="retract",
            button="Retract",
            sentence="We no longer stand behind it. What readers can see of it stays, marked so.",
            done="Retracted. Readers see it marked so, with your note.",
            stages=ANY_STAGE,
            public_states=frozenset({PublicState.LIVE, PublicState.SUSPENDED}),
            to_stage=None,
            roles=EDITORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.RETRACT,
            warning="I know that this says to every reader that we no longer stand behind it.",
        ),
        Step(
            action="restore",
            button="Restore",
            sentence="What readers last saw goes out again, by somebody else than took it off.",
            done="Restored. Readers see again what they last saw.",
            stages=ANY_STAGE,
            public_states=frozenset({PublicState.SUSPENDED, PublicState.RETRACTED}),
            to_stage=None,
            roles=EDITORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.RESTORE,
        ),
        Step(
            action="redact",
            button="Redact",
            sentence="The words of every version are erased for good, and mirrors are told to "
            "delete. The desk's own copy and history stay.",
            done="Redacted. The words of every version are erased.",
            stages=ANY_STAGE,
            public_states=ALL_STATES - {PublicState.NEVER, PublicState.REDACTED},
            to_stage=None,
            roles=ADMINISTRATORS,
            note=Note.PUBLIC,
            publishes=PublicationKind.REDACT,
            warning="I know that no step brings the words back, and that nothing can follow.",
        ),
        Step(
            action="publish_imported",
            button="Publish as imported",
            sentence="A claim from another archive goes out without review here, and says so.",
            done="Published as imported.",
            stages=frozenset({Stage.DRAFT}),
            public_states=frozenset({PublicState.NEVER}),
            to_stage=Stage.SETTLED,
            roles=ADMINISTRATORS,
            publishes=PublicationKind.PUBLISH,
            in_bulk=True,
        ),
    )
}

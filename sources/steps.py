"""The table of the steps of actors, sources and events, which have no stages."""

from dataclasses import dataclass

from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicState


@dataclass(frozen=True)
class SubjectStep:
    """One step: who may take it, and from which public states.

    `takes_note`: it needs a note, which is public if it publishes. `successor` says whether it is
    "required", "optional" or not asked ("") what stands for the subject from now on. `done` tells
    who took it what has happened; `warning` is what they say first that they know, if anything.
    """

    action: str
    button: str
    sentence: str
    done: str
    states: frozenset[PublicState]
    role: Role = Role.EDITOR
    takes_note: bool = True
    successor: str = ""
    warning: str = ""


NEVER = frozenset({PublicState.NEVER})
LIVE = frozenset({PublicState.LIVE})
SUSPENDED = frozenset({PublicState.SUSPENDED})
RETRACTED = frozenset({PublicState.RETRACTED})

SUBJECT_STEPS: dict[str, SubjectStep] = {
    step.action: step
    for step in (
        SubjectStep(
            action="publish",
            button="Publish",
            sentence="It becomes public as it stands, and stays on record.",
            done="Published. Readers see it from now on.",
            states=NEVER,
            takes_note=False,
        ),
        SubjectStep(
            action="update",
            button="Publish as an update",
            sentence="The world has changed; the earlier version stays readable.",
            done="Published as an update.",
            states=LIVE,
        ),
        SubjectStep(
            action="correct",
            button="Publish as a correction",
            sentence="We were wrong, and say so; the earlier version stays readable.",
            done="Published as a correction.",
            states=LIVE,
        ),
        SubjectStep(
            action="discard",
            button="Discard changes",
            sentence="All that was changed here since it was published is undone. The history "
            "keeps it; whose change is undone may publish what comes next.",
            done="The changes are discarded: it is what was last published.",
            states=LIVE,
            takes_note=False,
        ),
        SubjectStep(
            action="suspend",
            button="Suspend",
            sentence="At its own address readers see a notice, at once. Claims that name it stay "
            "as they are.",
            done="Suspended. Readers see your note in its place.",
            states=LIVE,
        ),
        SubjectStep(
            action="retract",
            button="Retract",
            sentence="We no longer stand behind it. Nothing public may mention it any more.",
            done="Retracted.",
            states=LIVE | SUSPENDED,
            warning="I know that this says to every reader that we no longer stand behind it.",
        ),
        SubjectStep(
            action="restore",
            button="Restore",
            sentence="What readers last saw goes out again, by somebody else than took it off. "
            "A merger is undone.",
            done="Restored.",
            states=SUSPENDED | RETRACTED,
        ),
        SubjectStep(
            action="merge",
            button="Merge into another",
            sentence="It was entered twice: from now on the other one stands for it, also where it "
            "is mentioned already.",
            done="Merged: the other one stands for it from now on.",
            states=NEVER | LIVE,
            successor="required",
        ),
        SubjectStep(
            action="redact",
            button="Redact",
            sentence="By an order to delete. The words of every version are erased for good, and "
            "mirrors are told to delete; nothing can follow.",
            done="Redacted. The words of every version are erased.",
            states=LIVE | SUSPENDED | RETRACTED,
            role=Role.ADMINISTRATOR,
            successor="optional",
            warning="I know that no step brings the words back, and that nothing can follow.",
        ),
    )
}

"""Which steps of a claim are open to whom: the table, and what it cannot say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import Claim
from claims.steps import STEPS, Note, Step
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject

# The steps that lead on to a publication, alternatives together; the last where no other does.
FORWARD = (
    ("submit",),
    ("approve",),
    ("publish", "update", "correct"),
    ("revise",),
    ("restore",),
)


@dataclass(frozen=True)
class ShutOut:
    """Who may not take a step although the role allows it, and for what they did."""

    by: User
    did: str
    instead: str

    @property
    def sentence(self) -> str:
        """Why, for the person it is about."""
        return f"You {self.did}: somebody else has to {self.instead} it."


# Asking


def open_steps(claim: Claim, by: User) -> list[Step]:
    """The steps that this person may take with the claim now, whatever the rules still ask."""
    return [step for step, bar in tabled_steps(claim, by) if not bar]


def open_among(
    steps: Iterable[Step], claim: Claim, by: User, *, roles: frozenset[Role], state: PublicState
) -> list[Step]:
    """Those of the steps on the working copy that this person may take, where the person's roles
    and what the public sees are known already: many claims are asked about at once.
    """
    found = []
    for step in steps:
        try:
            check_table(step, claim, roles=roles, state=state)
        except (NotAllowed, Conflict):
            continue
        shut = shut_out(step, claim, None)
        if shut is None or shut.by.pk != by.pk:
            found.append(step)
    return found


def barred_steps(claim: Claim, by: User) -> list[tuple[Step, str]]:
    """The steps that the table opens to the person's role now, but not to this person; each with
    the reason, a sentence.
    """
    return [(step, bar) for step, bar in tabled_steps(claim, by) if bar]


def tabled_steps(claim: Claim, by: User) -> list[tuple[Step, str]]:
    """The steps that the table opens to the person's role now, each with what bars this very
    person from it, or an empty text.
    """
    roles, newest = roles_of(by), newest_publication(claim)
    state = log.public_state(newest)
    found = []
    for step in STEPS.values():
        if step.in_bulk:
            continue
        try:
            check_table(step, claim, roles=roles, state=state)
        except (NotAllowed, Conflict):
            continue
        shut = shut_out(step, claim, newest)
        found.append((step, shut.sentence if shut and shut.by.pk == by.pk else ""))
    return found


def next_steps(claim: Claim) -> tuple[list[Step], ShutOut | None]:
    """The steps that lead the claim on from where it stands, alternatives to each other, and who
    may not take them, whatever their role. None once nothing can follow.
    """
    newest = newest_publication(claim)
    for actions in FORWARD:
        steps = [step for step in map(STEPS.__getitem__, actions) if is_ahead(step, claim, newest)]
        if steps:
            return steps, shut_out(steps[0], claim, newest)
    return [], None


def is_ahead(step: Step, claim: Claim, newest: Publication | None) -> bool:
    """Whether the table opens the step to somebody now."""
    try:
        check_table(step, claim, roles=step.roles, state=log.public_state(newest))
    except Conflict:
        return False
    return True


def public_state_of(claim: Claim) -> PublicState:
    """What the public sees of the claim."""
    return log.public_state(newest_publication(claim))


def newest_publication(claim: Claim) -> Publication | None:
    """The newest publication of the claim."""
    subject = subject_of_claim(claim)
    return log.newest([subject]).get(subject)


def subject_of_claim(claim: Claim) -> Subject:
    """The ledger's name of the claim."""
    return Subject(SubjectKind.CLAIM, claim.public_id)


# Checking


def check_step(step: Step, claim: Claim, *, by: User, note: str) -> None:
    """Raise unless the table opens the step to this person, for this claim, with this note."""
    newest = newest_publication(claim)
    check_table(step, claim, roles=roles_of(by), state=log.public_state(newest))
    shut = shut_out(step, claim, newest)
    if shut is not None and shut.by.pk == by.pk:
        raise NotAllowed(shut.sentence)
    if step.note is not Note.NONE and not note:
        raise InvalidInput.at("note", "Write a note: this step needs one.")
    if step.note is Note.NONE and note:
        raise InvalidInput.at("note", "This step takes no note: nobody would read it.")


def check_table(step: Step, claim: Claim, *, roles: frozenset[Role], state: PublicState) -> None:
    """Raise NotAllowed or Conflict unless the table opens the step to these roles now."""
    if not step.roles & roles:
        names = " or ".join(sorted(step.roles))
        raise NotAllowed(f"“{step.button}” is for the role {names}.")
    if claim.stage not in step.stages:
        raise Conflict(
            f"“{step.button}” is not open to a claim that is {claim.get_stage_display()}."
        )
    if state not in step.public_states:
        raise Conflict(f"“{step.button}” is not open to a claim whose public state is “{state}”.")


def shut_out(step: Step, claim: Claim, newest: Publication | None) -> ShutOut | None:
    """Who may not take the step, whatever their role: two people stand behind what is public."""
    if step.action == "approve" and claim.decision is not None:
        return ShutOut(claim.decision.by, "submitted it", "approve")
    if step.action == "restore" and newest is not None:
        return ShutOut(newest.decision.by, "took it off", "restore")
    return None

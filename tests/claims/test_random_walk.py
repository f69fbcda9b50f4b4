"""Many people take any steps and make any edits in any order: nothing ends up inconsistent.

RANDOM_WALKS=60 in the environment walks that many times, at random and further (ten minutes).
Everything here is synthetic.
"""

import datetime
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, NamedTuple, TypeVar

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from claims import event_workflow, workflow
from claims.choices import HarmCheck, PlacePrecision, RelationKind, Stage
from claims.kinds import KINDS
from claims.models import Citation, Claim, ClaimRelation, Event, Inquiry, Override, Relay
from claims.rechecks import recheck_reasons
from claims.rules import unmet
from claims.steps import STEPS, Note
from factcheck.common.errors import FactcheckError, NotReady
from factcheck.common.roles import Role
from factcheck.integrity import CHECKS, find_all, findings_of
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Head
from sources import services
from sources import workflow as sources_workflow
from sources.models import Actor, ActorRole, Control, Document, Source
from sources.publishing import subject_of
from sources.steps import SUBJECT_STEPS
from tests.factories import (
    add_figure,
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_passage,
    make_ready_claim,
    make_source,
    make_topic,
    make_user,
)
from tests.ledger_flush import empty_database

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]

LONG = int(os.environ.get("RANDOM_WALKS", "0"))
NOTE = "Synthetic note."
MOST = 8
AFTER_EACH_STEP = [
    check for check in CHECKS if check.name in {"current", "live-mentions", "mergers", "stages"}
]
FORWARD = ("submit", "approve", "publish", "update", "revise", "restore")
# Each person's roles. Whoever holds several may still not stand behind the bytes alone.
ALL_OF_THE_DESK = (Role.REPORTER, Role.CHECKER, Role.EDITOR)
PEOPLE: Sequence[tuple[Role, ...]] = (
    (Role.REPORTER,),
    (Role.CHECKER,),
    (Role.EDITOR,),
    ALL_OF_THE_DESK,
    ALL_OF_THE_DESK,
    (Role.EDITOR, Role.ADMINISTRATOR),
    (Role.ADMINISTRATOR,),
)

Row = TypeVar("Row")
numbers = count(1)


def fresh(row: Row) -> Row:
    """The row as it now stands."""
    return type(row).objects.get(pk=row.pk)  # type: ignore[attr-defined]


def words(what: str) -> str:
    return f"Synthetic {what} {next(numbers)}"


# Edits of a claim's file


def edit_text(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    claim.text = f"{words('claim')}: twelve boats were counted."
    claim.save(update_fields=["text"])


def edit_verdict(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    values = [
        {"verification_status": "unchecked", "as_of": None, "rationale": ""},
        {
            "verification_status": "unverified",
            "as_of": datetime.date(2020, 3, 3 + n),
            "rationale": words("rationale"),
            "why_checked": "Synthetic: it was read widely.",
            "would_settle": "Synthetic: a second count.",
        },
    ][n % 2]
    Claim.objects.filter(pk=claim.pk).update(**values)


def edit_speaker(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    values: list[dict[str, Any]] = [
        {"speaker": "actor", "claimant": walk.one(Actor, n), "outlet": None},
        {"speaker": "own-voice", "claimant": None, "outlet": walk.one(Source, n)},
    ]
    Claim.objects.filter(pk=claim.pk).update(voiced_by=None, **values[n % 3 == 2])


def edit_event(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    Claim.objects.filter(pk=claim.pk).update(event=walk.one(Event, n) if n else None)


def edit_harm_check(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    Claim.objects.filter(pk=claim.pk).update(harm_check=[[HarmCheck.NONE], []][n % 2])


def add_or_drop_figure(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    if n % 2 and claim.figures.exists():
        claim.figures.first().delete()
    else:
        add_figure(claim, best=n, created_by=by)


def add_evidence(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    document = walk.one(Document, n)
    capture = document.captures.first()
    Citation.objects.create(
        claim=claim,
        position=3 + n,
        document=document,
        passage=make_passage(capture) if capture else None,
        role="evidence",
        stance=["supports", "refutes", "context"][n % 3],
        basis="saw-or-measured",
        created_by=by,
    )


def drop_citation(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    if citation := claim.citations.order_by("-position").first():
        citation.delete()


def relay(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    citations = list(claim.citations.all())
    if len(citations) > 1:
        carrier, taken_from = citations[n % len(citations)], citations[n // 2 % len(citations)]
        Relay.objects.create(
            claim=claim, carrier=carrier, taken_from=taken_from, manner="quotes", created_by=by
        )


def relate(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    kinds = [RelationKind.REPEATS, RelationKind.PART_OF, RelationKind.DENIES]
    ClaimRelation.objects.create(
        claim=claim, other=walk.one(Claim, n), kind=kinds[n % 3], created_by=by
    )


def end_relations(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    claim.relations.all().delete()


def add_topic(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    claim.claim_topics.create(topic=make_topic(), created_by=by)


def inquire(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    Inquiry.objects.create(
        claim=claim,
        position=n,
        asked_of=walk.one(Actor, n),
        place="by e-mail",
        question=words("question"),
        asked_on=datetime.date(2020, 3, 3),
        deadline=datetime.date(2020, 3, 5),
        created_by=by,
    )


def override(walk: "Walk", claim: Claim, by: User, n: int) -> None:
    rule_name = ["anchored", "told-of", "quote"][n % 3]
    if n % 2:
        claim.overrides.all().delete()
    else:
        Override.objects.create(claim=claim, rule=rule_name, reason=words("reason"), created_by=by)


CLAIM_EDITS = (
    edit_text,
    edit_verdict,
    edit_speaker,
    edit_event,
    edit_harm_check,
    add_or_drop_figure,
    add_evidence,
    drop_citation,
    relay,
    relate,
    end_relations,
    add_topic,
    inquire,
    override,
)

# Edits elsewhere, of what claims are made from


def edit_actor(walk: "Walk", by: User, n: int, m: int) -> None:
    actor, other = walk.one(Actor, n), walk.one(Actor, m)
    Actor.objects.filter(pk=actor.pk).update(description=words("description"))
    if m % 3 == 1:
        Control.objects.create(actor=actor, parent=other, passage=make_passage(), created_by=by)
    elif m % 3 == 2:
        ActorRole.objects.create(actor=actor, title=words("role"), body=other, created_by=by)


def end_controls(walk: "Walk", by: User, n: int, m: int) -> None:
    walk.one(Actor, n).controls.all().delete()


def edit_source(walk: "Walk", by: User, n: int, m: int) -> None:
    source = walk.one(Source, n)
    source.name = words("gazette")
    is_known = m % 3 != 0
    source.operator = walk.one(Actor, m) if is_known else None
    source.operator_passage = make_passage() if is_known else None
    source.save()


def edit_title(walk: "Walk", by: User, n: int, m: int) -> None:
    event = walk.one(Event, n)
    Event.objects.filter(pk=event.pk).update(
        title=words("count of boats"),
        latitude="50.12345",
        longitude="36.12345",
        place_precision=PlacePrecision.EXACT,
    )


def put_inside(walk: "Walk", by: User, n: int, m: int) -> None:
    Event.objects.filter(pk=walk.one(Event, n).pk).update(part_of=walk.one(Event, m))


def take_side(walk: "Walk", by: User, n: int, m: int) -> None:
    walk.one(Event, n).parties.create(actor=walk.one(Actor, m), created_by=by)


def edit_document(walk: "Walk", by: User, n: int, m: int) -> None:
    document = walk.one(Document, n)
    carried = {} if m % 2 else {"hop_of": walk.one(Document, m), "hop_manner": "republishes"}
    values = {"title": words("article"), "author": walk.one(Actor, m), **carried}
    Document.objects.filter(pk=document.pk).update(**values)


def capture_anew(walk: "Walk", by: User, n: int, m: int) -> None:
    make_capture(walk.one(Document, n), text=words("text that was captured"))


OTHER_EDITS = (
    edit_actor,
    end_controls,
    edit_source,
    edit_title,
    put_inside,
    take_side,
    edit_document,
    capture_anew,
)


# How often which of the methods of Walk is called, compared with the others. Left to itself,
# Hypothesis would leave out most of them in most walks, and few of its steps would be allowed.
DEEDS = {
    "step": 3,
    "open_step": 5,
    "carry_on": 4,
    "go_all_the_way": 6,
    "think_better_of_it": 4,
    "edit_claim": 4,
    "edit_something_else": 4,
    "enter_another": 1,
    "subject_step": 2,
    "open_subject_step": 5,
    "take_off_and_bring_back": 4,
    "release_place": 1,
    "merge_documents": 1,
}


class Chance(NamedTuple):
    """All that one step of a walk leaves to chance; most deeds ask for a part of it."""

    deed: str
    n: int
    m: int
    person: int
    twist: bool
    step: str
    subject_step: str
    edits: list[Callable[..., None]]
    other_edit: Callable[..., None]


chances = st.builds(
    Chance,
    deed=st.sampled_from([deed for deed, often in DEEDS.items() for _ in range(often)]),
    # Which ones of what there is.
    n=st.integers(0, MOST - 1),
    m=st.integers(0, MOST - 1),
    person=st.integers(0, len(PEOPLE) - 1),
    twist=st.booleans(),
    step=st.sampled_from(sorted(STEPS)),
    subject_step=st.sampled_from(sorted(SUBJECT_STEPS)),
    edits=st.lists(st.sampled_from(CLAIM_EDITS), min_size=1, max_size=3),
    other_edit=st.sampled_from(OTHER_EDITS),
)


class Walk(RuleBasedStateMachine):
    """A newsroom's days, one step after the other. Each of them is committed."""

    # What an earlier walk left behind is sound and stays, which is quicker; a failed one is not.
    is_sound = False
    people: Sequence[User] = ()

    @initialize()
    def begin(self) -> None:
        if not Walk.is_sound:
            empty_database()
            Walk.people = [self.person(roles) for roles in PEOPLE]
        Walk.is_sound = False
        actors = [make_actor() for _ in range(3)]
        actors.append(
            make_actor(
                kind="person", name=words("Resident"), description="a resident", is_private=True
            )
        )
        passages = [make_passage() for _ in range(2)]
        events = [make_event() for _ in range(2)]
        claims = [
            make_ready_claim(claimant=actor, passage=passage, event=event)
            for actor, passage, event in zip(actors[:2], passages, events, strict=True)
        ]
        claims.append(make_ready_claim(claimant=actors[0], passage=passages[0]))
        sources = [passage.capture.document.source for passage in passages]
        documents = [passage.capture.document for passage in passages]
        documents.append(make_document(source=sources[0]))
        self.rows: dict[type, list[Any]] = {
            Actor: actors,
            Source: sources,
            Event: events,
            Document: documents,
            Claim: claims,
        }
        # What somebody has open in a browser, as it was when the page was made.
        self.opened: dict[int, Claim] = {}

    @staticmethod
    def person(roles: Sequence[Role]) -> User:
        user = make_user(roles[0])
        user.groups.set(Group.objects.filter(name__in=[str(role) for role in roles]))
        return user

    # What there is

    def one(self, model: type[Row], n: int) -> Row:
        """The row of that number, as it now stands."""
        return fresh(self.rows[model][n % len(self.rows[model])])

    def subject(self, n: int) -> Any:
        rows = [*self.rows[Actor], *self.rows[Source], *self.rows[Event]]
        return fresh(rows[n % len(rows)])

    def by(self, n: int) -> User:
        return self.people[n % len(self.people)]

    # What a refusal must leave

    def state(self) -> tuple[Any, ...]:
        claims = Claim.objects.filter(pk__in=[row.pk for row in self.rows[Claim]])
        return (
            Head.objects.get().seq,
            Decision.objects.count(),
            *claims.order_by("pk").values_list("stage", "edit_number", "decision"),
        )

    def attempt(self, step: Callable[[], Any]) -> None:
        """Take a step that may be refused, in our own words only; then it leaves nothing."""
        before = self.state()
        try:
            step()
        except FactcheckError:
            assert self.state() == before

    def edit(self, by: User, change: Callable[[], None]) -> None:
        """Make a change that the database may refuse."""
        refusals = (IntegrityError, ValidationError, FactcheckError)
        with suppress(*refusals), transaction.atomic(), acting(by):
            change()

    # What somebody does; `chance` says who, with what, and how

    @rule(chance=chances)
    def go_on(self, chance: Chance) -> None:
        getattr(self, chance.deed)(chance)

    def step(self, chance: Chance) -> None:
        """Somebody tries a step, perhaps on a page that was opened some steps ago."""
        claim, by = self.one(Claim, chance.n), self.by(chance.person)
        old = self.opened.get(claim.pk, claim)
        self.opened[claim.pk] = claim
        seen = old if chance.twist else claim
        note = "" if STEPS[chance.step].note is Note.NONE else NOTE
        self.attempt(lambda: workflow.take(chance.step, seen, by=by, note=note))

    def open_step(self, chance: Chance) -> None:
        claim, by = self.one(Claim, chance.n), self.by(chance.person)
        if steps := workflow.open_steps(claim, by):
            step = steps[chance.m % len(steps)]
            # Forgets the note that it needs, or writes one that nobody would read.
            note = NOTE if (step.note is not Note.NONE) != (chance.n == chance.m) else ""
            self.attempt(lambda: workflow.take(step.action, claim, by=by, note=note))

    def carry_on(self, chance: Chance) -> None:
        """Whoever may takes the claim one step further towards the public."""
        claim = self.one(Claim, chance.n)
        for other in range(len(self.people)):
            by = self.by(chance.person + other)
            if ahead := [step for step in workflow.open_steps(claim, by) if step.action in FORWARD]:
                note = "" if ahead[0].note is Note.NONE else NOTE
                self.attempt(partial(workflow.take, ahead[0].action, claim, by=by, note=note))
                return

    def go_all_the_way(self, chance: Chance) -> None:
        """A claim is submitted, approved and published, or comes from another archive."""
        if chance.twist and chance.m == 0:
            by = self.by(PEOPLE.index((Role.ADMINISTRATOR,)))
            claim = self.one(Claim, chance.n)
            self.attempt(lambda: workflow.publish_imported(claim, by=by))
        for further in range(3):
            if self.one(Claim, chance.n).stage != Stage.SETTLED:
                self.carry_on(chance._replace(person=chance.person + further))

    def think_better_of_it(self, chance: Chance) -> None:
        """What was begun anew is changed, and then put back as it was."""
        by = self.by(chance.person)
        self.attempt(lambda: workflow.revise(self.one(Claim, chance.n), by=by))
        self.edit_claim(chance)
        self.attempt(lambda: workflow.discard(self.one(Claim, chance.n), by=by, note=NOTE))

    def edit_claim(self, chance: Chance) -> None:
        by = self.by(chance.person)
        for edit in chance.edits:
            claim = self.one(Claim, chance.n)
            self.edit(by, partial(edit, self, claim, by, chance.m))
            if claim.stage == Stage.SETTLED:
                assert self.one(Claim, chance.n).edit_number == claim.edit_number

    def edit_something_else(self, chance: Chance) -> None:
        by = self.by(chance.person)
        self.edit(by, lambda: chance.other_edit(self, by, chance.n, chance.m))

    def enter_another(self, chance: Chance) -> None:
        rows, n = self.rows, chance.n
        if n % 3 == 0 and len(rows[Actor]) < MOST:
            rows[Actor].append(make_actor())
        elif n % 3 == 1 and len(rows[Source]) < MOST:
            rows[Source].append(make_source())
            rows[Event].append(make_event())
        elif len(rows[Claim]) < MOST:
            claimant, event = self.one(Actor, n), self.one(Event, chance.m)
            rows[Claim].append(make_ready_claim(claimant=claimant, event=event))

    def subject_step(self, chance: Chance) -> None:
        """Somebody tries a step of what has no stages."""
        subject, by = self.subject(chance.n), self.by(chance.person)
        self.attempt(lambda: self.take_subject_step(chance.subject_step, subject, chance, by))

    def open_subject_step(self, chance: Chance) -> None:
        subject, by = self.subject(chance.n), self.by(chance.person)
        if steps := sources_workflow.open_steps(subject, by, kinds=KINDS):
            action = steps[chance.m % len(steps)].action
            self.attempt(lambda: self.take_subject_step(action, subject, chance, by))

    def take_off_and_bring_back(self, chance: Chance) -> None:
        """Whoever brings it back may be who took it off, and is refused then."""
        action = ["suspend", "retract", "merge"][chance.m % 3]
        self.subject_step(chance._replace(subject_step=action))
        another = chance.person + chance.twist
        self.subject_step(chance._replace(subject_step="restore", person=another))

    def take_subject_step(self, action: str, subject: Any, chance: Chance, by: User) -> None:
        successor = self.one(type(subject), chance.m)
        if action in ("publish", "update", "correct"):
            note = "" if action == "publish" else NOTE
            kind = PublicationKind(action)
            sources_workflow.send_subject(subject, kind, kinds=KINDS, by=by, note=note)
        elif action == "discard":
            sources_workflow.discard(subject, by=by, kinds=KINDS)
        elif action == "merge":
            sources_workflow.merge(subject, into=successor, by=by, note=NOTE, kinds=KINDS)
        elif action == "redact":
            chosen = successor if chance.twist else None
            sources_workflow.redact(subject, by=by, note=NOTE, successor=chosen, kinds=KINDS)
        else:
            getattr(sources_workflow, action)(subject, by=by, note=NOTE, kinds=KINDS)

    def release_place(self, chance: Chance) -> None:
        event, by = self.one(Event, chance.n), self.by(chance.person)
        self.attempt(lambda: event_workflow.release_place(event, by=by, note=NOTE))

    def merge_documents(self, chance: Chance) -> None:
        document, by = self.one(Document, chance.n), self.by(chance.person)
        if document.merged_into_id is None:
            other = self.one(Document, chance.m)
            self.attempt(lambda: services.merge_document(document, into=other, by=by))
        else:
            self.attempt(lambda: services.unmerge_document(document, by=by))

    # What must hold

    @invariant()
    def nothing_is_broken(self) -> None:
        with transaction.atomic():
            found = [str(each) for check in AFTER_EACH_STEP for each in findings_of(check)]
        assert found == []

    @invariant()
    def what_readers_see_is_what_went_out_last(self) -> None:
        for row in self.rows.get(Claim, []) if hasattr(self, "rows") else []:
            newest = log.versions(subject_of(row, KINDS)).last()
            assert workflow.public_state_of(row) == log.public_state(newest)

    def look_at_everything(self, by: User) -> None:
        """All that the desk shows can be shown, whatever happened."""
        for claim in self.rows[Claim]:
            workflow.open_steps(fresh(claim), by)
            recheck_reasons(fresh(claim))
            unmet(fresh(claim))
            with suppress(NotReady):
                workflow.reviewed_changes(fresh(claim))
        for row in [*self.rows[Actor], *self.rows[Source], *self.rows[Event]]:
            sources_workflow.open_steps(fresh(row), by, kinds=KINDS)
            with suppress(NotReady):
                sources_workflow.pending_change(fresh(row), kinds=KINDS)

    def teardown(self) -> None:
        if hasattr(self, "rows"):
            self.look_at_everything(self.by(4))
        found = [f"{check.name}: {finding}" for check, finding in find_all()]
        assert found == []
        Walk.is_sound = True


def test_no_walk_through_all_steps_ends_in_an_inconsistent_state():
    Walk.is_sound = False

    run_state_machine_as_test(
        Walk,
        settings=settings(
            deadline=None,
            database=None,
            derandomize=not LONG,
            max_examples=LONG or 14,
            stateful_step_count=60 if LONG else 40,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if LONG else [Phase.generate],
            report_multiple_bugs=False,
        ),
    )

"""Corrections, retractions and whatever else followed a first publication, as readers see them.

Words stand only where they may be read now, and a claim's never without who said them and both
statuses; nothing here names or leads to a private person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import CharField, F, Q, QuerySet, Value

from claims.addresses import ACTOR, EVENT, ROOMS, SOURCE, subject_path
from claims.models import PublicClaim, PublicEvent
from claims.models.public import PublicClaimQuerySet
from claims.presentation.people import meaning
from claims.published import is_withheld
from claims.views.lists import Line, line_of
from claims.views.private import private_among
from factcheck.common.languages import UNDETERMINED
from factcheck.ledger.choices import (
    CORRECTING,
    TOMBSTONES,
    PublicationKind,
    PublicState,
    SubjectKind,
)
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.models import PublicActor, PublicSource

# Corrections that the page of a claimant or a source shows.
MOST_CORRECTIONS = 10
CLAIM = SubjectKind.CLAIM.value


@dataclass(frozen=True)
class Changed:
    """A subject as it stands now. `line` is a live claim, `name` that of another live subject;
    what is not live has neither. `path` is empty where there is no page.
    """

    kind: str
    state: PublicState
    line: Line | None = None
    name: str = ""
    path: str = ""
    is_private: bool = False


@dataclass(frozen=True)
class Change:
    """One publication after the first. `note` is empty where it may not be read now, `compare` is
    the page of what changed, `at` that of the version itself; both empty where there is none.
    """

    publication: Publication
    label: str
    kind: str
    subject: Changed
    note: str
    compare: str
    at: str
    successor: Changed | None

    @property
    def language(self) -> str:
        """What the note is written in: that of the claim, of which a tombstone says nothing."""
        if self.subject.line is not None:
            return str(self.subject.line.claim["language"])
        return UNDETERMINED if self.subject.kind == CLAIM else ""


def corrections_of(claims: PublicClaimQuerySet) -> list[Change]:
    """What was corrected or taken back of these claims, newest first. What is withheld now is left
    out: whose words it were is part of what is not to be read.
    """
    corrections = Publication.objects.using("public").filter(
        kind__in=CORRECTING, subject_kind=CLAIM, subject_id__in=claims.values("claim_id")
    )
    newest = corrections.order_by("-seq").defer("record", "entry")[:MOST_CORRECTIONS]
    return [
        change
        for change in changes_of(newest)
        if change.subject.state in (PublicState.LIVE, PublicState.RETRACTED)
        and (change.note or not change.publication.note)
    ]


def changes_of(publications: Iterable[Publication]) -> list[Change]:
    """The publications in their order, each with its subject as it stands now; four queries."""
    publications = list(publications)
    told = {one.subject for one in publications}
    subjects = told | {one.successor for one in publications if one.successor}
    versions = versions_of(subjects)
    now = standing(subjects, versions)
    return [change_of(one, versions[one.subject], now) for one in publications]


def versions_of(subjects: set[Subject]) -> dict[Subject, list[Publication]]:
    """All publications of the subjects, oldest first, without what is long in them."""
    wanted = Q()
    for kind in sorted({subject.kind for subject in subjects}):
        ids = sorted(subject.id for subject in subjects if subject.kind == kind)
        wanted |= Q(subject_kind=kind, subject_id__in=ids)
    found: dict[Subject, list[Publication]] = {subject: [] for subject in subjects}
    if subjects:
        rows = Publication.objects.using("public").filter(wanted)
        for one in rows.order_by("version").defer("record", "entry", "note"):
            found[one.subject].append(one)
    return found


def standing(
    subjects: set[Subject], versions: dict[Subject, list[Publication]]
) -> dict[Subject, Changed]:
    """Each subject as the public sees it now."""
    ids = {kind: [one.id for one in subjects if one.kind == kind] for kind in SubjectKind.values}
    claims = PublicClaim.objects.using("public").current().filter(claim_id__in=ids[CLAIM])
    lines = {
        claim_id: line_of(summary, at)
        for claim_id, summary, at in claims.values_list("claim_id", "summary", "published_at")
    }
    names = names_of(ids)
    private = private_among(ids[ACTOR])
    found = {}
    for subject in subjects:
        state = public_state(versions[subject][-1])
        if subject.kind == ACTOR and subject.id in private:
            found[subject] = Changed(subject.kind, state, is_private=True)
        elif subject.kind == CLAIM:
            line = lines.get(subject.id)
            path = line.claim["path"] if line else f"/claims/{subject.id}/"
            found[subject] = Changed(subject.kind, state, line=line, path=path)
        else:
            name, path = names.get(subject, ("", f"/{ROOMS[subject.kind]}/{subject.id}/"))
            found[subject] = Changed(subject.kind, state, name=name, path=path)
    return found


def names_of(ids: dict[str, list[str]]) -> dict[Subject, tuple[str, str]]:
    """Name and path of the live actors, sources and events among the ids, in one query."""
    public: list[tuple[str, QuerySet[PublicActor] | QuerySet[PublicSource] | QuerySet[PublicEvent]]]
    public = [
        (ACTOR, PublicActor.objects.filter(is_private=False)),
        (SOURCE, PublicSource.objects.all()),
        (EVENT, PublicEvent.objects.all()),
    ]
    rows = [
        subjects.using("public")
        .filter(public_id__in=ids[kind])
        .order_by()
        .values_list(Value(kind, CharField()), "public_id", F("name"), F("slug"))
        for kind, subjects in public
        if ids[kind]
    ]
    if not rows:
        return {}
    return {
        Subject(kind, public_id): (name, subject_path(kind, public_id, slug))
        for kind, public_id, name, slug in rows[0].union(*rows[1:], all=True)
    }


def change_of(
    publication: Publication, versions: Sequence[Publication], now: dict[Subject, Changed]
) -> Change:
    """One publication with what may be read of it."""
    subject = now[publication.subject]
    is_hidden = is_withheld(publication, versions)
    is_claim = publication.subject_kind == CLAIM and not is_hidden
    return Change(
        publication=publication,
        label=meaning("publication-kind", publication.kind),
        kind=meaning("subject-kind", publication.subject_kind),
        subject=subject,
        # A note on a private person may say who it is; after a removal it cannot.
        note="" if is_hidden or is_about_private(subject) else publication.note,
        compare=comparison(publication, versions) if is_claim else "",
        at=f"/claims/{publication.subject_id}/versions/{publication.version}/" if is_claim else "",
        successor=now.get(publication.successor) if publication.successor else None,
    )


def is_about_private(subject: Changed) -> bool:
    """Whether a private person is known to us by the record that a note speaks of."""
    return subject.is_private and subject.state != PublicState.REDACTED


def comparison(publication: Publication, versions: Sequence[Publication]) -> str:
    """The page that shows what a correction or an update changed."""
    if publication.kind in TOMBSTONES or publication.kind == PublicationKind.RESTORE:
        return ""
    before = [
        one.version
        for one in versions
        if one.version < publication.version
        and one.kind not in TOMBSTONES
        and not is_withheld(one, versions)
    ]
    if not before:
        return ""
    return f"/claims/{publication.subject_id}/compare/{before[-1]}...{publication.version}/"

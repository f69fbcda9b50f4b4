"""Private persons, who have no page in whatever state their record is."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from factcheck.ledger.choices import TOMBSTONES, SubjectKind
from factcheck.ledger.models import Publication

# As canonical JSON has it, in which no text can contain these marks without strokes before them.
SAYS_PRIVATE = '"is_private":true'


def private_among(actor_ids: Iterable[str]) -> set[str]:
    """Those of the actors that were private persons when last anything was said of them, in one
    query. Of erased ones nobody can tell any more, so they count among them.
    """
    told = (
        Publication.objects.using("public")
        .with_content()
        .filter(subject_kind=SubjectKind.ACTOR, subject_id__in=sorted(actor_ids))
        .order_by("subject_id", "-version")
        .distinct("subject_id")
    )
    return {one.subject_id for one in told if one.content is None or one.content["is_private"]}


def private_versions(versions: Sequence[Publication]) -> frozenset[int]:
    """The numbers of those versions of an actor's record that tell of a private person, or whose
    words are erased, with the tombstones on them: a note can say who it is. One query.
    """
    says_so = Q(record__contains=SAYS_PRIVATE) | Q(record="")
    rows = Publication.objects.using("public").of(versions[0].subject).filter(says_so)
    told = set(rows.values_list("version", flat=True))
    found: set[int] = set()
    is_private = False
    for one in versions:
        if one.kind not in TOMBSTONES:
            is_private = one.version in told
        if is_private:
            found.add(one.version)
    return frozenset(found)

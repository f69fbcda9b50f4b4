"""Private persons, who have no page in whatever state their record is."""

from collections.abc import Iterable

from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Publication


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

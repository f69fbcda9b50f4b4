"""Which claims that there are say nearly the same as a text. Bounded, however many there are."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField
from django.db.models.functions import Cast

from claims.models import Claim
from claims.rare_words import common_words, numbers_in, other_numbers, pairs_of_rarest, words_of
from claims.search import with_terms

COLUMN = ("claims_findingaid", "terms")
MAX_TEXT = 2_000
MAX_CANDIDATES = 200
LEAST_ALIKE = 0.3
MOST_SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """A claim that says nearly the same, and the numbers in which the two differ."""

    claim: Claim
    alike: float
    numbers: tuple[str, ...]
    """Those of the existing claim, where they are not the numbers of the text."""


def similar_claims(text: str, *, leaving_out: int | None = None) -> list[Similar]:
    """The claims most like the text, most alike first.

    Candidates have any two of the text's rarest words; the newest `MAX_CANDIDATES` of them are
    compared letter by letter. Takes any text.
    """
    text = text[:MAX_TEXT]
    query = pairs_of_rarest(words_of([text]), common=common_words(COLUMN))
    if not query:
        return []
    candidates = with_terms(Claim.objects.order_by("-pk"), query).values("pk")[:MAX_CANDIDATES]
    # Fetched before they are compared, or the database might compare all that there are.
    keys = [row["pk"] for row in candidates if row["pk"] != leaving_out]
    alike = Cast(TrigramSimilarity("text", text), FloatField())
    claims = (
        Claim.objects.filter(pk__in=keys)
        .annotate(alike=alike)
        .filter(alike__gte=LEAST_ALIKE)
        .select_related("claimant", "outlet")
        .order_by("-alike", "-pk")[:MOST_SHOWN]
    )
    own = numbers_in(text)
    return [Similar(claim, claim.alike, other_numbers(claim.text, own)) for claim in claims]

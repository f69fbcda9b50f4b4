"""What is here already: actors by name, sources by host, documents by address, claims by words.

Asked for a whole batch at once. Names are remembered for one import, and what a batch has made only
once the batch is written.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from claims.choices import ReviewTie, Speaker, Stage
from sources.models import Actor, Source, SourceAddress
from sources.models.merging import resolved

# Two actors, or more, have this name: whose word it is stays open.
SEVERAL = 0

ADDRESSES = """
SELECT given.url, address_key(given.url), document.id, document.edit_number
FROM unnest(%s::text[]) AS given (url)
LEFT JOIN LATERAL (
    SELECT id, edit_number FROM sources_document
    WHERE address_key(url) = address_key(given.url) AND url <> '' AND merged_into_id IS NULL
    ORDER BY id LIMIT 1
) AS document ON true
"""
# What has the same words, the earliest first; few, since nobody enters one claim a hundred times.
SAME_WORDS = """
SELECT given.text, words_key(given.text), claim.id, claim.speaker, claim.claimant_id,
    claim.said_not_before, claim.said_not_after, claim.edit_number, claim.untouched
FROM unnest(%s::text[]) AS given (text)
LEFT JOIN LATERAL (
    SELECT one.*, one.stage = %s AND one.decision_id IS NULL
        AND review.edit_number IS NOT DISTINCT FROM one.edit_number AS untouched
    FROM claims_claim AS one
    LEFT JOIN claims_importedreview AS review ON review.claim_id = one.id AND review.tie = %s
    WHERE words_key(one.text) = words_key(given.text)
    ORDER BY one.id LIMIT 100
) AS claim ON true
"""


@dataclass
class Held:
    """A claim that has certain words: one that is here, or that this batch makes.

    `is_ours` while no person has touched it since an import made it.
    """

    pk: int
    speaker: str
    claimant: int | None
    said: tuple[date | None, date | None]
    edit_number: int
    is_ours: bool

    def is_same(self, other: "Held") -> bool:
        """Whether both are the word of one claimant, said on days that may be one."""
        if not other.speaker or (self.speaker, self.claimant) != (other.speaker, other.claimant):
            return False
        if self.speaker == Speaker.OWN_VOICE:
            return False
        return not (is_before(self.said, other.said) or is_before(other.said, self.said))


def is_before(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether the last day of the one is before the first of the other, both known."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


@dataclass
class Known:
    """What one import has met so far, by name and host; primary keys."""

    actors: dict[str, int | None] = field(default_factory=dict)
    sources: dict[str, int | None] = field(default_factory=dict)

    def meet_actors(self, names: Collection[str]) -> None:
        """Look up the names that were not met before: whose alone each is, in any spelling that we
        have.
        """
        new = sorted(set(names) - self.actors.keys())
        if not new:
            return
        found: dict[str, set[int]] = defaultdict(set)
        for row in Actor.objects.filter(name__in=new).select_related("merged_into"):
            found[row.name].add(resolved(row).pk)
        spellings = Actor.objects.filter(names__name__in=new).select_related("merged_into")
        for row in spellings.prefetch_related("names"):
            for spelling in row.names.all():
                found[spelling.name].add(resolved(row).pk)
        for name in new:
            keys = found.get(name, set())
            self.actors[name] = None if not keys else keys.pop() if len(keys) == 1 else SEVERAL

    def meet_sources(self, publishers: dict[str, str]) -> None:
        """Look up the hosts that were not met before, by address, or by the publisher's name where
        it is one source's alone.
        """
        new = {site: publishers[site] for site in publishers.keys() - self.sources.keys()}
        if not new:
            return
        urls = {url: site for site in new for url in addresses_of(site)}
        by_site: dict[str, set[int]] = defaultdict(set)
        for one in SourceAddress.objects.filter(url__in=urls).select_related("source__merged_into"):
            by_site[urls[one.url]].add(resolved(one.source).pk)
        by_name: dict[str, set[int]] = defaultdict(set)
        for row in Source.objects.filter(name__in=set(new.values()), merged_into=None):
            by_name[row.name].add(row.pk)
        for site, name in new.items():
            keys = by_site.get(site) or by_name.get(name) or set()
            self.sources[site] = min(keys) if len(keys) == 1 else None


def addresses_of(site: str) -> list[str]:
    """How the address of a whole site is written."""
    return [
        f"{scheme}://{www}{site}{slash}"
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
    ]


def documents_at(
    addresses: Collection[str],
) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    """The key of each address, and of each key that a document has, that and its edit number."""
    with connection.cursor() as cursor:
        cursor.execute(ADDRESSES, [list(addresses)])
        rows = cursor.fetchall()
    keys = {url: key for url, key, _, _ in rows}
    return keys, {key: (pk, edit) for _, key, pk, edit in rows if pk is not None}


def claims_with_words(texts: Collection[str]) -> tuple[dict[str, str], dict[str, list[Held]]]:
    """The key of each text's words, and the claims that have the same ones, the earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_WORDS, [list(texts), Stage.DRAFT, ReviewTie.MADE])
        rows = cursor.fetchall()
    keys: dict[str, str] = {}
    found: dict[str, dict[int, Held]] = defaultdict(dict)
    for text, key, pk, speaker, claimant, first, last, edit, is_ours in rows:
        keys[text] = key
        if pk is not None:
            found[key][pk] = Held(pk, speaker, claimant, (first, last), edit, is_ours)
    return keys, {key: list(claims.values()) for key, claims in found.items()}

"""The reviews that a search finds, newest first, page by page."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from claims.api.google.answers import site_of
from claims.api.google.parameters import Asked, codes_of
from claims.as_of import AsOf
from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from claims.public_search import searched
from factcheck.common import cursors
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import EARLIEST, parse_date

REFUSED = "Start again without this token: it was not given out for this search."


@dataclass(frozen=True)
class Place:
    """Where a page begins: below which place in the ledger (None: at the newest), and the first day
    that is young enough. The day goes along from page to page, over midnight.
    """

    below: int | None
    since: str


def place_of(asked: Asked) -> Place:
    """Where the page that is asked for begins. Raises InvalidInput for another search's token."""
    if not asked.token:
        return Place(None, first_day(asked.max_age_days))
    try:
        below, since = cursors.decode(asked.token, scope=asked.scope, shape=[int, str])
    except InvalidInput:
        raise InvalidInput.at("pageToken", REFUSED) from None
    return Place(int(below), str(since))


def first_day(max_age_days: int) -> str:
    """The day that is so many days ago, in UTC; empty where any age will do."""
    if not max_age_days:
        return ""
    today = timezone.now().astimezone(datetime.UTC).date()
    days = min(max_age_days, (today - EARLIEST).days)
    return (today - datetime.timedelta(days=days)).isoformat()


def page_of(asked: Asked, place: Place, *, site: str) -> tuple[list[str], str]:
    """The summaries of the page, and the token of the next one, empty where there is none. At most
    three queries. `site` is the host of all our reviews.
    """
    if asked.site and site_of(asked.site) != site:
        return [], ""
    claims = PublicClaim.objects.using("public").current().reviewed()
    if asked.query:
        claims = searched(asked.query).matching(claims)
    if asked.language:
        claims = in_language(claims, asked.language)
    if place.since:
        claims = not_older(claims, place.since)
    if place.below is not None:
        claims = claims.filter(from_seq__lt=place.below)
    start, end = asked.offset, asked.offset + asked.page_size
    rows = list(claims.order_by("-from_seq").values_list("from_seq", "summary")[start : end + 1])
    rows, has_more = rows[: asked.page_size], len(rows) > asked.page_size
    token = ""
    if has_more:
        token = cursors.encode([rows[-1][0], place.since], scope=asked.scope)
    return [summary for _, summary in rows], token


def in_language(claims: PublicClaimQuerySet, language: str) -> PublicClaimQuerySet:
    """Those of the claims whose words are in the language."""
    codes = codes_of(language)
    # With one code the index gives the order too.
    return (
        claims.filter(language=codes[0]) if len(codes) == 1 else claims.filter(language__in=codes)
    )


def not_older(claims: PublicClaimQuerySet, since: str) -> PublicClaimQuerySet:
    """Those of the claims that were made or reviewed on the day or later. Another query finds where
    the ledger stood then, since it is in the order of time.
    """
    day = parse_date(since)
    midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
    reviewed = Q(from_seq__gt=AsOf(since, midnight).seq())
    made = Q(said_not_after__gte=day, said_not_before=F("said_not_after"))
    return claims.filter(reviewed | made)

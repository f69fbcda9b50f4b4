"""What the page of a claim tells machines: JSON-LD, and what a link to it shows elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from claims.as_of import PARAMETER
from claims.claimreview import Place, markup_of
from claims.models import PublicClaim
from claims.views.page import origin_of
from factcheck.ledger.choices import PublicState
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from sources.models import PublicActor

# Inside a script element nothing but these can end it, or mean something else to a program that
# reads the element as a script.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
TERRITORIES = {"en": "en_GB", "fr": "fr_FR", "uk": "uk_UA"}
SUPERSEDED, RETRACTED = "Superseded", "Retracted"


@dataclass(frozen=True)
class Machines:
    """For `claims/_machines.html`: the JSON-LD (empty where the page has none), where the page
    stands, when it came and changed, and in which language (as Open Graph writes it).
    """

    markup: SafeString
    url: str
    first_at: str
    at: str
    locale: str


def machines_of(
    request: HttpRequest,
    content: dict[str, Any],
    version: Publication,
    versions: Sequence[Publication],
    current: PublicClaim | None,
) -> Machines:
    """What the page of a version with words tells machines. One query, for the claimant, and only
    on English pages: the verdict is told in the words that stand on the page, once for each claim.
    """
    origin = origin_of(request)
    is_own_page = (
        current is not None
        and request.path == current.get_absolute_url()
        and PARAMETER not in request.GET
    )
    markup = mark_safe("")
    if get_language() == settings.LANGUAGE_CODE:
        place = Place(
            origin=origin,
            path=request.path,
            claim_id=version.subject_id,
            version=version.version,
            first_at=time_text(versions[0].published_at),
            at=time_text(version.published_at),
            is_own_page=is_own_page,
            work_status=became_of(version, versions),
            claimant=record_of_claimant(content),
        )
        markup = in_script(markup_of(content, place))
    return Machines(
        markup=markup,
        url=f"{origin}{request.path}",
        first_at=time_text(versions[0].published_at),
        at=time_text(version.published_at),
        locale=TERRITORIES[get_language() or settings.LANGUAGE_CODE],
    )


def became_of(version: Publication, versions: Sequence[Publication]) -> str:
    """What became of the version since; nothing of the newest one."""
    if public_state(versions[-1]) == PublicState.RETRACTED:
        return RETRACTED
    return "" if version.version == versions[-1].version else SUPERSEDED


def record_of_claimant(content: dict[str, Any]) -> dict[str, Any] | None:
    """What the claimant's newest record says; None where nobody is named or it is not public."""
    claimant = content["speaker"]["claimant"]
    if claimant is None:
        return None
    stands = PublicActor.objects.filter(public_id=claimant["id"]).values("seq")
    found = Publication.objects.using("public").filter(seq__in=stands).first()
    return found.content if found else None


def in_script(markup: dict[str, Any]) -> SafeString:
    """The markup as it may stand in a script element, whatever words are in it."""
    return mark_safe(orjson.dumps(markup).decode().translate(ESCAPES))

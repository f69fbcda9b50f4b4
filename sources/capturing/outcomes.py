"""What an answer means: whether the document stands there, and whether to ask again.

| what came | what it is | asked again |
|---|---|---|
| 2xx with a body that is no robot wall | the document | |
| 404, 410 | gone | no |
| 429 | blocked | yes, after the time that the site names |
| 401, 402, 403, 407, 451, 999 | blocked | no |
| a robot wall, whatever its number | blocked | no |
| 408, 425, 500, 502, 503, 504 | failed | yes |
| any other number, 2xx without a body, 3xx that leads nowhere | failed | no |
| no answer, no connection, no such name, a bad certificate, a broken answer | failed | yes |
| too large; an address inside our own network | failed | no |

A *robot wall* is a page that asks for a proof that one is human in place of the document: its
header says so (`cf-mitigated: challenge`, `x-amzn-waf-action`), or it is a short page with the
words of one of the walls that are common. Where the site says that all is well, it has to be very
short: the same sites put such words into their articles as well. A page that begs to subscribe
cannot be told from an article by its number; whoever reads the text sees it.
"""

import datetime
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from sources.capturing.fetching import Exchange, Fetched
from sources.choices import CaptureStatus
from sources.network import AddressRefused, TooLarge

GONE = (404, 410)
BLOCKED = (401, 402, 403, 407, 429, 451, 999)
PASSING = (408, 425, 429, 500, 502, 503, 504)
WALL_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "", "x-datadome": "protected"}
WALL_WORDS = re.compile(
    rb"_cf_chl_opt|_Incapsula_Resource|captcha-delivery\.com|gokuProps|px-captcha|ddos-guard",
    re.IGNORECASE,
)
LONGEST_WALL, LONGEST_WALL_THAT_IS_WELL = 40_000, 8_000
MEGABYTES = 25

TOO_LARGE = (
    f"It is larger than {MEGABYTES} MB, or swells to more than twice that: save a shorter part of "
    "it, and supply that as a file."
)
WALL = "The site asks for a proof that one is human. Save the page in a browser, and supply it."
NO_BODY = "The site answered with an empty page."
LEADS_NOWHERE = "The site leads on to somewhere else, and does not say where."
SENTENCES = {
    401: "The site asks for a password ({}).",
    402: "The site asks for money ({}).",
    403: "The site refuses to give us the page ({}).",
    404: "There is no such page any more, or there never was ({}).",
    410: "The page was taken away for good ({}).",
    429: "The site says that we ask too often ({}).",
    451: "The page is withheld for legal reasons ({}).",
}
BLOCKED_WORDS = "The site refuses to give us the page ({})."
OTHER_WORDS = "The site answered with an error ({})."


@dataclass(frozen=True)
class Outcome:
    """`status` is live where the document stands there; whether it has changed is not asked here.
    `is_passing`: it may well be otherwise soon, and not before `after` seconds.
    """

    status: CaptureStatus
    reason: str = ""
    is_passing: bool = False
    after: int = 0


def outcome_of(fetched: Fetched) -> Outcome:
    """What came of asking, by the table above."""
    failure, last = fetched.failure, fetched.last
    if failure is not None or last is None:
        lasts = isinstance(failure, TooLarge | AddressRefused)
        words = TOO_LARGE if isinstance(failure, TooLarge) else failure.message if failure else ""
        return Outcome(CaptureStatus.FAILED, words, is_passing=not lasts)
    if is_wall(last, fetched.body):
        return Outcome(CaptureStatus.BLOCKED, WALL)
    if 200 <= last.status < 300:
        is_there = bool(fetched.body)
        return Outcome(CaptureStatus.LIVE) if is_there else Outcome(CaptureStatus.FAILED, NO_BODY)
    if 300 <= last.status < 400:
        return Outcome(CaptureStatus.FAILED, LEADS_NOWHERE)
    status, otherwise = CaptureStatus.FAILED, OTHER_WORDS
    if last.status in GONE:
        status = CaptureStatus.GONE
    elif last.status in BLOCKED:
        status, otherwise = CaptureStatus.BLOCKED, BLOCKED_WORDS
    return Outcome(
        status,
        SENTENCES.get(last.status, otherwise).format(last.status),
        is_passing=last.status in PASSING,
        after=seconds_asked_for(last),
    )


def is_wall(last: Exchange, body: bytes) -> bool:
    """Whether it is a robot wall in place of the document."""
    for name, value in WALL_HEADERS.items():
        if name in last.headers and value in last.headers[name].lower():
            return True
    is_well = 200 <= last.status < 300
    longest = LONGEST_WALL_THAT_IS_WELL if is_well else LONGEST_WALL
    return len(body) < longest and WALL_WORDS.search(body) is not None


def seconds_asked_for(last: Exchange) -> int:
    """How long the site asks to be left alone (Retry-After); 0 where it does not say."""
    said = last.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,7}", said, re.ASCII):
        return int(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(0, int((until - last.at).total_seconds()))

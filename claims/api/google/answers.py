"""A published review as Google's API tells it: made of the summary that the projection keeps.

Words and rating are those of the JSON-LD on the claim's page. The title is the page's, so that here
too no words go out without who said them and both statuses.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

from claims.claimreview import day_of, review_of
from claims.presentation.claim import title_in_list

Content = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who reviews: the name, and the origin (scheme and host) under which the pages stand."""

    name: str
    origin: str

    @property
    def site(self) -> str:
        """The host, as `reviewPublisherSiteFilter` names it."""
        return site_of(urlsplit(self.origin).hostname or "")


def site_of(host: str) -> str:
    """A host as sites are compared: in small letters, without “www.”."""
    return host.lower().removeprefix("www.")


def claim_of(summary: Content, publisher: Publisher) -> Content:
    """The Claim with its one ClaimReview; what is not known is left out."""
    found = review_of(
        summary["speaker"],
        summary["text"],
        verdict=summary["verification_status"],
        finding=summary["attribution_status"],
    )
    if found is None:
        raise ValueError(f"claim {summary['id']} carries no review")
    day = day_of(summary["said"])
    claim = {
        "text": found.text,
        "claimant": found.claimant,
        "claimDate": f"{day}T00:00:00Z" if day else "",
        "claimReview": [
            {
                "publisher": {"name": publisher.name, "site": publisher.site},
                "url": f"{publisher.origin}{summary['path']}",
                "title": title_in_list(summary),
                # When the review as it stands went out; its page may be older.
                "reviewDate": summary["published_at"],
                "textualRating": found.meaning.reader_label,
                "languageCode": summary["language"],
            }
        ],
    }
    return {name: value for name, value in claim.items() if value}


def answer_of(summaries: list[str], token: str, publisher: Publisher) -> Content:
    """The answer to a search: `{}` where nothing was found, no token where nothing is left."""
    claims = [claim_of(orjson.loads(summary), publisher) for summary in summaries]
    answer = {"claims": claims, "nextPageToken": token}
    return {name: value for name, value in answer.items() if value}


def as_bytes(answer: Content, *, is_pretty: bool) -> bytes:
    """The answer as JSON, indented where that is wanted."""
    how = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if is_pretty else None
    return orjson.dumps(answer, option=how)

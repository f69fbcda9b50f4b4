"""How a version of a claim is cited: in plain text, and as CSL-JSON. Pure.

Like every title of ours, that of the citation says who and both statuses before the words.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.presentation.claim import title_of
from claims.presentation.words import day_words

Content = dict[str, Any]

CSL_TYPE = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True)
class Cited:
    """A version as somebody cites it; `url` is the permanent address of its page."""

    claim_id: str
    version: int
    published_on: datetime.date
    content: Content
    publisher: str
    url: str

    @property
    def text(self) -> str:
        """The citation in plain text."""
        return _("%(publisher)s: %(title)s Claim %(id)s, version %(version)s, %(day)s. %(url)s") % {
            "publisher": self.publisher,
            "title": f"“{title_of(self.content)}”",
            "id": self.claim_id,
            "version": self.version,
            "day": day_words(self.published_on.isoformat()),
            "url": self.url,
        }

    @property
    def csl(self) -> list[dict[str, Any]]:
        """The citation as CSL-JSON (csl-data.json of the Citation Style Language, 1.0.2)."""
        day = self.published_on
        return [
            {
                "id": f"{self.claim_id}-{self.version}",
                "type": "webpage",
                "title": title_of(self.content),
                "author": [{"literal": self.publisher}],
                "publisher": self.publisher,
                "issued": {"date-parts": [[day.year, day.month, day.day]]},
                "version": str(self.version),
                "language": self.content["language"],
                "abstract": self.content["status_line"],
                "URL": self.url,
            }
        ]

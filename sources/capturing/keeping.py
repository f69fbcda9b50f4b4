"""From what came back to a Capture: compared with the one before, read, and kept."""

import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from sources.capturing.extracting import NO_TEXT, Extracted, extract
from sources.capturing.fetching import Fetched, kind_of
from sources.capturing.outcomes import Outcome
from sources.capturing.warc import TOOL, page_in, warc_of
from sources.choices import CaptureStatus
from sources.models import Capture, Document
from sources.services import add_capture

# A revisit and a page that is not there have no text of their own.
NOTHING_READ = Extracted("", *NO_TEXT)
MAX_REASON = 500


def read(fetched: Fetched, outcome: Outcome) -> Extracted:
    """The text of the page, if it is the page. Takes a while; nothing should be locked."""
    if outcome.status != CaptureStatus.LIVE:
        return NOTHING_READ
    media_type, charset = fetched.kind
    return extract(fetched.body, media_type=media_type, charset=charset)


def keep(
    document: Document, fetched: Fetched, outcome: Outcome, found: Extracted, *, by: User
) -> Capture:
    """Keep what came as a Capture of the document.

    The same bytes as in the newest copy that we fetched are kept as a revisit, without them. Else
    it is *changed* where the text is another one than then (of what has no text: where the bytes
    are), and *live* otherwise: a page whose advertisements alone are new has not changed.
    """
    with transaction.atomic():
        # One at a time of each document, or two would both be compared with the same one.
        Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
        before = newest_fetched(document) if outcome.status == CaptureStatus.LIVE else None
        same = before if before and before.payload_sha256 == payload_hash(fetched) else None
        status = outcome.status
        if before and not same and has_changed(before, found):
            status = CaptureStatus.CHANGED
        if same:
            found = NOTHING_READ
        return add_capture(
            document,
            content=warc_of(fetched, outcome, revisit_of=same),
            media_type=fetched.kind[0],
            status=status,
            captured_at=fetched.at,
            final_url=fetched.final_url,
            text=found.text,
            extractor=(found.extractor, found.extractor_version),
            more=facts_of(fetched, revisit_of=same)
            | {"reason": (outcome.reason or found.reason)[:MAX_REASON]},
            by=by,
        )


def facts_of(fetched: Fetched, *, revisit_of: Capture | None) -> dict[str, Any]:
    """What is known of a copy because we fetched it ourselves."""
    return {
        "asked_url": fetched.url,
        "redirects": fetched.redirects,
        "http_status": fetched.last.status if fetched.last else None,
        "tool": TOOL,
        "payload_sha256": payload_hash(fetched),
        "revisit_of": revisit_of,
    }


def newest_fetched(document: Document) -> Capture | None:
    """The newest copy that we fetched, with its bytes. A supplied file is something else than what
    stands at the address, and says nothing of what has changed there.
    """
    return document.captures.with_words().exclude(tool="").newest_first().first()


def payload_hash(fetched: Fetched) -> str:
    """The SHA-256 of the body as the site sent it; empty where there is none."""
    return hashlib.sha256(fetched.packed).hexdigest() if fetched.last else ""


def has_changed(before: Capture, found: Extracted) -> bool:
    """Whether the text is another one. The bytes are known to be."""
    if (before.extractor, before.extractor_version) == (found.extractor, found.extractor_version):
        return before.text != found.text or not found.text
    # Another extractor, or another version of it, may read the same page in another way.
    page, content_type = page_in(bytes(before.content))
    media_type, charset = kind_of(content_type, page)
    again = extract(page, media_type=media_type, charset=charset)
    return again.text != found.text or not found.text

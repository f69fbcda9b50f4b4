"""The text of a web page, or of one that a browser has saved (MHTML)."""

import email
import email.policy
from importlib.metadata import version
from typing import Any

import trafilatura
from lxml import html

from sources.capturing.reading.characters import decoded
from sources.capturing.reading.confined import Read, answer, told

PAGES = ("text/html", "application/xhtml+xml")
TITLES = ('//meta[@property="og:title"]/@content', "//head/title/text()", "//h1//text()")
VERSION = version("trafilatura")
NOTHING = "The page has no text of its own."


def read_page(content: bytes, media_type: str, charset: str) -> Read:
    """The article without what surrounds it; where none can be told, all that the page says."""
    if media_type in PAGES:
        return text_of(decoded(content, charset))
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in PAGES:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return text_of(decoded(page, part.get_content_charset() or ""))
    return told("trafilatura", VERSION, "", reason="There is no page in this file.")


def text_of(page: str) -> Read:
    """Text, title and language."""
    if not page.strip():
        return told("trafilatura", VERSION, "", reason=NOTHING)
    # As bytes: in a text, lxml refuses the encoding that an XHTML page names.
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    about = {"title": title_of(tree), "language": str(tree.get("lang") or "")}
    text = trafilatura.extract(page, include_comments=False, include_tables=True) or ""
    if text:
        return told("trafilatura", VERSION, text, **about)
    everything = trafilatura.html2txt(tree)
    reason = "" if everything else NOTHING
    return told("trafilatura, whole page", VERSION, everything, reason=reason, **about)


def title_of(tree: Any) -> str:
    """What the page calls itself: for others, else for the browser's tab, else at its head."""
    found = (str(one).strip() for path in TITLES for one in tree.xpath(path))
    return next(filter(None, found), "")


if __name__ == "__main__":
    answer(read_page)

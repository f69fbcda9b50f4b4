"""Atom: a feed as XML (RFC 4287), with the tombstones of RFC 6721. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
RIGHTS = "CC BY 4.0: https://creativecommons.org/licenses/by/4.0/"
# Of a feed with nothing in it, which has to say when it changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 has no way to write, not even escaped; captured text may hold it.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("at", TOMBSTONES)


@dataclass(frozen=True)
class Category:
    """A code that a program may pick entries by, with what people call it."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. `id` never changes, `updated_at` with every publication."""

    id: str
    title: str
    url: str
    published_at: datetime
    updated_at: datetime
    summary: str
    content: str = ""
    categories: list[Category] = field(default_factory=list)


@dataclass(frozen=True)
class Deleted:
    """An entry that there was, and when and why it went. A program that keeps it drops it."""

    id: str
    at: datetime
    why: str

    @property
    def updated_at(self) -> datetime:
        """When the feed changed for it."""
        return self.at


@dataclass(frozen=True)
class Feed:
    """A feed: where it stands, the page that shows the same, and what is in it, newest first."""

    title: str
    url: str
    page_url: str
    language: str
    author: str
    author_url: str
    items: list[Entry | Deleted]


def as_xml(feed: Feed) -> bytes:
    """The feed, well-formed whatever the words in it."""
    root = Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    text(root, "id", feed.url)
    text(root, "title", feed.title)
    text(root, "updated", time(newest_of(feed.items)))
    link(root, "self", feed.url, MEDIA_TYPE.partition(";")[0])
    link(root, "alternate", feed.page_url, "text/html")
    author = SubElement(root, f"{{{ATOM}}}author")
    text(author, "name", feed.author)
    text(author, "uri", feed.author_url)
    text(root, "rights", RIGHTS)
    for item in feed.items:
        if isinstance(item, Entry):
            add_entry(root, item)
        else:
            gone = SubElement(
                root, f"{{{TOMBSTONES}}}deleted-entry", {"ref": item.id, "when": time(item.at)}
            )
            SubElement(gone, f"{{{TOMBSTONES}}}comment").text = possible(item.why)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def add_entry(root: Element, entry: Entry) -> None:
    """The entry, at the end of the feed. Where it has content, that has the summary in it."""
    element = SubElement(root, f"{{{ATOM}}}entry")
    text(element, "id", entry.id)
    text(element, "title", entry.title)
    link(element, "alternate", entry.url, "text/html")
    text(element, "published", time(entry.published_at))
    text(element, "updated", time(entry.updated_at))
    text(element, "summary", entry.summary)
    if entry.content:
        text(element, "content", entry.content)
    for category in entry.categories:
        SubElement(
            element,
            f"{{{ATOM}}}category",
            {"term": category.term, "scheme": category.scheme, "label": possible(category.label)},
        )


def text(parent: Element, name: str, words: str) -> None:
    """An element of words."""
    SubElement(parent, f"{{{ATOM}}}{name}").text = possible(words)


def link(parent: Element, rel: str, url: str, media_type: str) -> None:
    """A link to a page or to the feed itself."""
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": url, "type": media_type})


def newest_of(items: Iterable[Entry | Deleted]) -> datetime:
    """When the feed last changed."""
    return max((item.updated_at for item in items), default=NEVER)


def time(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def possible(words: str) -> str:
    """The words, with a replacement character for each that XML cannot hold."""
    return _IMPOSSIBLE.sub("\ufffd", words)

"""What programs ask for at the root of the site: the sitemap, what they may read, whom to warn.

Not under a language: a program looks in one place.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from claims import sitemap
from claims.published import NOTHING_HERE
from claims.views.page import PublicPage, origin_of
from factcheck.common.errors import NotFound

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_PATH = "/sitemap.xml"
SECURITY_PATH = "/.well-known/security.txt"
MOST_PARTS = 1_000_000
PLAIN = "text/plain; charset=utf-8"


class SitemapIndex(PublicPage):
    """Where the parts of the sitemap are."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The index, in one query."""
        parts: list[tuple[str, datetime | None]] = [("/sitemap-lists.xml", None)]
        parts += [(f"/sitemap-{number}.xml", at) for number, at in sitemap.parts()]
        return as_xml("sitemapindex", "sitemap", origin_of(request), parts)


class SitemapPart(PublicPage):
    """The pages of one range of the ledger."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The part, in one query."""
        # Further no ledger reaches, and PostgreSQL does not count.
        pages = sitemap.pages_of(number) if number < MOST_PARTS else []
        if not pages:
            raise NotFound(NOTHING_HERE)
        return as_xml("urlset", "url", origin_of(request), [(page.path, page.at) for page in pages])


class SitemapLists(PublicPage):
    """The lists, the topics, and the pages about ourselves."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The part, in two queries."""
        pages = [(page.path, page.at) for page in sitemap.lists()]
        return as_xml("urlset", "url", origin_of(request), pages)


class Robots(PublicPage):
    """What programs may read: all that is public, or nothing of a demonstration."""

    reads_ledger = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The rules (RFC 9309)."""
        lines = ["User-agent: *", "Disallow: /"]
        if not settings.DEMONSTRATION:
            sitemap_at = f"Sitemap: {origin_of(request)}{SITEMAP_PATH}"
            lines = ["User-agent: *", "Disallow: /admin/", "", sitemap_at]
        return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


class Security(PublicPage):
    """Whom to tell of a hole in the site; nothing where the publisher has named nobody."""

    reads_ledger = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file of RFC 9116."""
        contact = settings.PUBLISHER.get("security_contact")
        if contact is None:
            raise NotFound(NOTHING_HERE)
        expires = settings.PUBLISHER["security_expires"].astimezone(UTC)
        lines = [
            f"Contact: {contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(code for code, name in settings.LANGUAGES)}",
            f"Canonical: {origin_of(request)}{SECURITY_PATH}",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def as_xml(
    root_name: str, name: str, origin: str, addresses: Iterable[tuple[str, datetime | None]]
) -> HttpResponse:
    """A sitemap, or the index of sitemaps."""
    root = ElementTree.Element(root_name, {"xmlns": NAMESPACE})
    for path, at in addresses:
        element = ElementTree.SubElement(root, name)
        ElementTree.SubElement(element, "loc").text = f"{origin}{path}"
        if at is not None:
            lastmod = ElementTree.SubElement(element, "lastmod")
            lastmod.text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")

"""Which Document an address is, and whose site it is on."""

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Value

from factcheck.common.errors import InvalidInput
from factcheck.common.finding import AddressKey, Exactly
from factcheck.common.languages import LANGUAGE_NAMES
from factcheck.common.text import clean_line
from factcheck.ledger.history import acting
from sources.capturing.extracting import Extracted
from sources.choices import DocumentKind
from sources.models import Document, Source, SourceAddress
from sources.models.merging import resolved

MAX_TITLE = 500


def document_at(*urls: str) -> Document | None:
    """The Document of the first of the addresses that is known; scheme, www., fragment and tracking
    parameters make no difference. What it was merged into stands for it.
    """
    for url in filter(None, urls):
        same = Exactly(AddressKey("url"), AddressKey(Value(url)))
        found = Document.objects.filter(same).exclude(url="").order_by("pk").first()
        if found is not None:
            return resolved(found)
    return None


def source_of(url: str) -> Source | None:
    """The Source on whose site the address lies: the one whose own address is the longest beginning
    of it. None where nobody has one, or where two sources share it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT address_key(%s)", [url])
        [key] = cursor.fetchone()
    path = key.partition("?")[0].split("/")
    beginnings = ["/".join(path[:length]) for length in range(1, len(path) + 1)]
    found: dict[str, set[Source]] = {}
    for address in (
        SourceAddress.objects.annotate(key=AddressKey("url"))
        .filter(key__in=[*beginnings, key])
        .select_related("source")
    ):
        found.setdefault(address.key, set()).add(resolved(address.source))
    closest = found[max(found, key=len)] if found else set()
    return closest.pop() if len(closest) == 1 else None


def make_document(url: str, found: Extracted, *, by: User) -> Document:
    """An article at the address, called as the page calls itself."""
    document = Document(
        kind=DocumentKind.ARTICLE,
        title=title_for(url, found),
        source=source_of(url),
        url=url,
        language=language_of(found),
        created_by=by,
    )
    document.full_clean()
    with acting(by):
        document.save(force_insert=True)
    document.refresh_from_db()
    return document


def title_for(url: str, found: Extracted) -> str:
    """What the page calls itself, if that can stand in a line; else its address."""
    try:
        return clean_line(found.title, max_length=MAX_TITLE) or url[:MAX_TITLE]
    except InvalidInput:
        return url[:MAX_TITLE]


def language_of(found: Extracted) -> str:
    """The language that the page says it is in, if it is one that we know."""
    said = found.language.strip().replace("_", "-").lower()
    return next((code for code in (said, said.partition("-")[0]) if code in LANGUAGE_NAMES), "")

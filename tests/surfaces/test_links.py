"""Every link of ours leads somewhere: from the first page on, in every language."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim, revise_and_publish
from tests.surfaces.ledgering import bury
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
# Answered elsewhere, or by a form that is tested by itself.
ELSEWHERE = ("/static/", "/api/")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_link_leads_somewhere(reader: Client, language: str):
    claim = make_rich_claim()
    revise_and_publish(make_published_claim(event=claim.event))
    for kind in (PublicationKind.RETRACT, PublicationKind.SUSPEND):
        bury(make_published_claim(), kind)
    start = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    seen, waiting = {start}, [start]
    pages: dict[str, int] = {}

    while waiting:
        address = waiting.pop()
        response = reader.get(address, follow=True)
        pages[address] = response.status_code
        content_type = response.headers.get("Content-Type", "")
        if not content_type.startswith("text/html"):
            continue
        for link in LINK.findall(response.content.decode()):
            link = unescape(link)
            other = re.match(r"/(?:fr|uk)/", link)
            is_ours = other is None if start == "/" else link.startswith(start)
            if is_ours and link not in seen and not link.startswith(ELSEWHERE):
                seen.add(link)
                waiting.append(link)
        assert len(seen) < 3_000, sorted(seen)[::100]

    # What is withheld is gone on purpose.
    assert {at: status for at, status in pages.items() if status not in (200, 410)} == {}
    assert len(pages) > 20

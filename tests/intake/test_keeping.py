"""A page that is kept: as WARC, with its text, compared with the copy before."""

import gzip
import hashlib
import re
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from warcio.archiveiterator import ArchiveIterator

from sources.capturing.by_address import NothingThere, capture_address
from sources.capturing.supplying import supply
from sources.capturing.warc import page_in
from sources.models import Capture, Document, SourceAddress
from sources.network import AddressRefused
from sources.services import Quote, anchor_passage, newest_capture
from tests.factories import make_capture, make_document, make_source, somebody
from tests.intake.site import URL, answering, page

pytestmark = pytest.mark.django_db


def records(capture: Capture) -> list[tuple[str, str | None]]:
    """The records of a capture's WARC, of which every digest has been checked."""
    found = []
    for record in ArchiveIterator(BytesIO(bytes(capture.content)), check_digests="raise"):
        record.content_stream().read()
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
    return found


def body_of(capture: Capture) -> bytes:
    return page_in(bytes(capture.content))[0]


def test_a_page_is_kept_with_all_that_was_said(site, reporter):
    document = make_document(url=URL)
    site.pages["/old"] = answering(b"", "Location: /boats", status="301 Moved")
    site.puts(page(), "Set-Cookie: who=you")

    capture = capture_address("http://news.example/old", by=reporter)

    assert capture.document == document
    assert (capture.status, capture.http_status, capture.reason) == ("live", 200, "")
    assert (capture.asked_url, capture.redirects) == (
        "http://news.example/old",
        ["http://news.example/old"],
    )
    assert (capture.final_url, capture.media_type) == (URL, "text/html")
    assert capture.tool.startswith("factcheck/1, warcio/")
    assert (capture.created_by, capture.supplied_by) == (reporter, None)
    assert capture.sha256 == hashlib.sha256(bytes(capture.content)).hexdigest()
    assert capture.payload_sha256 == hashlib.sha256(page()).hexdigest()
    assert body_of(capture) == page()
    assert records(capture) == [
        ("warcinfo", None),
        ("request", "http://news.example/old"),
        ("response", "http://news.example/old"),
        ("request", URL),
        ("response", URL),
        ("metadata", URL),
    ]
    assert capture.text.startswith("Boats counted in Exampleton\nSYNTHETIC. The mayor")
    assert "Sport" not in capture.text
    assert capture.extractor == "trafilatura"
    assert b"ookie" not in b"".join(site.server.requests)
    assert anchor_passage(capture, [Quote("12 boats were counted")], by=reporter)


def test_what_was_said_is_in_the_warc_byte_by_byte(site, reporter):
    make_document(url=URL)
    site.pages["/boats"] = (
        b"HTTP/1.1 200 Fine\r\ncontent-TYPE: text/plain\r\nX-Odd:\xa0odd\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nTwelv\r\n7\r\ne boats\r\n0\r\n\r\n"
    )

    capture = capture_address(URL, by=reporter)

    raw = gzip.decompress(bytes(capture.content))
    assert site.server.requests[-1] in raw
    assert b"HTTP/1.1 200 Fine\r\ncontent-TYPE: text/plain\r\nX-Odd:\xa0odd\r\n" in raw
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\nTwelve boats\r\n" in raw
    assert (capture.text, capture.extractor) == ("Twelve boats", "plain text")


def test_the_same_page_is_a_revisit_without_the_bytes(site, reporter):
    document = make_document(url=URL)
    site.puts(page())
    first = capture_address(URL, by=reporter)

    again = capture_address(URL, by=reporter)

    assert (again.status, again.revisit_of, again.text) == ("live", first, "")
    assert again.payload_sha256 == first.payload_sha256
    assert records(again)[-2:] == [("revisit", URL), ("metadata", URL)]
    said = gzip.decompress(bytes(again.content)).decode()
    [date] = re.findall("WARC-Refers-To-Date: (.+)\r", said)
    digest, *_ = re.findall("WARC-Payload-Digest: (.+)\r\nWARC-Block", said.partition("revisit")[2])
    was = gzip.decompress(bytes(first.content)).decode().partition("Type: response")
    assert f"WARC-Date: {date}\r\nWARC-IP-Address: 1.2.3.4\r\nWARC-" in was[0] + was[1]
    assert f"WARC-Payload-Digest: {digest}\r\n" in was[2]
    assert page() not in gzip.decompress(bytes(again.content))
    assert newest_capture(document) == first


def test_a_page_with_other_words_has_changed_and_one_with_other_furniture_has_not(site, reporter):
    document = make_document(url=URL)
    kept = []
    for body in (page(), page().replace(b"Sport", b"Weather"), page("13"), page("13"), page()):
        site.puts(body)
        kept.append(capture_address(URL, by=reporter))

    assert [one.status for one in kept] == ["live", "live", "changed", "live", "changed"]
    assert [one.revisit_of for one in kept] == [None, None, None, kept[2], None]
    assert newest_capture(document) == kept[4]


def test_a_picture_takes_no_words_away(reporter):
    document = make_document()
    picture = b"\x89PNG\r\n\x1a\n"
    first = supply(document, name="early.png", content=picture, by=reporter)
    alone = newest_capture(document)
    text = make_capture(document)

    supply(document, name="late.png", content=picture + b"2", by=reporter)

    assert (alone, newest_capture(document)) == (first, text)


def test_a_supplied_file_says_nothing_of_the_page(site, reporter):
    document = make_document(url=URL)
    make_capture(document)
    site.puts(page())

    assert capture_address(URL, by=reporter).status == "live"


@pytest.mark.parametrize(
    ("status", "expected", "words"),
    [
        ("410 Gone", "gone", "The page was taken away for good (410)."),
        ("403 No", "blocked", "The site refuses to give us the page (403)."),
        ("500 Oh", "failed", "The site answered with an error (500)."),
    ],
)
def test_what_is_not_the_document_is_kept_and_not_held(site, reporter, status, expected, words):
    document = make_document(url=URL)
    site.puts(b"<p>Synthetic notice.</p>", status=status)

    capture = capture_address(URL, by=reporter)

    assert (capture.status, capture.reason, capture.text) == (expected, words, "")
    assert body_of(capture) == b"<p>Synthetic notice.</p>"
    assert newest_capture(document) is None
    assert not Document.objects.held().exists()


def test_nobody_there_is_kept_as_well(site, reporter):
    make_document(url="http://away.example/")
    site.outside.names["away.example"] = [["5.6.7.8"]]

    capture = capture_address("http://away.example/", by=reporter)

    assert (capture.status, capture.http_status) == ("failed", None)
    assert capture.reason == "Nobody answers at this address."
    assert [kind for kind, _ in records(capture)] == ["warcinfo", "metadata"]


def test_a_bomb_is_no_page(site, reporter):
    make_document(url=URL)
    bomb = gzip.compress(bytes(60_000_000))
    site.puts(bomb, "Content-Encoding: gzip")

    capture = capture_address(URL, by=reporter)

    assert (capture.status, capture.text) == ("failed", "")
    assert capture.reason.startswith("It is larger than 25 MB, or swells")


def test_an_address_inside_is_never_asked(site, reporter):
    make_document(url="http://inside.example/")
    site.outside.names["inside.example"] = [["10.0.0.1"]]

    refused = capture_address("http://inside.example/", by=reporter)

    assert refused.reason == "This address leads inside our own network."
    assert site.outside.connected == []
    with pytest.raises(AddressRefused):
        capture_address("http://127.0.0.1/", by=reporter)


def test_a_packed_page_is_read_and_kept_as_it_was_sent(site, reporter):
    make_document(url=URL)
    packed = gzip.compress(page(), mtime=0)
    site.puts(packed, "Content-Encoding: gzip")

    capture = capture_address(URL, by=reporter)

    assert "12 boats were counted" in capture.text
    assert capture.payload_sha256 == hashlib.sha256(packed).hexdigest()
    assert body_of(capture) == page()


# Documents


def test_a_new_address_becomes_an_article_of_the_source_whose_site_it_is(site, reporter):
    for url in (
        "https://news.example",
        "https://www.news.example/boats/",
        "https://news.example/b",
    ):
        source = make_source()
        SourceAddress.objects.create(source=source, url=url, created_by=somebody())
    site.puts(page(), at="/boats/2020?utm_source=x")

    capture = capture_address("http://www.news.example/boats/2020?utm_source=x", by=reporter)

    document = capture.document
    assert (document.kind, document.title) == ("article", "Boats counted in Exampleton")
    assert (document.language, document.created_by) == ("en", reporter)
    assert [one.url for one in document.source.addresses.all()] == [
        "https://www.news.example/boats/"
    ]
    assert capture_address("http://news.example/boats/2020", by=reporter).document == document


def test_an_address_that_is_nobodys_has_no_source(site, reporter):
    for _ in range(2):
        address = {"url": "https://news.example", "created_by": somebody()}
        SourceAddress.objects.create(source=make_source(), **address)
    site.puts(b"Twelve boats.", kind="text/plain")

    document = capture_address(URL, by=reporter).document

    assert (document.source, document.title, document.language) == (None, URL, "")


def test_nothing_is_entered_for_an_address_where_nothing_is(site, reporter):
    with pytest.raises(NothingThere, match="There is no such page any more"):
        capture_address(URL, by=reporter)

    assert not Document.objects.exists()


def test_the_command_says_what_came_of_each_address(site, reporter, capsys):
    make_document(url=URL, title="Synthetic boats")
    site.puts(page())

    call_command("capture", URL, by=reporter.username)
    call_command("capture", URL, by=reporter.username)
    with pytest.raises(CommandError, match=r"^Not kept: 2 of 3\.$"):
        call_command(
            "capture", "http://news.example/no", "ftp://x.example/", URL, by=reporter.username
        )

    first, again, gone, refused, _ = capsys.readouterr().out.splitlines()
    capture = Capture.objects.order_by("pk").first()
    assert first == (
        f"{URL}: kept, capture {capture.public_id} of “Synthetic boats” "
        f"({capture.document.public_id})."
    )
    assert ": kept, the same as before, capture " in again
    assert "There is no such page any more" in gone
    assert refused.endswith("Give a web address that begins with https:// or http://.")
    with pytest.raises(CommandError, match="There is no account"):
        call_command("capture", URL, by="nobody")


# What the database holds


def test_a_revisit_points_at_the_copy_that_has_its_bytes(site, reporter):
    make_document(url=URL)
    site.puts(page())
    capture_address(URL, by=reporter)
    again = capture_address(URL, by=reporter)
    no_copies = [make_capture(), Capture.objects.get(pk=again.pk)]

    for wrong in no_copies:
        again.pk, again.public_id, again.revisit_of = None, "0c1a1m0001", wrong
        with pytest.raises(IntegrityError, match="the copy of the same"), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"tool": "synthetic/1"}, "capture_fetched_says_where_and_with_what"),
        ({"http_status": 200}, "capture_fetched_says_where_and_with_what"),
        ({"erased_at": "2020-03-02T00:00Z"}, "capture_erased_is_empty"),
    ],
)
def test_a_capture_that_says_half_is_refused(changes, rule):
    capture = make_capture()
    capture.pk, capture.public_id, capture.sha256 = None, "0c1a1m0001", capture.sha256
    capture.document = make_document()
    for name, value in changes.items():
        setattr(capture, name, value)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        capture.save(force_insert=True)

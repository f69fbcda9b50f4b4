"""What went and came, as a WARC 1.1 file (ISO 28500:2017): one gzip member per record."""

import re
from importlib.metadata import version
from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from sources.capturing.fetching import Exchange, Fetched
from sources.capturing.outcomes import Outcome
from sources.models import Capture

VERSION = "1.1"
TOOL = f"factcheck/1, warcio/{version('warcio')}"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
# The body is kept without the pieces in which it came: a reader must not look for them.
IN_PIECES = re.compile(rb"^(?=transfer-encoding[ \t]*:)", re.IGNORECASE | re.MULTILINE)


class Writer(WARCWriter):
    """Digests are SHA-256."""

    def __init__(self, out: BytesIO) -> None:
        super().__init__(out, gzip=True, warc_version=VERSION)

    @staticmethod
    def _create_digester() -> Any:
        return Digester("sha256")


class AsSent(StatusAndHeaders):
    """Headers of HTTP that are written as they went over the wire, byte by byte."""

    def __init__(self, header: bytes) -> None:
        super().__init__(statusline="as sent", headers=[])
        self.headers_buff = header

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """Nothing: they are there."""


def warc_of(fetched: Fetched, outcome: Outcome, *, revisit_of: Capture | None = None) -> bytes:
    """Requests, answers and what is known beside them. With `revisit_of` the last answer is written
    without its body, as a revisit of that capture.
    """
    out = BytesIO()
    writer = Writer(out)
    writer.write_record(writer.create_warcinfo_record("", about_us()))
    concurrent = {}
    for number, exchange in enumerate(fetched.exchanges, start=1):
        is_last = number == len(fetched.exchanges)
        first = revisit_of if is_last else None
        answered = revisited(writer, exchange, first) if first else answer(writer, exchange)
        concurrent = {"WARC-Concurrent-To": answered.rec_headers.get_header("WARC-Record-ID")}
        writer.write_record(question(writer, exchange, concurrent))
        writer.write_record(answered)
    fields = "".join(f"{name}: {value}\r\n" for name, value in told(fetched, outcome)).encode()
    writer.write_record(
        writer.create_warc_record(
            fetched.final_url or fetched.url,
            "metadata",
            payload=BytesIO(fields),
            length=len(fields),
            warc_headers_dict={"WARC-Date": date_of(fetched), **concurrent},
        )
    )
    return out.getvalue()


def about_us() -> dict[str, str]:
    """What the file says of itself."""
    return {"software": TOOL, "format": f"WARC File Format {VERSION}", "conformsTo": CONFORMS_TO}


def told(fetched: Fetched, outcome: Outcome) -> list[tuple[str, str]]:
    """What no header says: the way that was gone, and what came of it."""
    return [
        ("software", TOOL),
        ("asked", fetched.url),
        *(("redirected-by", url) for url in fetched.redirects),
        ("outcome", outcome.status.value),
        *((("reason", outcome.reason),) if outcome.reason else ()),
    ]


def question(writer: Writer, exchange: Exchange, concurrent: dict[str, str]) -> Any:
    """The request."""
    return writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(),
        length=0,
        http_headers=AsSent(exchange.request),
        warc_headers_dict=about(exchange) | concurrent,
    )


def answer(writer: Writer, exchange: Exchange) -> Any:
    """The answer with its body."""
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.packed),
        length=len(exchange.packed),
        http_headers=AsSent(kept_header(exchange)),
        warc_headers_dict=about(exchange)
        | ({"WARC-Truncated": "length"} if exchange.is_cut else {}),
    )


def revisited(writer: Writer, exchange: Exchange, first: Capture) -> Any:
    """The answer without its body, which the first capture has."""
    digest = Digester("sha256")
    digest.update(exchange.packed)
    return writer.create_revisit_record(
        exchange.url,
        str(digest),
        refers_to_uri=first.final_url,
        refers_to_date=first.captured_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        http_headers=AsSent(kept_header(exchange)),
        warc_headers_dict=about(exchange),
    )


def about(exchange: Exchange) -> dict[str, str]:
    """When, and from which machine."""
    at = exchange.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"WARC-Date": at, "WARC-IP-Address": exchange.address}


def date_of(fetched: Fetched) -> str:
    """When it was asked for."""
    return fetched.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def kept_header(exchange: Exchange) -> bytes:
    """The header as it came, but for what is no longer so."""
    return IN_PIECES.sub(b"X-Archive-Orig-", exchange.header)


def page_in(content: bytes) -> tuple[bytes, str]:
    """The page's own bytes out of a WARC of ours, unpacked, and its Content-Type: the body of the
    last answer.
    """
    body, content_type = b"", ""
    for record in ArchiveIterator(BytesIO(content)):
        if record.rec_type == "response":
            content_type = record.http_headers.get_header("content-type") or ""
            body = record.content_stream().read()
    return body, content_type

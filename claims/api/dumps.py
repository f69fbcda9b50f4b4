"""Dumps: what there is, and the files themselves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson
from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from claims.api.parameters import given_in
from claims.api.reading import PublicRead, bytes_response
from claims.dumps import shelf
from claims.dumps.package import MEDIA_TYPES, PACKAGE, RESOURCES
from claims.published import NOTHING_HERE
from claims.views.page import MAY_BE_KEPT
from factcheck.common.errors import NotFound
from factcheck.ledger.canonical import sha256_hex

LATEST = shelf.LATEST
CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(?!-$)([0-9]{0,15})-([0-9]{0,15})")

FILE = {
    "type": "object",
    "required": ["name", "media_type", "rows", "bytes", "sha256", "url"],
    "additionalProperties": False,
    "properties": {
        "name": {"enum": [*RESOURCES, PACKAGE]},
        "media_type": {"type": "string"},
        "rows": {"type": ["integer", "null"], "minimum": 0},
        "bytes": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "url": {"type": "string", "format": "uri"},
    },
}
DUMP = {
    "type": "object",
    "required": ["seq", "as_of", "files"],
    "additionalProperties": False,
    "properties": {
        "seq": {
            "type": "integer",
            "minimum": 0,
            "description": "The place in the ledger at which it was taken: go on from here with"
            " `/api/v1/changes/?after=`.",
        },
        "as_of": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "When that place was given out; null while nothing is published.",
        },
        "files": {"type": "array", "items": FILE},
    },
}
LIST = {
    "type": "object",
    "required": ["note", "next", "previous", "results"],
    "additionalProperties": False,
    "properties": {
        "note": {
            "type": ["string", "null"],
            "description": "Why there is none, and when there will be; null where there is one.",
        },
        "next": {"type": "null"},
        "previous": {"type": "null"},
        "results": {"type": "array", "items": DUMP},
    },
}
SOON = (
    "There is no dump yet. The worker writes the first within ten minutes, or as soon as it is"
    " started, and one every day at 03:17 UTC; /api/v1/changes/ has everything at once."
)
NEVER = "No dumps are written here. /api/v1/changes/ has everything that is published."


class DumpList(PublicRead):
    """The dumps that there are."""

    @extend_schema(
        operation_id="listDumps",
        tags=["dumps"],
        summary="All that is published, as files",
        description="The dumps of the last days, the newest first. After a redaction those from"
        " before it are gone at once, and a new one follows within minutes; until then, and where"
        " none are written, the list is empty. The list is short and has no further pages.",
        responses={
            200: OpenApiResponse(LIST, description="The dumps, each with its files."),
            304: OpenApiResponse(description="It is the same."),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Each dump with its files, their hashes and addresses."""
        given_in(request.query_params, ())
        results = [as_json(dump, request) for dump in dumps()]
        answer = {"note": note_on(results), "next": None, "previous": None, "results": results}
        body = orjson.dumps(answer)
        return bytes_response(request, body, sha256=sha256_hex(body))


# A file's bytes; only the one that describes the others is JSON as a whole.
FILE = {"type": ["string", "object"]}


class DumpFile(PublicRead):
    """One file of a dump."""

    @extend_schema(
        operation_id="getDumpFile",
        tags=["dumps"],
        summary="A file of a dump",
        description="Its ETag is its SHA-256. A part of it can be asked for with `Range`, so that"
        " a download that broke off goes on where it was. `latest` in place of the number leads to"
        " the newest dump.",
        parameters=[
            OpenApiParameter(
                "seq",
                {"type": "string", "pattern": f"^([0-9]{{1,19}}|{LATEST})$"},
                "path",
                description=f"The ledger's place at which it was taken, or “{LATEST}”.",
            ),
            OpenApiParameter(
                "name",
                {"type": "string", "enum": [*RESOURCES, PACKAGE]},
                "path",
                description="The file, as the list of dumps names it.",
            ),
        ],
        responses={
            **{
                (200, kind): OpenApiResponse(FILE, description="The file's bytes.")
                for kind in MEDIA_TYPES.values()
            },
            206: OpenApiResponse(description="The part that was asked for."),
            304: OpenApiResponse(description="It is the same."),
            307: OpenApiResponse(description="The file of the newest dump is there."),
            404: OpenApiResponse(description="There is no such dump, or no such file in it."),
            416: OpenApiResponse(description="The file is shorter than that."),
        },
    )
    def get(self, request: Request, seq: str, name: str) -> HttpResponseBase:
        """The file, streamed; 304 to who has it."""
        given_in(request.query_params, ())
        dump, file = found(seq, name)
        if seq == LATEST:
            there = request.build_absolute_uri(f"../{dump.seq}/{name}")
            return HttpResponse(
                status=307, headers={"Location": there, "Cache-Control": "no-store"}
            )
        etag = f'"{file.sha256}"'
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if "*" in known or etag in [tag.removeprefix("W/") for tag in known]:
            response: HttpResponseBase = HttpResponse(status=304)
            del response["Content-Type"]
        else:
            response = streamed(request, dump.directory / name, file, etag=etag)
        response["ETag"] = etag
        response["Accept-Ranges"] = "bytes"
        response["Cache-Control"] = MAY_BE_KEPT
        return response


def note_on(results: list[dict[str, object]]) -> str | None:
    """Why there is no dump; None where there is one."""
    if results:
        return None
    return NEVER if settings.DUMPS_DIR is None else SOON


def dumps() -> list[shelf.Dump]:
    """The dumps that may be handed out; none where no directory is set."""
    return shelf.listed(settings.DUMPS_DIR) if settings.DUMPS_DIR is not None else []


def found(seq: str, name: str) -> tuple[shelf.Dump, shelf.File]:
    """The file of the dump. Raises NotFound for what is not on the list, whatever the path says."""
    for dump in dumps():
        if seq in (LATEST, str(dump.seq)):
            for file in dump.files:
                if file.name == name:
                    return dump, file
            break
    raise NotFound(NOTHING_HERE)


def as_json(dump: shelf.Dump, request: Request) -> dict[str, object]:
    """A dump as the list tells it."""
    return {
        "seq": dump.seq,
        "as_of": dump.package["as_of"],
        "files": [
            {
                "name": file.name,
                "media_type": media_type(file.name),
                "rows": file.rows,
                "bytes": file.bytes,
                "sha256": file.sha256,
                "url": request.build_absolute_uri(f"/api/v1/dumps/{dump.seq}/{file.name}"),
            }
            for file in dump.files
        ],
    }


def media_type(name: str) -> str:
    """What kind of file it is."""
    return MEDIA_TYPES[Path(name).suffix]


def streamed(request: Request, path: Path, file: shelf.File, *, etag: str) -> HttpResponseBase:
    """The file, or the part of it that was asked for. Raises NotFound if it was just deleted."""
    part = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.headers.get("If-Range", etag) != etag:
        part = None  # It would be put together with what the asker has of another file.
    start, stop = bounds(part[1], part[2], file.bytes) if part else (0, file.bytes)
    if part and start >= stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.bytes}"})
    try:
        opened = open(path, "rb")  # noqa: SIM115 -- the response closes it
    except FileNotFoundError:
        raise NotFound(NOTHING_HERE) from None
    kind = media_type(file.name)
    if not part:
        name = f"{path.parent.name}-{file.name}"
        return FileResponse(opened, as_attachment=True, filename=name, content_type=kind)
    opened.seek(start)
    response = StreamingHttpResponse(pieces(opened, stop - start), status=206, content_type=kind)
    response["Content-Length"] = str(stop - start)
    response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.bytes}"
    return response


def bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Where a range begins and where it ends; "-5" are the last five bytes."""
    if not first:
        return max(0, size - int(last or 0)), size
    return int(first), min(size, int(last) + 1) if last else size


def pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    """The next `length` bytes."""
    with file:
        while length > 0 and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece

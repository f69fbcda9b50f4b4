"""What programs ask of the log: C2SP tlog-tiles, and whole proofs for who wants no tiles."""

from pathlib import Path
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.parameters import given_in
from claims.api.reading import PublicRead, known_hashes
from factcheck.common.errors import NotFound
from factcheck.common.numbers import parse_int
from factcheck.ledger.canonical import sha256_hex
from factcheck.ledger.models import SignedCheckpoint
from factcheck.ledger.signed import NOTHING_HERE, Log, checkpoint_over, newest_checkpoint
from factcheck.ledger.stored_tree import StoredTree, read_entries, read_entry, read_tile
from factcheck.ledger.tree.notes import as_base64
from factcheck.ledger.tree.tiles import entry_bundle, parse_path, width_of

# A tile never changes; a checkpoint is new within seconds of a publication.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_SECONDS = "public, max-age=2"
TEXT = "text/plain; charset=utf-8"
VERIFIER = Path(__file__).with_name("verify.py")
BYTES = "application/octet-stream"


class LogRead(PublicRead):
    """An address of the log. None of them is described with the API's: they are those of a public
    format, which others' programs know.
    """

    schema = None
    parameters: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer; a refusal is kept by nobody, since it may be over in seconds."""
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters that there are not."""
        super().initial(request, *args, **kwargs)
        self.given = given_in(request.query_params, self.parameters)


class CheckpointAddress(LogRead):
    """The newest signed checkpoint."""

    def get(self, request: Request) -> HttpResponse:
        """The note; 503 in words while nothing is signed. One query."""
        return kept(request, newest_checkpoint().note.encode(), TEXT, FOR_SECONDS)


class KeysAddress(LogRead):
    """The public keys that signed checkpoints, the newest first, a line each."""

    def get(self, request: Request) -> HttpResponse:
        """The keys as verifiers of signed notes take them."""
        lines = "".join(f"{key}\n" for key in Log().keys)
        return kept(request, lines.encode(), TEXT, FOR_SECONDS)


class TileAddress(LogRead):
    """A tile of the tree, or the entries under one of level 0, within the newest checkpoint."""

    def get(self, request: Request, path: str) -> HttpResponse:
        """The bytes; two queries, or one more where the tile is not full."""
        found = parse_path(path)
        if found is None:
            raise NotFound(NOTHING_HERE)
        tile, is_of_entries = found
        if width_of(tile.level, tile.index, newest_checkpoint().size) < tile.width:
            raise NotFound(NOTHING_HERE)
        if is_of_entries:
            body = entry_bundle(read_entries(tile, "public"))
        else:
            body = read_tile(tile, "public")
        return kept(request, body, BYTES, FOR_EVER)


class ProofAddress(LogRead):
    """That the entry at a place is in the log, and that the log begins with an older one."""

    parameters = ("from",)

    def get(self, request: Request, seq: str) -> HttpResponse:
        """Entry, checkpoint and proofs in one answer; a handful of rows however long the log is."""
        place = place_of(seq)
        checkpoint = checkpoint_over(place)
        body = orjson.dumps(proof_of(place, checkpoint, self.given.get("from")))
        return kept(request, body, "application/json", FOR_SECONDS)


class VerifierProgram(LogRead):
    """The program with which anybody can check a record, as it stands in our repository."""

    def get(self, request: Request) -> HttpResponse:
        """Its source."""
        return kept(request, VERIFIER.read_bytes(), TEXT, FOR_SECONDS)


def place_of(seq: str) -> int:
    """The place in the address. Raises NotFound for what is none."""
    if not (seq.isascii() and seq.isdecimal() and len(seq) < 19 and seq[0] != "0"):
        raise NotFound(NOTHING_HERE)
    return int(seq)


def proof_of(place: int, checkpoint: SignedCheckpoint, older: str | None) -> dict[str, Any]:
    """The answer about a place that the checkpoint reaches to. Raises InvalidInput for an older
    size that it does not.
    """
    tree, index = StoredTree(checkpoint.size, "public"), place - 1
    entry = read_entry(place, "public")
    answer = {
        "seq": place,
        "leaf_index": index,
        "entry": entry,
        "tree_size": checkpoint.size,
        "inclusion_proof": [as_base64(step) for step in tree.inclusion(index)],
        "checkpoint": checkpoint.note,
    }
    if older is None:
        return answer
    size = parse_int(older, name="from", low=1, high=checkpoint.size)
    proof = [as_base64(step) for step in tree.consistency(size)]
    return {**answer, "from": size, "consistency_proof": proof}


def kept(request: Request, body: bytes, content_type: str, cached: str) -> HttpResponse:
    """The bytes under their SHA-256, or 304 to who has them."""
    sha256 = sha256_hex(body)
    known = known_hashes(request)
    if "*" in known or sha256 in known:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, content_type=content_type)
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = cached
    return response

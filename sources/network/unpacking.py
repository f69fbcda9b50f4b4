"""What was packed for the way, unpacked under caps: a small file may swell to more than we hold."""

import zlib
from io import BytesIO

from sources.network.caps import SWELLS_FREELY, Caps
from sources.network.connections import TOO_LARGE
from sources.network.errors import NetworkError, TooLarge

STEP = 64 * 1024
NOT_ASKED_FOR = "The site packs its answer in a way that we did not ask for."
DAMAGED = "What the site sent is damaged: it cannot be unpacked."
GZIP_BEGINS = b"\x1f\x8b"
# What zlib calls the two ways in which we let a site pack, and the bare one that some mean.
GZIP, ZLIB, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def unpacked(packed: bytes, ways: str, *, caps: Caps) -> bytes:
    """The body, unpacked in the ways that Content-Encoding names. Raises TooLarge, NetworkError."""
    most = min(caps.decoded_bytes, max(caps.ratio * len(packed), SWELLS_FREELY))
    for way in reversed([way.strip().lower() for way in ways.split(",") if way.strip()]):
        if not packed or way == "identity":
            continue
        if way in ("gzip", "x-gzip"):
            packed = inflated(packed, GZIP, most=most)
        elif way == "deflate":
            packed = deflated(packed, most=most)
        else:
            raise NetworkError(NOT_ASKED_FOR)
    if len(packed) > most:
        raise TooLarge(TOO_LARGE)
    return packed


def deflated(packed: bytes, *, most: int) -> bytes:
    """What "deflate" means: zlib's format, and to some servers the stream without its frame."""
    try:
        return inflated(packed, ZLIB, most=most)
    except TooLarge:
        raise
    except NetworkError:
        return inflated(packed, BARE, most=most)


def inflated(packed: bytes, how: int, *, most: int) -> bytes:
    """The bytes, of which never more than a step beyond `most` are made."""
    made, member = bytearray(), zlib.decompressobj(how)
    stream, rest = BytesIO(packed), b""
    while True:
        given = rest or stream.read(STEP)
        try:
            got = member.decompress(given, STEP)
        except zlib.error as error:
            raise NetworkError(DAMAGED) from error
        made += got
        if len(made) > most:
            raise TooLarge(TOO_LARGE)
        rest = member.unconsumed_tail
        if member.eof:
            # What follows a member of gzip is another one, or padding.
            rest = member.unused_data or stream.read(STEP)
            if not rest.startswith(GZIP_BEGINS):
                return bytes(made)
            member = zlib.decompressobj(how)
        elif not given and not got:
            raise NetworkError(DAMAGED)

"""From bytes to characters, as the web means them."""

import re

from charset_normalizer import from_bytes

# What a text never holds; see `clean_quote` of the project. In their place stands U+FFFD.
NEVER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
BREAKS = re.compile("\r\n|[\r\x0c\x85]")
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
# The web calls by these names what is the wider encoding of Windows.
MEANT = dict.fromkeys(["iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"], "cp1252")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# So many bytes tell in which encoding the rest is.
SAMPLE = 200_000


def decoded(content: bytes, charset: str) -> str:
    """The characters: as the first bytes, the header or the page itself say, else UTF-8 where it is
    that, else as they are most likely meant. What cannot be read stands as U+FFFD.
    """
    for bom, name in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    said = META_CHARSET.search(content[:4096])
    for name in (charset.lower(), said[1].decode("ascii").lower() if said else "", "utf-8"):
        try:
            return content.decode(MEANT.get(name, name))
        except (LookupError, UnicodeDecodeError):
            continue
    best = from_bytes(content[:SAMPLE]).best()
    return content.decode(best.encoding if best is not None else "cp1252", "replace")


def settled(text: str) -> str:
    """With one kind of line break, and without what cannot stand in a text."""
    return NEVER.sub("\ufffd", BREAKS.sub("\n", text))

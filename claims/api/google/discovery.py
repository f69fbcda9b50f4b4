"""The discovery document: what the API is, in the format in which Google describes its own.

Ids of methods and names of schemas are Google's, since programs are written with them; the words
are ours.
"""

import functools
from pathlib import Path
from typing import Any

import orjson

VERSION = "v1alpha1"


@functools.cache
def document() -> dict[str, Any]:
    """The document, but for the addresses of the site that serves it."""
    read: dict[str, Any] = orjson.loads(Path(__file__).with_name("discovery.json").read_bytes())
    return read


def discovery_bytes(origin: str) -> bytes:
    """The document of the site at `origin`, to which it leads."""
    root = f"{origin}/"
    addresses = {
        "rootUrl": root,
        "baseUrl": root,
        "documentationLink": f"{origin}/methodology/",
    }
    return orjson.dumps({**document(), **addresses}, option=orjson.OPT_INDENT_2)

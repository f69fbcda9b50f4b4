"""Keep an exact copy of all that is published: python mirror.py https://facts.example copy/"""

import hashlib
import json
import os
import sys
import urllib.request
from pathlib import Path

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".new"), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def mirror(site: str, copy: Path) -> None:
    place, head = copy / "after", sys.maxsize
    while (after := int(place.read_text()) if place.exists() else 0) < head:
        with urllib.request.urlopen(f"{site}/api/v1/changes/?after={after}&limit=1000") as answer:
            page = json.load(answer)
        for change in page["results"]:
            if change["record"] is None:
                continue  # Redacted, or suspended since: what stands in its place follows.
            text = CANONICAL.encode(change["record"])
            if hashlib.sha256(text.encode()).hexdigest() != change["sha256"]:
                raise ValueError(f"These are not the bytes that were logged as {change['seq']}.")
            write(copy / change["subject"] / f"{change['id']}.json", text)
        write(place, str(page["next_after"]))
        head = page["head"]


if __name__ == "__main__":
    mirror(sys.argv[1].rstrip("/"), Path(sys.argv[2]))

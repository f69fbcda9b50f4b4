"""Check that a published record is the one in the log, and that the log was not rewritten.

    python3 verify.py https://facts.example/claims/<id>/ --key 'NAME+ID+KEY' --saved old.txt

Needs Python 3.11 and `cryptography`. Pin the key: one that the site gives proves little. Keep a
checkpoint (/log/checkpoint) and give it as --saved: the log has to begin with it. Ends with 1 and
says what is wrong, or with 0. Formats: RFC 6962, C2SP signed-note and tlog-checkpoint.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KINDS = "claims|claimants|sources|events"
ADDRESS = re.compile(rf"(https?://[^/]+)(?:/api/v1|/[a-z]{{2}})?/({KINDS})/([0-9a-z]{{10}})(.*)")
Key = tuple[str, bytes, bytes]


class Wrong(Exception):
    """Something is not as the log says."""


def get(address: str) -> bytes:
    """The bytes at an address; of what was taken off, the notice that stands in its place."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        body = error.read()
        if error.code == 410 and b'"salt"' in body:
            return body
        raise Wrong(f"{address} answers {error.code}: {body[:300].decode()}") from None


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def read_key(text: str) -> Key:
    """Name, id and bytes of a key as it is printed."""
    name, key_id, encoded = text.strip().split("+", 2)
    data = base64.b64decode(encoded)
    if len(data) != 33 or data[0] != 1 or sha256(f"{name}\n".encode() + data)[:4].hex() != key_id:
        raise Wrong(f"This is no key of a log: {text}")
    return name, bytes.fromhex(key_id), data[1:]


def read_checkpoint(note: str, keys: list[Key]) -> tuple[int, bytes]:
    """Size and root of a checkpoint that one of the keys has signed."""
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        _, name, encoded = line.split(" ")
        signature = base64.b64decode(encoded)
        for public in (key[2] for key in keys if key[:2] == (name, signature[:4])):
            try:
                key = Ed25519PublicKey.from_public_bytes(public)
                key.verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                raise Wrong("The signature of a checkpoint is false.") from None
            origin, size, root = text.split("\n")[:3]
            if origin == name:
                return int(size), base64.b64decode(root)
    raise Wrong("No key that you trust has signed the checkpoint.")


def hashes(proof: list[str]) -> list[bytes]:
    return [base64.b64decode(step) for step in proof]


def climb(way: int, last: int, steps: list[bytes], start: bytes) -> tuple[bytes, bytes]:
    """The roots to which the steps lead: of the older tree, to which only steps from the left
    belong, and of the tree (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    old = new = start
    for step in steps:
        if last == 0:
            raise Wrong("A proof is too long.")
        if way & 1 or way == last:
            old, new = sha256(b"\x01" + step + old), sha256(b"\x01" + step + new)
            while not way & 1 and way:
                way, last = way >> 1, last >> 1
        else:
            new = sha256(b"\x01" + new + step)
        way, last = way >> 1, last >> 1
    if last:
        raise Wrong("A proof is too short.")
    return old, new


def is_continued(old: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether the tree begins with the older one."""
    if old == size:
        return old_root == root
    steps = proof if old & (old - 1) else [old_root, *proof]
    way, last = old - 1, size - 1
    while way & 1:
        way, last = way >> 1, last >> 1
    return bool(steps) and climb(way, last, steps[1:], steps[0]) == (old_root, root)


def verify(address: str, keys: list[str], saved: str | None) -> str:
    """What was found to be sound. Raises Wrong."""
    if not (match := ADDRESS.match(address)):
        raise Wrong("Give the address of a claim, claimant, source or event, or a version of it.")
    site, kind, public_id, rest = match.groups()
    version = re.match(r"/versions/[0-9]+/", rest)
    body = get(f"{site}/api/v1/{kind}/{public_id}{version[0] if version else '/'}")
    record, found = json.loads(body), sha256(body).hex()
    trusted = [read_key(key) for key in keys or get(f"{site}/log/keys").decode().splitlines()]
    at = f"{site}/log/proof/{record['seq']}"
    proof = json.loads(get(at))
    size, root = read_checkpoint(proof["checkpoint"], trusted)
    if saved:
        old, old_root = read_checkpoint(Path(saved).read_text(), trusted)
        if old > size:
            raise Wrong(f"The log has {size} entries, and you have seen {old}: it was rolled back.")
        proof = json.loads(get(f"{at}?from={old}"))
        size, root = read_checkpoint(proof["checkpoint"], trusted)
        if not is_continued(old, old_root, size, root, hashes(proof["consistency_proof"])):
            raise Wrong("The log does not begin with the one you have seen: it was rewritten.")
    entry, index = json.loads(proof["entry"]), record["seq"] - 1
    if entry["record_sha256"] != found:
        raise Wrong(f"The record is not the one in the log: {entry['record_sha256']}, not {found}.")
    if (entry["seq"], entry["subject"]["id"]) != (record["seq"], public_id):
        raise Wrong("The entry in the log is about something else.")
    leaf = sha256(b"\x00" + proof["entry"].encode())
    if index >= size or climb(index, size - 1, hashes(proof["inclusion_proof"]), leaf)[1] != root:
        raise Wrong("The entry is not in the tree whose root was signed.")
    advice = "" if keys else "\nThe key came from the site itself: compare and pin it with --key."
    return f"Sound: {found}, place {record['seq']} of {size}, {entry['time']}{advice}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Check a record against the log.")
    parser.add_argument("address", help="of its page, or of its bytes")
    parser.add_argument("--key", action="append", default=[], help="the log's public key")
    parser.add_argument("--saved", metavar="FILE", help="a checkpoint that you kept")
    given = parser.parse_args()
    try:
        print(verify(given.address, given.key, given.saved))
    except (Wrong, OSError, ValueError, LookupError, TypeError) as error:
        sys.exit(f"WRONG: {error}" if isinstance(error, Wrong) else f"WRONG: cannot read: {error}")

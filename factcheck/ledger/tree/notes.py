"""Signed notes (C2SP signed-note), with Ed25519 alone.

Keys are written as Go's golang.org/x/mod/sumdb/note does, which other logs' tools read: a verifier
key is NAME+ID+BASE64, a signing key has PRIVATE+KEY+ before it. NAME is the log's origin.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_BYTES = 32
PRIVATE = "PRIVATE+KEY+"
DASH = "—"
# What a verifier must at least accept, and the most that we read.
MOST_SIGNATURES = 16
NAME = re.compile(r"[^\s+]+")
SIGNATURE = re.compile(rf"{DASH} (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+=*)")


class NoteError(ValueError):
    """A note or a key that is none, or that nobody we know has signed; with the reason in words."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key under its name."""

    name: str
    public: bytes

    @cached_property
    def id(self) -> bytes:
        """The first four bytes of a hash over name, kind and key."""
        return hashlib.sha256(f"{self.name}\n".encode() + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{as_base64(ED25519 + self.public)}"

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether this key has signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key under its name. Never printed: its text is `secret_text`."""

    name: str
    _seed: bytes

    def __repr__(self) -> str:
        return f"<signing key {self.verifier.id.hex()} of {self.name}>"

    @cached_property
    def verifier(self) -> VerifierKey:
        """Its public half."""
        private = Ed25519PrivateKey.from_private_bytes(self._seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    def secret_text(self) -> str:
        """The key as it is kept."""
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{as_base64(ED25519 + self._seed)}"

    def sign(self, text: str) -> str:
        """The line of a note that says that this key has signed its text."""
        private = Ed25519PrivateKey.from_private_bytes(self._seed)
        signature = self.verifier.id + private.sign(text.encode())
        return f"{DASH} {self.name} {as_base64(signature)}\n"


@dataclass(frozen=True)
class Note:
    """A text, with its last line's end, and who is said to have signed it: name, id, signature."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def new_signing_key(name: str) -> SigningKey:
    """A key from the system's randomness. Raises NoteError for a name that no note can carry."""
    check_name(name)
    return SigningKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def parse_signing_key(text: str) -> SigningKey:
    """The key in this text. Raises NoteError, which never repeats any of it."""
    if not text.startswith(PRIVATE):
        raise NoteError(f"A signing key begins with {PRIVATE}.")
    name, key_id, seed = key_parts(text.removeprefix(PRIVATE))
    key = SigningKey(name, seed)
    if key.verifier.id != key_id:
        raise NoteError("The id in the signing key is not that of its name and its bytes.")
    return key


def parse_verifier_key(text: str) -> VerifierKey:
    """The key in this text. Raises NoteError."""
    name, key_id, public = key_parts(text)
    key = VerifierKey(name, public)
    if key.id != key_id:
        raise NoteError("The id in the verifier key is not that of its name and its bytes.")
    return key


def key_parts(text: str) -> tuple[str, bytes, bytes]:
    """Name, id and bytes of a key, from NAME+ID+BASE64; base64 may have a plus of its own."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    data = from_base64(encoded)
    if not re.fullmatch("[0-9a-f]{8}", key_id) or len(data) != 1 + KEY_BYTES:
        raise NoteError("A key is written NAME+ID+BASE64, with 33 bytes in the last part.")
    if data[:1] != ED25519:
        raise NoteError("Only Ed25519 keys are used here.")
    check_name(name)
    return name, bytes.fromhex(key_id), data[1:]


def check_name(name: str) -> None:
    """Raise NoteError for a name that no note can carry."""
    if not NAME.fullmatch(name):
        raise NoteError("The name of a key has neither spaces nor a plus, and is not empty.")


def sign_note(text: str, keys: Iterable[SigningKey]) -> str:
    """The note of a text, signed by the keys in their order."""
    return f"{text}\n{''.join(key.sign(text) for key in keys)}"


def parse_note(note: str) -> Note:
    """The parts of a note, nothing of which is verified. Raises NoteError."""
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteError("A signed note is a text, an empty line, and lines with signatures.")
    if any(ord(sign) < 0x20 and sign != "\n" for sign in note):
        raise NoteError("A signed note has no control characters.")
    signatures = []
    for line in lines[:-1].split("\n"):
        match = SIGNATURE.fullmatch(line)
        data = from_base64(match["signature"]) if match else b""
        if match is None or len(data) < 5:
            raise NoteError("A line of the note's signatures is none.")
        signatures.append((match["name"], data[:4], data[4:]))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteError(f"The note has more than {MOST_SIGNATURES} signatures.")
    return Note(f"{text}\n", tuple(signatures))


def verified(note: Note, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """Those of the keys that have signed the note, at least one; signatures of others are ignored.

    Raises NoteError if none has, or if what claims to be the signature of one of them is not.
    """
    by_id = {(key.name, key.id): key for key in keys}
    found = []
    for name, key_id, signature in note.signatures:
        key = by_id.get((name, key_id))
        if key is None:
            continue
        if not key.verify(note.text, signature):
            raise NoteError(f"The signature by the key {key_id.hex()} of {name} is not its own.")
        found.append(key)
    if not found:
        raise NoteError("No key that is known here has signed the note.")
    return found


def as_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Raises NoteError for what is not written as RFC 4648, section 4, has it."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("A part that should be base64 is not.") from error
    if as_base64(data) != text:
        raise NoteError("A part that should be base64 is not.")
    return data

"""Keys: made and shown once, known afterwards by their hash alone, revoked for ever.

Which keys there are is read with the rights of the desk, since the public side has none to that
table, and kept by each process for a while: a revoked key opens nothing after KEPT_FOR at the
latest, and whoever asks without one costs no query at all.
"""

import datetime
import hashlib
import hmac
import re
import secrets
import string
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from factcheck.common.callers import Caller, Scope
from factcheck.ledger.history import acting
from factcheck.partners.models import ApiKey
from factcheck.partners.models.key import is_past

KEPT_FOR = 30.0
# A key that is not among those kept may have been made since; guesses cost no more than this.
UNKNOWN_FOR = 1.0
LETTERS = string.ascii_lowercase + string.digits
# One shape, so that programs that search for secrets left lying about find them.
SHAPE = re.compile(r"fc_([0-9a-z]{8})_[A-Za-z0-9_-]{43}")
REFUSED = Caller(is_refused=True)
NOBODYS = "0" * 64


def issue(key: ApiKey, *, by: User) -> str:
    """Save a new key as given by `by`, and return its text, which nobody can ever see again.

    Raises IntegrityError where the row breaks a rule.
    """
    key.prefix = "".join(secrets.choice(LETTERS) for _ in range(8))
    text = f"fc_{key.prefix}_{secrets.token_urlsafe(32)}"
    key.sha256 = sha256_of(text)
    key.created_by = by
    key.save()
    transaction.on_commit(KNOWN.forget)
    return text


def revoke(key: ApiKey, *, by: User) -> bool:
    """Make the key open nothing any more; False where somebody has done so before."""
    with acting(by), transaction.atomic():
        found = ApiKey.objects.select_for_update().get(pk=key.pk)
        if found.revoked_at:
            return False
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save(update_fields=["revoked_at", "revoked_by"])
        transaction.on_commit(KNOWN.forget)
    return True


def sha256_of(text: str) -> str:
    """What is kept of a key. It has 256 random bits, so that no slow hash would add anything."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Kept:
    """What a process keeps of one key."""

    sha256: str
    caller: Caller
    expires_on: datetime.date | None


class KnownKeys:
    """The keys that open something, as this process has last read them."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, Kept] = {}
        self._read_at = float("-inf")

    def caller(self, text: str) -> Caller:
        """Who asks with this key; a refused caller where it opens nothing, for whatever reason."""
        found = SHAPE.fullmatch(text)
        kept = self._find(found[1]) if found else None
        # In constant time, and as long for a beginning that nobody has.
        is_right = hmac.compare_digest(sha256_of(text), kept.sha256 if kept else NOBODYS)
        if kept is None or not is_right or is_past(kept.expires_on):
            return REFUSED
        return kept.caller

    def forget(self) -> None:
        """Read them again when next asked."""
        with self._lock:
            self._read_at = float("-inf")

    def _find(self, prefix: str) -> Kept | None:
        # One reads and the others wait for it, so that many at once are one query.
        with self._lock:
            age = self.clock() - self._read_at
            if age > KEPT_FOR or (prefix not in self._kept and age > UNKNOWN_FOR):
                self._kept = read_keys()
                self._read_at = self.clock()
            return self._kept.get(prefix)


def read_keys() -> dict[str, Kept]:
    """All keys that are not revoked, by their beginning, in one query."""
    rows = ApiKey.objects.not_revoked().values_list("prefix", "sha256", "scopes", "expires_on")
    return {
        prefix: Kept(
            sha256,
            Caller(prefix, frozenset(Scope(one) for one in scopes if one in Scope.values)),
            expires_on,
        )
        for prefix, sha256, scopes, expires_on in rows
    }


KNOWN = KnownKeys()

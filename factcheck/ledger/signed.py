"""What is signed of the log, and by which keys, read as the public reads it."""

from functools import cached_property

from factcheck.common.errors import NotFound, NotYet
from factcheck.ledger.models import Head, LogKey, SignedCheckpoint
from factcheck.ledger.tree.notes import VerifierKey, parse_note, parse_verifier_key

LISTED = 100
NOTHING_HERE = "There is nothing at this address."
NOT_SIGNED = (
    "No checkpoint is signed yet. Either nothing is published, or the log has no key: whoever runs "
    "the site makes one (manage.py make_log_key) and gives it to the worker."
)


class Log:
    """Checkpoints and keys, each read once."""

    @cached_property
    def newest(self) -> SignedCheckpoint | None:
        """The checkpoint that stands now, if there is one."""
        return SignedCheckpoint.objects.using("public").order_by("-pk").first()

    @cached_property
    def checkpoints(self) -> list[SignedCheckpoint]:
        """The last hundred, the newest first."""
        return list(SignedCheckpoint.objects.using("public").order_by("-pk")[:LISTED])

    @cached_property
    def keys(self) -> list[VerifierKey]:
        """Every key that ever signed, the newest first."""
        keys = LogKey.objects.using("public").order_by("-pk").values_list("verifier", flat=True)
        return [parse_verifier_key(key) for key in keys]

    @property
    def origin(self) -> str:
        """What the log is called; empty while nothing is signed."""
        return self.newest.note.partition("\n")[0] if self.newest else ""

    @property
    def keys_in_use(self) -> list[VerifierKey]:
        """The keys that signed the newest checkpoint."""
        if self.newest is None:
            return []
        signed = {(name, key_id) for name, key_id, _ in parse_note(self.newest.note).signatures}
        return [key for key in self.keys if (key.name, key.id) in signed]

    @property
    def keys_of_before(self) -> list[VerifierKey]:
        """The keys that signed earlier ones, and do not any more."""
        return [key for key in self.keys if key not in self.keys_in_use]


def newest_checkpoint() -> SignedCheckpoint:
    """The checkpoint that stands now. Raises NotYet before the first one."""
    newest = Log().newest
    if newest is None:
        raise NotYet(NOT_SIGNED)
    return newest


def checkpoint_over(place: int) -> SignedCheckpoint:
    """The newest checkpoint, which has to reach to the place. Raises NotYet for what was published
    a moment ago, NotFound for what was not.
    """
    newest = newest_checkpoint()
    if place <= newest.size:
        return newest
    if place > Head.objects.using("public").get().seq:
        raise NotFound(NOTHING_HERE)
    raise NotYet(
        f"Place {place} is published and not in a signed checkpoint yet: they are signed within "
        "seconds. Ask again."
    )


def newest_signature() -> int:
    """A number that changes with every checkpoint, and with nothing else."""
    newest = SignedCheckpoint.objects.using("public").order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0

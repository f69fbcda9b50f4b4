"""What can go wrong at the door, in words for an editor. None tells what answers inside."""

from factcheck.common.errors import InvalidInput, NoAnswer


class AddressRefused(InvalidInput):
    """We do not ask there, whoever wants to: nothing was sent."""

    code = "address-refused"
    title = "Address refused"


class NetworkError(NoAnswer):
    """We asked, and got no whole answer."""


class Unreachable(NetworkError):
    """Nobody is there, or not who should be."""

    code = "unreachable"
    title = "Unreachable"


class TooSlow(NetworkError):
    """The answer did not come in the time it had."""

    code = "too-slow"
    title = "Too slow"


class TooLarge(NetworkError):
    """The answer is longer than what we take."""

    code = "too-large"
    title = "Too large"

"""What came back through the door, read piece by piece."""

from collections.abc import Iterator

from urllib3 import HTTPHeaderDict
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from sources.network.caps import Caps
from sources.network.connections import TOO_LARGE, MeteredSocket
from sources.network.errors import NetworkError, TooLarge
from sources.network.targets import Target

PIECE = 64 * 1024
# So much may come of little: a page of one line repeated is no attack.
SWELLS_FREELY = 1024 * 1024
BROKEN = "The site broke off, or answered in a way that cannot be understood."


class Answer:
    """Status, headers and body of one answer. The body is read by `pieces` or `read`, once."""

    def __init__(
        self, response: BaseHTTPResponse, sock: MeteredSocket, *, target: Target, address: str
    ) -> None:
        self.response, self.sock = response, sock
        self.target, self.address = target, address
        self.before = sock.received

    @property
    def status(self) -> int:
        """Such as 200."""
        return self.response.status

    @property
    def headers(self) -> HTTPHeaderDict:
        """By name in any case; those that were sent twice are joined."""
        return self.response.headers

    def pieces(self, *, decoded: bool = True) -> Iterator[bytes]:
        """The body as it comes: unpacked, or as it was sent. Raises TooLarge, TooSlow, and
        NetworkError where it breaks off.
        """
        caps, count = self.sock.clock.caps, 0
        try:
            for piece in self.response.stream(PIECE, decode_content=decoded):
                count += len(piece)
                if decoded:
                    self.check_size(count, caps)
                yield piece
        except (HTTPError, OSError) as error:
            raise refusal_of(error) from error

    def read(self) -> bytes:
        """The whole body, unpacked."""
        return b"".join(self.pieces())

    def check_size(self, count: int, caps: Caps) -> None:
        """Raise TooLarge where unpacking has made too much of what came."""
        came = max(self.sock.received - self.before, 1)
        if count > caps.decoded_bytes or count > max(caps.ratio * came, SWELLS_FREELY):
            raise TooLarge(TOO_LARGE)


def refusal_of(error: Exception) -> NetworkError:
    """Our own refusal, where one lies behind what the library says; else, that it broke off."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NetworkError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return NetworkError(BROKEN)

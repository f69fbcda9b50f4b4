"""Text as it stands."""

from sources.capturing.reading.characters import decoded
from sources.capturing.reading.confined import Read, answer, told


def read_plain(content: bytes, media_type: str, charset: str) -> Read:
    """The text."""
    return told("plain text", "1", decoded(content, charset))


if __name__ == "__main__":
    answer(read_plain)

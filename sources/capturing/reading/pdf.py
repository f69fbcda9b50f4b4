"""The text of a PDF."""

import io
from importlib.metadata import version

from pypdf import PdfReader

from sources.capturing.reading.confined import Read, answer, told

MAX_PAGES = 2_000
VERSION = version("pypdf")


def read_pdf(content: bytes, media_type: str, charset: str) -> Read:
    """The text, page by page. What is a picture of text gives none."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return told("pypdf", VERSION, "", reason="The file is locked with a password.")
    if len(reader.pages) > MAX_PAGES:
        return told("pypdf", VERSION, "", reason=f"It has more than {MAX_PAGES:,} pages.")
    text = "\n\n".join(page.extract_text().strip() for page in reader.pages).strip()
    title = str(reader.metadata.title or "") if reader.metadata else ""
    reason = "" if text else "The file holds no text, only pictures of it."
    return told("pypdf", VERSION, text, title=title, reason=reason)


if __name__ == "__main__":
    answer(read_pdf)

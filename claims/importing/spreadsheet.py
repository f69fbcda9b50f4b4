"""Cells that a spreadsheet must not take for a formula: an apostrophe before them, and off again.

Excel, LibreOffice and Google Sheets read a cell that begins with one of these characters as a
formula, which can send the sheet elsewhere (OWASP, "CSV Injection").
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from claims.importing.report import Reject

# With apostrophes already before it as well, or taking one off would not give back what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet reads as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if _MARKED.match(cell) else cell


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """The rows as CSV (RFC 4180), each cell safe in a spreadsheet, None an empty one."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        [safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows
    )
    return text.getvalue()


def rejects_csv(rejected: Iterable[Reject]) -> str:
    """The refused rows with their reasons, as a file to mend the import file by."""
    rows = [(one.row, one.column, one.reason) for one in rejected]
    return csv_text([("row", "column", "reason"), *rows])

"""Cells that a spreadsheet must not take for a formula: an apostrophe before them, and off again.

Excel, LibreOffice and Google Sheets read a cell that begins with one of these characters as a
formula, which can send the sheet elsewhere (OWASP, "CSV Injection").
"""

import re

# With apostrophes already before it as well, or taking one off would not give back what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet reads as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if _MARKED.match(cell) else cell

"""The one way in for files: actors to claims as JSON lines, claims as CSV.

Strict and all-or-nothing: one refused row and nothing is written. Importing twice changes nothing,
and what a person has changed since is never touched.
"""

from claims.importing.report import ImportReport, Kept, Reject
from claims.importing.run import import_file

__all__ = ["ImportReport", "Kept", "Reject", "import_file"]

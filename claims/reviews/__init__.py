"""Reviews of other fact-checkers, in whatever shape they come: ClaimReview and what Google answers.

Another organisation's verdict is evidence, never ours: a Document of that organisation, cited for a
draft claim, with the label that it gave and the status that the table in `labels.csv` suggests.
"""

from claims.reviews.files import read_paths
from claims.reviews.report import Reject, ReviewReport
from claims.reviews.run import import_reviews

__all__ = ["Reject", "ReviewReport", "import_reviews", "read_paths"]

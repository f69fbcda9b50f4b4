"""What the log is spared: answers that are meant as they are, whatever their status."""

import logging
from http import HTTPStatus

# What is not offered here is asked for in vain, and no error of ours. All other statuses from 500
# on are.
EXPECTED = (HTTPStatus.NOT_IMPLEMENTED,)


class OnlyUnexpected(logging.Filter):
    """Drops what Django's handler tells of expected refusals."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether somebody has to look at it."""
        return getattr(record, "status_code", None) not in EXPECTED

"""What waits for whom at the desk: each answer to that in one place, for home and for the lists.

Every queue is a set of claims, each with `since`, the time from which it has been waiting; some
with `note` and `note_by`, what somebody said along with it.
"""

from claims.queues.following import next_for
from claims.queues.table import QUEUES, Queue
from claims.queues.waiting import reports

__all__ = ["QUEUES", "Queue", "next_for", "reports"]

"""The admin of what is said, and whether it is so."""

from claims.admin.claims import ClaimAdmin
from claims.admin.events import EventAdmin
from claims.admin.imported import ImportedRowAdmin
from claims.admin.jobs import JobAdmin
from claims.admin.reports import ReportAdmin
from claims.admin.reviews import ImportedReviewAdmin
from claims.admin.topics import TopicAdmin

__all__ = [
    "ClaimAdmin",
    "EventAdmin",
    "ImportedReviewAdmin",
    "ImportedRowAdmin",
    "JobAdmin",
    "ReportAdmin",
    "TopicAdmin",
]

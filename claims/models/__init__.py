"""What is said, and whether it is so."""

from claims.models.assignment import Assignment
from claims.models.citation import Citation, Relay
from claims.models.claim import Claim, ClaimTopic
from claims.models.comment import Comment, CommentMention
from claims.models.counting import PublicWord, PublicWordChange
from claims.models.depiction import Depiction, MediaFinding
from claims.models.embargo import Embargo
from claims.models.event import Event, EventParty, Measure
from claims.models.figure import Figure
from claims.models.finding import FindingAid
from claims.models.imported import ImportedRow
from claims.models.inquiry import Inquiry
from claims.models.job_failure import JobFailure
from claims.models.override import Override
from claims.models.presence import Presence
from claims.models.public import PublicCitation, PublicClaim, PublicEvent, PublicTopic
from claims.models.rejected_proposal import RejectedProposal
from claims.models.relation import ClaimRelation
from claims.models.report import Report, ReportContact, ReportCount
from claims.models.review import ImportedReview
from claims.models.saved_filter import SavedFilter
from claims.models.topic import Topic, TopicName
from claims.models.upload import ImportRun, Upload

__all__ = [
    "Assignment",
    "Citation",
    "Claim",
    "ClaimRelation",
    "ClaimTopic",
    "Comment",
    "CommentMention",
    "Depiction",
    "Embargo",
    "Event",
    "EventParty",
    "Figure",
    "FindingAid",
    "ImportRun",
    "ImportedReview",
    "ImportedRow",
    "Inquiry",
    "JobFailure",
    "Measure",
    "MediaFinding",
    "Override",
    "Presence",
    "PublicCitation",
    "PublicClaim",
    "PublicEvent",
    "PublicTopic",
    "PublicWord",
    "PublicWordChange",
    "RejectedProposal",
    "Relay",
    "Report",
    "ReportContact",
    "ReportCount",
    "SavedFilter",
    "Topic",
    "TopicName",
    "Upload",
]

"""The words of where words come from, as they are stored and published."""

from django.db.models import TextChoices


class ActorKind(TextChoices):
    """What can speak or publish."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT_BODY = "government-body"
    ARMED_FORCE = "armed-force"
    OUTLET = "outlet"
    ANONYMOUS_VOICE = "anonymous-voice"


class NameForm(TextChoices):
    """How a further name of an Actor comes to us."""

    AS_PRINTED = "as-printed"
    OUR_STYLE = "our-style"
    TRANSLITERATION = "transliteration"
    ALIAS = "alias"


class SourceKind(TextChoices):
    """Through what kind of outlet or channel words reach us."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    NEWS_SITE = "news-site"
    OFFICIAL_CHANNEL = "official-channel"
    SOCIAL_ACCOUNT = "social-account"
    COURT = "court"
    DATASET = "dataset"
    UNNAMED_WEBSITE = "unnamed-website"


class Reliability(TextChoices):
    """The Admiralty grades of a source: how far it could be relied on so far."""

    COMPLETELY = "A", "A: completely reliable"
    USUALLY = "B", "B: usually reliable"
    FAIRLY = "C", "C: fairly reliable"
    NOT_USUALLY = "D", "D: not usually reliable"
    UNRELIABLE = "E", "E: unreliable"
    CANNOT_BE_JUDGED = "F", "F: reliability cannot be judged"


class DocumentKind(TextChoices):
    """What kind of citable item a Document is."""

    ARTICLE = "article"
    POST = "post"
    BROADCAST = "broadcast"
    PHOTO = "photo"
    VIDEO = "video"
    REPORT = "report"
    TRANSCRIPT = "transcript"
    NOTICE = "notice"
    ADDRESS = "address"
    INTERVIEW = "interview"
    STATEMENT = "statement"


class HopManner(TextChoices):
    """How a whole Document carries another one."""

    TRANSLATES = "translates"
    REPUBLISHES = "republishes"


class Translator(TextChoices):
    """Who made a translation; a machine's is said to the reader."""

    MACHINE = "machine"
    HUMAN = "human"
    NOT_STATED = "not-stated"


class CaptureStatus(TextChoices):
    """What was found when a Document was captured."""

    LIVE = "live"
    CHANGED = "changed"
    GONE = "gone"
    BLOCKED = "blocked"
    FAILED = "failed"
    SUPPLIED = "supplied"


# What was seen there is the document itself: words can be quoted from it, and it is held.
HELD_STATUSES = (CaptureStatus.LIVE, CaptureStatus.CHANGED, CaptureStatus.SUPPLIED)


class RequestState(TextChoices):
    """How far the worker is with a copy that somebody asked for."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (RequestState.WAITING, RequestState.RUNNING)

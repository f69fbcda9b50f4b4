"""Home: what waits for the person who has signed in, with one click to each."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from claims.admin.desk_work import person_of
from claims.choices import CitationRole
from claims.models import Citation, Claim
from claims.queues import QUEUES, Queue, reports
from factcheck.common.roles import roles_of
from sources.models import Document

ROWS = 10
# Counting ends here: who has more to do than this needs no exact number.
MOST = 1_000


@dataclass(frozen=True)
class Section:
    """A queue as home shows it. `is_more`: there are at least as many as `count`; `oldest` is an
    age, and `said` the same in words.
    """

    key: str
    title: str
    nothing: str
    count: int
    is_more: bool
    oldest: str
    said: str
    rows: list[dict[str, Any]]
    url: str

    @property
    def articles(self) -> list[tuple[Document | None, list[dict[str, Any]]]]:
        """The rows by the article that they were read in, which is there once `with_articles` has
        been asked; articles and rows in the order of what waits.
        """
        found: dict[int, tuple[Document | None, list[dict[str, Any]]]] = {}
        for row in self.rows:
            article = row.get("article")
            found.setdefault(article.pk if article else 0, (article, []))[1].append(row)
        return list(found.values())


def home_view(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by their roles; Django's own list of tables stands below."""
    person = person_of(request)
    now = timezone.now()
    sections = sections_for(person, now=now)
    with_articles(sections)
    has_claims = Claim.objects.exists()
    context = {
        **admin.site.each_context(request),
        "title": "Your desk",
        "app_list": admin.site.get_app_list(request),
        "sections": sections,
        "waiting": [section for section in sections if section.count],
        "empty": [section for section in sections if not section.count],
        "has_claims": has_claims,
        "has_documents": has_claims or Document.objects.exists(),
        "may_enter": person.has_perm("sources.add_document"),
    }
    return TemplateResponse(request, "admin/desk/home.html", context)


def sections_for(person: User, *, now: datetime.datetime) -> list[Section]:
    """The sections that the person's roles give, each in two queries at most."""
    roles = roles_of(person)
    sections = [
        section_of(queue, person, now=now) for queue in QUEUES.values() if queue.roles & roles
    ]
    if roles and person.has_perm("claims.view_report"):
        sections.append(section_of_reports(person, now=now))
    return sections


def with_articles(sections: list[Section]) -> None:
    """Say of each claim in the sections which document it was first read in; one query."""
    rows = [row for section in sections for row in section.rows if "pk" in row]
    citations = (
        Citation.objects.filter(claim__in=[row["pk"] for row in rows])
        .filter(role=CitationRole.ATTRIBUTION)
        .exclude(passage=None, unfound_quote="")
        .order_by("claim_id", "position", "pk")
        .distinct("claim_id")
        .select_related("document__source")
    )
    articles = {citation.claim_id: citation.document for citation in citations}
    for row in rows:
        row["article"] = articles.get(row["pk"])


def section_of(queue: Queue, person: User, *, now: datetime.datetime) -> Section:
    """The queue's number, the age of its oldest, and its first rows."""
    claims = queue.claims(person)
    count, oldest = counted(claims)
    shown = claims.select_related("claimant", "outlet", "assignment")[:ROWS] if count else []
    return Section(
        key=queue.key,
        title=queue.title,
        nothing=queue.nothing,
        count=count,
        is_more=count == MOST,
        oldest=age(oldest, now=now),
        said=queue.age.format(age(oldest, now=now)),
        rows=[row_of(claim, now=now) for claim in shown],
        url=f"{reverse('admin:claims_claim_changelist')}?waiting={queue.key}",
    )


def section_of_reports(person: User, *, now: datetime.datetime) -> Section:
    """Readers' reports that are open."""
    rows = reports(person)
    count, oldest = counted(rows)
    shown: Any = rows.select_related("claim", "taken_by")[:ROWS] if count else []
    return Section(
        key="reports",
        title="Readers' reports",
        nothing="No reader's report is open.",
        count=count,
        is_more=count == MOST,
        oldest=age(oldest, now=now),
        said=f"waiting for {age(oldest, now=now)}",
        rows=[
            {
                "url": reverse("admin:claims_report_change", args=[report.pk]),
                "text": report.text,
                "is_quoted": True,  # A reader's own words, where a claim's text is ours.
                "who": report.get_kind_display(),
                "age": age(report.since, now=now),
                "stage": f"in hand: {report.taken_by}" if report.taken_by else "new",
            }
            for report in shown
        ],
        url=f"{reverse('admin:claims_report_changelist')}?open=yes",
    )


def counted(rows: QuerySet[Any]) -> tuple[int, datetime.datetime | None]:
    """How many there are, up to `MOST`, and the earliest of their times."""
    found = rows[:MOST].aggregate(count=Count("pk"), oldest=Min("since"))
    return found["count"], found["oldest"]


def row_of(claim: Any, *, now: datetime.datetime) -> dict[str, Any]:
    """A claim as a row of home: whose word it is stands beside the words."""
    assignment = getattr(claim, "assignment", None)
    due = assignment.due_on if assignment is not None else None
    return {
        "pk": claim.pk,
        "url": reverse("admin:claims_claim_change", args=[claim.pk]),
        "text": claim.text,
        "who": claim.claimant or claim.outlet or claim.get_speaker_display(),
        "stage": claim.get_stage_display(),
        "age": age(claim.since, now=now),
        "note": getattr(claim, "note", ""),
        "note_by": getattr(claim, "note_by", ""),
        "comment": getattr(claim, "comment", ""),
        "goes_out": getattr(claim, "goes_out", None),
        "due": due,
        "is_late": due is not None and due < timezone.localdate(),
        "priority": assignment.get_priority_display() if assignment is not None else "",
        "assignee": assignment.assignee_id if assignment is not None else None,
    }


def age(since: datetime.datetime | None, *, now: datetime.datetime) -> str:
    """How long ago that was, in one unit; empty where nothing waits."""
    if since is None:
        return ""
    if now - since < datetime.timedelta(minutes=1):
        return "a moment"
    return timesince(since, now, depth=1).replace("\xa0", " ")

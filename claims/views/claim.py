"""The page of a claim, and of each of its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from claims.addresses import addresses_of, document_path
from claims.as_of import AsOf, as_of
from claims.models import PublicClaim
from claims.presentation.citing import Cited
from claims.presentation.claim import claim_context, title_of
from claims.presentation.words import day_words
from claims.published import is_withheld, told_in_full, version_of, versions_of, with_record
from claims.rules import BY_NAME
from claims.views.embed import embedding_of
from claims.views.interest import interest_of
from claims.views.machines import machines_of
from claims.views.page import PublicPage, moved_to, origin_of, page
from claims.views.tombstone import tombstone_page, version_path, versions_context
from factcheck.common.page_language import here
from factcheck.ledger.choices import TOMBSTONES, PublicState, SubjectKind
from factcheck.ledger.log import public_state
from factcheck.ledger.models import Publication

# Claims that speak of this one, on its page.
MOST_OTHERS = 50
# What stands above the verdicts: it was said anew since, corrected or taken back.
SUPERSEDES = frozenset({"updates-by", "corrects-by", "withdraws-by"})


class ClaimPage(PublicPage):
    """A claim as it stands now, or stood at a time, or the page that says why it does not."""

    knows_past = True

    def get(self, request: HttpRequest, claim_id: str, slug: str = "") -> HttpResponse:
        """The newest version; another slug leads to the right one, so that old links hold. With
        `as_of` the version that stood then, whatever the slug.
        """
        versions = versions_of(claim_id)
        asked = as_of(request.GET)
        if asked is not None:
            return page_as_of(request, asked, versions)
        newest = versions[-1]
        if public_state(newest) != PublicState.LIVE:
            return tombstone_page(request, newest, versions)
        told = told_of(newest)
        if told.current is not None:
            # Without a slug it is an address of its own; with another one it was and is no more.
            moved = moved_to(request, told.current.get_absolute_url(), for_good=bool(slug))
            if moved is not None:
                return moved
        return claim_page(request, newest, versions, told)


class VersionPage(PublicPage):
    """One version of a claim, which never changes."""

    def get(self, request: HttpRequest, claim_id: str, number: str) -> HttpResponse:
        """The version, with a banner unless it is what stands now."""
        versions = versions_of(claim_id)
        return version_page(request, version_of(versions, number), versions)


@dataclass(frozen=True)
class Told:
    """What is told of a version: by its record, and by the claims that speak of it or of which it
    speaks, as they stand now, the claim itself among them.
    """

    claim_id: str
    record: dict[str, Any]
    others: list[dict[str, Any]]
    claims: dict[str, PublicClaim]

    @property
    def content(self) -> dict[str, Any]:
        """What its record says."""
        content: dict[str, Any] = self.record["content"]
        return content

    @property
    def current(self) -> PublicClaim | None:
        """The claim as it stands now, if it does."""
        return self.claims.get(self.claim_id)


def told_of(version: Publication) -> Told:
    """All that a page tells of a version with words, in three queries."""
    record = orjson.loads(with_record(version).record)
    others = told_by_others(version.subject_id)
    claims = current_claims(version.subject_id, record["content"], others)
    return Told(version.subject_id, record, others, claims)


def page_as_of(request: HttpRequest, asked: AsOf, versions: Sequence[Publication]) -> HttpResponse:
    """The version that stood at a time, or the page that says that there was none yet."""
    stood = [version for version in versions if version.published_at < asked.until]
    if stood:
        return version_page(request, stood[-1], versions, asked=asked)
    context = {
        "claim_id": versions[0].subject_id,
        "day": day_words(asked.day),
        "first": versions[0],
    }
    response = page("claims/not_yet.html", context, request=request, status=404)
    response["Cache-Control"] = "no-store"
    return response


def version_page(
    request: HttpRequest,
    version: Publication,
    versions: Sequence[Publication],
    *,
    asked: AsOf | None = None,
) -> HttpResponse:
    """A version, whichever it is: its words, or why they are not to be read."""
    if version.kind in TOMBSTONES or is_withheld(version, versions):
        return tombstone_page(request, version, versions, asked=asked)
    return claim_page(request, version, versions, told_of(version), asked=asked)


def claim_page(
    request: HttpRequest,
    version: Publication,
    versions: Sequence[Publication],
    told: Told,
    *,
    asked: AsOf | None = None,
) -> HttpResponse:
    """The page of a version with its words."""
    content = told.content
    is_newest = version.version == versions[-1].version
    interest = interest_of(content, until=None if is_newest else version.seq)
    context = {
        **words_context(content, told.others, told.claims),
        **versions_context(request, version, versions, asked=asked),
        "methodology": told.record["methodology"],
        "current": told.current,
        "interest": interest,
        "addresses": addresses_of(content, interest.content if interest else None),
        # The documents of an earlier version may be cited by no claim any more.
        "document_pages": document_pages(content) if is_newest else {},
        "cited": cited_of(request, version, content),
        "markup": machines_of(request, content, version, versions, told.current),
    }
    if told.current is not None and is_newest:
        context |= embedding_of(request, told.current, title_of(content))
    canonical = version_path(version) if asked else ""
    return page("claims/claim.html", context, request=request, canonical=canonical)


def document_pages(content: dict[str, Any]) -> dict[str, str]:
    """The pages of the documents that are cited, by id."""
    cited = {citation["document"] for citation in content["citations"]}
    return {
        document["id"]: document_path(document["id"], document["title"])
        for document in content["documents"]
        if document["id"] in cited
    }


def cited_of(request: HttpRequest, version: Publication, content: dict[str, Any]) -> Cited:
    """How the version is cited."""
    return Cited(
        claim_id=version.subject_id,
        version=version.version,
        published_on=version.published_at.astimezone(UTC).date(),
        content=content,
        publisher=settings.PUBLISHER["name"],
        url=f"{origin_of(request)}{here(version_path(version))}",
    )


def words_context(
    content: dict[str, Any], others: list[dict[str, Any]], claims: dict[str, PublicClaim]
) -> dict[str, Any]:
    """All that the page shows of a record's content, whether it was published or would be."""
    related = [
        ({"language": content["language"], **relation}, claims[relation["claim"]])
        for relation in [*content["relations"], *others]
        if relation["claim"] in claims
    ]
    return {
        **claim_context(content),
        "title": title_of(content),
        "superseded": [one for one in related if one[0]["kind"] in SUPERSEDES],
        "relations": [one for one in related if one[0]["kind"] not in SUPERSEDES],
        "overrides": [
            (
                gettext(BY_NAME[one["rule"]].sentence if one["rule"] in BY_NAME else one["rule"]),
                one["reason"],
            )
            for one in content.get("overrides", [])
        ],
    }


def told_by_others(claim_id: str) -> list[dict[str, Any]]:
    """How live claims stand to this one, by their own records, as relations of this one."""
    live = Publication.objects.using("public").newest().with_content()
    records = live.filter(
        subject_kind=SubjectKind.CLAIM,
        mentions__subject_kind=SubjectKind.CLAIM,
        mentions__subject_id=claim_id,
    )
    return [
        {
            **relation,
            "kind": f"{relation['kind']}-by",
            "claim": publication.subject_id,
            "language": content["language"],
        }
        for publication in records.order_by("seq")[:MOST_OTHERS]
        for content in [publication.content or {}]
        for relation in content["relations"]
        if relation["claim"] == claim_id
    ]


def current_claims(
    claim_id: str, content: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, PublicClaim]:
    """The claim itself and those it is related to, as they stand now, in one query."""
    related = [relation["claim"] for relation in [*content["relations"], *others]]
    claims = told_in_full(PublicClaim.objects.using("public").current())
    found = claims.filter(claim_id__in=[claim_id, *related])
    return {claim.claim_id: claim for claim in found}

"""One batch of reviews into the database: in one transaction, by COPY, under the history triggers.

What was imported before is found by its key; what a person has touched since stays as it is.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from claims.choices import RelationKind, ReviewTie, Stage
from claims.models import Citation, Claim, ClaimRelation, ImportedReview
from claims.reviews import building
from claims.reviews.files import Found
from claims.reviews.known import Held, Known, claims_with_words, documents_at
from claims.reviews.labels import suggested_status
from claims.reviews.review import Review
from factcheck.common.copying import copy_in, new_keys, new_public_ids
from factcheck.ledger.history import acting, tell_person
from sources.models import Actor, Document, Source, SourceAddress

DELETED = "deleted here after it was imported"
CHANGED = "changed here after it was imported"
ADVANCED = "under review or public here, and reviewed otherwise now"


@dataclass
class Written:
    """What became of a batch. `ready` are the keys of claims that may be published as imported."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    ready: dict[int, Found] = field(default_factory=dict)


class Rows(defaultdict[type[models.Model], list[Any]]):
    """The new rows of a batch, by model."""

    def __init__(self) -> None:
        super().__init__(list)

    def copy_all(self) -> None:
        """Add all of them, each after what it names."""
        named = (Source, SourceAddress, Document, Claim, Citation, ClaimRelation)
        for model in (*named, ImportedReview):
            copy_in(self[model])


def write_batch(batch: list[Found], known: Known, *, by: User, publish: bool) -> Written:
    """Write the reviews, of which no two have one key, and say what became of them.

    With `publish` claims get what they need to be published as imported; nothing is published here.
    Raises IntegrityError or DataError, with nothing written, for what the database refuses.
    """
    own = Known({**known.actors}, {**known.sources})
    with transaction.atomic(), acting(by):
        tell_person()
        written = Batch(batch, own, by=by, publish=publish).write()
    known.actors, known.sources = own.actors, own.sources
    return written


class Batch:
    """One batch while it is being written."""

    def __init__(self, batch: list[Found], known: Known, *, by: User, publish: bool) -> None:
        self.batch, self.known, self.by, self.publish = batch, known, by, publish
        self.written, self.rows = Written(), Rows()
        self.statuses = {found.review.key: status_of(found.review) for found in batch}
        self.touched: dict[int, int] = defaultdict(int)
        self.made: set[int] = set()

    def write(self) -> Written:
        """Sort what is new from what is here, and write both."""
        here = {
            row.key: row
            for row in ImportedReview.objects.filter(key__in=self.statuses)
            .select_related("claim")
            .select_for_update(of=("self",), no_key=True)
        }
        new = [found for found in self.batch if found.review.key not in here]
        old = [(found, here[found.review.key]) for found in self.batch if found.review.key in here]
        changed = [pair for pair in old if self.is_to_update(*pair)]
        written = [*new, *(found for found, _ in changed)]
        self.known.meet_actors({one.review.claimant.name for one in written if one.review.claimant})
        self.known.meet_sources({found.review.site: found.review.publisher for found in new})
        self.add_actors(written)
        self.update(changed)
        self.add(new)
        return self.written

    # What is here

    def is_to_update(self, found: Found, row: ImportedReview) -> bool:
        """Whether the review says something else now, and its claim is ours to change; if not, it
        is counted.
        """
        status = self.statuses[row.key]
        is_news = row.review_sha256 != found.review.sha256 or row.suggested_status != status
        is_for_publishing = self.publish and row.tie == ReviewTie.MADE
        wants_verdict = is_for_publishing and not row.took_verdict
        if row.tie == ReviewTie.LINKED:
            # Nothing of the claim is at stake.
            return is_news or self.count_unchanged("")
        if row.claim is None:
            return self.count_unchanged(DELETED)
        if row.claim.edit_number != row.edit_number:
            return self.count_unchanged(CHANGED)
        is_draft = row.claim.stage == Stage.DRAFT and row.claim.decision_id is None
        if (is_news or wants_verdict) and is_draft:
            return True
        if is_draft and is_for_publishing:
            self.written.ready[row.claim.pk] = found
        return self.count_unchanged("" if is_draft or not is_news else ADVANCED)

    def count_unchanged(self, reason: str) -> bool:
        """Count a review that changes nothing, and why, where that is not for being the same."""
        self.written.unchanged += 1
        if reason:
            self.written.kept.append(reason)
        return False

    def update(self, pairs: list[tuple[Found, ImportedReview]]) -> None:
        """Give claims, documents and citations what their reviews say now."""
        if not pairs:
            return
        keys = [row.claim_id for _, row in pairs]
        claims = Claim.objects.select_for_update(no_key=True).order_by("public_id").in_bulk(keys)
        documents = Document.objects.in_bulk([row.document_id for _, row in pairs])
        citations = Citation.objects.in_bulk([row.citation_id for _, row in pairs])
        changed: dict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        for found, row in pairs:
            claim, document = claims.get(row.claim_id or 0), documents[row.document_id]
            if row.tie != ReviewTie.LINKED and (
                claim is None or claim.edit_number != row.edit_number
            ):
                # Somebody was faster, since it was looked at.
                self.count_unchanged(CHANGED)
                continue
            self.written.updated += 1
            review, status = found.review, self.statuses[row.key]
            if row.tie == ReviewTie.MADE and claim is not None:
                row.took_verdict = row.took_verdict or self.publish
                self.give(claim, self.claim_values(review, takes_verdict=row.took_verdict))
                if self.publish:
                    self.written.ready[claim.pk] = found
                changed[Claim][claim.pk] = claim
            if document.edit_number == row.document_edit_number:
                self.give(document, building.document_values(review))
                changed[Document][document.pk] = document
            if row.citation_id in citations:
                citation = citations[row.citation_id]
                if citation.stance != building.citation_values(status)["stance"]:
                    self.give(citation, building.citation_values(status))
                    changed[Citation][citation.pk] = citation
            self.give(row, building.review_values(review, status))
            changed[ImportedReview][row.pk] = row
        self.save(changed)

    def save(self, changed: dict[type[models.Model], dict[int, Any]]) -> None:
        """Save what was changed, and take over the numbers that it has then."""
        for model in (Claim, Document, Citation):
            if changed[model]:
                model._default_manager.bulk_update(
                    list(changed[model].values()), CHANGEABLE[model], batch_size=100
                )
        edits = {
            model: dict(
                model._default_manager.filter(pk__in=changed[model]).values_list(
                    "pk", "edit_number"
                )
            )
            for model in (Document,)
        }
        reviews = list(changed[ImportedReview].values())
        for row in reviews:
            row.document_edit_number = edits[Document].get(
                row.document_id, row.document_edit_number
            )
        ImportedReview.objects.bulk_update(reviews, CHANGEABLE[ImportedReview], batch_size=100)
        ImportedReview.objects.follow_claims(
            [row.claim_id for row in reviews if row.claim_id and row.tie != ReviewTie.LINKED]
        )

    def give(self, row: Any, values: building.Values) -> None:
        """Set the values."""
        for name, value in values.items():
            setattr(row, name, value)

    # What is new

    def add(self, new: list[Found]) -> None:
        """Add documents, claims, citations and relations of reviews that were never read before."""
        if not new:
            return
        self.add_sources(new)
        document_keys, documents = documents_at({found.review.address for found in new})
        self.documents = documents
        words_keys, self.claims = claims_with_words({found.review.text for found in new})
        keys = {model: iter(new_keys(model, len(new))) for model in (Document, Claim, Citation)}
        public_ids = iter(new_public_ids(3 * len(new)))
        for found in new:
            review, status = found.review, self.statuses[found.review.key]
            document, edit = self.document_of(
                review, document_keys[review.address], keys[Document], public_ids
            )
            held, tie = self.claim_of(found, words_keys[review.text], keys[Claim], public_ids)
            citation = None
            if tie != ReviewTie.LINKED:
                self.touched[held.pk] += 1
                citation = self.row(
                    Citation,
                    pk=next(keys[Citation]),
                    public_id=next(public_ids),
                    claim_id=held.pk,
                    document_id=document,
                    position=min(self.touched[held.pk], 30_000),
                    unfound_quote="",
                    **building.citation_values(status),
                )
            self.row(
                ImportedReview,
                pk=None,
                key=review.key,
                document_id=document,
                claim_id=held.pk,
                citation_id=citation.pk if citation else None,
                tie=tie,
                edit_number=held.edit_number,
                document_edit_number=edit,
                took_verdict=self.publish and tie == ReviewTie.MADE,
                **building.review_values(review, status),
            )
            self.written.created += 1
        self.number_reviews()
        self.rows.copy_all()
        ImportedReview.objects.follow_claims(list(self.touched))

    def number_reviews(self) -> None:
        """Give the reviews their keys, and the claims' numbers as they will be."""
        rows = self.rows[ImportedReview]
        for row, key in zip(rows, new_keys(ImportedReview, len(rows)), strict=True):
            row.pk = key
            row.edit_number += self.touched[row.claim_id] if row.tie != ReviewTie.LINKED else 0

    def row(self, model: type[models.Model], **values: Any) -> Any:
        """A new row of the batch, entered by who imports."""
        plain = {name: value for name, value in values.items() if name not in ("said", "published")}
        made = model(created_by_id=self.by.pk, **plain)
        self.give(made, {name: values[name] for name in values.keys() - plain.keys()})
        self.rows[model].append(made)
        return made

    def add_actors(self, written: list[Found]) -> None:
        """Enter the claimants whom nobody here knows."""
        unknown: dict[str, Review] = {}
        for found in written:
            claimant = found.review.claimant
            if claimant and self.known.actors[claimant.name] is None:
                unknown.setdefault(claimant.name, found.review)
        keys, public_ids = new_keys(Actor, len(unknown)), new_public_ids(len(unknown))
        for (name, review), pk, public_id in zip(unknown.items(), keys, public_ids, strict=True):
            self.row(Actor, pk=pk, public_id=public_id, **building.actor_values(review))
            self.known.actors[name] = pk
        copy_in(self.rows.pop(Actor, []))

    def add_sources(self, new: list[Found]) -> None:
        """Enter the fact-checkers whom nobody here knows, with the address of their site."""
        unknown: dict[str, Review] = {}
        for found in new:
            if self.known.sources[found.review.site] is None:
                unknown.setdefault(found.review.site, found.review)
        keys, public_ids = new_keys(Source, len(unknown)), new_public_ids(len(unknown))
        addresses = new_keys(SourceAddress, len(unknown))
        for (site, review), pk, public_id, address in zip(
            unknown.items(), keys, public_ids, addresses, strict=True
        ):
            self.row(Source, pk=pk, public_id=public_id, **building.source_values(review))
            self.row(SourceAddress, pk=address, source_id=pk, url=f"https://{site}")
            self.known.sources[site] = pk

    def document_of(self, review: Review, key: str, keys: Any, public_ids: Any) -> tuple[int, int]:
        """The review's document and its number: the one that is here, or a new one."""
        if key not in self.documents:
            made = self.row(
                Document,
                pk=next(keys),
                public_id=next(public_ids),
                source_id=self.known.sources[review.site],
                **building.document_values(review),
            )
            self.documents[key] = (made.pk, 0)
        return self.documents[key]

    def claim_of(
        self, found: Found, words: str, keys: Any, public_ids: Any
    ) -> tuple[Held, ReviewTie]:
        """The claim that is reviewed: the same one that is here, or a new one, which repeats what
        others have said in the same words.
        """
        review = found.review
        values = self.claim_values(review, takes_verdict=self.publish)
        said = (review.said.not_before, review.said.not_after)
        new = Held(0, values["speaker"], values["claimant_id"], said, 0, is_ours=True)
        there = self.claims.setdefault(words, [])
        same = next((one for one in there if one.is_same(new)), None)
        if same is not None:
            self.written.linked.append("same")
            return same, ReviewTie.CITED if self.is_ours(same) else ReviewTie.LINKED
        new.pk = next(keys)
        self.made.add(new.pk)
        self.row(Claim, pk=new.pk, public_id=next(public_ids), **values)
        if there:
            self.written.linked.append("repeats")
            self.touched[new.pk] += 1
            self.row(
                ClaimRelation,
                claim_id=new.pk,
                other_id=there[0].pk,
                kind=RelationKind.REPEATS,
                note="The same words, found when the review was imported.",
            )
        there.append(new)
        if self.publish:
            self.written.ready[new.pk] = found
        return new, ReviewTie.MADE

    def is_ours(self, held: Held) -> bool:
        """Whether the claim is still as the import left it, which is made sure of by its lock."""
        if held.is_ours and held.pk not in self.made:
            claim = Claim.objects.select_for_update(no_key=True).filter(pk=held.pk).first()
            held.is_ours = claim is not None and claim.edit_number == held.edit_number
        return held.is_ours

    def claim_values(self, review: Review, *, takes_verdict: bool) -> building.Values:
        """What the claim says, with the verdict where it is to be published."""
        claimant = self.known.actors[review.claimant.name] if review.claimant else None
        values = building.claim_values(review, claimant)
        if not takes_verdict:
            return values
        verdict = building.verdict_values(
            review, self.statuses[review.key], by=self.by.get_username()
        )
        return {**values, **verdict}


def status_of(review: Review) -> str:
    """The status that the table suggests for the review's label."""
    return suggested_status(review.label, site=review.site, language=review.language)


def columns(model: type[models.Model], *names: str) -> list[str]:
    """The names of fields, with those of a date of bounds written out."""
    every = [one.name for one in model._meta.concrete_fields]
    return [one for one in every if one in names or one.startswith(tuple(f"{n}_" for n in names))]


CHANGEABLE: dict[type[models.Model], list[str]] = {
    Claim: columns(
        Claim,
        *("text", "language", "speaker", "claimant", "attribution_status", "said", "about"),
        *("harm_check", "harm_note", "verification_status", "as_of", "rationale"),
    ),
    Document: columns(Document, "kind", "title", "url", "language", "published"),
    Citation: columns(Citation, "stance"),
    ImportedReview: columns(
        ImportedReview,
        *("address", "site", "publisher", "label", "explanation", "rating", "language"),
        *("published", "appearances", "suggested_status", "review_sha256", "took_verdict"),
        "document_edit_number",
    ),
}

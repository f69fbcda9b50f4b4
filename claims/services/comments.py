"""Comments on claims, and whom they tell."""

import re
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Claim, Comment, CommentMention
from claims.services.people import check_works, desk_people
from factcheck.common.errors import InvalidInput
from factcheck.common.text import clean_text
from factcheck.ledger.history import acting

# What Django allows in a username; the @ of an e-mail address stands behind one of these.
NAMED = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
MAX_MENTIONS = 50


@dataclass
class Named:
    """Whom a text names with @: people at the desk, and names that are nobody's here."""

    people: list[User] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def comment(claim: Claim, *, text: str, by: User, seen_up_to: int = 0) -> Comment:
    """Put a comment on the claim, whatever its stage, and tell the people whom it names. What the
    person was told in comments up to that one, by its primary key, counts as seen.

    A name that is nobody's at the desk stays what it is, text: sources have such names too.
    Raises NotAllowed, InvalidInput for an empty text or more than fifty people.
    """
    check_works(by)
    text = clean_text(text, name="text")
    if not text:
        raise InvalidInput.at("text", "Write something first.")
    people = [person for person in named_in(text).people if person != by]
    if len(people) > MAX_MENTIONS:
        raise InvalidInput.at("text", f"Name at most {MAX_MENTIONS} people.")
    with transaction.atomic(), acting(by):
        see_comments(claim, up_to=seen_up_to, by=by)
        row = Comment.objects.create(claim=claim, text=text, created_by=by)
        row.refresh_from_db(fields=["created_at"])
        CommentMention.objects.bulk_create(
            CommentMention(comment=row, person=person, created_by=by) for person in people
        )
    return row


def see_comments(claim: Claim, *, up_to: int, by: User) -> int:
    """Count the comments on the claim that name the person as seen, up to the one with this primary
    key: what came after the page was drawn, nobody has read on it. How many there were.
    """
    unseen = CommentMention.objects.filter(
        comment__claim=claim, comment_id__lte=up_to, person=by, seen_at=None
    )
    with transaction.atomic(), acting(by):
        return unseen.update(seen_at=timezone.now())


def named_in(text: str) -> Named:
    """Whom the text names, each once, in the order of the text."""
    found = Named()
    written = NAMED.findall(text)
    if not written:
        return found
    by_name = {person.username: person for person in desk_people()}
    by_letters: dict[str, list[User]] = {}
    for person in by_name.values():
        by_letters.setdefault(person.username.casefold(), []).append(person)
    for name in written:
        # A full stop after a name is part of the sentence, unless somebody is called so.
        for spelling in (name, name.rstrip(".-+@")):
            alike = by_letters.get(spelling.casefold(), [])
            match = by_name.get(spelling) or (alike[0] if len(alike) == 1 else None)
            if match is not None:
                break
        if match is None:
            found.unknown.append(name.rstrip(".-+@"))
        elif match not in found.people:
            found.people.append(match)
    return found

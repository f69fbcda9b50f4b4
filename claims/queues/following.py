"""What a person takes up next, once a step is taken."""

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from claims.choices import CitationRole
from claims.models import Citation, Claim
from claims.queues.table import QUEUES
from factcheck.common.roles import roles_of

# Where somebody who takes the step has been working, the nearest first.
WORKING_THROUGH = {
    "submit": ("returned", "drafts"),
    "return": ("approve",),
    "approve": ("approve",),
    "publish": ("publish",),
    "update": ("publish",),
    "correct": ("publish",),
}
ELSEWHERE = ("returned", "approve", "publish")
# Who takes this step goes on with the same claim.
STAYING = ("revise",)
WORDS = {
    "returned": "Next, returned to you",
    "drafts": "Your next draft",
    "approve": "Next for your review",
    "publish": "Next to be published",
}


def next_for(person: User, *, after: Claim, action: str) -> tuple[str, Claim] | None:
    """The next claim that waits for the person, and in what for: of the same work before other
    work, of the same article before other articles. None where nothing waits, or where the step
    begins work on this one. What goes out by itself at a time waits for nobody's hand.
    """
    if action in STAYING:
        return None
    roles = roles_of(person)
    documents = Citation.objects.filter(claim=after).values("document")
    beside = Exists(
        Citation.objects.filter(
            claim=OuterRef("pk"), document__in=documents, role=CitationRole.ATTRIBUTION
        )
    )
    for key in dict.fromkeys((*WORKING_THROUGH.get(action, ()), *ELSEWHERE)):
        queue = QUEUES[key]
        if not queue.roles & roles:
            continue
        waiting = queue.claims(person).exclude(pk=after.pk)
        if key == "publish":
            waiting = waiting.filter(goes_out=None)
        found = waiting.filter(beside).first() or waiting.first()
        if found is not None:
            return WORDS[key], found
    return None

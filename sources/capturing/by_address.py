"""Capturing an address that maybe no Document has yet."""

from django.contrib.auth.models import User
from django.db import transaction

from factcheck.common.errors import NoAnswer
from sources.capturing.addresses import document_at, make_document
from sources.capturing.fetching import fetch
from sources.capturing.keeping import keep, read
from sources.capturing.outcomes import outcome_of
from sources.choices import CaptureStatus
from sources.models import Capture


class NothingThere(NoAnswer):
    """The address gave no document, and none of ours is there: nothing was entered."""

    code = "nothing-there"
    title = "Nothing there"


def capture_address(url: str, *, by: User) -> Capture:
    """Fetch the address once and keep what came, as a further capture of the Document that has this
    address, or the one that it leads on to.

    Where there is none, and only if the page is there, a new Document is entered: an article,
    called as the page calls itself, in the language that it says, of the Source on whose site it
    lies. What of that is wrong is for a person to correct. Raises AddressRefused, NothingThere.
    """
    document = document_at(url)
    fetched = fetch(url)
    outcome = outcome_of(fetched)
    document = document or document_at(fetched.final_url)
    if document is None and outcome.status != CaptureStatus.LIVE:
        raise NothingThere(f"{outcome.reason} There is no document at this address either.")
    found = read(fetched, outcome)
    with transaction.atomic():
        if document is None:
            document = make_document(fetched.final_url, found, by=by)
        return keep(document, fetched, outcome, found, by=by)

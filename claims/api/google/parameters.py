"""What a search is asked for: Google's parameters, checked."""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import RequestDataTooBig
from rest_framework.request import Request

from claims.api.google.selecting import Selection, selection_of
from claims.filters import check
from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.languages import LANGUAGES
from factcheck.common.numbers import parse_int
from factcheck.common.text import clean_text, excerpt

PAGE_SIZE, MAX_PAGE_SIZE = 10, 100
MAX_OFFSET = 1_000
MAX_INT32 = 2**31 - 1
MAX_QUERY = 20_000
MAX_SITE = 300
MAX_BODY = 256 * 1024
MAX_PARAMETERS = 40
FORM = "application/x-www-form-urlencoded"

SEARCHED = (
    "query",
    "languageCode",
    "reviewPublisherSiteFilter",
    "maxAgeDays",
    "pageSize",
    "pageToken",
    "offset",
)
# What no empty text is a value of.
TYPED = ("maxAgeDays", "offset", "pageSize", "prettyPrint")
STANDARD = ("alt", "callback", "fields", "key", "prettyPrint", "quotaUser", "$.xgafv")
# Uploads there are none, keys are looked at before the view is, and the rest is what clients send
# along for Google's own servers.
IGNORED = (
    *("access_token", "oauth_token", "uploadType", "upload_protocol"),
    *("trace", "pp", "userip", "strict"),
)
KNOWN = frozenset((*SEARCHED, *STANDARD, *IGNORED))

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
_SCRIPT = re.compile(r"[A-Za-z]{4}")


@dataclass(frozen=True)
class Asked:
    """A search as it was asked for. Zeros and empty texts are what was not given, as in proto3."""

    query: str = ""
    language: str = ""
    site: str = ""
    max_age_days: int = 0
    page_size: int = PAGE_SIZE
    offset: int = 0
    token: str = ""
    fields: str = ""
    selection: Selection | None = None
    is_pretty: bool = True

    @property
    def scope(self) -> str:
        """All that must stay the same from page to page; a token is good for nothing else."""
        same = {
            "query": self.query,
            "language": self.language,
            "site": self.site,
            "age": self.max_age_days,
            "size": self.page_size,
        }
        return f"fact checks {urlencode(same)}"

    @property
    def shown(self) -> str:
        """All that the answer depends on besides the ledger and the day. The key is not part."""
        return f"{self.scope} {self.offset} {self.token} {self.fields} {self.is_pretty}"


def asked_of(request: Request) -> Asked:
    """What the request asks for, in its query and in the form of a long one. Raises InvalidInput
    that names every parameter at fault.
    """
    given = once(pairs_of(request))
    errors = refused(given)
    read: dict[str, Any] = {}
    for name, reader in READERS.items():
        try:
            read[name] = reader(given.get(name, ""))
        except InvalidInput as error:
            errors += error.errors
    if not (read.get("query", True) or read.get("reviewPublisherSiteFilter", True)):
        errors.append(FieldError("query", "Give a query, or a reviewPublisherSiteFilter."))
    token = given.get("pageToken", "")
    if not token and read.get("offset", 0) > MAX_OFFSET:
        sentence = f"Go on with pageToken: an offset leads to {MAX_OFFSET:,} at most."
        errors.append(FieldError("offset", sentence))
    check(errors)
    return Asked(
        query=read["query"],
        language=read["languageCode"],
        site=read["reviewPublisherSiteFilter"],
        max_age_days=read["maxAgeDays"],
        page_size=min(read["pageSize"] or PAGE_SIZE, MAX_PAGE_SIZE),
        offset=0 if token else read["offset"],
        token=token,
        fields=given.get("fields", ""),
        selection=read["fields"],
        is_pretty=read["prettyPrint"],
    )


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The parameters of the address, and those of the form that a long question comes in."""
    pairs = parsed(request.META.get("QUERY_STRING", "").encode("latin-1"))
    if request.method != "POST":
        return pairs
    if str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower() != FORM:
        raise InvalidInput(f"Send the parameters as {FORM}.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise RequestDataTooBig
    return pairs + parsed(request.body)


def parsed(given: bytes) -> list[tuple[str, str]]:
    """The pairs of a query or a form. Raises InvalidInput unless they are few, and UTF-8."""
    try:
        return parse_qsl(
            given.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except ValueError:
        raise InvalidInput(
            f"Send at most {MAX_PARAMETERS} parameters, in UTF-8 with whole % escapes."
        ) from None


def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The parameters by name. Raises InvalidInput for one that is unknown, or that comes twice."""
    errors = []
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in KNOWN:
            known = ", ".join((*SEARCHED, *STANDARD))
            sentence = f"There is no such parameter; there are {known}."
            errors.append(FieldError(excerpt(name, limit=40), sentence))
        elif name in given:
            errors.append(FieldError(name, "Give this parameter once."))
        given[name] = value
    check(errors)
    return given


def refused(given: Mapping[str, str]) -> list[FieldError]:
    """What is wrong with parameters that are empty, or that ask for another kind of answer."""
    errors = []
    if given.get("alt", "json") != "json":
        errors.append(FieldError("alt", "Ask for json: there is nothing else."))
    if "callback" in given:
        errors.append(FieldError("callback", "Leave this out: answers are never scripts."))
    errors += [
        FieldError(name, "Give a value, or leave this out.")
        for name in TYPED
        if given.get(name) == ""
    ]
    if len(given.get("quotaUser", "")) > 40:
        errors.append(FieldError("quotaUser", "Shorten this to at most 40 characters."))
    return errors


def number_of(text: str, *, name: str) -> int:
    """An int32 that is not negative; 0 for what was not given."""
    return parse_int(text, name=name, low=0, high=MAX_INT32) if text else 0


def truth_of(text: str) -> bool:
    """Whether the answer is to be indented: yes, unless it is false."""
    if text not in ("", "true", "false"):
        raise InvalidInput.at("prettyPrint", "Give true or false.")
    return text != "false"


def fields_of(text: str) -> Selection | None:
    """The parts of the answer that are wanted; None for all of it."""
    return selection_of(text) if text else None


def language_of(text: str) -> str:
    """The language, with its script where one is given, as BCP 47 writes them; the region and what
    else there is are passed over. Raises InvalidInput for what is no code of a language.
    """
    if not text:
        return ""
    if not _LANGUAGE.fullmatch(text):
        raise InvalidInput.at(
            "languageCode", "Give the code of a language, such as en-US or sr-Latn."
        )
    language, *rest = text.split("-")
    scripts = [part.title() for part in rest[:1] if _SCRIPT.fullmatch(part)]
    return "-".join([language.lower(), *scripts])


def codes_of(language: str) -> list[str]:
    """Our codes for a language: one with a script is that alone, one without is any script."""
    return [code for code, _ in LANGUAGES if code == language or code.partition("-")[0] == language]


# What each parameter means, by its name.
READERS: dict[str, Callable[[str], Any]] = {
    "query": functools.partial(clean_text, name="query", max_length=MAX_QUERY),
    "languageCode": language_of,
    "reviewPublisherSiteFilter": functools.partial(
        clean_text, name="reviewPublisherSiteFilter", max_length=MAX_SITE
    ),
    **{
        name: functools.partial(number_of, name=name)
        for name in ("maxAgeDays", "pageSize", "offset")
    },
    "prettyPrint": truth_of,
    "fields": fields_of,
}

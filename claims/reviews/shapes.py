"""From JSON values of any shape to reviews.

Tolerated, since it is what pages in the wild hold: types as lists, with or without the address of
schema.org, or missing; one value for a list and a list for one; graphs whose parts refer to each
other by `@id`; texts as objects (`@value`), with entities, tags and control characters; numbers as
strings and strings as numbers; ratings that are empty, null, negative, a bare word or a sentence.
Nothing is concluded that does not stand there.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import fromstring

from claims.reviews.days import read_day
from claims.reviews.nobody import names_nobody
from claims.reviews.review import ORGANISATION, PERSON, Claimant, Review
from factcheck.common.errors import InvalidInput
from factcheck.common.hosts import host_of
from factcheck.common.languages import LANGUAGE_NAMES
from factcheck.common.text import clean_line, clean_name, clean_text, clean_url

Node = dict[str, Any]

DEEPEST = 30
MOST_PARTS = 200
LONGEST_TITLE = 500
LONGEST_LABEL = 2_000
MOST_APPEARANCES = 20

_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PERSONS = {"person", "patient"}
# What speaks as a body, whatever it does besides.
_BODIES = ("organization", "corporation", "ngo", "politicalparty", "localbusiness", "airline")
# Codes that are written in another way than ours.
_LANGUAGES = {
    "iw": "he",
    "in": "id",
    "nb": "no",
    "nn": "no",
    "fil": "tl",
    "zh": "",
    "sr": "",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
}
_BY_NAME = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
_BY_CODE = {code.casefold(): code for code in LANGUAGE_NAMES}


def reviews_in(value: Any) -> Iterator[Review | InvalidInput]:
    """Every review in a JSON value, in its order; for one that cannot be taken, why not."""
    known = named_parts(value)
    for node in review_nodes(value):
        try:
            yield from google_reviews(node) if is_google(node) else schema_reviews(node, known)
        except InvalidInput as error:
            yield error


def review_nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """The objects that are reviews, or claims as Google answers them."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from review_nodes(one, depth + 1)
    elif isinstance(value, dict):
        if "claimreview" in types_of(value) or "claimReviewed" in value or is_google(value):
            yield value
            return
        for one in value.values():
            yield from review_nodes(one, depth + 1)


def is_google(node: Node) -> bool:
    """Whether it is a Claim of the Fact Check Tools API."""
    return isinstance(node.get("claimReview"), list)


def google_reviews(node: Node) -> Iterator[Review | InvalidInput]:
    """The reviews of a Claim as Google answers it."""
    claimants = claimants_of([{"author": node.get("claimant")}])
    for one in parts_of(node["claimReview"]):
        try:
            publisher = one.get("publisher")
            yield from made(
                texts=[text_of(node.get("text"))],
                claimants=claimants,
                address=address_in(one.get("url")),
                publisher=publisher if isinstance(publisher, dict) else {"name": publisher},
                label=text_of(one.get("textualRating")),
                title=text_of(one.get("title")),
                language=language_of(one.get("languageCode")),
                said=text_of(node.get("claimDate")),
                published=text_of(one.get("reviewDate")),
            )
        except InvalidInput as error:
            yield error


def schema_reviews(node: Node, known: dict[str, Node]) -> Iterator[Review]:
    """The reviews that a ClaimReview is: one for each claim, and for each claimant."""
    items = [resolved(one, known) for one in parts_of(node.get("itemReviewed"))]
    texts = texts_of(node.get("claimReviewed"))
    if not texts:
        texts = [first(item, "text", "name", "headline", "description") for item in items]
    rating = rating_of(node.get("reviewRating"), known)
    appearances = [
        address
        for item in items
        for name in ("firstAppearance", "appearance")
        for one in as_list(item.get(name))
        if (address := address_in(resolved(one, known, field="url")))
    ]
    yield from made(
        texts=[text for text in texts if text],
        claimants=claimants_of([{**item, "known": known} for item in items]),
        address=address_in(node.get("url"))
        or address_in(node.get("mainEntityOfPage"))
        or address_in(node.get("@id")),
        publisher=publisher_of(node, known),
        label=rating.pop("label"),
        explanation=rating.pop("explanation"),
        rating=(rating["ratingValue"], rating["bestRating"], rating["worstRating"]),
        title=first(node, "headline", "name"),
        language=language_of(node.get("inLanguage")),
        said=next(filter(None, (first(item, "datePublished") for item in items)), ""),
        published=first(node, "datePublished"),
        appearances=tuple(dict.fromkeys(appearances))[:MOST_APPEARANCES],
    )


def made(
    *,
    texts: list[str],
    claimants: list[Claimant],
    address: str,
    publisher: Node,
    label: str,
    title: str,
    language: str,
    said: str,
    published: str,
    explanation: str = "",
    rating: tuple[str, str, str] = ("", "", ""),
    appearances: tuple[str, ...] = (),
) -> Iterator[Review]:
    """The reviews of these claims. Raises InvalidInput for what a review cannot be without."""
    if not address:
        raise InvalidInput.at("url", "Give the address of the review; there is none.")
    if not texts:
        raise InvalidInput.at("claimReviewed", "Say which claim is reviewed; there is no text.")
    address = clean_url(address)
    site = host_of(address_in(publisher.get("url")) or with_scheme(publisher.get("site")))
    site = site or host_of(address)
    name = clean_name(seen(text_of(publisher.get("name"))) or site, name="publisher")
    for text in dict.fromkeys(clean_text(one, name="claimReviewed") for one in texts):
        for number, claimant in enumerate(claimants or [None]):
            yield Review(
                address=address,
                text=text,
                publisher=name,
                site=site,
                claimant=claimant,
                number=number,
                label=clean_line(seen(label), name="label", max_length=LONGEST_LABEL),
                explanation=clean_text(explanation, name="ratingExplanation"),
                rating=rating,
                title=clean_line(cut(seen(title)), name="title"),
                language=language,
                said=read_day(said),
                published=read_day(published),
                appearances=appearances,
            )


# Parts of a review


def publisher_of(node: Node, known: dict[str, Node]) -> Node:
    """Whose review it is: the author, or where that is a person, the publisher beside."""
    named = {}
    for role in ("author", "publisher", "creator"):
        found = [resolved(one, known) for one in as_list(node.get(role))]
        named[role] = [one for one in found if text_of(one.get("name")) or one.get("url")]
    authors, publishers = named["author"], named["publisher"]
    bodies = [one for one in authors if not types_of(one) & _PERSONS]
    return next(iter([*bodies, *publishers, *authors, *named["creator"]]), {})


def claimants_of(items: list[Node]) -> list[Claimant]:
    """Who made the claim, each once; empty where nobody is named."""
    found: dict[str, Claimant] = {}
    for item in items:
        known = item.get("known") or {}
        for one in as_list(item.get("author")):
            node = resolved(one, known)
            for name in texts_of(node.get("name")):
                if seen(name) and not names_nobody(name):
                    cleaned = clean_name(seen(name), name="itemReviewed/author")
                    found.setdefault(cleaned.casefold(), Claimant(cleaned, kind_of(node)))
    return list(found.values())


def kind_of(node: Node) -> str:
    """Whether the claimant is a person or a body, where the review says so and nothing else."""
    types = types_of(node)
    is_person, is_body = bool(types & _PERSONS), any(one.endswith(_BODIES) for one in types)
    return "" if is_person == is_body else PERSON if is_person else ORGANISATION


def rating_of(value: Any, known: dict[str, Node]) -> dict[str, str]:
    """The verdict as it is worded, and the numbers as they are printed."""
    ratings = [resolved(one, known, field="alternateName") for one in as_list(value)]
    rating = next((one for one in ratings if one), {})
    read = {name: first(rating, name) for name in ("ratingValue", "bestRating", "worstRating")}
    names = [first(rating, name) for name in ("alternateName", "name", "ratingValue")]
    numbers = {name: text if is_number(text) else "" for name, text in read.items()}
    if is_number(names[0]) and not names[1]:
        numbers["ratingValue"] = numbers["ratingValue"] or names[0]
    label = next((name for name in names if name and not is_number(name)), "")
    return {**numbers, "label": label, "explanation": first(rating, "ratingExplanation")}


def is_number(text: str) -> bool:
    """Whether it is a number, as ratings have them, and no verdict in words."""
    return re.fullmatch(r"[-+]?[\d.,/ %]{0,20}", text) is not None


def language_of(value: Any) -> str:
    """The language by our code; “und” for one that is not given or that we do not know."""
    for one in as_list(value):
        names = [one.get("alternateName"), one.get("name")] if isinstance(one, dict) else [one]
        for name in names:
            code = text_of(name).replace("_", "-").casefold()
            for asked in (code, code.partition("-")[0]):
                if found := _LANGUAGES.get(asked, _BY_CODE.get(asked, _BY_NAME.get(asked))):
                    return found
    return "und"


# Values of JSON


def types_of(node: Node) -> set[str]:
    """The types, in small letters and without the address of schema.org."""
    return {
        re.split(r"[/#:]", one.strip())[-1].casefold()
        for one in as_list(node.get("@type") or node.get("type"))
        if isinstance(one, str)
    }


def named_parts(value: Any) -> dict[str, Node]:
    """The objects of a graph that others refer to by their `@id`."""
    found: dict[str, Node] = {}
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST or not isinstance(one, dict | list):
            continue
        if isinstance(one, dict) and isinstance(one.get("@id"), str) and len(one) > 1:
            found.setdefault(one["@id"], one)
        parts = one.values() if isinstance(one, dict) else one
        waiting += [(part, depth + 1) for part in parts]
    return found


def resolved(value: Any, known: dict[str, Node], *, field: str = "name") -> Node:
    """An object, whether it stands there, is referred to, or is only its name."""
    if isinstance(value, dict):
        return known.get(value["@id"], value) if set(value) == {"@id"} and is_text(value) else value
    return {field: value} if isinstance(value, str) else {}


def is_text(value: Node) -> bool:
    """Whether the reference is one."""
    return isinstance(value["@id"], str)


def as_list(value: Any) -> list[Any]:
    """One value or several as a list, however deep the lists are nested by mistake."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [value]
    return [one for part in value[:MOST_PARTS] for one in as_list_of_part(part)]


def as_list_of_part(part: Any) -> list[Any]:
    """A part of a list, which may be a list once more."""
    return part[:MOST_PARTS] if isinstance(part, list) else [part]


def parts_of(value: Any) -> list[Node]:
    """The objects among one value or several; a text is an object's name."""
    found = [{"name": one} if isinstance(one, str) else one for one in as_list(value)]
    return [one for one in found if isinstance(one, dict)]


def first(node: Node, *names: str) -> str:
    """The first of these properties that has a text."""
    for name in names:
        for text in texts_of(node.get(name)):
            return text
    return ""


def texts_of(value: Any) -> list[str]:
    """All texts among one value or several."""
    return [text for one in as_list(value) if (text := text_of(one))]


def text_of(value: Any) -> str:
    """A text in one line, without entities, tags and control characters; empty for none."""
    if isinstance(value, list):
        return next(iter(texts_of(value)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("text")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if _TAG.search(text):
        try:
            text = fromstring(f"<div>{_CONTROLS.sub(' ', text)}</div>").text_content()
        except (etree.LxmlError, ValueError):
            text = _TAG.sub(" ", text)
    return _CONTROLS.sub(" ", text).strip()


def address_in(value: Any) -> str:
    """The first web address among one value or several, or of what has one."""
    for one in as_list(value):
        node = one if isinstance(one, dict) else {"url": one}
        for name in ("url", "contentUrl", "@id"):
            for address in as_list(node.get(name)):
                if isinstance(address, str) and re.match(r"\s*https?://", address, re.IGNORECASE):
                    text = html.unescape(address).strip()
                    scheme, _, rest = text.partition("://")
                    return f"{scheme.lower()}://{rest}".replace(" ", "%20")
    return ""


def with_scheme(site: Any) -> str:
    """A site as an address."""
    return f"https://{site}" if isinstance(site, str) and site else ""


def seen(text: str) -> str:
    """A name or label without what nobody can see."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Co", "Cn"))


def cut(title: str) -> str:
    """A title of at most the length that a Document's may have."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"

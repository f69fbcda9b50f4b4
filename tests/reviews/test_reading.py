"""What pages and feeds in the wild hold is read, or rejected with line and reason; never raised."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.choices import VerificationStatus
from claims.reviews.days import read_day
from claims.reviews.files import Found, read_bytes
from claims.reviews.labels import suggested_status, table
from claims.reviews.report import Reject
from claims.reviews.review import Review
from factcheck.common.languages import LANGUAGE_NAMES
from tests.reviews.files import claimreview


def read(data: bytes | str | Any) -> list[Found | Reject]:
    if not isinstance(data, bytes | str):
        data = json.dumps(data)
    return list(read_bytes(data.encode() if isinstance(data, str) else data, name="file"))


def one(data: Any) -> Review:
    [found] = read(data)
    assert isinstance(found, Found), found
    return found.review


def reasons(data: Any) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in read(data) if isinstance(one, Reject)]


def page(*scripts: str, kind: str = "application/ld+json") -> str:
    inside = "".join(f'<script type="{kind}">{script}</script>' for script in scripts)
    return f"<!doctype html>\n<html><head>\n{inside}</head><body>SYNTHETIC.</body></html>"


PLAIN = json.dumps(claimreview())
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "@id": "#page", "name": "SYNTHETIC. A page"},
        {"@type": "Organization", "@id": "#us", "name": "Synthetic Checks"},
        claimreview(author={"@id": "#us"}),
    ],
}
GOOGLE = {
    "claims": [
        {
            "text": "SYNTHETIC. 1 boats were counted in Exampleton.",
            "claimant": "Synthetic Harbour Office",
            "claimDate": "2020-03-02T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Synthetic Checks", "site": "checks.example.org"},
                    "url": "https://checks.example.org/reviews/1",
                    "title": "SYNTHETIC. No, not 1 boats",
                    "reviewDate": "2020-03-05T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en-GB",
                }
            ],
        }
    ],
    "nextPageToken": "synthetic",
}
SHAPES: dict[str, Any] = {
    "alone": claimreview(),
    "in a list": [claimreview()],
    "in lists of lists": [[claimreview()]],
    "with a byte order mark": "\ufeff" + PLAIN,
    "in UTF-16": PLAIN.encode("utf-16"),
    "as a feed": {"@type": "DataFeed", "dataFeedElement": [claimreview()]},
    "as items of a feed": {"dataFeedElement": [{"@type": "DataFeedItem", "item": [claimreview()]}]},
    "as JSON lines": f"{PLAIN}\n\n",
    "in a graph": GRAPH,
    "of several types": claimreview(**{"@type": ["Review", "ClaimReview"]}),
    "of a type with its address": claimreview(**{"@type": "http://schema.org/ClaimReview"}),
    "of no type": claimreview(**{"@type": None}),
    "with a comma too many": PLAIN[:-1] + ",}",
    "with line breaks in texts": PLAIN.replace("SYNTHETIC. 1", "SYNTHETIC.\n1"),
    "with control characters": PLAIN.replace("SYNTHETIC. 1", "SYNTHETIC.\\u0000\x01\\u0007 1"),
    "with entities": PLAIN.replace("SYNTHETIC. 1", "SYNTHETIC.&amp;nbsp;1"),
    "with tags": PLAIN.replace("1 boats", "<b>1</b> boats"),
    "in HTML": page(PLAIN),
    "in HTML among others": page('{"@type": "WebSite"}', PLAIN, "{}"),
    "in HTML in a graph": page(json.dumps(GRAPH)),
    "in HTML, referred to across scripts": page(
        json.dumps(GRAPH["@graph"][:2]), json.dumps(GRAPH["@graph"][2])
    ),
    "in HTML in a comment": page(f"<!-- {PLAIN} -->"),
    "in HTML as CDATA": page(f"//<![CDATA[\n{PLAIN}\n//]]>"),
    "in HTML with entities": page(PLAIN.replace('"', "&quot;")),
    "in HTML of another case": page(PLAIN, kind="application/LD+JSON; charset=utf-8"),
    "as Google answers": GOOGLE,
    "as Google answers a claim": GOOGLE["claims"][0],
}


@pytest.mark.parametrize("name", SHAPES)
def test_one_review_is_read_in_every_shape(name):
    review = one(SHAPES[name])

    assert review.address == "https://checks.example.org/reviews/1"
    assert review.text == "SYNTHETIC. 1 boats were counted in Exampleton."
    assert (review.publisher, review.site) == ("Synthetic Checks", "checks.example.org")
    assert (review.label, review.language) == ("False", "en")
    assert review.claimant is not None
    assert review.claimant.name == "Synthetic Harbour Office"
    assert review.said.not_before == date(2020, 3, 2)
    assert review.published.not_after == date(2020, 3, 5)


def rated(rating: Any) -> tuple[str, tuple[str, str, str]]:
    review = one(claimreview(reviewRating=rating))
    return review.label, review.rating


RATINGS: list[tuple[Any, str, tuple[str, str, str]]] = [
    ({"alternateName": "False", "ratingValue": "1", "bestRating": 5}, "False", ("1", "5", "")),
    ({"alternateName": None, "ratingValue": -1}, "", ("-1", "", "")),
    ({"alternateName": "", "name": "Mixture"}, "Mixture", ("", "", "")),
    ({"ratingValue": "False. The picture is old."}, "False. The picture is old.", ("", "", "")),
    ({"alternateName": ["Faux", "False"]}, "Faux", ("", "", "")),
    ({"alternateName": {"@value": "Falso"}}, "Falso", ("", "", "")),
    ([{"@type": "Rating", "alternateName": "Хибно"}], "Хибно", ("", "", "")),
    ([None, {"alternateName": "False"}], "False", ("", "", "")),
    ("Misleading", "Misleading", ("", "", "")),
    ("4", "", ("4", "", "")),
    ({}, "", ("", "", "")),
    (None, "", ("", "", "")),
    ({"alternateName": "&quot;Pants&quot; on\u200b fire"}, '"Pants" on fire', ("", "", "")),
]


@pytest.mark.parametrize(("rating", "label", "numbers"), RATINGS, ids=lambda value: str(value)[:40])
def test_a_rating_is_its_words_and_its_numbers_as_printed(rating, label, numbers):
    assert rated(rating) == (label, numbers)


CLAIMANTS: list[tuple[Any, list[tuple[str, str]]]] = [
    ({"@type": "Person", "name": "Synthetic Somebody"}, [("Synthetic Somebody", "person")]),
    ({"@type": ["Thing", "Person"], "name": "S. Somebody"}, [("S. Somebody", "person")]),
    ({"@type": "GovernmentOrganization", "name": "S. Office"}, [("S. Office", "organisation")]),
    ({"@type": "Thing", "name": "Synthetic"}, [("Synthetic", "")]),
    ("Synthetic", [("Synthetic", "")]),
    ([{"name": "One"}, {"name": "Two"}, {"name": "ONE"}], [("One", ""), ("Two", "")]),
    ({"name": ["One", "Two"]}, [("One", ""), ("Two", "")]),
    ({"name": "Multiple Facebook users"}, []),
    ({"name": "Réseaux sociaux"}, []),
    ({"name": "невідомо"}, []),
    ({"name": ""}, []),
    (None, []),
]


@pytest.mark.parametrize(("author", "claimants"), CLAIMANTS, ids=lambda value: str(value)[:40])
def test_a_review_is_one_for_each_claimant(author, claimants):
    found = [one.review for one in read(claimreview(itemReviewed={"author": author}))]

    named = [one.claimant for one in found if one.claimant]
    assert [(claimant.name, claimant.kind) for claimant in named] == claimants
    assert len(found) == max(1, len(claimants))
    assert len({one.key for one in found}) == len(found)


def test_one_page_can_review_several_claims():
    several = claimreview(claimReviewed=["SYNTHETIC. One.", "SYNTHETIC. Two."])
    items = claimreview(
        claimReviewed=None, itemReviewed=[{"name": "SYNTHETIC. One."}, {"text": "SYNTHETIC. Two."}]
    )

    for value in (several, items):
        assert [one.review.text for one in read(value)] == ["SYNTHETIC. One.", "SYNTHETIC. Two."]


def test_whose_review_it_is():
    person = {"@type": "Person", "name": "Synthetic Journalist"}
    body = {"@type": "Organization", "name": "Synthetic Desk", "url": "https://desk.example.org"}

    assert one(claimreview(author=person, publisher=body)).publisher == "Synthetic Desk"
    assert one(claimreview(author=[person, body])).site == "desk.example.org"
    assert one(claimreview(author=person)).publisher == "Synthetic Journalist"
    assert one(claimreview(author=None)).publisher == "checks.example.org"


def test_where_the_claim_was_seen_is_kept():
    item = {
        "firstAppearance": {"@type": "CreativeWork", "url": "https://a.example.org/1"},
        "appearance": ["https://b.example.org/2", {"url": "https://a.example.org/1"}, {"x": 1}],
    }

    seen = one(claimreview(itemReviewed=item)).appearances

    assert seen == ("https://a.example.org/1", "https://b.example.org/2")


DAYS: dict[str, tuple[date | None, date | None]] = {
    **dict.fromkeys(
        (
            *("2020-03-02", "2020-03-02T23:30:00-05:00", "2020-3-2", "2020/03/02", "20200302"),
            *("March 2, 2020", "Mar 2, 2020 10:15", "2 March 2020", "2nd of March 2020"),
            *("2 mars 2020", "lundi 2 mars 2020", "2 березня 2020 р.", "2 de marzo de 2020"),
            *("02.03.2020", "2. 3. 2020", "Mon, 02 Mar 2020 23:30:00 -0500", "1583143200"),
            *("1583143200000", " 2020-03-02 "),
        ),
        (date(2020, 3, 2), date(2020, 3, 2)),
    ),
    "25/12/2020": (date(2020, 12, 25), date(2020, 12, 25)),
    "12/25/2020": (date(2020, 12, 25), date(2020, 12, 25)),
    "2020-03": (date(2020, 3, 1), date(2020, 3, 31)),
    "March 2020": (date(2020, 3, 1), date(2020, 3, 31)),
    "2020": (date(2020, 1, 1), date(2020, 12, 31)),
    **dict.fromkeys(
        ("02/03/2020", "yesterday", "2020-02-31", "0000-00-00", "31.31.2020", "9999999999"),
        (None, None),
    ),
    "": (None, None),
}


@pytest.mark.parametrize("printed", DAYS)
def test_a_day_is_read_or_left_as_printed(printed):
    found = read_day(printed)

    assert (found.not_before, found.not_after) == DAYS[printed]
    assert bool(found) == bool(printed)


BROKEN: dict[str, tuple[Any, list[tuple[int, str]]]] = {
    "nothing": ("", [(1, "There is no ClaimReview in this file.")]),
    "no review": ({"@type": "WebPage"}, [(1, "There is no ClaimReview in this file.")]),
    "no address": (
        claimreview(url=None),
        [(1, "url: Give the address of the review; there is none.")],
    ),
    "no claim": (
        claimreview(claimReviewed=" ", itemReviewed={}),
        [(1, "claimReviewed: Say which claim is reviewed; there is no text.")],
    ),
    "a broken line": (
        f'{PLAIN}\n{{"@type"\n{{}}\n',
        [
            (2, "This is not well-formed JSON: expecting ':' delimiter."),
            (3, "There is no ClaimReview here."),
        ],
    ),
    "a feed that breaks off": (
        f'{{"dataFeedElement": [\n{PLAIN},\n{PLAIN[:90]}',
        [(3, "From here on it cannot be read: unterminated string starting at.")],
    ),
    "other bytes": (b"{}\n\xff\xfe\xfa", [(2, "Save it as UTF-8: there are other bytes.")]),
    "nested too deep": (
        "[" * 100_000,
        [(1, "From here on it cannot be read: it is nested too deep.")],
    ),
    "half of a character": (
        PLAIN.replace("1 boats", "\\ud800 boats"),
        [
            (
                1,
                "claimReviewed: Remove character 12 (U+D800): half of a character cannot stand "
                "here.",
            )
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_says_where_and_why(name):
    data, expected = BROKEN[name]

    assert reasons(data) == expected


def test_what_stands_before_and_behind_a_break_is_read():
    found = [one for one in read(BROKEN["a broken line"][0]) if isinstance(one, Found)]
    feed = [one for one in read(BROKEN["a feed that breaks off"][0]) if isinstance(one, Found)]

    assert ([one.line for one in found], [one.line for one in feed]) == ([1], [2])


WORDS = st.sampled_from(
    [
        *("@type", "@id", "@graph", "ClaimReview", "claimReviewed", "claimReview", "claims", "url"),
        *("itemReviewed", "author", "name", "reviewRating", "alternateName", "ratingValue", "text"),
        *("dataFeedElement", "datePublished", "https://a.example.org/1", "2020-03-02", "#x"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(WORDS, inside, max_size=6),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_no_value_raises_anything(value):
    for found in read(json.dumps(value)):
        assert isinstance(found, Found | Reject)
        assert found.line >= 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"<{text}".encode()))
def test_no_bytes_raise_anything(data):
    assert read(data)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_date_raises_anything(printed):
    assert read_day(printed).as_printed == "" or printed.strip()


# Labels


def test_every_row_of_the_table_says_what_we_have():
    rows = table()

    assert {row.status for row in rows} <= set(VerificationStatus.values)
    assert {row.language for row in rows} <= LANGUAGE_NAMES.keys()
    places = [(row.site, row.language, row.label) for row in rows]
    assert len(set(places)) == len(places)


LABELS: list[tuple[str, str, str, str]] = [
    ("False", "", "en", "false"),
    ("FALSE!", "", "en", "false"),
    ("False. The picture is old.", "", "und", "false"),
    ("Falso", "", "und", "false"),
    ("Faux", "", "en", ""),
    ("Pants on Fire!", "politifact.com", "en", "false"),
    ("Pants on Fire!", "checks.example.org", "en", ""),
    ("Not false", "", "en", ""),
    ("False, but", "", "en", ""),
    ("Mostly false", "", "en", ""),
    ("Four Synthetic Noses", "", "en", ""),
    ("", "", "en", ""),
]


@pytest.mark.parametrize(("label", "site", "language", "status"), LABELS)
def test_a_label_suggests_what_the_table_says_and_nothing_else(label, site, language, status):
    assert suggested_status(label, site=site, language=language) == status

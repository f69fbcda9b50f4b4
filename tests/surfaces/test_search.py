"""Looking for words in the list of claims."""

import html
import re

import pytest
from django.test import Client
from django.utils import translation

from claims import workflow
from claims.models import PublicClaim
from claims.public_search import CLOSES, OPENS, marked, searched
from factcheck.public_side import rebuild
from tests.factories import (
    make_event,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    withhold,
)
from tests.surfaces.listing import (
    found as found_at,
)
from tests.surfaces.listing import (
    make_checked_claim,
    make_named_actor,
)
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


def found(reader: Client, typed: str, **further: str) -> list[str]:
    return found_at(reader, "/claims/", q=typed, **further)


TYPED = {
    "trawlers": True,
    "TRAWLERS counted": True,
    "trawlers submarines": False,
    "“counted eleven trawlers”": True,
    '"eleven counted"': False,
    "trawlers -canoes": True,
    "trawlers -eleven": False,
    "trawlers -“eleven trawlers”": False,
    "cafe": True,
    "човнів": True,
    "ЧОВНІВ": True,
    "قاربا": True,
    "Exampleton": True,
    "trawler": False,
}


def test_words_phrases_and_minus_find_what_they_say(reader: Client):
    claim = make_published_claim(
        text="She counted eleven trawlers off the Café.",
        original_words="Вона нарахувала одинадцять човнів. قاربا",
        original_language="uk",
        event=make_event(title="Boats off Exampleton"),
    )
    make_published_claim()

    for typed, finds in TYPED.items():
        assert found(reader, typed) == ([claim.public_id] if finds else []), typed


def test_a_claimant_is_found_by_every_published_name(reader: Client):
    actor = make_named_actor("Amina Prykladova", ("uk", "Аміна Прикладова"), ("ar", "أمينة"))
    claim = make_published_claim(claimant=actor)
    make_published_claim()

    for name in ("Amina", "amina prykladova", "Прикладова", "أمينة", "Аміна boats"):
        assert found(reader, name) == [claim.public_id], name


def test_a_name_that_was_never_published_finds_nobody(reader: Client):
    actor = make_named_actor("Amina Prykladova")
    make_published_claim(claimant=actor)
    actor.name = "Canarybird"
    actor.save()

    assert found(reader, "canarybird") == []


def test_drafts_and_revisions_are_not_found(reader: Client):
    make_ready_claim(text="A canarybird was counted.")
    claim = make_published_claim(text="A trawler was counted.")
    workflow.revise(claim, by=make_user("reporter"))
    claim.text = "A canarybird was counted."
    claim.save()

    assert found(reader, "canarybird") == []
    assert found(reader, "trawler") == [claim.public_id]


def test_a_misspelt_name_leads_to_what_they_said(reader: Client):
    actor = make_named_actor("Amina Prykladova", ("uk", "Аміна Прикладова"))
    make_published_claim(claimant=actor)
    make_published_claim(claimant=make_named_actor("a resident", is_private=False))

    for typed in ("Prykladowa", "Прікладова"):
        response = reader.get("/claims/", {"q": typed})
        assert (
            f'Did you mean: <a href="/claims/?claimant={actor.public_id}">Amina Prykladova</a></p>'
        ) in response.content.decode(), (typed, searched(typed).near_names())
    exact = reader.get("/claims/", {"q": "Prykladova"}).content.decode()
    assert f'Go to what they said: <a href="/claims/?claimant={actor.public_id}">' in exact
    assert "Did you mean" not in exact


def test_a_private_person_is_not_led_to(reader: Client):
    person = make_named_actor(
        "Canarybird", kind="person", is_private=True, description="a fisherman of Exampleton"
    )
    make_published_claim(claimant=person)

    for typed in ("fisherman", "fishermam", "canarybird"):
        page = reader.get("/claims/", {"q": typed}).content.decode()
        assert f"claimant={person.public_id}" not in page, typed
        assert "Did you mean" not in page


def test_what_was_found_is_marked_in_text_and_original_words(reader: Client):
    make_published_claim(
        text="She counted eleven trawlers.",
        original_words="Вона нарахувала одинадцять човнів.",
        original_language="uk",
    )

    in_text = reader.get("/claims/", {"q": "“eleven trawlers” -canoes"}).content.decode()
    in_original = reader.get("/claims/", {"q": "човнів"}).content.decode()

    assert "She counted <mark>eleven</mark> <mark>trawlers</mark>.</a>" in in_text
    assert "In the original:" not in in_text
    assert (
        '<q class="quoted" lang="uk" dir="ltr">Вона нарахувала одинадцять <mark>човнів</mark></q>'
    ) in in_original


def test_marked_text_has_claimant_and_both_statuses(reader: Client):
    claim = make_checked_claim(text="She counted eleven trawlers.")

    text = text_of(reader.get("/claims/", {"q": "trawlers"}))

    assert (
        f"{claim.claimant.name} · 2 March 2020 She counted eleven trawlers . Did they say it? "
        "Reported: we have not seen the original Is it so? Checked, not settled"
    ) in text


EVIL = '<script>alert("trawlers")</script> &amp; trawlers <b>bold</b>'


def test_markup_in_words_stays_words(reader: Client):
    make_published_claim(text=EVIL, original_words=EVIL, original_language="uk")

    for typed in ("trawlers", EVIL, "<mark>trawlers</mark>", "alert", "'); --", "{{ 7|add:7 }}"):
        page = reader.get("/claims/", {"q": typed}).content.decode()
        assert "<script" not in page, typed
        assert "<b>" not in page
        assert 'value="' + html.escape(typed) + '"' in page
    page = reader.get("/claims/", {"q": "trawlers"}).content.decode()
    shown = html.escape(EVIL).replace(" trawlers ", " <mark>trawlers</mark> ")
    assert f">{shown}</a></h3>" in page


def test_a_headline_that_lost_words_is_not_shown():
    assert marked(f"a {OPENS}b{CLOSES} <c>", "a b <c>") == "a <mark>b</mark> &lt;c&gt;"
    assert marked(f"a {OPENS}b{CLOSES}", "a b <c>") == ""
    assert marked("a b", "a b") == ""


def test_only_what_stands_now_is_found(reader: Client):
    claim = make_published_claim(text="Eleven trawlers were counted.")
    revise_and_publish(claim, text="Eleven canoes were counted.")
    gone = make_published_claim(text="Twelve canoes were counted.")
    withhold(gone, "suspend")

    assert found(reader, "trawlers") == []
    assert found(reader, "canoes") == [claim.public_id]
    assert list(PublicClaim.objects.exclude(until_seq=None).values_list("words", flat=True)) == [
        "",
        "",
    ]


def test_what_was_checked_comes_first(reader: Client):
    checked = make_checked_claim(text="Eleven trawlers were counted.")
    recorded = make_published_claim(text="Trawlers, trawlers, trawlers.")

    page = text_of(reader.get("/claims/", {"q": "trawlers"}))

    assert found(reader, "trawlers") == [checked.public_id, recorded.public_id]
    assert page.index("Checked Synthetic") < page.index("Register: recorded, not checked")
    assert found(reader, "trawlers", checked="yes") == [checked.public_id]
    assert found(reader, "trawlers", checked="no") == [recorded.public_id]


def test_the_best_match_comes_first_unless_another_order_is_chosen(reader: Client):
    weak = make_published_claim(
        text="Boats were off the port.", event=make_event(title="A trawler")
    )
    strong = make_published_claim(text="A trawler was off the port.")
    newest = make_published_claim(text="Boats again.", event=make_event(title="Another trawler"))
    ids = [claim.public_id for claim in (weak, strong, newest)]

    assert found(reader, "trawler") == [ids[1], ids[2], ids[0]]
    assert found(reader, "trawler", sort="relevance") == [ids[1], ids[2], ids[0]]
    assert found(reader, "trawler", sort="newest") == [ids[2], ids[1], ids[0]]


def test_ranked_pages_have_numbers_and_an_end(reader: Client, monkeypatch):
    monkeypatch.setattr("claims.listing.PAGE_SIZE", 1)
    monkeypatch.setattr("claims.public_search.MOST_RANKED", 2)
    monkeypatch.setattr("claims.listing.MOST_RANKED", 2)
    monkeypatch.setattr("claims.views.lists.MOST_RANKED", 2)
    claims = [make_published_claim(text="A trawler.").public_id for _ in range(3)]

    first = reader.get("/claims/?q=trawler&checked=no").content.decode()
    second = reader.get("/claims/?q=trawler&checked=no&page=2").content.decode()

    assert claims[2] in first
    assert "Only the newest 2 that match are put in order" in first
    assert re.findall(r'<a href="([^"]*)" rel="next"', first) == [
        "/claims/?q=trawler&amp;checked=no&amp;page=2"
    ]
    assert claims[1] in second
    assert 'rel="next"' not in second
    assert '<a href="/claims/?q=trawler&amp;checked=no" rel="prev"' in second
    assert reader.get("/claims/?q=trawler&checked=no&page=3").status_code == 400


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=a&page=0", "page: "),
        ("q=a&page=26", "page: "),
        ("q=a&page=x", "page: "),
        ("page=2", "page: Pages of this list have no numbers"),
        ("q=a&sort=newest&page=2", "page: Pages of this list have no numbers"),
        ("q=a&cursor=x", "cursor: Pages of this list have numbers"),
        ("q=a&sort=text", "sort: Choose one of relevance, newest, said."),
        ("checked=maybe", "checked: Choose one of yes, no."),
        ("q=" + "a" * 501, "q: "),
        ("q=a%00", ""),
        ("q=a%E2%80%AEb", "q: "),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(reader: Client, query: str, words: str):
    response = reader.get(f"/claims/?{query}")

    assert response.status_code == 400
    assert words in text_of(response)


def test_nothing_found_says_what_was_understood_and_what_to_do(reader: Client):
    make_published_claim()

    response = reader.get("/claims/", {"q": 'unicorn "sea horse" -canary', "about": "toll"})

    text = text_of(response)
    assert "We looked for: unicorn , the phrase “ sea horse ” . It must not have: canary ." in text
    assert "No published claim fits all of these." in text
    page = response.content.decode()
    assert 'href="/answer/?kind=check&amp;about=unicorn+%22sea+horse%22+-canary">Ask for it' in page
    assert 'href="/claims/?q=unicorn%20%22sea%20horse%22%20-canary"' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-boats", "You only said what must not be there."),
        ("???", "There is no word in this that we could look for."),
    ],
)
def test_nothing_to_look_for_is_said(reader: Client, typed: str, words: str):
    make_published_claim()

    assert found(reader, typed) == []
    assert words in text_of(reader.get("/claims/", {"q": typed}))


def test_the_search_leads_on_in_the_readers_language(reader: Client):
    claim = make_published_claim(text="A trawler.")

    page = reader.get("/fr/claims/?q=trawler").content.decode()

    assert f'<a href="/fr/claims/{claim.public_id}/' in page
    assert '<form class="search" method="get" action="/fr/claims/"' in page
    assert translation.get_language() == "en"


def test_a_rebuild_finds_the_same_words():
    make_checked_claim(
        claimant=make_named_actor("Amina Prykladova", ("uk", "Аміна Прикладова")),
        original_words="Вона нарахувала одинадцять човнів.",
        original_language="uk",
        event=make_event(),
    )
    before = list(PublicClaim.objects.values_list("words", flat=True))

    assert rebuild() == []
    assert list(PublicClaim.objects.values_list("words", flat=True)) == before


def test_old_rows_are_filled_by_a_rebuild(reader: Client):
    claim = make_published_claim(text="A trawler.")
    PublicClaim.objects.update(words="", topic_ids=[], original_words="")
    assert found(reader, "trawler") == []

    rebuild()

    assert found(reader, "trawler") == [claim.public_id]


def test_nothing_is_asked_where_nothing_was_typed(django_assert_num_queries):
    with django_assert_num_queries(0, using="public"):
        search = searched("???")
        assert (search.query, search.near_names()) == ("", [])

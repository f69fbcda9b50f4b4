"""What finds a claim at the desk: words, names, addresses, ids, filters. All rows are synthetic."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import workflow
from claims.models import Citation, Claim, ClaimTopic, FindingAid
from claims.search import search_claims
from factcheck.common.admin.lists import REACH
from factcheck.common.dates import DateBounds
from factcheck.common.finding import is_address
from factcheck.common.roles import Role
from sources.models import Actor, ActorName
from sources.workflow import merge
from tests import factories
from tests.admin_pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "/admin/claims/claim/"


@pytest.fixture
def browser() -> Client:
    return signed_in(factories.make_user(Role.EDITOR))


def found(typed: str) -> list[str]:
    return list(search_claims(Claim.objects.order_by("pk"), typed).values_list("text", flat=True))


def listed(browser: Client, **query: Any) -> list[str]:
    response = browser.get(LIST, query)
    assert response.status_code == 200
    return [claim.text for claim in response.context["cl"].result_list]


def cite(claim: Claim, **document: Any) -> Citation:
    return Citation.objects.create(
        claim=claim,
        document=factories.make_document(**document),
        first_hand=False,
        created_by=factories.somebody(),
    )


# Words


@pytest.mark.parametrize(
    "typed",
    [
        "synthetic boats",
        "BOATS Synthetic",
        "synthetic bo",
        '"twelve boats"',
        "“twelve boats”",
        "boats -bridges",
        "cafe",
        "CAFÉ",
        "вертолёт",
        "ВЕРТОЛЁТ",
        "قارب",
        "12,000",
    ],
)
def test_words_find_a_claim_whatever_their_case_accents_and_script(typed: str) -> None:
    factories.make_claim(
        text="Synthetic: twelve boats passed the Café, 12,000 metres away.",
        original_words="Вертолёт قارب",
        original_language="uk",
    )

    assert len(found(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    ["oats", "boats bridges", '"boats twelve"', "boats -twelve", "вертолётов", "-synthetic"],
)
def test_what_is_not_so_in_the_claim_finds_nothing(typed: str) -> None:
    factories.make_claim(
        text="Synthetic: twelve boats.", original_words="Вертолёт", original_language="uk"
    )

    assert found(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '"unbalanced boats',
        "-",
        "!!!",
        "& | !",
        "' \\ %",
        ":*",
        "😀",
        "x" * 10_000,
        "a b " * 3_000,
        "=stage:draft",
        "http://",
        '-""',
    ],
)
def test_no_text_is_too_odd_to_look_for(browser: Client, typed: str) -> None:
    factories.make_claim()

    search_claims(Claim.objects.all(), typed).count()

    assert browser.post(LIST).status_code in (200, 302)
    if len(typed) < 2_000:
        assert browser.get(LIST, {"q": typed}).status_code == 200


def test_what_says_nothing_narrows_nothing() -> None:
    factories.make_claim(text="Synthetic one.")

    assert found("  ") == found("- !") == ["Synthetic one."]


def test_the_facts_of_the_finding_aid_are_no_words() -> None:
    factories.make_claim(text="Synthetic one.")

    assert found("=stage:draft") == found("stage draft") == []


# Names


def test_names_and_aliases_of_who_says_it_find_a_claim() -> None:
    actor = factories.make_actor(name="Synthetic Harbour Office")
    ActorName.objects.create(
        actor=actor,
        name="Портове бюро",
        language="uk",
        form="alias",
        created_by=factories.somebody(),
    )
    voice = factories.make_actor(name="Ada Example", kind="person")
    factories.make_claim(text="Twelve boats.", claimant=actor, voiced_by=voice)
    factories.make_claim(text="Not this one.")

    assert found("harbour") == found("портове") == found("ada exam") == ["Twelve boats."]
    assert found("harbour boats") == found("synthetic harbour office twelve") == ["Twelve boats."]
    assert found("harbour bridges") == []
    assert found("boats -harbour") == []


def test_an_outlet_and_who_runs_it_find_what_it_says_in_its_own_voice() -> None:
    passage = factories.make_passage()
    operator = factories.make_actor(name="Exemplary Holding")
    outlet = factories.make_source(
        name="Daily Specimen", operator=operator, operator_passage=passage
    )
    factories.make_claim(text="Twelve boats.", speaker="own-voice", outlet=outlet)

    assert found("specimen") == found("exemplary holding") == ["Twelve boats."]


def test_a_renamed_actor_is_found_by_the_new_name_at_once() -> None:
    actor = factories.make_actor(name="Before")
    factories.make_claim(text="Twelve boats.", claimant=actor)

    Actor.objects.filter(pk=actor.pk).update(name="Afterwards")

    assert (found("before"), found("afterwards")) == ([], ["Twelve boats."])


def test_an_events_title_and_place_find_its_claims() -> None:
    event = factories.make_event(title="Count at the pier", place="Exampleton")
    factories.make_claim(text="Twelve boats.", event=event)

    assert found("pier") == found("exampleton boats") == ["Twelve boats."]


# Documents

ADDRESS = "https://www.gazette.example/2020/Boats/?id=7&utm_source=feed#top"


@pytest.mark.parametrize(
    "typed",
    [
        ADDRESS,
        "https://www.gazette.example/2020/Boats/?id=7",
        "http://gazette.example/2020/boats/?id=7&fbclid=abc",
        "gazette.example/2020/boats/",
        "gazette.example/2020/boats",
        "gazette.example",
        "WWW.GAZETTE.EXAMPLE",
        "specimen",
        "gazette.example/2020 boats",
    ],
)
def test_a_documents_address_and_title_find_the_claims_that_cite_it(typed: str) -> None:
    claim = factories.make_claim(text="Twelve boats.")
    cite(claim, title="A specimen of news", url=ADDRESS)
    cite(factories.make_claim(text="Not this one."), url="https://other.example/2020")

    assert found(typed) == ["Twelve boats."]


@pytest.mark.parametrize(
    "typed",
    ["gazette.example/202", "gazette.exampl", "azette.example", "gazette.example/2020/boats/?id=8"],
)
def test_another_address_does_not(typed: str) -> None:
    cite(factories.make_claim(), url=ADDRESS)

    assert found(typed) == []


def test_what_in_an_address_stands_for_anything_stands_for_itself() -> None:
    cite(factories.make_claim(text="Twelve."), url="https://gazette.example/a_b/c")

    assert found("gazette.example/a_b") == ["Twelve."]
    assert found("gazette.example/a%b") == found("gazette.example/aXb") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://x.example/a", True),
        ("x.example", True),
        ("www.x", True),
        ("x.example:80/a?b", True),
        ("12.5", False),
        ("boats", False),
        ("e.g.", False),
    ],
)
def test_an_address_is_known_when_it_is_seen(typed: str, expected: bool) -> None:
    assert is_address(typed) is expected


def test_a_public_id_finds_its_claim_alone() -> None:
    claim = factories.make_claim(text="Twelve boats.")
    factories.make_claim()

    assert found(claim.public_id) == found(claim.public_id.upper()) == ["Twelve boats."]


# The finding aids are never behind


def drift() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM claims_claim AS claim LEFT JOIN claims_findingaid AS aid"
            " ON aid.claim_id = claim.id WHERE aid.terms IS DISTINCT FROM finding_terms(claim.id)"
        )
        return int(cursor.fetchone()[0])


def facts(claim: Claim) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(terms) FROM claims_findingaid WHERE claim_id = %s", [claim.pk]
        )
        return {term for term in cursor.fetchone()[0] if term.startswith("=")}


def test_every_way_of_changing_a_claim_keeps_its_finding_aid() -> None:
    claim = factories.make_published_claim(event=factories.make_event())
    assert {"=stage:settled", "=public:live"} <= facts(claim)
    factories.withhold(claim, "suspend")
    assert "=public:suspended" in facts(claim)
    draft = factories.make_ready_claim()
    topic = ClaimTopic.objects.create(
        claim=draft, topic=factories.make_topic(), created_by=factories.somebody()
    )
    assert f"=topic:{topic.topic_id}" in facts(draft)
    topic.delete()
    assert f"=topic:{topic.topic_id}" not in facts(draft)
    Claim.objects.filter(pk=draft.pk).update(text="Otherwise.")
    document = draft.citations.all()[0].document
    document.source = factories.make_source()
    document.save()
    assert f"=source:{document.source_id}" in facts(draft)
    draft.citations.all()[0].delete()

    assert drift() == 0


def test_a_deleted_claim_leaves_no_finding_aid() -> None:
    factories.make_ready_claim().delete()

    assert not FindingAid.objects.exists()


# The list


def test_the_list_is_narrowed_by_codes(browser: Client) -> None:
    factories.make_claim(text="A draft.")
    live = factories.make_published_claim(text="A live one.")
    factories.withhold(factories.make_published_claim(text="A retracted one."), "retract")

    assert listed(browser, stage__exact="draft") == ["A draft."]
    assert listed(browser, public="never") == ["A draft."]
    assert listed(browser, public="live") == ["A live one."]
    assert listed(browser, public="retracted") == ["A retracted one."]
    assert listed(browser, verification_status__exact="false") == []
    assert listed(browser, public="live", q=live.public_id) == ["A live one."]
    assert listed(browser, public="nonsense") == []
    assert listed(browser, stage__exact="x" * 3_000) == []


def test_the_list_is_narrowed_by_rows(browser: Client) -> None:
    claim = factories.make_claim(text="This one.", event=factories.make_event())
    topic, source = factories.make_topic(), factories.make_source()
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=factories.somebody())
    cite(claim, source=source)
    factories.make_claim(text="Another.", created_by=factories.make_user())

    User.objects.update(is_staff=True)

    for query in (
        {"claimant": claim.claimant_id},
        {"event": claim.event_id},
        {"topic": topic.pk},
        {"source": source.pk},
        {"entered_by": factories.somebody().pk},
    ):
        assert listed(browser, **query) == ["This one."], query


def test_who_was_merged_into_the_claimant_is_found_with_it(browser: Client) -> None:
    kept, double = factories.make_actor(), factories.make_actor()
    factories.make_claim(text="Of the double.", claimant=double)
    merge(double, into=kept, by=factories.make_user(Role.EDITOR), note="Synthetic: twice.")

    assert listed(browser, claimant=kept.pk) == ["Of the double."]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"said_from": "2020-03-02"}, ["In March.", "In April."]),
        ({"said_from": "2020-03-03"}, ["In April."]),
        ({"said_to": "2020-03-02"}, ["In March."]),
        ({"said_from": "2020-03-02", "said_to": "2020-03-02"}, ["In March."]),
        ({"changed_from": "1999-01-01", "said_to": "2020-03-31"}, ["In March."]),
        ({"changed_to": "1999-01-01"}, []),
        ({"changed_from": "0001-01-01", "changed_to": "9999-12-31"}, ["In March.", "In April."]),
        ({"said_from": "nonsense"}, []),
        ({"claimant": "nonsense"}, []),
        ({"claimant": "9" * 40}, []),
        ({"event": "999999"}, []),
        ({"said_from": "", "claimant": ""}, ["In March.", "In April."]),
    ],
)
def test_the_list_is_narrowed_by_days(
    browser: Client, query: dict[str, str], expected: list[str]
) -> None:
    for text, month in (("In April.", 4), ("In March.", 3)):
        factories.make_claim(text=text, said=DateBounds.on(datetime.date(2020, month, 2)))

    assert listed(browser, **query) == expected


def test_active_filters_stand_in_words_each_with_a_way_out(browser: Client) -> None:
    actor = factories.make_actor(name="Synthetic Office")

    response = browser.get(
        LIST, {"stage__exact": "draft", "claimant": actor.pk, "q": "boats", "public": "nonsense"}
    )

    chips = {chip.label: chip.without for chip in response.context["chips"]}
    assert set(chips) == {
        "Search: boats",
        "Said by: Synthetic Office",
        "Stage: draft",
        "Public state: unknown",
    }
    assert "stage__exact" not in chips["Stage: draft"]
    assert "claimant" in chips["Stage: draft"]


def test_an_empty_list_says_what_to_do(browser: Client) -> None:
    no_claims = browser.get(LIST).content.decode()
    factories.make_claim()
    none_found = browser.get(LIST, {"q": "nonsense"}).content.decode()

    assert "There are no claims yet." in no_claims
    assert "No claim matches. Remove a filter" in none_found


def test_pages_end_where_the_search_should_be_narrowed(browser: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("factcheck.common.admin.lists.REACH", 60)
    texts = [factories.make_claim().text for _ in range(62)]

    first = browser.get(LIST)
    second = listed(browser, p=2)

    assert "More than 60 claims" in first.content.decode()
    assert [claim.text for claim in first.context["cl"].result_list] == texts[:11:-1]
    assert second == texts[11:1:-1]
    assert browser.get(LIST, {"p": 3}).status_code == 302
    assert REACH == 1_000


def test_only_claims_in_work_are_counted_anew(browser: Client, monkeypatch: Any) -> None:
    factories.make_published_claim(text="Nothing can have changed.")
    factories.make_published_claim(text="Its day has come.", review_by=datetime.date(2020, 1, 1))
    in_work = factories.make_published_claim(text="Being revised.")
    workflow.revise(in_work, by=factories.make_user())
    asked: list[Claim] = []

    def waiting(claims: Any) -> Any:
        asked.extend(claims)
        return [(claim, ["because"]) for claim in claims]

    monkeypatch.setattr("claims.admin.claim_filters.waiting", waiting)

    assert listed(browser, again="yes") == ["Being revised.", "Its day has come."]
    assert asked == [in_work]


# Fields to choose from


def choices(browser: Client, model: str, field: str, term: str, **more: Any) -> list[str]:
    app, name = model.split(".")
    query = {"app_label": app, "model_name": name, "field_name": field, "term": term, **more}
    response = browser.get(reverse("admin:autocomplete"), query)
    assert response.status_code == 200
    return [row["text"] for row in response.json()["results"]]


@pytest.mark.parametrize("term", ["ministry", "minis", "truth minis", "mnistry of truth", ""])
def test_an_actor_is_chosen_by_the_beginning_of_words_or_nearly_so(
    browser: Client, term: str
) -> None:
    actor = factories.make_actor(name="Synthetic Ministry of Truth", description="of Exampleton")

    assert choices(browser, "claims.claim", "claimant", term) == [
        f"Synthetic Ministry of Truth · Organisation · of Exampleton · {actor.public_id}"
    ]


def test_what_was_merged_is_offered_nowhere(browser: Client) -> None:
    kept, double = (factories.make_actor(name="Synthetic Office") for _ in range(2))
    merge(double, into=kept, by=factories.make_user(Role.EDITOR), note="Synthetic: twice.")

    assert len(choices(browser, "claims.claim", "claimant", "office")) == 1


def test_every_field_to_choose_from_finds_by_words(browser: Client) -> None:
    claim = factories.make_ready_claim(event=factories.make_event(title="Count at the pier"))
    document = factories.make_document(title="A specimen", url=ADDRESS)
    factories.make_topic(name="Harbours", slug="harbours")
    factories.make_source(name="Daily Specimen")

    assert len(choices(browser, "claims.claim", "event", "pie")) == 1
    assert len(choices(browser, "claims.claim", "outlet", "daily specimn")) == 1
    assert len(choices(browser, "claims.citation", "document", "specim")) == 1
    assert len(choices(browser, "claims.citation", "document", ADDRESS)) == 1
    assert len(choices(browser, "claims.citation", "document", document.public_id)) == 1
    assert len(choices(browser, "claims.claimtopic", "topic", "harb")) == 1
    assert len(choices(browser, "sources.passage", "capture", "synthetic art")) == 1
    (label,) = choices(browser, "claims.claimrelation", "other", claim.public_id)
    assert label.startswith(f"{claim.claimant}: Synthetic claim")
    assert label.endswith(f"(reported; unchecked; {claim.public_id})")


def test_a_field_to_choose_from_says_whether_there_are_more(browser: Client) -> None:
    for number in range(21):
        factories.make_actor(name=f"Synthetic Bureau {number:02}")
    query = {"app_label": "claims", "model_name": "claim", "field_name": "claimant"}

    pages = [
        browser.get(reverse("admin:autocomplete"), {**query, "term": "bureau", "page": page}).json()
        for page in (1, 2)
    ]

    assert [page["pagination"]["more"] for page in pages] == [True, False]
    assert [len(page["results"]) for page in pages] == [20, 1]


def test_the_other_lists_are_searched_by_words(browser: Client) -> None:
    factories.make_passage()
    document = factories.make_document(title="A specimen", url=ADDRESS)

    def number(name: str, typed: str) -> int:
        url = reverse(f"admin:{name}_changelist")
        return int(browser.get(url, {"q": typed}).context["cl"].result_count)

    assert number("sources_passage", "mayor exampl") == 1
    assert number("sources_passage", "nobody") == 0
    assert number("sources_document", "gazette.example/2020/boats/?id=7") == 1
    assert number("sources_document", "specim") == 1
    assert number("sources_capture", "synthetic article") == 1
    assert number("sources_capture", document.public_id) == 0
    assert number("sources_actor", "nobody") == 0

"""Who publishes, and by which policies: in the reader's language where that is stated."""

import pytest
from django.test import Client

from claims.publisher import POLICIES, as_organisation
from tests.surfaces.reading import text_of

# No mark of a database: whatever asked it would fail.

STATED = {
    "name": "Synthetic Desk",
    "policies": {
        "corrections": {"en": "We correct.\n\nAt once.", "uk": "Ми виправляємо."},
        "staff": {"en": "Two people <work> here."},
    },
}


@pytest.fixture(autouse=True)
def publisher(settings) -> None:
    settings.PUBLISHER = STATED


def part(address: str, name: str) -> str:
    """The section of one policy."""
    page = Client().get(address).content.decode()
    start = page.index(f'<section aria-labelledby="{name}">')
    return page[start : page.index("</section>", start)]


def test_each_policy_has_an_address_on_the_page():
    page = Client().get("/policies/").content.decode()

    for name in POLICIES:
        assert page.count(f'<h2 id="{name}">') == 1
        assert f'href="#{name}"' in page
    assert "Synthetic Desk publishes these pages and answers for them." in page


def test_what_is_stated_stands_in_its_paragraphs():
    found = part("/policies/", "corrections")

    assert '<div lang="en" dir="ltr">\n<p>We correct.</p>\n<p>At once.</p>\n</div>' in found
    assert "Two people &lt;work&gt; here." in part("/policies/", "staff")


def test_what_is_not_stated_is_said_to_be_not_stated():
    for name in ("ownership", "funding", "complaints"):
        assert "The publisher has not stated this." in part("/policies/", name)
    assert "The publisher has not stated this." not in part("/policies/", "staff")


def test_a_policy_stands_in_the_readers_language_where_it_is_stated_in_it():
    ours, other = part("/uk/policies/", "corrections"), part("/uk/policies/", "staff")

    assert '<div lang="uk" dir="ltr">\n<p>Ми виправляємо.</p>\n</div>' in ours
    assert '<p class="aside">' not in ours
    assert '<div lang="en" dir="ltr">\n<p>Two people' in other
    assert other.count('<p class="aside">') == 1


def test_machines_are_told_the_same_policies_at_the_same_addresses():
    told = as_organisation("https://factcheck.example")

    assert told["correctionsPolicy"] == "https://factcheck.example/policies/#corrections"
    assert told["masthead"] == "https://factcheck.example/policies/#staff"
    assert "ownershipFundingInfo" not in told


def test_page_is_kept_until_the_release_changes():
    response = Client().get("/policies/")

    again = Client().get("/policies/", headers={"If-None-Match": response["ETag"]})

    assert again.status_code == 304
    assert text_of(again).strip() == ""

"""The figures of an event for programs, and which of them can be added up."""

import datetime
from typing import Any

import pytest
from django.test import Client

from claims.api.sums import sum_of
from claims.models import Claim, Event, Measure
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from sources.models import Actor
from tests.claims.mergers import live, merge
from tests.factories import (
    add_figure,
    make_actor,
    make_event,
    make_ready_claim,
    somebody,
    withhold,
)
from tests.surfaces.ledgering import publish

pytestmark = pytest.mark.django_db


def measure_of(event: Event, what: str = "boats") -> Measure:
    measure = Measure.objects.create(
        event=event, what=what, unit="boats", counting="per-period", created_by=somebody()
    )
    measure.refresh_from_db()
    return measure


def counted(measure: Measure, by: Actor, day: int, **values: Any) -> Claim:
    """A published claim with one figure, counted on a day in March."""
    claim = make_ready_claim(event=measure.event, claimant=by)
    on = DateBounds.on(datetime.date(2020, 3, day))
    add_figure(claim, **{"measure": measure, "unit": "", "counted_as_of": on} | values)
    return publish(claim)


def figures_at(event: Event) -> str:
    return f"/api/v1/events/{event.public_id}/figures/"


def test_figure_stands_with_who_said_it_and_both_statuses(reader: Client):
    event, actor = make_event(), make_actor()
    measure = measure_of(event)
    claim = counted(
        measure,
        actor,
        2,
        as_printed="12 to 15 boats",
        qualifier="between",
        low=12,
        best=None,
        high=15,
        period="that day",
    )

    response = reader.get(figures_at(event))

    summary = reader.get(f"/api/v1/claims/?event={event.public_id}").json()["results"][0]
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "next": None,
        "previous": None,
        "results": [
            {
                "figure": claim.figures.get().public_id,
                "claim": claim.public_id,
                "version": 1,
                "seq": summary["seq"],
                "path": summary["path"],
                "speaker": "actor",
                "claimant": {"id": actor.public_id, "name": actor.name},
                "voiced_by": None,
                "outlet": None,
                "said": summary["said"],
                "as_printed": "12 to 15 boats",
                "counts": "boats counted",
                "qualifier": "between",
                "low": "12",
                "best": None,
                "high": "15",
                "unit": "boats",
                "period": "that day",
                "counted_as_of": summary["figures"][0]["counted_as_of"],
                "basis": "claimed",
                "measure": summary["figures"][0]["measure"],
                "attribution_status": "reported",
                "verification_status": "unchecked",
                "as_of": None,
            }
        ],
    }


def test_figures_are_narrowed_and_those_of_gone_claims_left_out(reader: Client):
    event, actor, other = make_event(), make_actor(), make_actor()
    boats, ships = measure_of(event), measure_of(event, "ships")
    first = counted(boats, actor, 2)
    second = counted(ships, other, 3, basis="observed")
    withhold(counted(boats, actor, 4), "retract")

    def found(**query: str) -> list[str]:
        return [one["claim"] for one in reader.get(figures_at(event), query).json()["results"]]

    assert found() == [second.public_id, first.public_id]
    assert found(measure=boats.public_id) == [first.public_id]
    assert found(basis="observed") == [second.public_id]
    assert found(claimant=actor.public_id) == [first.public_id]
    assert found(claimant=actor.public_id, basis="observed") == []
    into = make_actor()
    live(into)
    merge(actor, into)
    assert found(claimant=into.public_id) == [first.public_id]
    assert found(claimant=actor.public_id) == [first.public_id]


def test_pages_of_figures_lead_to_the_end_and_back(reader: Client):
    event = make_event()
    measure = measure_of(event)
    for day in (2, 3):
        claim = make_ready_claim(event=event)
        for position in (1, 2):
            add_figure(claim, measure=measure, position=position, as_printed=f"{day}.{position}")
        publish(claim)
    pages, back = [], []
    address: str | None = f"{figures_at(event)}?page_size=1"
    while address:
        answer = reader.get(address).json()
        pages += [one["as_printed"] for one in answer["results"]]
        last, address = address, answer["next"]
    address = last
    while address:
        answer = reader.get(address).json()
        back += [one["as_printed"] for one in answer["results"]]
        address = answer["previous"]

    assert pages == ["3.1", "3.2", "2.1", "2.2"]
    assert back == pages[::-1]


def test_figures_of_a_merged_event_stand_at_the_other(reader: Client):
    event, into = make_event(), make_event()
    claim = counted(measure_of(event), make_actor(), 2)
    live(into)
    merge(event, into)

    response = reader.get(figures_at(event), {"basis": "claimed"})

    assert response.status_code == 307
    assert response["Location"] == f"http://testserver{figures_at(into)}?basis=claimed"
    [told] = reader.get(response["Location"]).json()["results"]
    assert told["claim"] == claim.public_id


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"measure": "x"}, "measure"),
        ({"basis": "guessed"}, "basis"),
        ({"claimant": "x"}, "claimant"),
        ({"sum": "yes"}, "sum"),
        ({"cursor": "x"}, "cursor"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_value_is_refused_by_its_parameter(
    reader: Client, query: dict[str, str], parameter: str
):
    response = reader.get("/api/v1/events/zzzzzzzzzz/figures/", query)

    # An event that is not there is not there, whatever is asked for it.
    assert response.status_code in (400, 404)
    event = make_event()
    live(event)
    response = reader.get(figures_at(event), query)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


# Sums


def test_figures_that_are_alike_are_added_up(reader: Client):
    event, actor = make_event(), make_actor()
    measure = measure_of(event)
    counted(measure, actor, 2, best=12)
    counted(measure, actor, 3, qualifier="between", low=3, best=None, high=5)
    counted(measure, make_actor(), 3, best=100)
    alike = {"measure": measure.public_id, "basis": "claimed", "claimant": actor.public_id}

    answer = reader.get(figures_at(event), {**alike, "sum": "true"}).json()

    assert (answer["sum"]["low"], answer["sum"]["high"]) == ("15", "17")
    assert (answer["sum"]["figures"], answer["sum"]["unit"]) == (2, "boats")
    assert len(answer["results"]) == 2


@pytest.mark.parametrize("missing", ["measure", "basis", "claimant"])
def test_sum_of_unlike_figures_is_refused_in_words(reader: Client, missing: str):
    event, actor = make_event(), make_actor()
    measure = measure_of(event)
    counted(measure, actor, 2)
    alike = {"measure": measure.public_id, "basis": "claimed", "claimant": actor.public_id}
    del alike[missing]

    response = reader.get(figures_at(event), {**alike, "sum": "true"})

    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["parameter"] == "sum"
    assert error["detail"].startswith("These figures cannot be added up: ")
    assert error["detail"].endswith(f" Ask for one {missing}.")


def figure(day: int = 2, **values: Any) -> dict[str, Any]:
    """A figure as the list has it."""
    on = f"2020-03-0{day}"
    return {
        "as_printed": f"{day} boats",
        "low": None,
        "best": "12",
        "high": None,
        "unit": "boats",
        "period": "that day",
        "counted_as_of": {"not_before": on, "not_after": on},
        "measure": {"id": "m", "counting": "per-period"},
        "attribution_status": "reported",
    } | values


THREE_DAYS = {"not_before": "2020-03-01", "not_after": "2020-03-03"}
ALIKE = {"measure": "m", "basis": "claimed", "claimant": "c"}


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([], "there are none."),
        ([figure(2), figure(2)], "“2 boats” and “2 boats” may count the same days."),
        (
            [
                figure(3),
                figure(2, counted_as_of={"not_before": "2020-03-01", "not_after": "2020-03-03"}),
            ],
            "“2 boats” and “3 boats” may count the same days.",
        ),
        (
            [figure(2, counted_as_of=None)],
            "it is not established for which days “2 boats” counts, so it may overlap with others.",
        ),
        ([figure(2), figure(3, unit="ships")], "they are in different units."),
        (
            [figure(2), figure(3, period="that week")],
            "they count over periods of different kinds, as their words say.",
        ),
        ([figure(2, best=None, as_printed="dozens")], "“dozens” gives no number."),
        (
            [figure(2, attribution_status="fabricated")],
            "one of them was not said by this claimant.",
        ),
        (
            [figure(2, measure={"id": "m", "counting": "cumulative"})],
            "this measure counts from the beginning on, so that each figure contains the earlier"
            " ones. The newest is the whole.",
        ),
        ([figure(2)] * 4, "there are more than 3 of them."),
    ],
)
def test_why_figures_are_not_added_up(figures: list[dict[str, Any]], reason: str):
    with pytest.raises(InvalidInput) as refusal:
        sum_of(figures, ALIKE, most=3)

    assert refusal.value.errors[0].message == f"These figures cannot be added up: {reason}"


def test_sum_is_open_where_one_figure_is():
    at_least = figure(3, best=None, low="10.5", qualifier="at-least")

    told = sum_of([figure(2), at_least], ALIKE, most=3)

    assert (told["low"], told["high"]) == ("22.5", None)

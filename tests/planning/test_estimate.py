"""The estimate: wide where nothing is known, narrower with a trial's times, and what if by other people and overlap."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Update, select, update

from guiju.annotations import annotation_table, annotator_table
from guiju.briefs import Plan, parse_brief, render_brief, save_brief
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.planning.estimate import Asked, Basis, Pace, Spread, WhatIf, estimate, estimate_project
from guiju.planning.estimate.rules import last_day
from guiju.projects import ProjectNotFound
from guiju.samples.documents import brief_text
from tests.annotations.moving import bring_rows, publish_labels
from tests.support.cast import Cast

MONDAY = date(2027, 3, 1)
ASKED = Asked(Spread(3600, 3600, 3600), 2, 4, 5, 5, MONDAY, seconds=30, price=0.5, planned_overlap=2)
ALIKE, UNALIKE = [Pace(60, 30.0)] * 4, [Pace(60, 10.0), Pace(60, 30.0), Pace(60, 90.0)]


def test_the_arithmetic_of_a_plain_case() -> None:
    """3,600 × 2 × 30 s = 60 h, a tenth again, and 60 trial items for each of four people: 2 h."""
    found = estimate(ASKED)
    assert found is not None
    assert found.basis is Basis.BRIEF
    assert (round(found.hours.point, 1), round(found.days.point, 1)) == (68.0, 3.4)
    assert found.done[1] == date(2027, 3, 4)
    assert found.cost == Spread(1800, 1800, 1800)


def _width(found: Any) -> float:
    return found.hours.high / found.hours.low


def test_the_less_is_known_the_wider_the_interval() -> None:
    trial = estimate(ASKED, ALIKE)
    past, brief, trade = estimate(ASKED, (), ALIKE), estimate(ASKED), estimate(replace(ASKED, is_usual=True))
    widths = [_width(each) for each in (trial, past, brief, trade)]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4


def test_a_trial_takes_the_place_of_the_guess_and_says_from_how_many() -> None:
    found = estimate(ASKED, [Pace(60, 60.0), Pace(40, 60.0)], [Pace(9, 1.0)])
    assert found is not None
    assert (found.basis, found.answers, found.annotators) == (Basis.TRIAL, 100, 2)
    assert round(found.seconds.point, 6) == 60


def test_people_who_differ_make_it_wider_and_one_person_promises_little() -> None:
    assert _width(estimate(ASKED, UNALIKE)) > _width(estimate(ASKED, ALIKE))
    assert _width(estimate(ASKED, ALIKE[:1])) > _width(estimate(ASKED, ALIKE))


def test_a_range_of_volume_widens_hours_and_cost() -> None:
    found = estimate(replace(ASKED, volume=Spread(3000, 3600, 4200)))
    assert found is not None
    assert _width(found) > _width(estimate(ASKED))
    assert found.cost == Spread(1500, 1800, 2100)


def test_where_nothing_says_how_long_an_item_takes_nothing_is_promised() -> None:
    assert estimate(replace(ASKED, seconds=None)) is None


@pytest.mark.parametrize(
    ("start", "days", "week", "last"),
    [
        (MONDAY, 1, 5, MONDAY),
        (MONDAY, 5, 5, date(2027, 3, 5)),
        (MONDAY, 5.1, 5, date(2027, 3, 8)),
        (date(2027, 3, 6), 1, 5, date(2027, 3, 8)),
        (date(2027, 3, 4), 7, 5, date(2027, 3, 12)),
        (MONDAY, 7, 7, date(2027, 3, 7)),
    ],
)
def test_weekends_are_no_days_of_work(start: date, days: float, week: float, last: date) -> None:
    assert last_day(start, days, week) == last


def _write(cast: Cast, project: int, **plan: Any) -> None:
    brief = replace(parse_brief(brief_text("steel")), plan=Plan(**plan), trade="inspection")
    save_brief(cast.house, cast.zhou, project, document=render_brief(brief), started_from=None, request_id=new_id())


def test_an_estimate_lacks_by_name_what_it_cannot_do_without(cast: Cast) -> None:
    assert estimate_project(cast.house, cast.zhou, cast.project).lacks == "brief"
    _write(cast, cast.project)
    seen = estimate_project(cast.house, cast.zhou, cast.project)
    assert seen.found is not None
    assert seen.found.basis is Basis.TRADE


def test_what_if_changes_people_and_overlap_alone(cast: Cast) -> None:
    _write(cast, cast.project, people=2, seconds=36.0)
    plain = estimate_project(cast.house, cast.zhou, cast.project).found
    more = estimate_project(cast.house, cast.zhou, cast.project, WhatIf(people=4, overlap=2)).found
    assert plain is not None
    assert more is not None
    assert more.days.point < plain.days.point * 1.1
    assert more.cost == (plain.cost.times(2) if plain.cost else None)


def test_annotators_and_strangers_see_no_cost(cast: Cast) -> None:
    _write(cast, cast.project)
    with pytest.raises(NotAllowed):
        estimate_project(cast.house, cast.alice, cast.project)
    with pytest.raises(ProjectNotFound):
        estimate_project(cast.house, cast.mallory, cast.project)


def test_the_page_and_the_route_say_the_same(client: Any, cast: Cast) -> None:
    _write(cast, cast.project, people=3, seconds=36.0)
    cast.sign_in(client, "lin")
    told = client.get(f"/api/v1/projects/{cast.project}/estimate?people=5").json()
    assert (told["basis"], told["people"], told["overlap"]) == ("brief", 5, 1)
    page = client.get(f"/projects/{cast.project}/estimate?people=5&lang=en").text
    assert told["done"][1] in page
    assert f"{told['cost'][1]:,.0f}" in page
    assert client.get(f"/projects/{cast.project}/estimate?people=x&overlap=-3").status_code == 200
    assert client.get(f"/api/v1/projects/{cast.project}/estimate?people=0").status_code == 400


def _spend(cast: Cast, seconds: dict[str, float]) -> None:
    """Each annotator's answers took so long: an imported trial says it only where its file did."""
    ids = select(annotator_table.c.name, annotator_table.c.id)
    with cast.house.reading() as connection:
        known = {row.name: row.id for row in connection.execute(ids)}
    for name, spent in seconds.items():
        mine = update(annotation_table).where(annotation_table.c.annotator_id == known[name])
        _run(cast, mine.values(active_ms=int(spent * 1000)))


def _run(cast: Cast, statement: Update) -> None:
    cast.house.write(lambda tx: tx.execute(statement))


def test_a_trial_s_own_times_take_the_guess_s_place(cast: Cast, tmp_path: Path) -> None:
    _write(cast, cast.project, seconds=5.0)
    publish_labels(cast, "choice", ["yes", "no"])
    bring_rows(cast, tmp_path, [f"m{n},{who},yes" for n in range(5) for who in ("ann", "ben")])
    _spend(cast, {"ann": 30, "ben": 60})
    seen = estimate_project(cast.house, cast.zhou, cast.project).found
    assert seen is not None
    assert (seen.basis, seen.annotators, seen.answers) == (Basis.TRIAL, 2, 10)
    assert round(seen.seconds.point, 1) == round((30 * 60) ** 0.5, 1)
    _spend(cast, {"ben": 7200})
    alone = estimate_project(cast.house, cast.zhou, cast.project).found
    assert alone is not None
    assert alone.annotators == 1, "a lunch is no answer"


def test_earlier_trials_of_the_trade_serve_the_next_project_of_whoever_may_see_them(cast: Cast, tmp_path: Path) -> None:
    _write(cast, cast.project, seconds=5.0)
    publish_labels(cast, "choice", ["yes", "no"])
    bring_rows(cast, tmp_path, [f"m{n},{who},yes" for n in range(5) for who in ("ann", "ben")])
    _spend(cast, {"ann": 40, "ben": 40})
    second = cast.another_project()
    _write(cast, second, seconds=5.0)
    seen = estimate_project(cast.house, cast.zhou, second).found
    assert seen is not None
    assert (seen.basis, round(seen.seconds.point)) == (Basis.PAST, 40)

"""Inspectors are measured by a second, blind look at part of each sample."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.cli.lot import app as lot_cli
from guiju.inspection import LotState, NotOwnWork, Outcome, decide_lot, draw_lot, get_lot, judge, list_lots
from guiju.inspection.bench.actions import lay_before, tally_lot
from guiju.inspection.causes import By, weigh_causes
from guiju.inspection.seconds import (
    follow_inspector,
    list_disagreements,
    measure_inspectors,
    rule_disagreement,
    set_share,
)
from guiju.inspection.seconds.errors import (
    InspectorNotFound,
    LookGiven,
    NoDisagreement,
    RulesOnOwnLook,
    RulingUnsaid,
    ShareImpossible,
    TooFewInspectors,
)
from guiju.inspection.seconds.model import BETTER, STEADY, WORSE, Look
from guiju.inspection.seconds.rules import course_of, pick_places, rate_firsts, rate_people
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, set_member
from guiju.storage import Actor, pump
from guiju.web.subscribers import SUBSCRIBERS
from tests.inspection.build import DEFECT, PASS, Made, judge_all, make_texts
from tests.support.cast import Cast

BAD, GOOD = Outcome.DEFECT, Outcome.PASS


def drawn(cast: Cast, percent: int = 100, aql: str = "10") -> tuple[Made, int, list[int]]:
    """A lot of which so much is judged twice: bob is the second inspector, xing rules. Its sample's items."""
    made = make_texts(cast, 20)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.bob.id, roles=Role.INSPECTOR)
    set_share(cast.house, cast.zhou, made.project, percent, request_id=new_id())
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql=aql)
    pump(cast.house.database, SUBSCRIBERS)
    return made, lot, [place.item_id for place in get_lot(cast.house, cast.zhou, made.project, lot).sample]


def seen_by(cast: Cast, who: Actor, made: Made, lot: int) -> list[Outcome | None]:
    sample = get_lot(cast.house, who, made.project, lot).sample
    return [place.verdict.finding.outcome if place.verdict else None for place in sample]


def test_the_second_sees_nothing_of_the_first_and_the_first_nothing_of_the_second(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    made, lot, items = drawn(cast)
    judge_all(cast, made.project, lot, defects=2)
    n = len(items)
    assert seen_by(cast, cast.bob, made, lot) == [None] * n
    assert seen_by(cast, cast.hu, made, lot) == [BAD, BAD, *[GOOD] * (n - 2)]
    laid = lay_before(cast.house, cast.bob, made.project, lot, rulebook_id=made.rulebook, want=20)
    assert {(each.place.item_id, each.place.verdict) for each in laid} == {(item, None) for item in items}
    assert tally_lot(cast.house, cast.bob, made.project, lot).judged == 0
    [row] = list_lots(cast.house, cast.bob, made.project).rows
    assert (row.tally.judged, row.tally.defective) == (0, 0)
    assert weigh_causes(cast.house, cast.bob, made.project, By.TYPE).causes == ()
    cast.sign_in(client, "bob")
    for path in (f"lots/{lot}", f"lots/{lot}/sample", f"lots/{lot}/sample/{items[0]}", "causes", "lots", "disputes"):
        told = client.get(f"/api/v1/projects/{made.project}/{path}")
        assert told.status_code == 200
        assert "wrong-label" not in told.text, path
        assert '"defective":2' not in told.text, path
    for item in items:
        judge(cast.house, cast.bob, made.project, lot, item, new_id(), PASS, seen=0)
    assert seen_by(cast, cast.hu, made, lot) == [BAD, BAD, *[GOOD] * (n - 2)]
    assert seen_by(cast, cast.bob, made, lot) == [GOOD] * n
    assert get_lot(cast.house, cast.zhou, made.project, lot).tally.defective == 2


def test_a_share_of_the_sample_is_picked_by_a_seed_and_the_rest_is_seen_by_all(cast: Cast) -> None:
    made, lot, items = drawn(cast, 40)
    judge_all(cast, made.project, lot)
    assert seen_by(cast, cast.bob, made, lot).count(None) == 2
    assert pick_places(items, 40, "seed") == pick_places(items, 40, "seed")
    assert (pick_places(items, 0, "seed"), len(pick_places(items, 1, "seed"))) == ([], 1)
    assert sorted(pick_places(items, 100, "seed")) == sorted(items)


def test_a_disagreement_is_ruled_on_by_a_third_and_the_verdict_says_what_is_right(cast: Cast) -> None:
    made, lot, items = drawn(cast)
    judge_all(cast, made.project, lot, defects=1)
    judge(cast.house, cast.bob, made.project, lot, items[0], new_id(), PASS)
    judge(cast.house, cast.bob, made.project, lot, items[1], new_id(), DEFECT)
    judge(cast.house, cast.bob, made.project, lot, items[2], new_id(), PASS)
    with pytest.raises(LookGiven):
        judge(cast.house, cast.bob, made.project, lot, items[2], new_id(), DEFECT)

    def rule(who: Actor, item: int, *, defect: bool, text: str = "第二句才算。") -> Outcome:
        told: dict[str, Any] = {"request_id": new_id(), "defect": defect, "text": text}
        return rule_disagreement(cast.house, who, made.project, lot, item, **told)

    assert [one.item_id for one in list_disagreements(cast.house, cast.xing, made.project)] == items[:2]
    with pytest.raises(RulingUnsaid):
        rule(cast.xing, items[0], defect=True, text=" ")
    with pytest.raises(NotAllowed):
        rule(cast.hu, items[0], defect=True)
    with pytest.raises(NoDisagreement):
        rule(cast.xing, items[2], defect=True)
    assert rule(cast.xing, items[0], defect=False) is GOOD
    assert rule(cast.xing, items[1], defect=True) is BAD
    with pytest.raises(NoDisagreement):
        rule(cast.xing, items[1], defect=True)
    report = get_lot(cast.house, cast.zhou, made.project, lot)
    assert [place.verdict.finding.outcome for place in report.sample[:3] if place.verdict] == [GOOD, BAD, GOOD]
    measured = measure_inspectors(cast.house, cast.zhou, made.project)
    told = {one.name: (one.hits.x, one.hits.n, one.alarms.x, one.alarms.n) for one in measured.people}
    assert told == {"Bob": (1, 1, 0, 2), "Hu": (0, 1, 1, 2)}
    assert (measured.found.x, measured.found.n, measured.looked) == (1, len(items), 3)
    assert measured.corrected is None
    assert measured.why is not None


def test_who_judged_does_not_rule_and_nobody_judges_their_own_work(cast: Cast) -> None:
    made, lot, items = drawn(cast)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.alice.id, roles=Role.ANNOTATOR | Role.INSPECTOR)
    judge_all(cast, made.project, lot)
    with pytest.raises(NotOwnWork):
        judge(cast.house, cast.alice, made.project, lot, items[0], new_id(), DEFECT)
    judge(cast.house, cast.xing, made.project, lot, items[0], new_id(), DEFECT)
    assert list_disagreements(cast.house, cast.xing, made.project) == []
    with pytest.raises(RulesOnOwnLook):
        rule_disagreement(
            cast.house, cast.xing, made.project, lot, items[0], request_id=new_id(), defect=True, text="是缺陷"
        )


def test_a_lot_is_decided_without_waiting_and_its_places_are_still_looked_at(cast: Cast) -> None:
    made, lot, items = drawn(cast)
    judge_all(cast, made.project, lot)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED
    laid = lay_before(cast.house, cast.bob, made.project, lot, rulebook_id=made.rulebook, want=20)
    assert len(laid) == len(items)
    judge(cast.house, cast.bob, made.project, lot, items[0], new_id(), PASS, seen=0)
    assert measure_inspectors(cast.house, cast.zhou, made.project).looked == 1


def test_the_share_is_the_trainers_and_takes_two_inspectors(cast: Cast, client: TestClient[Litestar]) -> None:
    for wrong in (-1, 101):
        with pytest.raises(ShareImpossible):
            set_share(cast.house, cast.zhou, cast.project, wrong, request_id=new_id())
    with pytest.raises(NotAllowed):
        set_share(cast.house, cast.hu, cast.project, 10, request_id=new_id())
    with pytest.raises(ProjectNotFound):
        measure_inspectors(cast.house, cast.mallory, cast.project)
    set_member(cast.house, cast.zhou, cast.project, account_id=cast.xing.id, roles=Role.REQUESTER)
    with pytest.raises(TooFewInspectors):
        set_share(cast.house, cast.zhou, cast.project, 10, request_id=new_id())
    headers, home = cast.sign_in(client, "zhou"), f"/projects/{cast.project}/inspectors"
    assert client.get(home).status_code == 200
    off = client.post(home, data={"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "percent": "0"})
    assert off.status_code == 200
    assert client.get(f"/api/v1{home}").json()["percent"] == 0
    house = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json"]
    answer = CliRunner().invoke(lot_cli, ["inspectors", str(cast.project), *house], catch_exceptions=False)
    assert msgspec.json.decode(answer.output)["percent"] == 0


def test_hits_and_false_alarms_are_counted_against_what_both_say_or_was_ruled() -> None:
    looks = [
        Look(1, 1, 7, BAD, 8, BAD, None),
        Look(1, 2, 7, GOOD, 8, BAD, BAD),
        Look(1, 3, 8, GOOD, 7, GOOD, None),
        Look(1, 4, 7, BAD, 8, GOOD, GOOD),
        Look(1, 5, 7, BAD, 8, GOOD, None),
    ]
    seven, eight = rate_people(looks, {7: "a", 8: "b"})
    assert [(one.x, one.n) for one in (seven.hits, seven.alarms, eight.hits, eight.alarms)] == [
        (1, 2),
        (1, 2),
        (2, 2),
        (0, 2),
    ]
    hits, passes = rate_firsts(looks)
    assert [(hits.x, hits.n), (passes.x, passes.n)] == [(1, 2), (1, 2)]


WEEK = 7 * 86_400 * 10**6


def weekly(*agreed: tuple[int, int]) -> list[Look]:
    """Each week so many looks on which 7 and 8 say the same, and so many on which 7 missed a defect."""
    says = [(week, right) for week, (same, other) in enumerate(agreed) for right in [True] * same + [False] * other]
    return [
        Look(1, n, 7, BAD if right else GOOD, 8, BAD, BAD, at=(week + 2) * WEEK) for n, (week, right) in enumerate(says)
    ]


def test_an_inspector_is_followed_week_by_week_with_intervals() -> None:
    course = course_of(7, weekly((3, 1), (4, 0)), {7: "a", 8: "b"}, partners=True)
    assert [(one.looked, one.agreed.x, one.missed.x, one.missed.n, one.alarms.n) for one in course.weeks] == [
        (4, 3, 1, 4, 0),
        (4, 4, 0, 4, 0),
    ]
    assert (course.whole.agreed.x, course.whole.agreed.n, course.trend) == (7, 8, None)
    assert course.whole.agreed.interval.low < 7 / 8 < course.whole.agreed.interval.high
    assert [(name, rate.n) for name, rate in course.partners] == [("b", 8)]
    assert course_of(8, weekly((3, 1)), {}, partners=False).partners == ()
    assert course_of(8, weekly((3, 1)), {}, partners=False).whole.missed.x == 0


@pytest.mark.parametrize(
    ("agreed", "says"), [(((2, 18), (18, 2)), BETTER), (((18, 2), (2, 18)), WORSE), (((9, 1), (8, 2)), STEADY)]
)
def test_a_trend_is_told_only_beyond_what_chance_explains(agreed: tuple[tuple[int, int], ...], says: str) -> None:
    trend = course_of(7, weekly(*agreed), {}, partners=False).trend
    assert trend
    assert trend.sentence == says


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_an_inspectors_page_is_for_themselves_and_for_who_answers_for_the_inspection(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    made, lot, items = drawn(cast)
    judge_all(cast, made.project, lot, defects=1)
    for item in items[:3]:
        judge(cast.house, cast.bob, made.project, lot, item, new_id(), PASS)
    course = follow_inspector(cast.house, cast.zhou, made.project, cast.hu.id)
    assert (course.whole.looked, course.whole.agreed.x, course.partners[0][0]) == (3, 2, "Bob")
    assert follow_inspector(cast.house, cast.xing, made.project, cast.hu.id).whole == course.whole
    assert follow_inspector(cast.house, cast.hu, made.project, cast.hu.id).partners == ()
    for who, whom, refused in (
        (cast.bob, cast.hu, NotAllowed),
        (cast.lin, cast.hu, NotAllowed),
        (cast.mallory, cast.hu, ProjectNotFound),
        (cast.zhou, cast.alice, InspectorNotFound),
    ):
        with pytest.raises(refused):
            follow_inspector(cast.house, who, made.project, whom.id)
    cast.sign_in(client, "hu")
    home = f"/projects/{made.project}/inspectors/{cast.hu.id}"
    assert "2/3" in client.get(home).text
    told = client.get(f"/api/v1{home}").json()
    assert (told["whole"]["agreed"]["x"], told["weeks"][0]["looked"], told["partners"]) == (2, 3, [])
    house = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json"]
    words = ["inspector", str(made.project), "--person", "Hu", *house]
    answer = CliRunner().invoke(lot_cli, words, catch_exceptions=False)
    assert msgspec.json.decode(answer.output)["account"] == cast.hu.id

"""What inspection teaches of the work: causes by weight, and charts of people and labels."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.cli.lot import app as lot_cli
from guiju.inspection import Finding, decide_lot, draw_lot, get_lot, judge, resubmit_lot
from guiju.inspection.causes import By, Of, Where, chart_shares, list_defective, weigh_causes
from guiju.inspection.causes.model import Cause, Place
from guiju.inspection.causes.rules import chart_of, draw_chart, draw_pareto, labels_concerned
from guiju.inspection.disputes import DisputeRuling, raise_dispute, rule_dispute
from guiju.inspection.model import DefectType, Weight
from guiju.kinds import Box, Boxes
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, set_member
from tests.inspection.build import DEFECT, PASS, Made, choice, import_texts, judge_all, make_texts, resolve_all, rework
from tests.support.cast import Cast


def some_lot(cast: Cast, made: Made, findings: list[Finding], *, decided: bool = True) -> tuple[int, list[int]]:
    """A lot of what waits whose first places are found so, the others passed; the lot and its sample's items."""
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    items = [place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample]
    for n, item in enumerate(items):
        judge(cast.house, cast.hu, made.project, lot, item, new_id(), findings[n] if n < len(findings) else PASS)
    if decided:
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    return lot, items


def more(cast: Cast, made: Made, count: int) -> None:
    """Further items, all labelled a by alice."""
    found = import_texts(cast, made.project, (new_id() for _ in range(count)))
    items = [each for each in found if each not in made.items]
    made.items.extend(items)
    said = {item: choice("a") for item in items}
    resolve_all(cast.house, cast.alice, made.project, made.rulebook, said, made.round)


def test_causes_are_weighed_by_type_clause_severity_label_and_person(cast: Cast) -> None:
    made = make_texts(cast, 20)
    minor = Finding(DEFECT.outcome, DefectType.WRONG_LABEL, Weight.MINOR)
    some_lot(cast, made, [DEFECT, DEFECT, minor], decided=False)

    def told(by: By) -> list[tuple[str, int]]:
        return [(one.key, one.count) for one in weigh_causes(cast.house, cast.zhou, made.project, by).causes]

    assert told(By.TYPE) == [("wrong-label", 3)]
    assert told(By.CLAUSE) == [("C1", 2), ("-", 1)]
    assert told(By.SEVERITY) == [("major", 2), ("minor", 1)]
    assert sum(n for _, n in told(By.LABEL)) == 3
    [alice] = weigh_causes(cast.house, cast.zhou, made.project, By.ANNOTATOR).causes
    assert (alice.count, alice.judged, alice.worded) == (3, 5, False)
    assert alice.interval is not None
    assert alice.interval.low < 3 / 5 < alice.interval.high


def test_a_withdrawn_defect_is_in_no_bar_and_each_bar_leads_to_its_rows(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot, items = some_lot(cast, made, [DEFECT, DEFECT], decided=False)
    number = raise_dispute(cast.house, cast.alice, made.project, lot, items[0], request_id=new_id(), reason="不是")
    rule_dispute(
        cast.house, cast.xing, made.project, number, DisputeRuling(True, "第二句问的是运费。"), request_id=new_id()
    )
    assert weigh_causes(cast.house, cast.zhou, made.project, By.CLAUSE).defects == 1
    for by, key in ((By.CLAUSE, "C1"), (By.TYPE, "wrong-label"), (By.SEVERITY, "major")):
        rows = list_defective(cast.house, cast.zhou, made.project, by, key).rows
        assert [row.item_id for row in rows] == [items[1]]
    [label] = [one.key for one in weigh_causes(cast.house, cast.zhou, made.project, By.LABEL).causes]
    assert [row.item_id for row in list_defective(cast.house, cast.zhou, made.project, By.LABEL, label).rows] == [
        items[1]
    ]
    assert list_defective(cast.house, cast.zhou, made.project, By.CLAUSE, "C9").rows == []


def test_causes_are_filtered_by_lot_round_and_time(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot, _ = some_lot(cast, made, [DEFECT], decided=False)
    now = cast.house.clock()

    def defects(where: Where) -> int:
        return weigh_causes(cast.house, cast.zhou, made.project, By.TYPE, where).defects

    assert [defects(Where(lot_id=lot)), defects(Where(lot_id=lot + 1))] == [1, 0]
    assert [defects(Where(round_id=made.round)), defects(Where(round_id=made.round + 99))] == [1, 0]
    assert [defects(Where(since=now + 1)), defects(Where(until=now + 1)), defects(Where(until=1))] == [0, 1, 0]


def test_charts_take_first_inspections_that_were_decided_alone(cast: Cast) -> None:
    made = make_texts(cast, 20)
    first, _ = some_lot(cast, made, [DEFECT] * 5)
    assert chart_shares(cast.house, cast.zhou, made.project, Of.ANNOTATOR) == []
    rework(cast, made, made.items)
    again = resubmit_lot(cast.house, cast.zhou, made.project, first, new_id())
    judge_all(cast, made.project, again)
    decide_lot(cast.house, cast.zhou, made.project, again, new_id())
    more(cast, made, 20)
    second, _ = some_lot(cast, made, [DEFECT])
    more(cast, made, 20)
    some_lot(cast, made, [], decided=False)
    [alice] = chart_shares(cast.house, cast.zhou, made.project, Of.ANNOTATOR)
    assert [(p.lot_id, p.judged, p.defective) for p in alice.places] == [(first, 5, 5), (second, 5, 1)]
    labels = chart_shares(cast.house, cast.zhou, made.project, Of.LABEL)
    assert {one.key for one in labels} == {"a"}


def test_a_chart_by_label_counts_what_the_correction_changes() -> None:
    drawn = {"objects": Boxes((Box("b0", "a", 1, 1, 9, 9), Box("b1", "b", 20, 20, 9, 9)))}
    fewer = {"objects": Boxes((Box("b0", "a", 1, 1, 9, 9),))}
    moved = {"objects": Boxes((Box("b0", "a", 3, 3, 9, 9), Box("b1", "b", 20, 20, 9, 9)))}
    assert labels_concerned(drawn, fewer) == {"b"}
    assert labels_concerned(drawn, moved) == {"a", "b"}
    assert labels_concerned(drawn, None) == {"a", "b"}
    assert labels_concerned(choice("a"), choice("b")) == {"a", "b"}


def test_a_picture_has_a_bar_for_each_of_twelve_causes_and_one_for_the_rest() -> None:
    causes = [Cause(str(n), {"en": str(n)}, False, 1, 1 / 15, (n + 1) / 15) for n in range(15)]
    bars = draw_pareto(causes)
    assert len(bars) == 12
    assert bars[-1].cause is None
    assert (bars[0].height, bars[-1].line) == (pytest.approx(158 / 15), 14.0)
    assert len(draw_pareto(causes[:12])) == 12
    charted = chart_of("a", {"en": "a"}, [Place(n, n, 50, 4 if n else 12) for n in range(6)])
    assert charted is not None
    drawn = draw_chart(charted)
    assert all(14 <= point.y <= 172 for point in drawn.points)
    assert [point.place.lot_id for point in drawn.points if point.signals] == [0]


def test_annotators_and_strangers_see_neither(cast: Cast) -> None:
    made = make_texts(cast, 20)
    set_member(cast.house, cast.zhou, made.project, account_id=cast.bob.id, roles=Role.ANNOTATOR)
    with pytest.raises(NotAllowed):
        weigh_causes(cast.house, cast.bob, made.project, By.TYPE)
    with pytest.raises(NotAllowed):
        chart_shares(cast.house, cast.bob, made.project, Of.LABEL)
    with pytest.raises(ProjectNotFound):
        list_defective(cast.house, cast.mallory, made.project, By.TYPE, "missed")


def test_pages_routes_and_commands_tell_the_same(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 20)
    lot, items = some_lot(cast, made, [DEFECT])
    more(cast, made, 20)
    some_lot(cast, made, [DEFECT])
    cast.sign_in(client, "zhou")
    home = f"/projects/{made.project}"
    assert f"/items/{items[0]}" in client.get(f"{home}/causes?by=clause&of=C1").text
    odd = client.get(f"{home}/causes?by=nonsense&lot={lot}&since=2020-01-01&until=9999-12-31")
    assert odd.status_code == 200
    assert f"{home}/lots/{lot}" in client.get(f"{home}/control").text
    assert client.get(f"{home}/control?of=label").status_code == 200
    told = client.get(f"/api/v1{home}/causes?by=clause&of=C1").json()
    assert [(one["cause"], one["count"]) for one in told["causes"]] == [("C1", 2)]
    assert len(told["rows"]) == 2
    wrong = client.get(f"/api/v1{home}/causes?since=yesterday")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad-moment")
    unknown = client.get(f"/api/v1{home}/causes?by=annotator&of=alice")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "cause-unknown")
    [chart] = client.get(f"/api/v1{home}/control").json()["charts"]
    assert [point["defective"] for point in chart["points"]] == [1, 1]

    def run(*words: object) -> Any:
        house = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json"]
        answer = CliRunner().invoke(lot_cli, [*map(str, words), *house], catch_exceptions=False)
        return msgspec.json.decode(answer.output)

    assert run("causes", made.project, "--by", "clause")["causes"] == told["causes"]
    assert run("control", made.project) == [chart]

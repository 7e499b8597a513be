"""Lots as they are drawn: by any plan, by source, day and size, group by group, and provably not by hand."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from guiju.briefs import Sampling
from guiju.cli.lot import app as lot_cli
from guiju.inspection import (
    Finding,
    LotChanged,
    LotState,
    NothingToInspect,
    Outcome,
    Pool,
    Split,
    Strictness,
    Terms,
    Weight,
    decide_lot,
    draw_from,
    draw_lots,
    drawing,
    export_entries,
    get_lot,
    judge,
    list_lot_items,
    list_lots,
    look_at,
    preview_lot,
    prove_lot,
    resubmit_lot,
)
from guiju.inspection.bench.actions import lay_before
from guiju.inspection.errors import TooManyLots, UnknownDay
from guiju.inspection.model import DefectType
from guiju.inspection.proof import Check
from guiju.inspection.strata import By, Share, Stratify
from guiju.inspection.strata.errors import StrataMissing, StrataNeedOneSample, TooManyStrata
from guiju.inspection.streams import list_streams
from guiju.inspection.tables import lot_entry
from guiju.inspection.unfolding import JOBS as LOT_JOBS
from guiju.inspection.unfolding import actions as pages
from guiju.inspection.unfolding.store import count_pages
from guiju.kit import day_of, new_id
from guiju.projects import ProjectNotFound
from guiju.storage import Tx, work_jobs
from tests.inspection.build import (
    DEFECT,
    PASS,
    Made,
    choice,
    import_texts,
    judge_all,
    make_texts,
    publish,
    resolve_all,
    rework,
    sign_a_brief,
)
from tests.support.cast import Cast

Client = TestClient[Litestar]
BY_LABEL = Stratify(By.LABEL, Share.EQUAL)


def draw(cast: Cast, made: Made, **told: object) -> int:
    terms = Terms(**{"aql": "1.0", **told})  # pyright: ignore[reportArgumentType]
    return draw_from(cast.house, cast.zhou, Pool(made.project), new_id(), terms)


def judge_next(cast: Cast, made: Made, lot: int, finding: Finding = PASS) -> int:
    """hu judges what is laid before them; returns the place."""
    look = look_at(cast.house, cast.hu, made.project, lot)
    assert look is not None
    judge(cast.house, cast.hu, made.project, lot, look.place.item_id, new_id(), finding)
    return look.place.place


def test_a_sequential_lot_ends_as_soon_as_the_passes_are_enough(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = draw(cast, made, sampling=Sampling.SEQUENTIAL, good=0.01, poor=0.2)
    enough = get_lot(cast.house, cast.hu, made.project, lot).tally.left
    places = [judge_next(cast, made, lot) for _ in range(enough)]
    assert places == list(range(1, enough + 1))
    assert look_at(cast.house, cast.hu, made.project, lot) is None
    assert lay_before(cast.house, cast.hu, made.project, lot, rulebook_id=made.rulebook, want=5) == []
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED
    assert enough < get_lot(cast.house, cast.hu, made.project, lot).lot.plan.n


def test_a_double_plan_lays_the_second_sample_before_the_inspector_only_when_it_is_needed(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = draw(cast, made, sampling=Sampling.DOUBLE, aql="4.0")
    first = get_lot(cast.house, cast.hu, made.project, lot).lot.plan.stages[0].n
    judge_next(cast, made, lot, DEFECT)
    for _ in range(first - 1):
        judge_next(cast, made, lot)
    report = get_lot(cast.house, cast.hu, made.project, lot)
    assert (report.standing.stage, report.tally.left) == (2, first)
    assert judge_next(cast, made, lot) == first + 1


def test_one_critical_defect_rejects_a_lot_whatever_its_aql_bears(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = draw(cast, made, aql="10")
    judge_next(cast, made, lot, Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.CRITICAL, "C1"))
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.REJECTED
    reason = get_lot(cast.house, cast.zhou, made.project, lot).lot.reason
    assert reason
    assert "critically" in reason.sentence


def test_each_severity_with_an_aql_of_its_own_goes_between_strictnesses_by_itself(cast: Cast) -> None:
    made = make_texts(cast, 45)
    minor = Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MINOR, "C1")
    for _ in range(2):
        lot = draw(cast, made, size=15, aql="4.0", minor="1.0")
        while (look := look_at(cast.house, cast.hu, made.project, lot)) is not None:
            judge(cast.house, cast.hu, made.project, lot, look.place.item_id, new_id(), minor)
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    found = {each.weight: each.state.severity for each in list_streams(cast.house, cast.zhou, made.project)}
    assert found == {Weight.MAJOR: Strictness.NORMAL, Weight.MINOR: Strictness.TIGHTENED}
    plan = get_lot(cast.house, cast.zhou, made.project, draw(cast, made, aql="4.0", minor="1.0")).lot.plan
    assert plan.limit_of(Weight.MINOR).severity is Strictness.TIGHTENED


def test_a_lot_that_comes_again_keeps_its_way_of_sampling(cast: Cast) -> None:
    made = make_texts(cast, 40)
    lot = draw(cast, made, sampling=Sampling.TWO_POINT, good=0.02, poor=0.2)
    judge_all(cast, made.project, lot, defects=5)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    rework(cast, made, made.items)
    again = resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
    plans = [get_lot(cast.house, cast.zhou, made.project, each).lot.plan for each in (lot, again)]
    assert plans[0] == plans[1]


def test_a_big_round_becomes_several_lots_in_one_act_and_once(cast: Cast) -> None:
    made, request = make_texts(cast, 50), new_id()
    drawn = draw_lots(cast.house, cast.zhou, Pool(made.project), request, terms=Terms(aql="1.0", size=20))
    sizes = [row.lot.plan.lot for row in list_lots(cast.house, cast.zhou, made.project).rows]
    assert sorted(sizes) == [16, 17, 17]
    again = draw_lots(cast.house, cast.zhou, Pool(made.project), request, terms=Terms(aql="1.0", size=20))
    assert again == drawn
    with pytest.raises(NothingToInspect):
        draw_lots(cast.house, cast.zhou, Pool(made.project), new_id(), terms=Terms(aql="1.0", size=20))
    assert len(drawn.lots) == len(list_lots(cast.house, cast.zhou, made.project).rows) == 3


def test_an_act_that_was_cut_short_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made, request, terms = make_texts(cast, 50), new_id(), Terms(aql="1.0", size=20)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(drawing.store, "extent_of", dies)
        with pytest.raises(KeyboardInterrupt):
            draw_lots(cast.house, cast.zhou, Pool(made.project), request, terms=terms)
    [first] = list_lots(cast.house, cast.zhou, made.project).rows
    drawn = draw_lots(cast.house, cast.zhou, Pool(made.project), request, terms=terms)
    assert (drawn.lots[0], len(drawn.lots)) == (first.lot.id, 3)
    assert sum(row.lot.plan.lot for row in list_lots(cast.house, cast.zhou, made.project).rows) == 50


def test_lots_are_drawn_of_a_source_and_of_a_day_each_source_in_its_own_stream(cast: Cast) -> None:
    made = make_texts(cast, 10)
    more = [item for item in import_texts(cast, made.project, ["另一个来源", "又一条"]) if item not in made.items]
    resolve_all(cast.house, cast.alice, made.project, made.rulebook, {item: choice("a") for item in more})
    drawn = draw_lots(
        cast.house, cast.zhou, Pool(made.project), new_id(), split=Split.SOURCE, terms=Terms(aql="1.0"), several=False
    )
    assert sorted(get_lot(cast.house, cast.zhou, made.project, lot).lot.plan.lot for lot in drawn.lots) == [2, 10]
    assert len({stream.key.source_id for stream in list_streams(cast.house, cast.zhou, made.project)}) == 2


def test_a_lot_of_a_day_holds_what_was_resolved_on_it(cast: Cast) -> None:
    made = make_texts(cast, 10)
    with pytest.raises(NothingToInspect):
        draw_from(cast.house, cast.zhou, Pool(made.project, day="2020-01-01"), new_id(), Terms(aql="1.0"))
    with pytest.raises(UnknownDay):
        draw_from(cast.house, cast.zhou, Pool(made.project, day="gestern"), new_id(), Terms(aql="1.0"))
    terms = Terms(aql="1.0")
    drawn = draw_lots(cast.house, cast.zhou, Pool(made.project), new_id(), split=Split.DAY, terms=terms)
    lots = [get_lot(cast.house, cast.zhou, made.project, lot).lot for lot in drawn.lots]
    assert [(lot.day, lot.plan.lot) for lot in lots] == [(day_of(lots[0].created_at), 10)]


def test_too_many_lots_in_one_act_are_refused(cast: Cast) -> None:
    made = make_texts(cast, 201)
    with pytest.raises(TooManyLots):
        draw_lots(cast.house, cast.zhou, Pool(made.project), new_id(), terms=Terms(aql="1.0", size=1))


def test_groups_have_equal_places_and_the_share_is_weighed(cast: Cast) -> None:
    project, rulebook = cast.project, publish(cast, cast.project, "choice")
    items = import_texts(cast, project, (f"第{n}条" for n in range(90)))
    said = {item: choice("a" if n < 81 else "b") for n, item in enumerate(items)}
    made = Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items)
    lot = draw(cast, made, sampling=Sampling.FIXED_RATE, rate=0.2, allowed=0.5, strata=BY_LABEL)
    report = get_lot(cast.house, cast.hu, project, lot)
    assert report.lot.strata
    assert [(part.name, part.items, part.n) for part in report.lot.strata.parts] == [("a", 81, 9), ("b", 9, 9)]
    rare = {place.item_id for place in report.sample if place.stratum == 2}
    for place in report.sample:
        judge(cast.house, cast.hu, project, lot, place.item_id, new_id(), DEFECT if place.item_id in rare else PASS)
    weighed = get_lot(cast.house, cast.hu, project, lot).weighed
    assert weighed
    assert weighed.share == pytest.approx(0.1)
    assert get_lot(cast.house, cast.hu, project, lot).tally.rate == 0.5
    assert prove_lot(cast.house, cast.hu, project, lot).holds


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"strata": Stratify(By.SCENE)}, StrataMissing),
        ({"strata": Stratify(By.SOURCE)}, StrataMissing),
        ({"strata": BY_LABEL, "sampling": Sampling.SEQUENTIAL}, StrataNeedOneSample),
        ({"strata": BY_LABEL, "sampling": Sampling.FULL}, StrataNeedOneSample),
        ({"strata": BY_LABEL, "sampling": Sampling.FIXED_RATE, "rate": 0.001}, TooManyStrata),
    ],
)
def test_groups_that_cannot_be_drawn_are_refused(cast: Cast, told: dict[str, object], refusal: type[Exception]) -> None:
    made = make_texts(cast, 60)
    with pytest.raises(refusal):
        draw(cast, made, **told)


def test_anybody_draws_the_sample_again_from_bytes_that_were_sealed_before(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = draw(cast, made)
    proof = prove_lot(cast.house, cast.lin, made.project, lot)
    assert proof.holds
    assert proof.commitment
    file = export_entries(cast.house, cast.lin, made.project, lot)
    contents = hashlib.sha256(file).hexdigest()
    seed = hashlib.sha256(f"{proof.commitment.secret}\0{contents}".encode()).hexdigest()
    items = [int(line.split(",")[0]) for line in file.decode().splitlines()]
    for step in range(13):
        other = step + int(hashlib.sha256(f"{seed}\0{step}".encode()).hexdigest(), 16) % (60 - step)
        items[step], items[other] = items[other], items[step]
    sample = [place.item_id for place in get_lot(cast.house, cast.lin, made.project, lot).sample]
    assert (contents, seed, items[:13]) == (proof.lot.contents, proof.lot.seed, sample)
    assert hashlib.sha256(proof.commitment.secret.encode()).hexdigest() == proof.commitment.commitment


def swap_items(tx: Tx, lot: int) -> None:
    """The first place of the sample goes to an item that was not drawn."""
    entry = lot_entry.c
    mine = entry.lot_id == lot
    drawn = tx.scalar(text(f"SELECT item_id FROM lot_entry WHERE lot_id = {lot} AND drawn = 1"))
    spare = tx.scalar(text(f"SELECT min(item_id) FROM lot_entry WHERE lot_id = {lot} AND drawn IS NULL"))
    tx.execute(update(lot_entry).where(mine, entry.item_id == drawn).values(drawn=None))
    tx.execute(update(lot_entry).where(mine, entry.item_id == spare).values(drawn=1))


def change_contents(tx: Tx, lot: int) -> None:
    tx.execute(text(f"DELETE FROM lot_entry WHERE lot_id = {lot} AND drawn IS NULL"))


def choose_bytes(tx: Tx, lot: int) -> None:
    tx.execute(text(f"UPDATE lot_commitment SET secret = 'chosen' WHERE lot_id = {lot}"))


def commit_late(tx: Tx, lot: int) -> None:
    tx.execute(text(f"UPDATE lot_commitment SET event = event + 2 WHERE lot_id = {lot}"))


def ease_the_plan(tx: Tx, lot: int) -> None:
    tx.execute(text(f"UPDATE lot SET plan = replace(plan, '[13,0,1]', '[13,5,6]') WHERE id = {lot}"))


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (swap_items, {Check.SAMPLE, Check.JOURNAL}),
        (change_contents, {Check.CONTENTS, Check.SEED, Check.SAMPLE}),
        (choose_bytes, {Check.SECRET, Check.SEED, Check.SAMPLE}),
        (commit_late, {Check.COMMITTED, Check.SECRET}),
        (ease_the_plan, {Check.JOURNAL}),
    ],
)
def test_whatever_is_tampered_with_is_found(cast: Cast, tamper: Callable[[Tx, int], None], broken: set[Check]) -> None:
    made = make_texts(cast, 60)
    lot = draw(cast, made)
    draw_before = prove_lot(cast.house, cast.zhou, made.project, lot)
    assert draw_before.holds
    cast.house.write(lambda tx: tamper(tx, lot))
    proof = prove_lot(cast.house, cast.zhou, made.project, lot)
    assert {one.check for one in proof.checks if not one.holds} == broken
    if tamper is swap_items:
        assert len(next(one for one in proof.checks if one.check is Check.SAMPLE).items) == 2


def test_a_stranger_proves_nothing(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = draw(cast, made)
    with pytest.raises(ProjectNotFound):
        prove_lot(cast.house, cast.mallory, made.project, lot)


def test_pages_routes_and_commands_compare_draw_and_prove(cast: Cast, client: Client) -> None:
    sign_a_brief(cast, cast.project)
    made = make_texts(cast, 60)
    headers = cast.sign_in(client, "zhou")
    home, api = f"/projects/{made.project}/lots", f"/api/v1/projects/{made.project}/lots"
    shown = client.get(f"{home}/draw?sampling=sequential&lang=en").text
    assert "one after the other is looked at" in shown
    assert shown.count("sampling=") >= 7
    refused = client.get(f"{home}/draw?sampling=two-point&good=5&poor=1&lang=en").text
    assert "There is no lot to draw" in refused
    preview = client.get(f"{api}/preview", params={"sampling": "double"}).json()
    assert {one["sampling"] for one in preview["options"]} == set(Sampling)
    drawn = client.post(api, json={"id": new_id(), "several": True, "size": 30, "sampling": "double"}, headers=headers)
    assert len(drawn.json()["lots"]) == 2
    lot = drawn.json()["lot"]
    proof = client.get(f"{api}/{lot}/proof").json()
    assert proof["holds"]
    entries = client.get(f"{api}/{lot}/entries").content
    assert hashlib.sha256(entries).hexdigest() == proof["contents"]
    assert "The draw holds" in client.get(f"{home}/{lot}?prove=true&lang=en").text
    at_home = ["--home", str(cast.house.home), "--database", cast.house.database.url]
    assert CliRunner().invoke(lot_cli, ["prove", str(made.project), str(lot), *at_home]).exit_code == 0
    cast.house.write(lambda tx: swap_items(tx, lot))
    assert CliRunner().invoke(lot_cli, ["prove", str(made.project), str(lot), *at_home]).exit_code == 1


def test_a_large_lot_is_drawn_as_pages_and_written_down_afterwards_as_if_it_were_small(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_texts(cast, 60)
    monkeypatch.setattr(drawing, "AT_ONCE", 30)
    monkeypatch.setattr(pages, "PAGE", 60)
    lot = draw(cast, made)
    sample = [each.item_id for each in get_lot(cast.house, cast.hu, made.project, lot).sample]
    with cast.house.reading() as connection:
        assert {row[0] for row in connection.execute(select(lot_entry.c.item_id))} == set(sample)
        assert count_pages(connection, lot) > 5
    judge_all(cast, made.project, lot)
    with pytest.raises(NothingToInspect):
        preview_lot(cast.house, cast.zhou, made.project, terms=Terms(aql="1.0"))
    work_jobs(cast.house, LOT_JOBS)
    with cast.house.reading() as connection:
        assert count_pages(connection, lot) == 0
    assert list_lot_items(cast.house, cast.zhou, made.project, lot) == made.items
    assert prove_lot(cast.house, cast.zhou, made.project, lot).holds
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED


def test_what_needs_all_of_a_large_lot_writes_down_what_the_job_has_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_texts(cast, 60)
    monkeypatch.setattr(drawing, "AT_ONCE", 15)
    monkeypatch.setattr(pages, "PAGE", 60)
    drawn = draw_lots(
        cast.house, cast.zhou, Pool(made.project), new_id(), terms=Terms(20, "1.0", strata=BY_LABEL, level="S-1")
    )
    held = [list_lot_items(cast.house, cast.zhou, made.project, lot) for lot in drawn.lots]
    assert [item for items in held for item in items] == made.items
    assert all(prove_lot(cast.house, cast.zhou, made.project, lot).holds for lot in drawn.lots)


def test_a_large_lot_is_drawn_again_when_another_was_drawn_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_texts(cast, 60)
    monkeypatch.setattr(drawing, "AT_ONCE", 15)

    def prepare(*told: Any) -> Any:
        monkeypatch.setattr(drawing, "_prepare", real)
        found = real(*told)
        draw(cast, made, size=5)
        return found

    real = drawing._prepare  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(drawing, "_prepare", prepare)
    with pytest.raises(LotChanged):
        draw(cast, made)
    assert [row.lot.plan.lot for row in list_lots(cast.house, cast.zhou, made.project).rows] == [5]


def test_the_database_itself_refuses_an_item_twice_in_a_lot(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = draw(cast, made)
    again = {"lot_id": lot, "item_id": made.items[0], "resolution_id": 1}
    with pytest.raises(IntegrityError):
        cast.house.write(lambda tx: tx.execute(insert(lot_entry), again))

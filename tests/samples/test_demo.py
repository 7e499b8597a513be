"""The demo: the cast takes a project all the way, everybody finds something to do, and its home is known again."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.bank import read_left
from guiju.cli import app
from guiju.inspection import DefectType, LotState, Outcome, Weight, list_lots
from guiju.inspection.acceptance import list_acceptances, prove_acceptance
from guiju.kinds import Box, Boxes, encode_answers
from guiju.kit import new_id
from guiju.pay import list_statements
from guiju.people import sign_in
from guiju.planning import look_at_day
from guiju.planning.estimate import estimate_project
from guiju.planning.retrospective.actions import read_retrospective
from guiju.projects import create_project, list_all_projects
from guiju.rulebooks import CompiledRulebook, get_published, publish_rulebook, save_draft
from guiju.samples.cast import CAST, person
from guiju.samples.demo import (
    Crew,
    DatabaseTaken,
    Journey,
    NotADemoHome,
    Stage,
    find_sign_ins,
    hire_cast,
    make_home,
    make_midlife,
    run_whole,
    sign_in_sheet,
    steel_material,
)
from guiju.samples.demo.calendar import Calendar
from guiju.samples.demo.eyes import find_fault
from guiju.samples.demo.home import SIGN_INS
from guiju.samples.demo.papers import brief_for
from guiju.samples.documents import brief_text, rulebook_text
from guiju.site import words_for
from guiju.storage import House, open_house, opened_house
from guiju.web import create_app

SMALL = 0.2
BY_SECRET_SEED = {
    "inspection",
    "rework",
    "acceptance",
    "pay",
    "retrospective",
    "offer",
    "draw",
    "exam",
    "practice",
}
"""What hangs on the sample, which the machine draws by a secret seed: what is found, and which answers are accepted."""


def go(house: House, *, seed: int = 0, scale: float = SMALL) -> list[Stage]:
    stages: list[Stage] = []
    run_whole(house, hire_cast(house), lang="en", seed=seed, tell=stages.append, scale=scale)
    return stages


def figures_of(stages: list[Stage], project: str, stage: str) -> dict[str, object]:
    """The last figures of a project's stage."""
    return dict([one.figures for one in stages if (one.project, one.stage) == (project, stage)][-1])


def test_both_kinds_go_all_the_way_and_what_is_delivered_was_accepted(house: House) -> None:
    stages = go(house)
    for first, second in (
        ("Service intents, Q1", "Service intents, Q2"),
        ("Steel surface defects", "Steel surface defects, phase 2"),
    ):
        trial = figures_of(stages, first, "trial")
        assert 0.6 <= float(str(trial["observed"])) < 1
        gate = figures_of(stages, first, "gate")
        assert gate["passed"] != gate["overridden"]
        lot = figures_of(stages, first, "inspection")
        assert lot["accepted"] is True
        assert lot["items"] == figures_of(stages, first, "data")["items"]
        # what exams are made of, and what they asked about, is not delivered
        delivery = figures_of(stages, first, "delivery")
        assert int(str(delivery["items"])) + int(str(delivery["left_out"])) == lot["items"]
        assert figures_of(stages, first, "acceptance")["decision"] in {"accepted", "conditional"}
        assert figures_of(stages, first, "bank")["deposited"] == lot["items"]
        retrospective = figures_of(stages, first, "retrospective")
        assert int(str(retrospective["judged"])) >= int(str(lot["sample"]))
        # the second brief is told what exists, and what is drawn is what it was told of
        offer, drawn = figures_of(stages, second, "offer"), figures_of(stages, second, "draw")
        assert drawn["items"] == (offer["sure"] or offer["recheck"])
        assert 0 < int(str(drawn["items"])) <= int(str(lot["items"])) < int(str(offer["wanted"]))
        # what a small lot promises is not enough to hold unseen: it is looked at again
        assert int(str(drawn["answers"])) + int(str(drawn["recheck"])) == drawn["items"]


def test_a_rejected_lot_is_reworked_whole_and_comes_again_tightened(tmp_path: Path) -> None:
    stages: list[Stage] = []
    with opened_house(tmp_path / "home") as house:
        journey = Journey(house, hire_cast(house), steel_material(24), "Steel", tell=stages.append)
        journey.set_out()
        journey.run_trial(6)
        journey.pass_gate()
        journey.produce(most=0)
        journey.work(journey.production, haste=12.0)  # so hurried that no sample of 13 is without a defect
        journey.accept()
    names = [one.stage for one in stages]
    assert names[-3:] == ["inspection", "rework", "inspection"]
    before, rework, after = (one.figures for one in stages[-3:])
    assert (before["accepted"], after["accepted"]) == (False, True)
    assert rework["answers"] == before["items"] == after["items"] == 24
    assert (before["severity"], after["severity"]) == ("normal", "tightened")
    assert (before["lot"], after["lot"]) == (1, 2)


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(tmp_path: Path) -> None:
    told: list[list[Stage]] = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        with opened_house(tmp_path / name) as house:
            told.append([one for one in go(house, seed=seed, scale=0.1) if one.stage not in BY_SECRET_SEED])
    one, again, other = told
    assert one == again
    assert one != other


@pytest.fixture
def past(tmp_path: Path) -> Iterator[House]:
    """A house that began some days ago, as a demo's home does."""
    with opened_house(tmp_path / "past", clock=Calendar()) as house:
        yield house


def test_one_project_went_to_its_very_end_the_next_draws_from_it_and_everybody_has_something_to_do(
    past: House,
) -> None:
    crew, told = hire_cast(past), list[Stage]()
    finished, going, gate, agreed, young = make_midlife(past, crew, lang="zh", scale=SMALL, tell=told.append)
    it_is_at_its_very_end(past, crew, finished)
    the_next_draws_from_it_and_learns(past, crew, going, figures_of(told, going.name, "draw"))
    everybody_finds_something_to_do_and_the_stranger_nothing(past, crew, [finished, going, gate, agreed, young])


def it_is_at_its_very_end(past: House, crew: Crew, finished: Journey) -> None:
    lin, zhou, paying = crew["linlan"], crew["zhouzheng"], crew["qianjin"]
    signed = [row for row in list_acceptances(past, lin, finished.id) if row.statement is not None]
    [proof] = [prove_acceptance(past, lin, finished.id, row.id) for row in signed]
    assert proof is not None
    assert proof.holds
    closed, statements, _ = list_statements(past, paying, finished.id)
    assert [one.number for one in closed] == [1]
    assert {one.account_id for one in statements} == {hand.actor.id for hand in crew.hands}
    one = read_retrospective(past, zhou, finished.id)
    assert (one.is_finished, one.is_interim) == (True, False)
    assert one.figures.first_day is not None
    assert one.figures.last_day is not None
    assert one.figures.first_day < one.figures.last_day, "the project has a past"
    left = read_left(past, zhou, finished.id)
    assert left.deposits == left.general > 0


def the_next_draws_from_it_and_learns(past: House, crew: Crew, going: Journey, drawn: dict[str, object]) -> None:
    estimate = estimate_project(past, crew["zhouzheng"], going.id)
    assert estimate.asked is not None
    assert estimate.asked.reused == drawn["answers"]
    assert estimate.found is not None
    assert estimate.found.projects == 1, "and it learns from the one before"


def everybody_finds_something_to_do_and_the_stranger_nothing(house: House, crew: Crew, made: list[Journey]) -> None:
    _, going, gate, _, young = made
    days = {one.key: look_at_day(house, crew[one.key]) for one in CAST}
    steps = {key: {(todo.project_id, todo.step.path) for todo in day.todo} for key, day in days.items()}
    assert (young.id, "/brief") in steps["linlan"]
    assert (gate.id, f"/rounds/{gate.trial}/trial") in steps["zhouzheng"]
    assert {todo.project_id for todo in days["xinghe"].todo if todo.questions} >= {going.id, gate.id}
    [row] = list_lots(house, crew["shenyan"], going.id).rows
    assert row.lot.state is LotState.INSPECTING
    assert 0 < row.tally.judged < row.tally.n
    for hand in ("xuxi", "madahu", "xiaoxin"):
        # production, and what was drawn from the bank, to be looked at again
        assert {(each.project_id, each.left > 0) for each in days[hand].rounds} == {(going.id, True)}
    assert days["xiaoxin"].answers
    assert list_all_projects(house, crew["lujia"]) == []
    assert {one.name for one in made} == {
        standing.project.name for standing in list_all_projects(house, crew["gongcheng"])
    }


def test_a_printed_password_signs_in_on_the_page(tmp_path: Path) -> None:
    def make(house: House) -> str:
        return sign_in_sheet(hire_cast(house).passwords, words_for("zh-Hans"), "zh")

    sheet = make_home(tmp_path / "demo", None, make)
    address = person("linlan").email
    password = next(line for line in sheet.splitlines() if address in line).split(address)[1].split()[0]
    with opened_house(tmp_path / "demo") as house, TestClient(create_app(house)) as client:
        assert sign_in(house, email=address, password=password).account.name == "林岚 Lin Lan"
        answer = client.post("/sign-in", data={"email": address, "password": password}, follow_redirects=False)
        assert answer.status_code == 303
        assert client.get("/api/v1/me").json()["email"] == address


def test_every_home_has_passwords_of_its_own(tmp_path: Path) -> None:
    sheets = [make_home(tmp_path / name, None, _sheet_only) for name in ("one", "two")]
    assert sheets[0] != sheets[1]


def _sheet_only(house: House) -> str:
    return sign_in_sheet(hire_cast(house).passwords, words_for("en"), "en")


def test_a_demo_home_keeps_its_sheet_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    assert find_sign_ins(home) is None
    sheet = make_home(home, None, _sheet_only)
    assert find_sign_ins(home) == sheet
    assert stat.S_IMODE((home / SIGN_INS).stat().st_mode) == 0o600


def test_a_home_that_is_no_demo_is_refused_and_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "everyday"
    open_house(home).close()
    before = sorted(path.name for path in home.iterdir())
    with pytest.raises(NotADemoHome):
        make_home(home, None, _sheet_only)
    told = CliRunner().invoke(app, ["demo", "--home", str(home), "--json"])
    assert told.exit_code == 1
    assert json.loads(told.stdout)["error"]["code"] == "not-a-demo-home"
    assert sorted(path.name for path in home.iterdir()) == before


def test_an_interrupted_making_leaves_no_home_behind(tmp_path: Path) -> None:
    def interrupted(house: House) -> str:
        hire_cast(house)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_home(tmp_path / "demo", None, interrupted)
    assert list(tmp_path.iterdir()) == []


def test_the_cast_moves_into_an_empty_database_only(house: House) -> None:
    hire_cast(house)
    with pytest.raises(DatabaseTaken):
        hire_cast(house)


def test_the_whole_journey_prints_figures_as_json_and_leaves_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["demo", "--headless", "--json", "--scale", "0.1", "--lang", "zh"])
    assert told.exit_code == 0, told.output
    stages = json.loads(told.stdout)["stages"]
    assert set(stages[0]) == {"project", "stage", "figures"}
    assert {one["project"] for one in stages} == {
        "客服意图 一季度",
        "客服意图 二季度",
        "钢板表面缺陷",
        "钢板表面缺陷 二期",
    }
    assert list(tmp_path.iterdir()) == []


def test_a_brief_is_signed_after_its_date_has_passed_by_moving_the_date() -> None:
    day = 24 * 3600 * 1_000_000
    early, late = 1_780_000_000_000_000, 1_780_000_000_000_000 + 4000 * day
    assert brief_for("steel", early) == brief_text("steel")
    assert "2027" not in brief_for("steel", late).split("questions:")[0]


@pytest.fixture
def steel_rules(tmp_path: Path) -> CompiledRulebook:
    with opened_house(tmp_path / "rules") as house:
        trainer = hire_cast(house)["zhouzheng"]
        project = create_project(house, trainer, request_id=new_id(), name="Rules")
        save_draft(house, trainer, project, document=rulebook_text("steel"), from_revision=0, request_id=new_id())
        published = publish_rulebook(house, trainer, project, request_id=new_id())
        with house.reading() as connection:
            return get_published(connection, published)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ([("crack", 100, 100, 60, 90)], (Outcome.PASS, None, None, None)),
        ([], (Outcome.DEFECT, DefectType.MISSED, Weight.CRITICAL, "C1.1")),
        ([("scratch", 100, 100, 60, 90)], (Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR, "C3.3")),
        ([("crack", 110, 110, 60, 90)], (Outcome.DEFECT, DefectType.LOOSE_BOX, Weight.MINOR, "C2.1")),
        (
            [("crack", 100, 100, 60, 90), ("pitting", 400, 20, 40, 40)],
            (Outcome.DEFECT, DefectType.EXTRA, Weight.MAJOR, "C4.1"),
        ),
    ],
)
def test_the_inspector_s_eyes_name_the_defect_its_weight_and_its_clause(
    steel_rules: CompiledRulebook,
    drawn: list[tuple[str, float, float, float, float]],
    expected: tuple[Outcome, DefectType | None, Weight | None, str | None],
) -> None:
    true = {"defects": Boxes((Box("b1", "crack", 100, 100, 60, 90),))}
    given = {"defects": Boxes(tuple(Box(f"g{n}", *each) for n, each in enumerate(drawn)))}
    finding = find_fault(encode_answers(given).decode(), true, steel_rules)
    assert (finding.outcome, finding.defect_type, finding.severity, finding.clause) == expected

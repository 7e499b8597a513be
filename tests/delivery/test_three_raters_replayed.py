"""Three professionals' findings on each of 189 translations travel again: production in four batches kept for their
three raters, planted checks unseen among the items, majority and rulings, inspection, delivery.

The file is `wmt23_mqm_zhen_3raters`, the system NLLB_Greedy. What is asked of a translation is its worst error: none,
minor or major. 92 are unanimous, 82 two against one, 15 have three different answers. A rater was asked now and then
whether they find an error that was planted: 24 checks, all found; here they are the known answers of production.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from guiju.annotations import RoundState, get_round
from guiju.consensus import resolve_round
from guiju.consensus.adjudication import RulingSaid, list_cases, rule_on_case
from guiju.data import item_table
from guiju.delivery import Terms
from guiju.inspection import Finding, LotState, Outcome, Weight, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.model import DefectType
from guiju.kinds import Choice, encode_answers
from guiju.kit import new_id
from guiju.people import Role, create_account
from guiju.projects import set_member
from guiju.rulings import insert_gold
from guiju.storage import Actor
from guiju.work import GoldWish, Submitted, lease_tasks, open_production, set_round_running, submit_annotation
from guiju.work.actions import Answered
from guiju.work.gold.actions import known_of_round
from guiju.work.queue import By, Change, Demands, Part, read_queue, split_batch
from tests.annotations.moving import publish_labels, shared
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import import_files, sign_a_brief
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
SYSTEM, FILE = "NLLB_Greedy", "wmt23_mqm_zhen_3raters/mqm_zhen_3ratings_half1.tsv"
WORST = {"No-error": "none", "Minor": "minor", "Major": "major"}
ORDER = ["none", "minor", "major"]
UNANIMOUS, TWO_TO_ONE, THREE_WAYS, CHECKS = 92, 82, 15, 24
HELD = {"none": 31, "minor": 38 + THREE_WAYS, "major": 105}
# Of nobody's making but the majority's: it says that nothing is wrong, and one rater saw a major error.
OVERLOOKED = 3


@dataclass
class Raters:
    """By the segment's name: what each rater said; the text; and by rater how many checks they were given."""

    said: dict[str, dict[str, str]]
    text: dict[str, str]
    checks: Counter[str]

    def team(self, name: str) -> str:
        return "+".join(sorted(self.said[name]))


@pytest.fixture(scope="module")
def raters() -> Raters:
    found = Raters(defaultdict(dict), {}, Counter())
    with shared(FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["system"] != SYSTEM:
                continue
            if row["severity"] not in WORST:
                assert row["category"] == "Found"
                found.checks[row["rater"]] += 1
                continue
            name = f"{row['doc'].removesuffix(':zh-en')}:{row['seg']}"
            found.text[name] = row["target"].replace("<v>", "").replace("</v>", "")
            mine, now = found.said[name], WORST[row["severity"]]
            mine[row["rater"]] = max(mine.get(row["rater"], "none"), now, key=ORDER.index)
    assert len(found.said) == UNANIMOUS + TWO_TO_ONE + THREE_WAYS
    assert found.checks.total() == CHECKS
    return found


@pytest.fixture
def people(cast: Cast, raters: Raters) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for name in sorted({who for said in raters.said.values() for who in said}):
        who, _ = create_account(
            cast.house, cast.admin, email=f"{name}@guiju.test", name=name, password="a short sentence"
        )
        set_member(cast.house, cast.zhou, cast.project, who, Role.ANNOTATOR)
        found[name] = Actor(who, name, f"{name}@guiju.test")
    return found


def bring_items(cast: Cast, raters: Raters) -> dict[int, str]:
    """The translations, with their team in a column, and the planted checks; returns their names by item."""
    path = cast.house.home.parent / "translations.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text", "team"])
        rows.writerows([name, f"{name} {text}", raters.team(name)] for name, text in raters.text.items())
        rows.writerows([f"check-{n}", f"check {n}: an error was planted here", ""] for n in range(CHECKS))
    import_files(cast, cast.project, [path])
    with cast.house.reading() as connection:
        rows = connection.execute(select(item_table.c.id, item_table.c.name))
        return {int(item): str(name) for item, name in rows}


def open_for_teams(cast: Cast, raters: Raters, people: dict[str, Actor], names: dict[int, str], rulebook: int) -> int:
    """Production of three answers an item, a fifth of what is given being known, each team's items kept for it."""
    right = encode_answers({"answer": Choice(("major",))}).decode()
    known = [(item, right) for item, name in names.items() if name.startswith("check-")]
    cast.house.write(lambda tx: insert_gold(tx, cast.project, rulebook, known))
    house, zhou = cast.house, cast.zhou
    opened = {"overlap": 3, "gold": GoldWish(0.2), "reason": "the raters are professionals"}
    round_id = open_production(house, zhou, cast.project, request_id=new_id(), **opened)  # type: ignore[arg-type]
    [whole] = [line.batch.id for line in read_queue(house, zhou, round_id).batches]
    for team in sorted({raters.team(name) for name in raters.said}):
        kept = Demands(accounts=tuple(people[one].id for one in team.split("+")))
        part = Part(By.COLUMN, team, column="team")
        split_batch(house, zhou, round_id, whole, part, Change(team, demands=kept), request_id=new_id())
    return round_id


def as_(actor: Actor) -> Callable[[Any], Actor]:
    return lambda _: actor


def answer_all(cast: Cast, raters: Raters, names: dict[int, str], round_id: int, who: Actor) -> Counter[str]:
    """Answer what is handed out, as this rater did; every check is found. Returns how many of each were met."""
    met: Counter[str] = Counter()
    while tasks := cast.house.write(lease_tasks(cast.house, as_(who), round_id, 20)):
        for task in tasks:
            name = names[task.item.id]
            is_check = name.startswith("check-")
            label = "major" if is_check else raters.said[name][who.name]
            told = Answered(new_id(), task.slot, task.lease, 0, {"answer": Choice((label,))})
            assert isinstance(cast.house.write(submit_annotation(as_(who), round_id, told)), Submitted)
            met["check" if is_check else "item"] += 1
    return met


def inspect(cast: Cast, raters: Raters, names: dict[int, str], round_id: int) -> tuple[int, int]:
    """hu judges a lot of everything: a defect where the majority overlooked what one rater called major."""
    lot = draw_lot(cast.house, cast.zhou, cast.project, new_id(), round_id=round_id, aql="6.5")
    sample = get_lot(cast.house, cast.hu, cast.project, lot)
    found = 0
    for place in sample.sample:
        said = Counter(raters.said[names[place.item_id]].values())
        bad = said["none"] == 2 and said["major"] == 1
        finding = Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR) if bad else Finding(Outcome.PASS)
        judge(cast.house, cast.hu, cast.project, lot, place.item_id, new_id(), finding)
        found += bad
    assert decide_lot(cast.house, cast.zhou, cast.project, lot, new_id()) is LotState.ACCEPTED
    return len(sample.sample), found


def test_three_raters_work_is_produced_inspected_and_delivered_again(
    cast: Cast, raters: Raters, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guiju.work.gold.mixing._dice", Random(7))
    rulebook = publish_labels(cast, "choice", ORDER)
    names = bring_items(cast, raters)
    sign_a_brief(cast, cast.project)
    round_id = open_for_teams(cast, raters, people, names, rulebook)

    met = {name: answer_all(cast, raters, names, round_id, who) for name, who in people.items()}
    wanted = Counter(who for said in raters.said.values() for who in said)
    assert {name: each["item"] for name, each in met.items()} == wanted
    set_round_running(cast.house, cast.zhou, round_id, RoundState.CLOSED)
    with cast.house.reading() as connection:
        known = known_of_round(connection, get_round(connection, round_id))
    assert known is not None
    names_of = {each.id: name for name, each in people.items()}
    lines = {names_of[line.account_id]: (line.record.right, line.record.n) for line in known.people if line.record.n}
    assert lines == {name: (each["check"], each["check"]) for name, each in met.items() if each["check"]}
    assert sum(each["check"] for each in met.values()) >= CHECKS

    outcome = resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    assert (outcome.resolved, len(outcome.ties)) == (UNANIMOUS + TWO_TO_ONE, THREE_WAYS)
    middle = encode_answers({"answer": Choice(("minor",))}).decode()
    for case in list_cases(cast.house, cast.xing, round_id, want=50):
        said = RulingSaid(middle, "three ways: the middle", None, case.last, 0)
        rule_on_case(cast.house, cast.xing, round_id, case.item.id, request_id=new_id(), said=said)

    judged, defective = inspect(cast, raters, names, round_id)
    assert judged == 32
    assert defective <= OVERLOOKED
    package = files_of(build(cast, cast.project, "jsonl", terms=Terms()))
    lines_out = [json.loads(line) for line in package["annotations.jsonl"].splitlines()]
    held = Counter(one["answers"]["answer"]["labels"][0] for one in lines_out)
    assert held == HELD
    assert {one["name"] for one in lines_out} == set(raters.said)
    report = json.loads(package["quality_report.json"])
    assert (report["inspected"]["judged"], report["inspected"]["defective"]) == (judged, defective)

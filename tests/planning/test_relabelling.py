"""Labels renamed, merged and split over the answers of record: one act, read first, undone by one."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import update

from guiju.annotations import Origin, find_resolutions, resolve_many
from guiju.delivery import deliver, get_package
from guiju.inspection import Finding, NothingToInspect, Outcome, decide_lot, draw_lot, get_lot, judge
from guiju.kinds import Answer, Choice, encode_answers
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.planning import relabelling
from guiju.planning.relabelling import Asked, Kind, Recheck, Relabelling, Rule, Split, State, Target, running
from guiju.planning.relabelling.errors import (
    LabelHasAnnotations,
    LabelIdTaken,
    LabelNotInForce,
    LabelsNotChosen,
    ReasonMissing,
    SplitNotOneOf,
    SplitUndecided,
)
from guiju.projects import ProjectNotFound
from guiju.rulebooks import get_draft, latest_published, publish_rulebook, save_draft
from guiju.rulebooks.expressions import BadExpression
from guiju.storage import work_jobs
from guiju.storage.tables import job as job_table
from guiju.web.jobs import HANDLERS
from tests.planning.test_closing import open_round
from tests.planning.test_impact import answer_all
from tests.support.build import service_project
from tests.support.cast import Cast

MERGE = Asked(["refund", "exchange"], [Target("return", "退换", "Return")], "Nobody tells them apart.")


@pytest.fixture
def answered(cast: Cast, tmp_path: Path) -> list[int]:
    """Six messages, in turn labelled refund, exchange and logistics."""
    service_project(cast, tmp_path, 6)
    said: list[Mapping[str, Answer]] = [{"intent": Choice((name,))} for name in ("refund", "exchange", "logistics")]
    return answer_all(cast, open_round(cast), said)


def asked_for(cast: Cast, asked: Asked) -> int:
    made = relabelling.propose(cast.house, cast.zhou, cast.project, asked, request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return made


def done(cast: Cast, asked: Asked) -> Relabelling:
    made = asked_for(cast, asked)
    relabelling.act_on(cast.house, cast.zhou, cast.project, made, request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return looked(cast, made)


def undone(cast: Cast, made: int) -> Relabelling:
    back = relabelling.undo(cast.house, cast.zhou, cast.project, made, reason="It was wrong.", request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return looked(cast, back)


def looked(cast: Cast, made: int) -> Relabelling:
    return relabelling.look_at(cast.house, cast.zhou, cast.project, made).mine


def holding(cast: Cast) -> dict[int, tuple[Any, ...]]:
    """What holds, but for the ids and times of the rows themselves."""
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project)
    return {
        one.item_id: (one.answers, one.rulebook_id, one.round_id, one.origin, one.annotation_id, one.annotator_id)
        for one in found
    }


def intents(cast: Cast) -> list[str]:
    return [answers.split('"labels":["')[1].split('"')[0] for answers, *_ in holding(cast).values()]


def document(cast: Cast) -> str:
    with cast.house.reading() as connection:
        found = latest_published(connection, cast.project)
        assert found
        return found.version


def test_what_would_change_is_read_and_nothing_changes(cast: Cast, answered: list[int]) -> None:
    before = holding(cast)
    found = looked(cast, asked_for(cast, MERGE))
    assert found.state is State.READY
    assert found.found
    assert (found.found.answers, found.found.annotations, found.found.by_label) == (
        4,
        4,
        {"refund": 2, "exchange": 2},
    )
    assert {(one.before, one.after) for one in found.found.shown} == {("refund", "return"), ("exchange", "return")}
    assert holding(cast) == before
    assert document(cast) == "1.0.0"


def test_labels_merged_are_one_label_from_one_moment_on(cast: Cast, answered: list[int]) -> None:
    made = done(cast, MERGE)
    assert made.state is State.DONE
    assert intents(cast) == ["return", "return", "logistics"] * 2
    assert document(cast) == "2.0.0"
    assert made.came_of
    assert (made.came_of.answers, made.came_of.kept) == (4, 0)


def test_undoing_puts_back_what_held_and_undoing_that_does_it_again(cast: Cast, answered: list[int]) -> None:
    before = holding(cast)
    made = done(cast, MERGE)
    after = {item: answers for item, (answers, *_) in holding(cast).items()}
    back = undone(cast, made.id)
    assert (back.state, back.act) == (State.DONE, Kind.UNDO)
    assert holding(cast) == before
    again = undone(cast, back.id)
    assert again.state is State.DONE
    assert {item: answers for item, (answers, *_) in holding(cast).items()} == after


SPLIT = [Target("refund_money", "退款", "Money back"), Target("refund_goods", "退货", "Goods back")]


def split(rule: Rule, **told: Any) -> Asked:
    return Asked(["refund"], SPLIT, "They are two things.", split=Split(rule, **told))


def test_a_split_by_a_list_leaves_the_rest_to_a_recheck(cast: Cast, answered: list[int]) -> None:
    first, second = answered[0], answered[3]
    made = done(cast, split(Rule.ITEMS, by={"refund_money": [str(first)]}))
    assert made.came_of
    assert holding(cast)[first][0] == '{"intent":{"kind":"choice","labels":["refund_money"]}}'
    assert holding(cast)[second][0] == '{"intent":{"kind":"choice","labels":["refund"]}}'
    assert (made.came_of.answers, made.came_of.rechecked, len(made.came_of.rechecks)) == (1, 1, 1)
    assert undone(cast, made.id).state is State.DONE
    assert intents(cast) == ["refund", "exchange", "logistics"] * 2


def test_a_split_by_a_condition_decides_every_answer(cast: Cast, answered: list[int]) -> None:
    done(cast, split(Rule.CHECK, condition="count == 1"))
    assert intents(cast) == ["refund_money", "exchange", "logistics"] * 2


def test_the_pages_lead_from_the_labels_to_the_act_and_back(
    cast: Cast, client: TestClient[Litestar], answered: list[int]
) -> None:
    here = f"/projects/{cast.project}/rulebook"
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    client.headers["Accept-Language"] = "en"
    assert "Rename" in client.get(f"{here}/labels").text
    assert "refund" in client.get(f"{here}/relabel?act=split&source=refund&rule=scene&parts=3").text
    form = {"csrf": csrf, "source": ["refund", "exchange"], "act": "merge", "id1": "return", "parts": "1"}
    refused = client.post(f"{here}/relabel", data=form)
    assert (refused.status_code, "needs a reason" in refused.text) == (422, True)
    asked = client.post(f"{here}/relabel", data={**form, "reason": "One thing."}, follow_redirects=False)
    one = asked.headers["location"]
    work_jobs(cast.house, HANDLERS)
    assert "Change 4 answers and publish 2.0.0" in client.get(one).text
    client.post(f"{one}/act", data={"csrf": csrf})
    work_jobs(cast.house, HANDLERS)
    assert "4 answers of record say it in the new labels." in client.get(one).text
    assert client.get(f"{one}/progress").headers["HX-Refresh"] == "true"
    back = client.post(f"{one}/undo", data={"csrf": csrf, "reason": "Two."}, follow_redirects=False).headers["location"]
    work_jobs(cast.house, HANDLERS)
    assert "4 answers are as they were before." in client.get(back).text
    assert "It was undone." in client.get(one).text


def test_a_program_does_it_by_the_api(cast: Cast, client: TestClient[Litestar], answered: list[int]) -> None:
    here, headers = f"/api/v1/projects/{cast.project}/rulebook", cast.sign_in(client, "zhou")

    def sent(path: str, **told: object) -> Any:
        answer = client.post(f"{here}/{path}", json={"id": new_id(), **told}, headers=headers)
        work_jobs(cast.house, HANDLERS)
        return answer.json()

    target = {"id": "money_back", "zh": "退钱", "en": "Money back"}
    made = sent("relabellings", sources=["refund"], targets=[target], reason="The id was wrong.")["relabelling"]
    assert client.get(f"{here}/relabellings/{made}").json()["version"] == "2.0.0"
    sent(f"relabellings/{made}/act")
    assert {one["id"]: one["aliases"] for one in client.get(f"{here}/labels").json()}["money_back"] == ["refund"]
    sent(f"relabellings/{made}/undo", reason="It was right.")
    assert [one["act"] for one in client.get(f"{here}/relabellings").json()] == ["undo", "rename"]
    again = sent("relabellings", sources=["refund"], targets=[target], reason="Once more.")["relabelling"]
    sent_away = client.post(f"{here}/relabellings/{again}/discard", json={"id": new_id()}, headers=headers)
    assert sent_away.status_code == 204


def answered_again(cast: Cast, item: int, label: str) -> None:
    """Another answer holds, under the version that is in force."""
    with cast.house.reading() as connection:
        rulebook = latest_published(connection, cast.project)
        (held,) = find_resolutions(connection, cast.project, item_ids=[item])
    assert rulebook
    row = {"project_id": cast.project, "item_id": item, "rulebook_id": rulebook.id, "round_id": held.round_id}
    said = {"answers": encode_answers({"intent": Choice((label,))}).decode(), "origin": Origin.RULING}
    whose = {"annotation_id": None, "annotator_id": None, "confidence": None, "restates": None}
    cast.house.write(lambda tx: resolve_many(tx, [{**row, **said, **whose}]))


def test_what_was_answered_since_an_act_stays_when_it_is_undone(cast: Cast, answered: list[int]) -> None:
    made = done(cast, MERGE)
    answered_again(cast, answered[0], "return")
    back = undone(cast, made.id)
    assert back.came_of
    assert (back.came_of.answers, intents(cast)[1:]) == (
        3,
        ["exchange", "logistics", "refund", "exchange", "logistics"],
    )
    with cast.house.reading() as connection:
        rulebook = latest_published(connection, cast.project)
    assert rulebook
    assert {"return", "refund", "exchange"} <= set(rulebook.labels), "a label that an answer holds stays"


def test_what_was_accepted_stays_accepted_and_is_delivered_in_the_new_labels(
    cast: Cast, answered: list[int], tmp_path: Path
) -> None:
    accept_a_lot(cast)
    before = delivered(cast)
    made = done(cast, MERGE)
    assert made.found
    assert made.found.accepted == 1
    with pytest.raises(NothingToInspect):
        draw_lot(cast.house, cast.zhou, cast.project, new_id())
    after = delivered(cast)
    assert (before.count(b'"refund"'), after.count(b'"refund"'), after.count(b'"return"')) == (2, 0, 4)
    undone(cast, made.id)
    assert delivered(cast).count(b'"refund"') == 2


def accept_a_lot(cast: Cast) -> None:
    """Everything, looked at by hu."""
    lot = draw_lot(cast.house, cast.hu, cast.project, new_id(), aql="0.10")
    for place in get_lot(cast.house, cast.hu, cast.project, lot).sample:
        judge(cast.house, cast.hu, cast.project, lot, place.item_id, new_id(), Finding(Outcome.PASS))
    decide_lot(cast.house, cast.hu, cast.project, lot, new_id())


def delivered(cast: Cast) -> bytes:
    """The answers of a package of what was accepted."""
    asked = deliver(cast.house, cast.zhou, cast.project, new_id(), format="jsonl")
    work_jobs(cast.house, HANDLERS)
    package = get_package(cast.house, cast.zhou, cast.project, asked.number)
    with zipfile.ZipFile(io.BytesIO(cast.house.blobs.read(package.blob or ""))) as opened:
        return opened.read(next(name for name in opened.namelist() if name.endswith(".jsonl")))


def test_killed_before_the_switch_nothing_is_changed_and_it_goes_on(
    cast: Cast, answered: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, before = asked_for(cast, MERGE), holding(cast)
    relabelling.act_on(cast.house, cast.zhou, cast.project, made, request_id=new_id())

    def killed(*_told: object) -> None:
        raise KeyboardInterrupt

    for moment in ("switch", "_finish"):
        with monkeypatch.context() as patch:
            patch.setattr(running, moment, killed)
            with pytest.raises(KeyboardInterrupt):
                work_jobs(cast.house, HANDLERS)
        assert (holding(cast) == before) is (moment == "switch"), moment
        forget_the_worker(cast)
    work_jobs(cast.house, HANDLERS)
    assert (looked(cast, made).state, intents(cast)[:2], document(cast)) == (State.DONE, ["return", "return"], "2.0.0")


def forget_the_worker(cast: Cast) -> None:
    """As if the dead worker had not been heard of for long."""
    mine = job_table.c.state == "running"
    cast.house.write(lambda tx: tx.execute(update(job_table).where(mine).values(beat_at=0)))


def test_a_sample_is_rechecked_under_the_new_version(cast: Cast, answered: list[int]) -> None:
    made = done(cast, msgspec.structs.replace(MERGE, recheck=Recheck.SAMPLE, sample=3))
    assert made.came_of
    assert (made.came_of.rechecked, len(made.came_of.rechecks)) == (3, 1)


def test_a_label_that_answers_hold_cannot_be_removed(cast: Cast, answered: list[int]) -> None:
    draft = get_draft(cast.house, cast.zhou, cast.project)
    gone = draft.document.replace("refund", "money")
    save_draft(cast.house, cast.zhou, cast.project, document=gone, from_revision=draft.revision, request_id=new_id())
    shown = get_draft(cast.house, cast.zhou, cast.project)
    assert (shown.problems[0].code, shown.proposal) == ("label-has-annotations", None)
    with pytest.raises(LabelHasAnnotations) as refused:
        publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    assert refused.value.details == {"label": "refund", "count": 2}


def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, answered: list[int]) -> None:
    for asked, refusal in (
        (Asked(["nothing"], [Target("else")], "Why."), LabelNotInForce),
        (msgspec.structs.replace(MERGE, reason=" "), ReasonMissing),
        (Asked(["refund"], [Target("refund")], "Why."), LabelsNotChosen),
        (Asked(["refund"], [Target("exchange"), Target("b")], "Why.", split=Split(Rule.ITEMS)), LabelIdTaken),
        (split(Rule.ITEMS, by={"refund_money": ["no such item"]}), SplitNotOneOf),
        (split(Rule.CHECK), SplitUndecided),
        (split(Rule.CHECK, condition="width > 3"), BadExpression),
    ):
        with pytest.raises(refusal):
            relabelling.propose(cast.house, cast.zhou, cast.project, asked, request_id=new_id())
    with pytest.raises(NotAllowed):
        relabelling.propose(cast.house, cast.alice, cast.project, MERGE, request_id=new_id())
    with pytest.raises(ProjectNotFound):
        relabelling.propose(cast.house, cast.mallory, cast.project, MERGE, request_id=new_id())

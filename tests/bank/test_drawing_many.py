"""A draw of more than one act carries is a job: all of it is seen, or nothing, whatever happens on the way."""

from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from guiju.annotations import round_table
from guiju.bank import Choice, DrawAs, ask_to_draw, get_draw, read_search
from guiju.bank.drawing import actions, running
from guiju.bank.drawing.model import ManyState
from guiju.bank.tables import bank_draw_pick
from guiju.data import item_ids, source_table
from guiju.kit import new_id
from guiju.rulings import gold_answers
from guiju.storage import cancel_job, metadata, work_jobs
from guiju.work.recheck import read_recheck
from tests.bank.test_bank import messages
from tests.bank.test_drawing import grade
from tests.bank.test_merging import TEXT, general, worked
from tests.inspection.build import held_answers, publish
from tests.support.cast import Cast

COUNT = 12
ALL = read_search(label="a")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 5)
    monkeypatch.setattr(running, "PICKED", 5)
    monkeypatch.setattr(actions, "MOST_DRAWN", 3)


def target(cast: Cast) -> int:
    project = cast.another_project("另一个项目")
    publish(cast, project, "choice")
    return project


def asked(cast: Cast, as_: DrawAs = DrawAs.ANSWERS) -> tuple[int, int]:
    """A project of twelve messages to draw from; the project that draws, and its draw."""
    messages(cast, [f"第{n}条留言，申请退款" for n in range(COUNT)])
    into = target(cast)
    return into, ask_to_draw(cast.house, cast.zhou, into, new_id(), Choice(search=ALL, as_=as_, most=COUNT))


def left(cast: Cast, project: int) -> dict[str, int]:
    """Rows of the project that only a draw makes."""
    with cast.house.reading() as connection:
        return {
            name: len(connection.execute(table.select().where(table.c.project_id == project)).all())
            for name, table in (("item", metadata.tables["item"]), ("annotation", metadata.tables["annotation"]),
                                ("round", round_table), ("resolution", metadata.tables["resolution"]))
        }  # fmt: skip


def test_many_are_drawn_by_a_job_with_their_answers_and_where_they_came_from(cast: Cast) -> None:
    into, draw = asked(cast)
    worked(cast)
    one, job = get_draw(cast.house, cast.zhou, draw)
    assert one.state is ManyState.DONE
    assert one.result is not None
    assert (one.result.items, one.result.answers + one.result.recheck) == (COUNT, COUNT)
    assert job is not None
    assert (job.done, job.total) == (COUNT, COUNT)
    with cast.house.reading() as connection:
        assert len(item_ids(connection, into)) == COUNT
        assert connection.execute(bank_draw_pick.select()).all() == []


def test_until_all_of_it_is_there_nobody_sees_any_and_a_killed_job_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    into, draw = asked(cast)
    calls: list[int] = []
    whole = running.settle_all

    def dies(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise SystemExit
        return whole(*given)

    monkeypatch.setattr(running, "settle_all", dies)
    with pytest.raises(SystemExit):
        work_jobs(cast.house, running.JOBS)
    assert left(cast, into)["item"] == 10
    with cast.house.reading() as connection:
        states = connection.execute(select(source_table.c.state).where(source_table.c.project_id == into)).scalars()
        assert list(states) == ["staging"]
    assert held_answers(cast, into) == {}
    assert get_draw(cast.house, cast.zhou, draw)[0].result is None
    cast.house.write(lambda tx: tx.execute(metadata.tables["job"].update().values(beat_at=0)))
    work_jobs(cast.house, running.JOBS)
    result = get_draw(cast.house, cast.zhou, draw)[0].result
    assert result is not None
    assert result.items == COUNT
    assert left(cast, into) == {
        "item": COUNT,
        "annotation": COUNT,
        "round": left(cast, into)["round"],
        "resolution": COUNT,
    }


def test_stopped_or_broken_nothing_of_it_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    into, draw = asked(cast)
    before = left(cast, into)
    whole = running.settle_all

    def stops(*given: Any) -> Any:
        job = get_draw(cast.house, cast.zhou, draw)[0].job_id or 0
        cast.house.write(lambda tx: cancel_job(tx, job))
        return whole(*given)

    monkeypatch.setattr(running, "settle_all", stops)
    work_jobs(cast.house, running.JOBS)
    assert get_draw(cast.house, cast.zhou, draw)[0].state is ManyState.FAILED
    assert left(cast, into) == before


def test_what_is_not_sure_waits_in_a_recheck(cast: Cast) -> None:
    messages(cast, [f"第{n}条留言，申请退款" for n in range(COUNT)])
    grade(cast, "C")
    into = target(cast)
    draw = ask_to_draw(cast.house, cast.zhou, into, new_id(), Choice(search=ALL, most=COUNT))
    work_jobs(cast.house, running.JOBS)
    result = get_draw(cast.house, cast.zhou, draw)[0].result
    assert result is not None
    assert (result.answers, result.recheck) == (0, COUNT)
    assert held_answers(cast, into) == {}
    assert read_recheck(cast.house, cast.zhou, into, result.recheck_round).progress.total == COUNT


@pytest.mark.parametrize("as_", [DrawAs.PREFILL, DrawAs.EXAM, DrawAs.ITEMS])
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_many_come_as_suggestions_exam_questions_or_items_alone(cast: Cast, as_: DrawAs) -> None:
    into, draw = asked(cast, as_)
    work_jobs(cast.house, running.JOBS)
    result = get_draw(cast.house, cast.zhou, draw)[0].result
    assert result is not None
    suggested, known = (COUNT if as_ is each else 0 for each in (DrawAs.PREFILL, DrawAs.EXAM))
    assert (result.items, result.suggested, result.known, result.answers) == (COUNT, suggested, known, 0)
    assert held_answers(cast, into) == {}
    with cast.house.reading() as connection:
        items = item_ids(connection, into)
        assert len(gold_answers(connection, into, items)) == known


def test_what_is_withdrawn_while_it_is_drawn_does_not_come(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = general(cast, "远山物流", [TEXT, *(f"另外第{n}条，说的是完全不同的一件事情{n * 7}" for n in range(6))])
    into = target(cast)
    draw = ask_to_draw(cast.house, cast.zhou, into, new_id(), Choice(search=ALL, most=COUNT))
    whole, calls = running.settle_all, list[int]()
    deposit = metadata.tables["deposit"]

    def narrows(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            gone = deposit.update().where(deposit.c.item_id == made.items[0])
            cast.house.write(
                lambda tx: tx.execute(gone.values(rights="customer", customer="别家", project_id=cast.project))
            )
        return whole(*given)

    monkeypatch.setattr(running, "settle_all", narrows)
    work_jobs(cast.house, running.JOBS)
    result = get_draw(cast.house, cast.zhou, draw)[0].result
    assert result is not None
    assert result.items == 6
    with cast.house.reading() as connection:
        bodies = connection.execute(
            select(metadata.tables["item"].c.body).where(metadata.tables["item"].c.project_id == into)
        )
        assert TEXT not in set(bodies.scalars())


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_page_shows_how_far_it_is_and_then_what_came(cast: Cast, client: TestClient[Any]) -> None:
    messages(cast, [f"第{n}条留言，申请退款" for n in range(4)])
    into = target(cast)
    headers = cast.sign_in(client, "zhou")
    form = {"project": into, "label": "a", "most": 4, "csrf": headers["X-CSRF-Token"]}
    asked_for = client.post("/bank/draws", data=form, follow_redirects=False)
    assert asked_for.status_code == 303, asked_for.text
    here = asked_for.headers["location"]
    assert "hx-get" in client.get(here).text
    assert client.get(f"/api/v1{here}").json()["state"] == "drawing"
    work_jobs(cast.house, running.JOBS)
    told = client.get(f"/api/v1{here}").json()
    assert (told["state"], told["drawn"]["items"]) == ("done", 4)
    assert 'class="num">4<' in client.get(here).text
    cast.sign_in(client, "qian")
    assert client.get(here).status_code == 404

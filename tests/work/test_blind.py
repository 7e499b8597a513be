"""A trial is blind: whoever takes part learns nothing of the others' answers before it is over, by any route."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.kinds import Written
from guiju.kit import new_id
from guiju.people.policy import ANYBODY
from guiju.projects import set_member
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.rulings import answer_question, ask_question
from guiju.storage import Actor, pump, work_jobs
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from guiju.work import lease_tasks, open_trial, submit_annotation
from guiju.work.actions import Answered
from tests.support.build import import_messages, sign_the_brief
from tests.support.cast import Cast

# What it asks the database is asked on both by the tests of the actions.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

SAID = "kingfisher-answer"
ASKED = "heron-question"
RULED = "osprey-ruling"
RIGHT = "bittern-right-answer"
REPORT = "/api/v1/rounds/{round_id}/report"
BENCH = "/projects/{project_id}/rounds/{round_id}/work"


RULES = """---
title: {zh: "规则", en: "Rules"}
version: 1.0.0
fields:
  - {id: text, kind: text, title: {zh: "答案", en: "Answer"}}
  - {id: mood, kind: choice, title: {zh: "语气", en: "Mood"}, labels: [calm], required: false}
labels:
  - {id: calm, name: {zh: 平静, en: calm}, definition: {zh: 一, en: one}, color: '#0072b2'}
---
# Rules

## C1 {zh: 一, en: One}

One clause.
"""


def answer(cast: Cast, actor: Actor, round_id: int, text: str, most: int = 10) -> list[int]:
    tasks = cast.house.write(lease_tasks(cast.house, lambda _: actor, round_id, most))
    for task in tasks:
        said = Answered(new_id(), task.slot, task.lease, 0, {"text": Written(text)})
        cast.house.write(submit_annotation(lambda _: actor, round_id, said))
    return [task.item.id for task in tasks]


@pytest.fixture
def trial(cast: Cast, tmp_path: Path) -> dict[str, int]:
    """bob has answered all, asked and been ruled on; alice has an item left."""
    sign_the_brief(cast)
    save_draft(cast.house, cast.zhou, cast.project, document=RULES, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    import_messages(cast, tmp_path, 3)
    people = [cast.alice.id, cast.bob.id]
    round_id = open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=3)
    [item, *_] = answer(cast, cast.bob, round_id, SAID)
    question = ask_question(
        cast.house, cast.bob, cast.project, request_id=new_id(), text=ASKED, item_id=item, round_id=round_id
    )
    answers = {"text": {"kind": "text", "text": RIGHT}}
    answer_question(cast.house, cast.xing, question, request_id=new_id(), text=RULED, answers=answers)
    answer(cast, cast.alice, round_id, "mine", most=2)
    for _ in range(2):
        pump(cast.house.database, SUBSCRIBERS)
        work_jobs(cast.house, HANDLERS)
    return {
        "project_id": cast.project,
        "round_id": round_id,
        "drawn_id": round_id,
        "item_id": item,
        "question_id": question,
        "source_id": 1,
    }


def addresses(app: Litestar, parts: dict[str, int]) -> Iterator[str]:
    for route in sorted(app.routes, key=lambda route: route.path):
        if "GET" in getattr(route, "methods", ()):
            yield "/".join(_filled(piece, parts) for piece in route.path.split("/"))


def _filled(piece: str, parts: dict[str, int]) -> str:
    return str(parts.get(piece[1:].partition(":")[0], 1)) if piece.startswith("{") else piece


def told(client: TestClient[Any], app: Litestar, parts: dict[str, int]) -> dict[str, list[str]]:
    """Every address that says anything of bob's."""
    found: dict[str, list[str]] = {}
    project = f"/projects/{parts['project_id']}"
    answered = f"{project}/questions?show=answered"
    alike = f"{project}/questions/alike?text={ASKED}&item={parts['item_id']}"
    more = [f"{project}/search?words={SAID}", answered, f"/api/v1{answered}", alike, f"/api/v1{alike}"]
    for address in (*addresses(app, parts), *more):
        text = client.get(address).text
        if leaked := [mark for mark in (SAID, ASKED, RULED, RIGHT) if mark in text]:
            found[address] = leaked
    return found


def test_who_takes_part_is_told_nothing_by_any_route_whatever_else_they_are(
    cast: Cast, client: TestClient[Any], app: Litestar, trial: dict[str, int]
) -> None:
    cast.sign_in(client, "alice")
    assert told(client, app, trial) == {}
    set_member(cast.house, cast.zhou, cast.project, cast.alice.id, ANYBODY)
    assert told(client, app, trial) == {}
    # Who takes no part reads it by the same addresses: the marks are there to be found.
    set_member(cast.house, cast.zhou, cast.project, cast.carol.id, ANYBODY)
    cast.sign_in(client, "carol")
    seen = {mark for marks in told(client, app, trial).values() for mark in marks}
    assert seen == {SAID, ASKED, RULED, RIGHT}


def test_once_all_have_answered_or_it_is_closed_it_is_blind_for_nobody(
    cast: Cast, client: TestClient[Any], trial: dict[str, int]
) -> None:
    set_member(cast.house, cast.zhou, cast.project, cast.alice.id, ANYBODY)
    cast.sign_in(client, "alice")
    report, bench = (path.format(**trial) for path in (REPORT, BENCH))
    refused = client.get(report)
    assert (refused.status_code, refused.json()["code"]) == (403, "trial-still-blind")
    assert client.get(f"/projects/{cast.project}/rounds/trial").status_code == 200
    assert RULED not in client.get(bench).text
    answer(cast, cast.alice, trial["round_id"], "mine")
    assert client.get(report).status_code == 200
    assert RULED in client.get(bench).text

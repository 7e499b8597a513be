"""Rework and rechecks can ask for several answers too: a number, for a share, or until they are sure."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import Origin, RoundState, find_resolutions
from guiju.consensus import resolve_round
from guiju.consensus.wanting import weigh_open
from guiju.kit import new_id
from guiju.work import Returned, open_recheck, open_rework, progress_of, set_round_running
from guiju.work.overlap import Overlap, Way
from guiju.work.overlap.actions import ask_for_several
from guiju.work.overlap.errors import NotForSeveral, SeveralAlready
from tests.inspection.build import Made, make_texts
from tests.support.cast import Cast
from tests.work.test_recheck import Hand, held


@pytest.fixture
def made(cast: Cast) -> Made:
    """Six texts that alice labelled a and b in turn."""
    return make_texts(cast, 6)


def total(cast: Cast, round_id: int) -> int:
    with cast.house.reading() as connection:
        return progress_of(connection, round_id).total


def recheck(cast: Cast, made: Made, overlap: int | Overlap) -> int:
    told: dict[str, Any] = {"request_id": new_id(), "items": made.items, "overlap": overlap}
    return open_recheck(cast.house, cast.zhou, cast.project, **told)


def everybody(client: TestClient[Litestar], cast: Cast, round_id: int, label: dict[int, str]) -> None:
    for who in ("bob", "carol"):
        hand = Hand(cast, client, who, round_id)
        while tasks := hand.lease():
            for task in tasks:
                hand.answer(task, label[task["item"]["id"]])


def test_a_recheck_by_two_is_resolved_together_and_what_they_confirm_stays(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    before = held(cast, made.items)
    round_id = recheck(cast, made, 2)
    assert total(cast, round_id) == 12
    labels = {item: "b" if item == made.items[0] else "ab"[place % 2] for place, item in enumerate(made.items)}
    everybody(client, cast, round_id, labels)
    assert held(cast, made.items) == before
    set_round_running(cast.house, cast.zhou, round_id, RoundState.CLOSED)
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    with cast.house.reading() as connection:
        found = {each.item_id: each for each in find_resolutions(connection, cast.project, item_ids=made.items)}
    assert found[made.items[0]].origin is Origin.CONSENSUS
    assert {item: each.id for item, each in found.items() if item != made.items[0]} == {
        item: number for item, (_, number) in before.items() if item != made.items[0]
    }


def test_a_share_of_a_recheck_gets_several_and_the_rest_holds_at_once(cast: Cast, made: Made) -> None:
    round_id = recheck(cast, made, Overlap(Way.SHARE, 1, 2, share=0.5))
    assert total(cast, round_id) == 9
    assert ask_again(cast, round_id, 3) == "several-already"


def ask_again(cast: Cast, round_id: int, most: int) -> str:
    try:
        ask_for_several(cast.house, cast.zhou, round_id, most, request_id=new_id())
    except (SeveralAlready, NotForSeveral) as refusal:
        return refusal.code
    return ""


def test_rework_is_asked_until_sure_by_whoever_has_not_answered(
    cast: Cast, client: TestClient[Litestar], made: Made
) -> None:
    def reject(tx: Any) -> int:
        told: dict[str, Any] = {"project_id": cast.project, "lot_id": None, "rulebook_id": made.rulebook}
        return open_rework(tx, **told, created_by=cast.zhou.id, items=[Returned(item, None) for item in made.items])

    round_id = cast.house.write(reject)
    told = new_id()
    wanted = Overlap(Way.UNTIL, 2, 3, sure=0.8)
    assert ask_for_several(cast.house, cast.zhou, round_id, wanted, request_id=told) == 6
    assert ask_for_several(cast.house, cast.zhou, round_id, wanted, request_id=told) == 0
    odd = made.items[2]
    for who in ("bob", "carol"):
        hand = Hand(cast, client, who, round_id)
        for task in hand.lease():
            item = task["item"]["id"]
            hand.answer(task, "b" if item == odd and who == "carol" else "a")
    assert weigh_open(cast.house) == 6
    assert total(cast, round_id) == 13
    [task] = Hand(cast, client, "alice", round_id).lease()
    assert task["item"]["id"] == odd


def test_production_says_so_when_it_is_opened(cast: Cast, made: Made) -> None:
    assert ask_again(cast, made.round, 2) == "not-for-several"


def test_the_page_and_the_route_ask_for_several(cast: Cast, client: TestClient[Litestar], made: Made) -> None:
    round_id = recheck(cast, made, 1)
    headers = cast.sign_in(client, "zhou")
    page = f"/projects/{cast.project}/rounds/{round_id}/queue"
    assert 'value="several"' in client.get(page).text
    sent = {"act": "several", "id": new_id(), "way": "fixed", "most": 3}
    answer = client.post(f"/api/v1/rounds/{round_id}/queue", json=sent, headers=headers)
    assert (answer.status_code, answer.json()["moved"]) == (200, 12)
    assert 'value="several"' not in client.get(page).text

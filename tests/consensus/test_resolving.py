"""Several answers become what holds; ties are left open, rulings stand."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import Origin, RoundNotFound, RoundState, find_resolutions, resolve, set_round_state
from guiju.consensus import NothingToResolve, RoundStillOpen, UnknownMethod, resolve_round
from guiju.consensus.methods.majority import decide_by_majority
from guiju.kinds import Choice, decode_answers
from guiju.kit import new_id
from guiju.people import NotAllowed
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.support.cast import Cast

ROWS = ["m0,ann,yes", "m0,ben,yes", "m0,cy,no", "m1,ann,yes", "m1,ben,no", "m2,ann,no"]


@pytest.fixture
def round_id(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    return int(outcome_of(bring_rows(cast, tmp_path, ROWS))["round"])


def held(cast: Cast) -> list[tuple[Origin, tuple[str, ...], float | None]]:
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project)
    answers = [(one, decode_answers(one.answers)["answer"]) for one in found]
    return [(one.origin, answer.labels, one.confidence) for one, answer in answers if isinstance(answer, Choice)]


def test_the_majority_of_every_field_decides_with_the_smallest_confidence() -> None:
    answers = [{"a": Choice(("x",)), "b": Choice(("u",))}] * 2 + [{"a": Choice(("y",)), "b": Choice(("u",))}]
    decided = decide_by_majority(answers)
    assert decided is not None
    assert decided.answers == answers[0]
    assert decided.confidence == pytest.approx(2 / 3)
    assert decide_by_majority(answers[1:]) is None


def test_what_the_majority_says_holds_and_a_tie_is_left_open(cast: Cast, round_id: int) -> None:
    outcome = resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    assert (outcome.resolved, len(outcome.ties), outcome.kept) == (2, 1, 0)
    assert held(cast) == [
        (Origin.CONSENSUS, ("yes",), pytest.approx(2 / 3)),
        (Origin.CONSENSUS, ("no",), pytest.approx(1.0)),
    ]


def test_resolving_again_changes_nothing(cast: Cast, round_id: int) -> None:
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    with cast.house.reading() as connection:
        before = [one.id for one in find_resolutions(connection, cast.project)]
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    with cast.house.reading() as connection:
        assert [one.id for one in find_resolutions(connection, cast.project)] == before


def test_what_was_ruled_stands(cast: Cast, round_id: int) -> None:
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    with cast.house.reading() as connection:
        first = find_resolutions(connection, cast.project)[0]
    ruled: dict[str, Any] = {"project_id": cast.project, "round_id": round_id, "item_id": first.item_id}
    answers = '{"answer":{"kind":"choice","labels":["no"]}}'
    cast.house.write(
        lambda tx: resolve(tx, **ruled, rulebook_id=first.rulebook_id, origin=Origin.RULING, answers=answers)
    )
    assert resolve_round(cast.house, cast.zhou, round_id, request_id=new_id()).kept == 1
    assert held(cast)[0] == (Origin.RULING, ("no",), None)


def test_nothing_is_resolved_by_an_unknown_method_in_an_open_round_or_from_ties_alone(
    cast: Cast, round_id: int, tmp_path: Path
) -> None:
    with pytest.raises(UnknownMethod):
        resolve_round(cast.house, cast.zhou, round_id, request_id=new_id(), method="dice")
    cast.house.write(lambda tx: set_round_state(tx, round_id, RoundState.OPEN))
    with pytest.raises(RoundStillOpen):
        resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    tied = outcome_of(bring_rows(cast, tmp_path, ["m9,ann,yes", "m9,ben,no"], name="tied.csv"))["round"]
    with pytest.raises(NothingToResolve):
        resolve_round(cast.house, cast.zhou, tied, request_id=new_id())


def test_annotators_do_not_resolve_and_strangers_know_of_no_round(cast: Cast, client: Any, round_id: int) -> None:
    with pytest.raises(NotAllowed):
        resolve_round(cast.house, cast.alice, round_id, request_id=new_id())
    with pytest.raises(RoundNotFound):
        resolve_round(cast.house, cast.mallory, round_id, request_id=new_id())
    headers = cast.sign_in(client, "mallory")
    told = {"id": new_id(), "method": "majority"}
    assert client.post(f"/api/v1/rounds/{round_id}/consensus", json=told, headers=headers).status_code == 404
    headers = cast.sign_in(client, "zhou")
    answer = client.post(f"/api/v1/rounds/{round_id}/consensus", json={**told, "id": new_id()}, headers=headers)
    assert (answer.status_code, answer.json()["resolved"]) == (200, 2)

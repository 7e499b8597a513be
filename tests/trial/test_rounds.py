"""A trial against the one before: whether the amendment helped is decided by a test."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundNotFound
from guiju.kinds import TURN, Choice, Each, FieldShape
from guiju.work.trial.model import Given
from guiju.work.trial.rounds import NoEarlierTrial, SameRound, compare_trials
from guiju.work.trial.rounds.rules import compare_fields
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.support.cast import Cast

PEOPLE = ("ann", "ben", "cyd")


def rows(split: set[int]) -> list[str]:
    """Thirty items by three people; on those of `split` cyd says b where the others say a."""

    def said(n: int, who: str) -> str:
        return "c" if n >= 20 else "b" if who == "cyd" and n in split else "a"

    return [f"m{n},{who},{said(n, who)}" for n in range(30) for who in PEOPLE]


@pytest.fixture
def trials(cast: Cast, tmp_path: Path) -> tuple[int, int]:
    """Of the first trial fifteen items are split, of the second two."""
    publish_labels(cast, "choice", ["a", "b", "c"])
    first = bring_rows(cast, tmp_path, rows(set(range(15))))
    second = bring_rows(cast, tmp_path, rows({0, 1}), name="again.csv")
    return int(outcome_of(first)["round"]), int(outcome_of(second)["round"])


def test_the_same_items_show_that_an_amendment_helped_and_for_which_label(cast: Cast, trials: tuple[int, int]) -> None:
    found = compare_trials(cast.house, cast.zhou, trials[1])
    assert (found.before.round_id, found.after.round_id, found.shared) == (*trials, 30)
    [answer] = found.fields
    # a split item has one agreeing pair of three: thirteen items rose by two thirds
    assert (answer.moved.verdict, answer.moved.paired) == ("better", True)
    assert answer.moved.difference == pytest.approx(13 * 2 / 3 / 30)
    assert answer.moved.p is not None
    assert answer.moved.p < 0.001
    assert (answer.alpha_after or 0) > (answer.alpha_before or 0)
    by_label = {line.label: line.moved for line in answer.labels}
    assert by_label["a"].verdict == "better"
    assert by_label["c"].verdict == "unshown"
    assert "b" not in by_label, "a label on two items in the second trial is too rare for a test"


def test_turned_round_it_got_worse(cast: Cast, trials: tuple[int, int]) -> None:
    assert compare_trials(cast.house, cast.zhou, trials[0], trials[1]).fields[0].moved.verdict == "worse"


def test_what_cannot_be_compared_is_refused_by_name(cast: Cast, trials: tuple[int, int]) -> None:
    with pytest.raises(NoEarlierTrial):
        compare_trials(cast.house, cast.zhou, trials[0])
    with pytest.raises(SameRound):
        compare_trials(cast.house, cast.zhou, trials[0], trials[0])
    with pytest.raises(RoundNotFound):
        compare_trials(cast.house, cast.mallory, trials[1])


def test_page_and_api_say_it_in_words(cast: Cast, client: Any, trials: tuple[int, int]) -> None:
    cast.sign_in(client, "zhou")
    client.headers["Accept-Language"] = "en"
    shown = client.get(f"/projects/{cast.project}/rounds/{trials[1]}/change").text
    assert "Agreement rose by .289" in shown
    assert "30 items stand in both rounds" in shown
    assert (
        f"/projects/{cast.project}/rounds/{trials[1]}/change"
        in client.get(f"/projects/{cast.project}/rounds/{trials[1]}/trial").text
    )
    told = client.get(f"/api/v1/rounds/{trials[1]}/change").json()
    assert told["fields"][0]["moved"]["meaning"][0].startswith("Agreement rose by .289")
    cast.sign_in(client, "alice")
    assert client.get(f"/api/v1/rounds/{trials[1]}/change").status_code == 403
    cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/rounds/{trials[1]}/change").status_code == 404


def test_the_report_names_the_person_and_leads_to_draft_and_boundary_example(
    cast: Cast, client: Any, trials: tuple[int, int]
) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    client.headers["Accept-Language"] = "en"
    address = f"/projects/{cast.project}/rounds/{trials[0]}"
    [answer] = client.get(f"/api/v1/rounds/{trials[0]}/report").json()["fields"]
    assert (answer["confusions"][0]["cause"]["name"], answer["confusions"][0]["cause"]["people"]) == ("person", ["cyd"])
    assert answer["standing"][0]["name"] == "cyd"
    assert answer["standing"][0]["without"] == pytest.approx(1.0)
    assert answer["matrix"] == {"labels": ["a", "b", "c"], "counts": [[30, 30, 0], [30, 0, 0], [0, 0, 30]]}
    shown = client.get(f"{address}/trial").text
    assert "Without cyd it falls from" in shown
    noted = client.get(f"/projects/{cast.project}/rulebook/edit?clause=C1&trial=1&a=a&b=b&n=30").text
    assert "Trial 1: 30 pairs of answers took" in noted
    assert 'data-at="' in noted
    item = answer["worst"][0]["item_id"]
    sent = {"csrf": csrf, "request_id": "example-0001", "item": str(item)}
    assert client.post(f"{address}/example", data=sent, follow_redirects=False).status_code == 303
    draft = client.get(f"/projects/{cast.project}/rulebook/draft.md").text
    assert "polarity: boundary" in draft
    assert "item: m0" in draft
    assert "answer: [a]" in draft.replace("\n        - a", " [a]") or "- a" in draft


def test_what_is_asked_of_each_turn_is_compared_dialogue_by_dialogue() -> None:
    asked = FieldShape("intent", "choice", ("ask", "tell"), target=TURN)

    def said(split: int) -> list[Given]:
        """Four turns of eight dialogues by two people, who differ on the first `split` turns of each."""
        return [
            Given(
                item, who, {"intent": Each(TURN, {str(turn): Choice(_one(who, turn, split)) for turn in range(1, 5)})}
            )
            for item in range(8)
            for who in (1, 2)
        ]

    [field] = compare_fields([asked], said(2), said(0))
    assert (field.moved.n_before, field.moved.before, field.moved.after) == (8, 0.5, 1.0)
    assert field.moved.verdict == "better"
    assert {line.label: line.moved.n_before for line in field.labels} == {"ask": 8}


def _one(who: int, turn: int, split: int) -> tuple[str]:
    return ("tell",) if who == 2 and turn <= split else ("ask",)

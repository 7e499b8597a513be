"""The method is chosen by what the answers say for it, stands on record, and leaves what is unsure to a person."""

from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundNotFound, find_resolutions
from guiju.consensus import UnknownMethod, advise_on, choose_and_resolve, resolve_round
from guiju.consensus.adjudication import list_cases
from guiju.consensus.advising import advise
from guiju.consensus.errors import NoLabelToChoose, SurenessOutOfRange, UnknownMerge
from guiju.consensus.methods import LEARNING, MERGES, METHODS
from guiju.consensus.model import Advice, Said
from guiju.consensus.rules import choose_advice
from guiju.kinds import Box, Boxes, Choice, FieldShape, decode_answers, encode_answers
from guiju.kit import Sentence, new_id
from guiju.people import NotAllowed
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.support.cast import Cast

ITEMS = 40


def rows() -> list[str]:
    """Two who know and three who say `yes` to nearly everything: the majority is wrong wherever the right is `no`."""
    found: list[str] = []
    for item in range(ITEMS):
        right = "no" if item % 4 == 0 else "yes"
        found += [f"m{item},{who},{right}" for who in ("ann", "ben")]
        found += [
            f"m{item},{who},{'yes' if (item + place) % 9 else 'no'}" for place, who in enumerate(("cy", "di", "ed"))
        ]
    return found


@pytest.fixture
def round_id(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    return int(outcome_of(bring_rows(cast, tmp_path, rows()))["round"])


def labels(cast: Cast) -> dict[int, str]:
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project)
    answers = {one.item_id: decode_answers(one.answers)["answer"] for one in found}
    return {item: answer.labels[0] for item, answer in answers.items() if isinstance(answer, Choice)}


def choose(cast: Cast, round_id: int, method: str = "recommended", at_least: float = 0.0) -> Any:
    told: dict[str, Any] = {"request_id": new_id(), "method": method, "at_least": at_least}
    return choose_and_resolve(cast.house, cast.zhou, round_id, **told)


def test_the_advice_says_which_and_why_and_goes_on_record_with_the_choice(cast: Cast, round_id: int) -> None:
    advised, runs, _ = advise_on(cast.house, cast.zhou, round_id)
    [advice] = advised.labels
    assert advised.merging is None
    assert (advice.basis, advice.answers, runs) == ("hidden-answers", ITEMS * 5, [])
    assert [one.method for one in advice.candidates] == ["majority", *LEARNING]
    assert all(one.low is not None or one.refused for one in advice.candidates)
    assert str(advice.because)
    choose(cast, round_id, method="majority", at_least=0.5)
    [run] = advise_on(cast.house, cast.zhou, round_id)[1]
    assert (run.method, run.recommended, run.at_least) == ("majority", advice.recommended, 0.5)
    assert run.because == advice.because
    assert run.chosen_by == cast.zhou.id


def test_recommended_takes_the_method_that_is_advised(cast: Cast, round_id: int) -> None:
    [advice] = advise_on(cast.house, cast.zhou, round_id)[0].labels
    assert choose(cast, round_id).method == advice.recommended


@pytest.mark.parametrize("method", LEARNING)
def test_every_method_decides_the_whole_round(cast: Cast, round_id: int, method: str) -> None:
    outcome = resolve_round(cast.house, cast.zhou, round_id, request_id=new_id(), method=method)
    assert outcome.resolved + len(outcome.ties) == ITEMS


def test_who_knows_weighs_more_than_who_says_yes_to_everything(cast: Cast, round_id: int) -> None:
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    by_majority = sum(label == "no" for label in labels(cast).values())
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id(), method="dawid-skene")
    assert sum(label == "no" for label in labels(cast).values()) > by_majority


def test_what_is_less_sure_goes_to_a_person_with_what_consensus_leans_to(cast: Cast, round_id: int) -> None:
    before = choose(cast, round_id, method="majority")
    assert before.unsure == ()
    outcome = choose(cast, round_id, method="majority", at_least=0.75)
    assert 0 < len(outcome.unsure) < ITEMS
    assert set(labels(cast)).isdisjoint(outcome.unsure)
    cases = list_cases(cast.house, cast.xing, round_id, want=20)
    assert {case.item.id for case in cases} <= set(outcome.unsure)
    assert all(case.lean and case.lean.confidence < 0.75 and case.lean.letters for case in cases)
    again = choose(cast, round_id, method="majority", at_least=0.0)
    assert again.unsure == ()
    assert list_cases(cast.house, cast.xing, round_id, want=20) == []


def test_what_cannot_be_is_refused_by_name(cast: Cast, round_id: int) -> None:
    with pytest.raises(UnknownMethod):
        choose(cast, round_id, method="dice")
    with pytest.raises(UnknownMerge):
        resolve_round(cast.house, cast.zhou, round_id, request_id=new_id(), merge="glue")
    with pytest.raises(SurenessOutOfRange):
        choose(cast, round_id, method="majority", at_least=1.5)
    with pytest.raises(NotAllowed):
        advise_on(cast.house, cast.alice, round_id)
    with pytest.raises(RoundNotFound):
        advise_on(cast.house, cast.mallory, round_id)


def test_where_several_labels_may_hold_nobody_is_weighed_by_the_one_they_choose(
    cast: Cast, tmp_path: Path, client: TestClient[Litestar]
) -> None:
    publish_labels(cast, "choice", ["yes", "no"], "{multiple: true}")
    round_id = int(outcome_of(bring_rows(cast, tmp_path, rows()[:10]))["round"])
    assert advise_on(cast.house, cast.zhou, round_id)[0].labels == []
    with pytest.raises(NoLabelToChoose):
        choose(cast, round_id, method="one-coin")
    assert choose(cast, round_id).method == "majority"
    headers = cast.sign_in(client, "zhou")
    here = f"/projects/{cast.project}/rounds/{round_id}/consensus"
    assert '<option value="closest"' in client.get(here).text
    sent = {"csrf": headers["X-CSRF-Token"], "method": "majority", "merge": "trusted", "at_least": "0"}
    assert client.post(here, data=sent, follow_redirects=False).status_code in {302, 303}
    told = client.get(f"/api/v1/rounds/{round_id}/consensus").json()
    assert (told["runs"][0]["merge"], told["merging"]["recommended"]) == ("trusted", "merge")


def test_the_page_advises_resolves_and_shows_what_is_on_record(
    cast: Cast, round_id: int, client: TestClient[Litestar]
) -> None:
    here = f"/projects/{cast.project}/rounds/{round_id}"
    headers = cast.sign_in(client, "zhou")
    page = client.get(f"{here}/consensus").text
    assert 'value="dawid-skene"' in page
    sent = {"csrf": headers["X-CSRF-Token"], "method": "majority", "at_least": "75"}
    answer = client.post(f"{here}/consensus", data=sent, follow_redirects=False)
    assert answer.headers["location"].startswith(f"{here}/undecided")
    assert "majority" in client.get(f"{here}/consensus").text
    told = client.get(f"/api/v1/rounds/{round_id}/consensus").json()
    assert (told["runs"][0]["method"], told["advice"][0]["field"]) == ("majority", "answer")
    assert told["advice"][0]["because"]
    cast.sign_in(client, "xing")
    assert client.get(f"{here}/undecided").status_code == 200
    assert client.get(f"/api/v1/rounds/{round_id}/cases").json()["tasks"][0]["lean"]["method"] == "majority"


def test_of_fields_that_are_advised_differently_the_most_count() -> None:
    def advice(method: str) -> Advice:
        return Advice("f", method, Sentence(""), "gold", (), 0, sampled=False)

    chosen = choose_advice([advice("one-coin"), advice("majority"), advice("one-coin")])
    assert chosen is not None
    assert chosen.recommended == "one-coin"
    assert choose_advice([]) is None


def box(x: float, label: str = "crack") -> Boxes:
    return Boxes((Box("b1", label, x, 10.0, 20.0, 20.0),))


def drawn(apart: float, items: int = 24) -> dict[int, list[Said]]:
    """Ann and Ben box the same; Cy, Di and Ed box it `apart` pixels aside, each to another side."""
    shifts = (0.0, 0.0, apart, -apart, apart / 2)
    return {
        item: [Said(who, encode_answers({"f": box(50.0 + item + by)}).decode()) for who, by in enumerate(shifts)]
        for item in range(items)
    }


def test_rules_to_merge_boxes_are_compared_by_known_answers_or_hidden_ones_with_their_intervals() -> None:
    fields = [FieldShape("f", "box", labels=("crack",))]
    said = drawn(6.0)
    gold = {item: encode_answers({"f": box(50.0 + item)}).decode() for item in said}
    known, hidden = advise(fields, said, gold).merging, advise(fields, said, {}).merging
    assert known is not None
    assert hidden is not None
    assert (known.basis, hidden.basis) == ("gold", "hidden-answers")
    assert [one.method for one in known.candidates] == list(MERGES)
    scores = {one.method: one.score or 0 for one in known.candidates}
    assert scores["closest"] == scores["trusted"] == pytest.approx(1.0)
    assert known.recommended == ("closest" if scores["merge"] < 0.999 else "merge")
    assert all(one.low is not None and one.high is not None for one in hidden.candidates)
    few = advise(fields, drawn(6.0, items=4), {}).merging
    assert few is not None
    assert (few.recommended, few.candidates[0].score) == ("merge", None)


def test_a_whole_answer_of_one_person_is_taken_where_the_trainer_says_so() -> None:
    fields = [FieldShape("f", "box", labels=("crack",))]
    apart = {1: [Said(who, encode_answers({"f": box(x)}).decode()) for who, x in enumerate((10.0, 12.0, 15.0))]}
    whole = METHODS["majority"](fields, apart, "closest")[1]
    middle = METHODS["majority"](fields, apart, "merge")[1]
    assert whole is not None
    assert middle is not None
    assert whole.answers["f"] == box(12.0)
    tied = {1: apart[1][:2]}
    assert METHODS["majority"](fields, tied, "closest")[1] is None

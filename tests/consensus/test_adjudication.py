"""What the annotators of a round leave open is laid before whoever may rule, and ruled on once."""

from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import Annotation, AnswersRefused, Origin, RoundState, find_resolutions, set_round_state
from guiju.consensus import resolve_round
from guiju.consensus.adjudication import AnswersToCome, Case, CaseChanged, RulingSaid, list_cases, rule_on_case
from guiju.consensus.adjudication.rules import compare_voices, gather_voices, letter
from guiju.inspection import Finding, NotOwnWork, Outcome, draw_lot, get_lot, judge
from guiju.kinds import Answer, Box, Boxes, Choice, FieldShape, encode_answers
from guiju.kit import new_id
from guiju.people import Role
from guiju.projects import set_member
from guiju.rulings import gold_answers, latest_rulings
from guiju.work import open_trial, submit_annotation
from guiju.work.actions import Answered
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.inspection.test_bench import boot_of, lease
from tests.support.build import import_messages, sign_the_brief
from tests.support.cast import Cast

Client = TestClient[Litestar]
ROWS = ["m0,ann,yes", "m0,ben,yes", "m0,cy,no", "m1,ann,yes", "m1,ben,no", "m2,ann,no", "m3,ann,no", "m3,ben,yes"]
YES = '{"answer":{"kind":"choice","labels":["yes"]}}'


@pytest.fixture
def round_id(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    return int(outcome_of(bring_rows(cast, tmp_path, ROWS))["round"])


def cases_of(cast: Cast, round_id: int, who: str = "xing") -> list[Case]:
    return list_cases(cast.house, cast.people[who], round_id, want=20)


def said(case: Case, **more: Any) -> RulingSaid:
    told: dict[str, Any] = {"answers": YES, "text": "读末句", "clause": "C1", "last": case.last, "ruling": 0, **more}
    return RulingSaid(**told)


def rule(cast: Cast, round_id: int, case: Case, who: str = "xing", **more: Any) -> int:
    request_id = more.pop("request_id", None) or new_id()
    house, actor = cast.house, cast.people[who]
    return rule_on_case(house, actor, round_id, case.item.id, request_id=request_id, said=said(case, **more))


def held(cast: Cast, item: int) -> tuple[Origin, str] | None:
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project, item_ids=[item])
    return (found[0].origin, found[0].answers) if found else None


# What is laid before whom


def test_items_answered_differently_are_open_until_something_holds(cast: Cast, round_id: int) -> None:
    assert [case.item.name for case in cases_of(cast, round_id)] == ["m0", "m1", "m3"]
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    first, second = cases_of(cast, round_id)
    assert [first.item.name, second.item.name] == ["m1", "m3"]
    assert [case.item.name for case in list_cases(cast.house, cast.xing, round_id, want=5, after=first.item.id)] == [
        "m3"
    ]


def test_equal_answers_are_one_voice_and_the_agreement_counts_people(cast: Cast, round_id: int) -> None:
    case = cases_of(cast, round_id)[0]
    assert sorted(len(voice.letters) for voice in case.voices) == [1, 2]
    assert sorted(letter for voice in case.voices for letter in voice.letters) == ["A", "B", "C"]
    assert case.agreement["answer"].overall == pytest.approx(1 / 3)
    assert case.agreement["answer"].shares == ((1, 0), (0, 1))


def test_names_are_shown_to_those_who_lead_and_to_nobody_else(cast: Cast, round_id: int) -> None:
    assert {voice.names for case in cases_of(cast, round_id) for voice in case.voices} == {None}
    names = {name for voice in cases_of(cast, round_id, "zhou")[0].voices for name in voice.names or ()}
    assert names == {"ann", "ben", "cy"}


FIELD = FieldShape("f", "box", ("x",))


def annotation(item: int, annotator: int, *boxes: tuple[float, float]) -> Annotation:
    shapes = tuple(Box(f"{annotator}-{n}", "x", x, 0, w, 10) for n, (x, w) in enumerate(boxes))
    answers: dict[str, Answer] = {"f": Boxes(shapes)}
    return Annotation(annotator, 1, item, annotator, 1, encode_answers(answers).decode(), None, 0)


def test_boxes_drawn_alike_are_one_voice_whatever_their_ids_and_others_agree_by_their_overlap() -> None:
    given = [annotation(1, 1, (0, 10)), annotation(1, 2, (0, 10)), annotation(1, 3, (0, 8))]
    voices = gather_voices(given, [FIELD])
    assert sorted(len(voice.letters) for voice, _ in voices) == [1, 2]
    agreement = compare_voices([FIELD], voices)["f"]
    [share] = {round(agreement.shares[i][j], 6) for i, j in ((0, 1), (1, 0))}
    assert 0 < share < 1
    assert agreement.overall == pytest.approx((1 + 2 * share) / 3)


def test_letters_do_not_follow_a_person_from_item_to_item() -> None:
    first = [
        next(voice.letters for voice, _ in gather_voices(given, [FIELD]) if 1 in voice.annotations)
        for item in range(20)
        for given in [[annotation(item, 1, (0, 10)), annotation(item, 2, (0, 5))]]
    ]
    assert {("A",), ("B",)} == set(first)
    assert [letter(place) for place in (0, 25, 26)] == ["A", "Z", "A1"]


# The ruling


def test_a_ruling_holds_from_now_on_and_is_known_to_be_right(cast: Cast, round_id: int) -> None:
    resolve_round(cast.house, cast.zhou, round_id, request_id=new_id())
    case = cases_of(cast, round_id)[0]
    request_id = new_id()
    ruling = rule(cast, round_id, case, request_id=request_id)
    assert rule(cast, round_id, case, request_id=request_id) == ruling  # sent twice, stored once
    assert held(cast, case.item.id) == (Origin.RULING, YES)
    with cast.house.reading() as connection:
        assert gold_answers(connection, cast.project, [case.item.id]) == {case.item.id: YES}
        [latest] = latest_rulings(connection, cast.project)
    assert (latest.ruling.id, latest.ruling.text, latest.ruling.clause) == (ruling, "读末句", "C1")
    assert [each.item.name for each in cases_of(cast, round_id)] == ["m3"]
    assert resolve_round(cast.house, cast.zhou, round_id, request_id=new_id()).kept == 0  # a tie has no majority


def test_a_ruling_on_what_has_changed_meanwhile_is_not_stored(cast: Cast, round_id: int) -> None:
    case = cases_of(cast, round_id)[0]
    ruling = rule(cast, round_id, case)
    with pytest.raises(CaseChanged):
        rule(cast, round_id, case, who="lin")
    with pytest.raises(CaseChanged):
        rule(cast, round_id, case, last=case.last - 1, ruling=ruling)
    rule(cast, round_id, case, who="lin", ruling=ruling, answers=YES.replace("yes", "no"))
    assert held(cast, case.item.id) == (Origin.RULING, YES.replace("yes", "no"))


def test_a_ruling_must_be_allowed_by_the_rulebook(cast: Cast, round_id: int) -> None:
    case = cases_of(cast, round_id)[0]
    with pytest.raises(AnswersRefused):
        rule(cast, round_id, case, answers=YES.replace("yes", "zebra"))
    assert held(cast, case.item.id) is None


def test_a_ruling_needs_a_reason_and_a_clause_alone_speaks_by_its_title(
    cast: Cast, client: Client, round_id: int
) -> None:
    case = cases_of(cast, round_id)[0]
    headers, path = cast.sign_in(client, "xing"), f"/api/v1/rounds/{round_id}/cases/{case.item.id}/ruling"
    body = {"id": new_id(), "answers": {"answer": {"kind": "choice", "labels": ["yes"]}}, "last": case.last}
    for bare in ({"text": " "}, {"clause": "C99"}):
        refused = client.post(path, json={**body, **bare}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (422, "ruling-empty")
    assert client.post(path, json={**body, "clause": "C1"}, headers=headers).status_code == 201
    with cast.house.reading() as connection:
        [latest] = latest_rulings(connection, cast.project)
    assert latest.ruling.text


# Who may


def test_annotators_and_inspectors_may_not_rule_and_a_stranger_knows_of_no_round(
    cast: Cast, client: Client, round_id: int
) -> None:
    case = cases_of(cast, round_id)[0]
    body = {
        "id": new_id(),
        "answers": {"answer": {"kind": "choice", "labels": ["yes"]}},
        "text": "x",
        "last": case.last,
    }
    for name, status in (("alice", 403), ("hu", 403), ("mallory", 404)):
        headers = cast.sign_in(client, name)
        assert client.get(f"/api/v1/rounds/{round_id}/cases").status_code == status
        path = f"/api/v1/rounds/{round_id}/cases/{case.item.id}/ruling"
        assert client.post(path, json=body, headers=headers).status_code == status
        for page in ("undecided", "adjudicate"):
            assert client.get(f"/projects/{cast.project}/rounds/{round_id}/{page}").status_code == status
    assert held(cast, case.item.id) is None


@pytest.fixture
def trial(cast: Cast, tmp_path: Path) -> int:
    """A trial of two items: alice and bob differ on the first, bob has the second still to do."""
    sign_the_brief(cast)
    publish_labels(cast, "choice", ["yes", "no"])
    import_messages(cast, tmp_path, 2)
    people = [cast.alice.id, cast.bob.id]
    opened = open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, size=2)
    for who, labels in (("alice", ("yes", "yes")), ("bob", ("no",))):
        actor = cast.people[who]
        tasks = sorted(lease(cast, actor, opened), key=lambda task: task.item.id)
        for task, name in zip(tasks, labels, strict=False):
            answered = Answered(new_id(), task.slot, task.lease, 0, {"answer": Choice((name,))})
            cast.house.write(submit_annotation(lambda _, actor=actor: actor, opened, answered))
    return opened


def test_nobody_rules_on_their_own_work(cast: Cast, client: Client, trial: int) -> None:
    [case] = cases_of(cast, trial)
    set_member(cast.house, cast.zhou, cast.project, cast.alice.id, Role.ANNOTATOR | Role.EXPERT)
    assert cases_of(cast, trial, "alice") == []
    headers = cast.sign_in(client, "alice")
    named = client.get(f"/api/v1/rounds/{trial}/cases", params={"item": case.item.id})
    assert (named.status_code, named.json()["code"]) == (403, "not-own-work")
    body = {
        "id": new_id(),
        "answers": {"answer": {"kind": "choice", "labels": ["yes"]}},
        "text": "x",
        "last": case.last,
    }
    refused = client.post(f"/api/v1/rounds/{trial}/cases/{case.item.id}/ruling", json=body, headers=headers)
    assert refused.json()["code"] == "not-own-work"


def test_an_item_waits_for_its_last_answer_unless_the_round_is_closed(cast: Cast, trial: int) -> None:
    [case] = cases_of(cast, trial)
    cast.house.write(lambda tx: _ask_again(tx, trial, case.item.id))
    with pytest.raises(AnswersToCome):
        rule(cast, trial, case)
    cast.house.write(lambda tx: set_round_state(tx, trial, RoundState.CLOSED))
    rule(cast, trial, case)


def _ask_again(tx: Any, round_id: int, item_id: int) -> None:
    from guiju.work.store import insert_slots

    insert_slots(tx, round_id, [{"item_id": item_id, "ordinal": 10**9, "reserved": 0}])


def test_an_item_with_one_answer_is_no_case(cast: Cast, client: Client, trial: int) -> None:
    [case] = cases_of(cast, trial)
    with cast.house.reading() as connection:
        other = next(one for one in (1, 2) if one != case.item.id)
        assert find_resolutions(connection, cast.project) == []
    cast.sign_in(client, "xing")
    answer = client.get(f"/api/v1/rounds/{trial}/cases", params={"item": other})
    assert (answer.status_code, answer.json()["code"]) == (404, "case-not-found")


def test_who_ruled_on_an_item_does_not_inspect_it(cast: Cast, round_id: int) -> None:
    cases = cases_of(cast, round_id)
    for case in cases:
        rule(cast, round_id, case)
    lot = draw_lot(cast.house, cast.zhou, cast.project, new_id(), aql="1.0", round_id=round_id)
    places = {place.item_id for place in get_lot(cast.house, cast.hu, cast.project, lot).sample}
    ruled = next(case.item.id for case in cases if case.item.id in places)
    with pytest.raises(NotOwnWork):
        judge(cast.house, cast.xing, cast.project, lot, ruled, new_id(), Finding(Outcome.PASS))
    judge(cast.house, cast.hu, cast.project, lot, ruled, new_id(), Finding(Outcome.PASS))


# The pages


def test_the_list_names_each_item_and_leads_to_its_bench(cast: Cast, client: Client, round_id: int) -> None:
    cast.sign_in(client, "xing")
    home = f"/projects/{cast.project}/rounds/{round_id}"
    shown = client.get(f"{home}/undecided?lang=en").text
    case = cases_of(cast, round_id)[0]
    assert f"{home}/adjudicate?item={case.item.id}" in shown
    assert "On 3 items" in shown
    boot = boot_of(client.get(f"{home}/adjudicate?item={case.item.id}").text)
    assert (boot["mode"], boot["first"], boot["open"]) == ("adjudication", case.item.id, 3)
    for each in cases_of(cast, round_id):
        rule(cast, round_id, each)
    assert "adjudicate" not in client.get(f"{home}/undecided").text


def test_resolving_by_majority_leads_to_what_it_leaves_undecided(cast: Cast, client: Client, round_id: int) -> None:
    headers = cast.sign_in(client, "zhou")
    form = {"csrf": headers["X-CSRF-Token"], "request_id": new_id()}
    home = f"/projects/{cast.project}/rounds/{round_id}"
    answer = client.post(f"{home}/consensus", data=form, follow_redirects=False)
    assert answer.headers["location"].startswith(f"{home}/undecided?said=")
    shown = client.get(answer.headers["location"]).text
    assert shown.count("/adjudicate?item=") == 2

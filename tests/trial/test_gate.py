"""The gate: what it reads, who decides it, and what a signed reason can do."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import RoundNotFound, RoundState, find_round
from guiju.briefs import Gate
from guiju.kinds import Box, Boxes, Choice, ChoiceOptions, FieldShape
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.site.words import words_for
from guiju.storage.journal import recent_events
from guiju.work import list_gate_decisions
from guiju.work.trial import (
    GateAlreadyDecided,
    GateNotReached,
    NotATrial,
    NoTrialYet,
    ReportIsStale,
    decide_gate,
    find_trial,
    make_report,
)
from guiju.work.trial.compare import NOTHING, compare_field, confused
from guiju.work.trial.model import Answered, FieldReport, Given, Measured
from guiju.work.trial.rules import count_people, read_gate, read_majority
from guiju.work.trial.rules import decide_gate as read_one
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.support.cast import Cast

ALPHA = Measured(0.7, 0.6, 0.8, 50)


@pytest.mark.parametrize(
    ("figure", "gate", "passed"),
    [
        (Measured(0.80, 0.75, 0.85, 50), Gate("observed", 0.80, "point"), True),
        (Measured(0.7999, 0.75, 0.85, 50), Gate("observed", 0.80, "point"), False),
        (Measured(0.85, 0.79, 0.90, 50), Gate("observed", 0.80, "lower95"), False),
        (Measured(0.85, 0.80, 0.90, 50), Gate("observed", 0.80, "lower95"), True),
        (Measured(1.0, None, None, 1), Gate("observed", 0.80, "lower95"), False),
        (Measured(None, why="nothing"), Gate("observed", 0.80, "point"), False),
    ],
)
def test_the_gate_reads_the_point_or_the_lower_bound(figure: Measured, gate: Gate, passed: bool) -> None:
    assert read_one(figure, ALPHA, gate).passed is passed


def test_the_reason_says_both_numbers_and_never_rounds_a_figure_up_to_its_gate() -> None:
    said = read_one(Measured(0.7996, 0.75, 0.85, 50), ALPHA, Gate()).sentence(words_for("en"))
    assert said.startswith("0.799 over 50 items does not reach the gate of 0.800.")


def test_an_alpha_below_two_thirds_is_warned_of() -> None:
    figure = Measured(0.9, 0.85, 0.95, 50)
    assert read_one(figure, Measured(0.66, n=50), Gate()).warning
    assert not read_one(figure, Measured(0.67, n=50), Gate()).warning


def test_the_gate_reads_the_field_with_the_least_agreement() -> None:
    fields = [FieldReport(str(value), "choice", Measured(value, n=9), ALPHA) for value in (0.9, 0.6, 0.8)]
    assert read_gate(fields, Gate()).figure == 0.6


def test_a_field_that_nobody_compared_keeps_the_gate_shut() -> None:
    fields = [FieldReport("a", "choice", Measured(0.9, n=9), ALPHA), FieldReport("b", "choice", Measured(None), ALPHA)]
    assert not read_gate(fields, Gate()).passed


def box(label: str, x: float) -> Box:
    return Box(f"{label}{x}", label, x, 0, 10, 10)


def test_boxes_in_one_place_are_confused_by_label_and_a_box_alone_with_nothing() -> None:
    one = Boxes((box("rbc", 0), box("wbc", 50), box("rbc", 100)))
    other = Boxes((box("wbc", 1), box("wbc", 50)))
    assert sorted(confused(one, other)) == [("rbc", NOTHING), ("rbc", "wbc")]


def test_two_annotators_boxes_are_compared_by_overlap() -> None:
    field = FieldShape("answer", "box", ("rbc", "wbc"))
    same, moved = Boxes((box("rbc", 0),)), Boxes((box("wbc", 0),))
    rows = [Answered(1, 1, same), Answered(1, 2, same), Answered(2, 1, same), Answered(2, 2, moved)]
    report = compare_field(field, rows)
    assert report.observed.value == pytest.approx(0.5)
    assert [(line.a, line.b, line.count, line.items) for line in report.confusions] == [("rbc", "wbc", 1, (2,))]
    assert [(pair.n, pair.observed) for pair in report.pairs] == [(2, pytest.approx(0.5))]
    assert [line.item_id for line in report.worst] == [2]


def test_choices_of_several_labels_are_compared_by_what_they_share() -> None:
    field = FieldShape("answer", "choice", ("a", "b", "c"), options=ChoiceOptions(multiple=True))
    rows = [Answered(1, 1, Choice(("a", "b"))), Answered(1, 2, Choice(("a",)))]
    assert compare_field(field, rows).observed.value == pytest.approx(0.5)


def test_whoever_owes_most_comes_first_with_their_median_time() -> None:
    given = [Given(1, 7, {}, 1000), Given(2, 7, {}, 3000), Given(1, 8, {}, None)]
    lines = count_people(given, {7: 2, 8: 5, 9: 4})
    assert [(line.annotator_id, line.answers, line.items, line.median_ms) for line in lines] == [
        (8, 1, 5, None),
        (9, 0, 4, None),
        (7, 2, 2, 2000),
    ]


def test_a_tie_counts_its_share_of_the_known_answer() -> None:
    def said(item: int, annotator: int, label: str) -> Given:
        return Given(item, annotator, {"answer": Choice((label,))})

    given = [said(1, 1, "x"), said(1, 2, "y"), said(2, 1, "x"), said(2, 2, "x")]
    gold = {1: {"answer": Choice(("x",))}, 2: {"answer": Choice(("x",))}}
    line = read_majority(given, gold)
    assert (line.resolved, line.ties, line.accuracy.value) == (1, 1, 0.75)


AGREED = [f"m{n},{who},{'yes' if n % 2 else 'no'}" for n in range(10) for who in ("ann", "ben")]
SPLIT = [f"m{n},{who},{'yes' if (n + len(who)) % 2 else 'no'}" for n in range(10) for who in ("ann", "benn")]


@pytest.fixture
def passing(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    return int(outcome_of(bring_rows(cast, tmp_path, AGREED))["round"])


@pytest.fixture
def failing(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    return int(outcome_of(bring_rows(cast, tmp_path, SPLIT))["round"])


def test_a_trial_that_agrees_passes_and_is_closed_once(cast: Cast, passing: int) -> None:
    request = new_id()
    assert decide_gate(cast.house, cast.zhou, passing, request_id=request) is True
    assert decide_gate(cast.house, cast.zhou, passing, request_id=request) is True
    with pytest.raises(GateAlreadyDecided):
        decide_gate(cast.house, cast.zhou, passing, request_id=new_id())
    with cast.house.reading() as connection:
        decided = list_gate_decisions(connection, cast.project)
        round_ = find_round(connection, passing)
        actions = [row.action for row in recent_events(connection, cast.project)]
    assert [(one.round_id, one.passed, one.reason, one.figure) for one in decided] == [(passing, True, None, 1.0)]
    assert round_ is not None
    assert round_.state is RoundState.CLOSED
    assert actions.count("trial.decided") == 1


def test_a_gate_that_was_not_reached_needs_a_signed_reason(cast: Cast, failing: int) -> None:
    with pytest.raises(GateNotReached):
        decide_gate(cast.house, cast.zhou, failing, request_id=new_id(), override_reason="  ")
    reason = "the customer takes these two labels for one"
    assert not decide_gate(cast.house, cast.zhou, failing, request_id=new_id(), override_reason=reason)
    with cast.house.reading() as connection:
        decided = list_gate_decisions(connection, cast.project)
    assert [(one.passed, one.reason, one.decided_by) for one in decided] == [(False, reason, cast.zhou.id)]


def test_nobody_decides_on_a_report_that_they_have_not_seen(cast: Cast, passing: int) -> None:
    last = make_report(cast.house, cast.zhou, passing).last
    with pytest.raises(ReportIsStale):
        decide_gate(cast.house, cast.zhou, passing, request_id=new_id(), seen=last - 1)
    assert decide_gate(cast.house, cast.zhou, passing, request_id=new_id(), seen=last)


def test_only_a_trial_has_a_gate(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "choice", ["yes", "no"])
    round_id = outcome_of(bring_rows(cast, tmp_path, AGREED, kind="import"))["round"]
    with pytest.raises(NotATrial):
        decide_gate(cast.house, cast.zhou, round_id, request_id=new_id())
    with pytest.raises(NoTrialYet):
        find_trial(cast.house, cast.zhou, cast.project)


def test_the_gate_is_the_trainer_s_to_decide_and_a_stranger_knows_of_no_round(cast: Cast, passing: int) -> None:
    for actor in (cast.alice, cast.qian, cast.lin):
        with pytest.raises(NotAllowed):
            decide_gate(cast.house, actor, passing, request_id=new_id(), override_reason="because")
    with pytest.raises(RoundNotFound):
        make_report(cast.house, cast.mallory, passing)
    with pytest.raises(RoundNotFound):
        decide_gate(cast.house, cast.mallory, passing, request_id=new_id())


def test_the_trial_s_page_closes_it_and_leads_to_the_rounds(cast: Cast, client: Any, passing: int) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    client.headers["Accept-Language"] = "en"
    address = f"/projects/{cast.project}/rounds/{passing}/trial"
    shown = client.get(address)
    assert shown.status_code == 200, shown.text
    assert "Close the trial and open production" in shown.text
    assert shown.text.count('class="primary"') == 1
    answer = client.post(address, data={"csrf": csrf, "request_id": new_id()}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(f"/projects/{cast.project}/rounds?said=")
    assert "Close the trial and open production" not in client.get(address).text


def test_a_failed_trial_s_page_leads_to_the_rulebook_and_names_the_confusion(
    cast: Cast, client: Any, failing: int
) -> None:
    cast.sign_in(client, "zhou")
    client.headers["Accept-Language"] = "en"
    shown = client.get(f"/projects/{cast.project}/rounds/{failing}/trial").text
    assert "does not reach the gate" in shown
    assert f'class="button primary" href="/projects/{cast.project}/rulebook/edit' in shown
    assert f'href="/projects/{cast.project}/rounds/{failing}/adjudicate?item=' in shown
    cast.sign_in(client, "qian")  # a manager reads the report and does not rule
    assert (
        f'href="/projects/{cast.project}/items/' in client.get(f"/projects/{cast.project}/rounds/{failing}/trial").text
    )


def test_the_report_is_there_for_programs_and_not_for_strangers(cast: Cast, client: Any, failing: int) -> None:
    cast.sign_in(client, "zhou")
    report = client.get(f"/api/v1/rounds/{failing}/report").json()
    assert report["annotations"] == 20
    assert {person["name"] for person in report["people"]} == {"ann", "benn"}
    assert report["fields"][0]["confusions"][0]["count"] == 10
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/rounds/{failing}/report").status_code == 404
    assert client.get(f"/projects/{cast.project}/rounds/{failing}/trial").status_code == 404
    refused = client.post(f"/api/v1/rounds/{failing}/gate", json={"id": new_id(), "reason": "mine"}, headers=headers)
    assert refused.status_code == 404

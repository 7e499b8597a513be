"""Suggestions: predictions come with the tasks of a round that wants them, and what became of each is told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundKind, list_rounds
from guiju.annotations.imports import Format, ImportOptions
from guiju.kit import new_id
from guiju.storage import Job
from guiju.work import open_production
from guiju.work.prefill import NothingToSuggest, Policy, SuggestionsAmbiguous, SuggestionsUnknown, policy_of
from tests.annotations.moving import bring, outcome_of, write_json
from tests.support.build import import_surfaces, latest_round, publish_the_rulebook, service_project, sign_the_brief
from tests.support.cast import Cast

MODEL = "intent-3"


def predict(cast: Cast, folder: Path, rows: Sequence[str]) -> int:
    """gao imports predictions of the model, `item,label,confidence`; returns the round that they make."""
    path = folder / f"{new_id()}.csv"
    path.write_text("\n".join(["item,label,confidence", *rows]), encoding="utf-8")
    options = ImportOptions(Format.CSV, annotator=MODEL, predictions=True)
    return int(outcome_of(bring(cast, path, options))["round"])


def answered_elsewhere(cast: Cast, folder: Path, rows: Sequence[str]) -> Job:
    """gao imports others' answers, `item,annotator,label`, as a trial: they hold for nothing."""
    path = folder / "elsewhere.csv"
    path.write_text("\n".join(["item,annotator,label", *rows]), encoding="utf-8")
    return bring(cast, path, ImportOptions(Format.CSV, "trial"))


@pytest.fixture
def truth(cast: Cast, tmp_path: Path) -> list[str]:
    """Six messages, of which the model knows four: three rightly, one wrongly."""
    labels = service_project(cast, tmp_path, 6)
    wrong = "refund" if labels[3] != "refund" else "invoice"
    predict(cast, tmp_path, [*(f"m{n:04d},{labels[n]},0.9{n}" for n in range(3)), f"m0003,{wrong},0.41"])
    return labels


class Hand:
    """alice at the wire."""

    def __init__(self, cast: Cast, client: TestClient[Litestar], round_: int) -> None:
        self.client, self.path = client, f"/api/v1/rounds/{round_}"
        self.headers = cast.sign_in(client, "alice")

    def lease(self, want: int = 6) -> list[dict[str, Any]]:
        return self.client.post(f"{self.path}/lease", json={"want": want}, headers=self.headers).json()["tasks"]

    def answer(self, task: dict[str, Any], label: str, **more: Any) -> None:
        sent = {
            "id": new_id(),
            "slot": task["slot"],
            "lease": task["lease"],
            "answers": {"intent": {"kind": "choice", "labels": [label]}},
            **more,
        }
        stored = self.client.post(f"{self.path}/annotations", json=sent, headers=self.headers)
        assert stored.status_code == 200, stored.text


def pace_of(cast: Cast, client: TestClient[Litestar], round_: int) -> dict[str, Any]:
    cast.sign_in(client, "zhou")
    return client.get(f"/api/v1/rounds/{round_}/pace").json()


def open_with(cast: Cast, policy: Policy) -> int:
    return open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason="a deadline", policy=policy)


def of_model(cast: Cast) -> Policy:
    with cast.house.reading() as connection:
        return policy_of(connection, cast.project, annotator=MODEL)


def test_predictions_hold_for_nothing_and_come_with_the_tasks_of_a_later_round(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    tasks = Hand(cast, client, open_with(cast, of_model(cast))).lease()
    assert len(tasks) == 6
    told = {task["item"]["name"]: task["suggestion"] for task in tasks}
    assert told["m0000"] == {
        "annotator": MODEL,
        "kind": "model",
        "answers": {"intent": {"kind": "choice", "labels": [truth[0]]}},
        "confidence": 0.9,
        "scores": {},
    }
    assert [name for name, suggestion in told.items() if suggestion is None] == ["m0004", "m0005"]
    assert all(task["answers"] is None for task in tasks), "a suggestion is nobody's draft"


def test_a_round_that_names_no_source_is_blind(cast: Cast, client: TestClient[Litestar], truth: list[str]) -> None:
    tasks = Hand(cast, client, open_with(cast, Policy())).lease(1)
    assert (len(truth), tasks[0]["suggestion"]) == (6, None)


def test_what_became_of_each_suggestion_is_counted_by_label_and_annotator(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    round_ = open_with(cast, of_model(cast))
    alice = Hand(cast, client, round_)
    for task in alice.lease():
        alice.answer(task, truth[int(task["item"]["name"][1:])])
    report = pace_of(cast, client, round_)
    counted = {name: report["suggestions"][name] for name in ("annotator", "accepted", "corrected", "rejected")}
    assert counted == {"annotator": MODEL, "accepted": 3, "corrected": 1, "rejected": 0}
    [person] = report["annotators"]
    assert (person["annotator"], person["answers"], person["accepted"], person["corrected"]) == ("Alice", 6, 3, 1)
    assert sum(line["kept"] for line in report["labels"]) == 3
    assert sum(line["changed"] for line in report["labels"]) == 1


def test_a_correction_counts_in_place_of_the_answer_before_it(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    round_ = open_with(cast, of_model(cast))
    alice = Hand(cast, client, round_)
    [task] = alice.lease(1)
    alice.answer(task, truth[0])
    other = "refund" if truth[0] != "refund" else "invoice"
    alice.answer({**task, "lease": ""}, other, revision=1)
    report = pace_of(cast, client, round_)
    assert (report["suggestions"]["accepted"], report["suggestions"]["corrected"]) == (0, 1)
    assert sum(line["kept"] + line["changed"] for line in report["labels"]) == 1


def test_a_claim_of_more_time_than_there_was_is_cut_and_told(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    round_ = open_with(cast, Policy())
    alice = Hand(cast, client, round_)
    for task, claim in zip(alice.lease(4), (3_600_000, -5_000, 10**12, 1), strict=True):
        alice.answer(task, truth[0], active_ms=claim)
    [person] = pace_of(cast, client, round_)["annotators"]
    assert (person["timed"], person["clipped"]) == (4, 3)
    assert 0 <= person["median_ms"] < 60_000


def test_an_earlier_round_of_people_can_be_suggested_too(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    labels = service_project(cast, tmp_path, 2)
    rows = [f"m{n:04d},outside,{label}" for n, label in enumerate(labels)]
    trial = int(outcome_of(answered_elsewhere(cast, tmp_path, rows))["round"])
    [first, _] = Hand(cast, client, open_with(cast, Policy(round_id=trial))).lease()
    assert first["suggestion"]["annotator"] == "outside"
    assert (first["suggestion"]["kind"], first["suggestion"]["confidence"]) == ("import", None)


def test_a_round_with_several_answers_an_item_needs_an_annotator_named(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    labels = service_project(cast, tmp_path, 2)
    rows = [f"m{n:04d},{who},{label}" for n, label in enumerate(labels) for who in ("ann", "ben")]
    trial = int(outcome_of(answered_elsewhere(cast, tmp_path, rows))["round"])
    with cast.house.reading() as connection:
        with pytest.raises(SuggestionsAmbiguous):
            policy_of(connection, cast.project, round_id=trial)
        of_ben = policy_of(connection, cast.project, round_id=trial, annotator="ben")
    tasks = Hand(cast, client, open_with(cast, of_ben)).lease()
    assert {task["suggestion"]["annotator"] for task in tasks} == {"ben"}


def test_another_projects_round_and_an_unknown_name_are_no_source(cast: Cast, truth: list[str]) -> None:
    there = cast.another_project()
    with cast.house.reading() as connection:
        for wanted in ({"round_id": 10_000}, {"annotator": "nobody"}, {"annotator": 10_000}):
            with pytest.raises(SuggestionsUnknown):
                policy_of(connection, cast.project, **wanted)  # type: ignore[arg-type]
        with pytest.raises(SuggestionsUnknown):
            policy_of(connection, there, annotator=MODEL)
    assert truth


def test_a_source_without_an_answer_to_any_item_is_refused_before_anything_is_opened(
    cast: Cast, tmp_path: Path
) -> None:
    labels = service_project(cast, tmp_path, 2)
    path = tmp_path / "held.csv"
    path.write_text(f"item,annotator,label\nm0000,other,{labels[0]}", encoding="utf-8")
    outcome_of(bring(cast, path, ImportOptions(Format.CSV)))
    with cast.house.reading() as connection:
        other = policy_of(connection, cast.project, annotator="other")
    with pytest.raises(NothingToSuggest):
        open_with(cast, other)
    with cast.house.reading() as connection:
        assert list_rounds(connection, cast.project, RoundKind.PRODUCTION) == []


def test_over_the_wire_a_trial_is_blind_and_production_takes_a_source(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    headers = cast.sign_in(client, "zhou")
    rounds = f"/api/v1/projects/{cast.project}/rounds"
    wanted = {"suggest": {"annotator": MODEL}}
    trial = {"id": new_id(), "kind": "trial", "annotators": ["alice@guiju.test"], **wanted}
    refused = client.post(rounds, json=trial, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "trial-is-blind")
    body = {"id": new_id(), "kind": "production", "reason": "a deadline", **wanted}
    opened = client.post(rounds, json=body, headers=headers)
    assert opened.status_code == 201, opened.text
    found = {each["id"]: each["suggests"] for each in client.get(rounds).json()["rounds"]}
    assert found[opened.json()["round"]] is True
    assert list(found.values()).count(True) == 1
    assert truth


def test_the_page_offers_the_sources_and_shows_what_became_of_them(
    cast: Cast, client: TestClient[Litestar], truth: list[str]
) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    page = f"/projects/{cast.project}/rounds"
    key = f"annotator-{of_model(cast).annotator_id}"
    assert f'value="{key}"' in client.get(page).text
    form = {"csrf": csrf, "overlap": "1", "suggest": key, "reason": "a deadline"}
    assert client.post(f"{page}/production", data=form, follow_redirects=False).status_code == 303
    round_ = latest_round(cast, RoundKind.PRODUCTION)
    alice = Hand(cast, client, round_)
    for task in alice.lease(2):
        alice.answer(task, truth[int(task["item"]["name"][1:])])
    cast.sign_in(client, "zhou")
    assert "100%" in client.get(page).text
    shown = client.get(f"{page}/{round_}/pace").text
    assert MODEL in shown
    assert "Alice" in shown
    cast.sign_in(client, "mallory")
    assert client.get(f"{page}/{round_}/pace").status_code == 404
    assert client.get(f"/api/v1/rounds/{round_}/pace").status_code == 404


def coco_with_scores(name: str) -> dict[str, Any]:
    drawn = [([10, 10, 50, 40], 0.97), ([100, 100, 60, 60], 0.31)]
    return {
        "images": [{"id": 1, "file_name": name}],
        "annotations": [
            {"id": n, "image_id": 1, "category_id": 3, "bbox": box, "score": score}
            for n, (box, score) in enumerate(drawn, 1)
        ],
        "categories": [{"id": 3, "name": "pitting"}],
    }


def test_each_shape_keeps_its_score_and_one_under_the_threshold_was_never_shown(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    sign_the_brief(cast, "steel")
    publish_the_rulebook(cast, "steel")
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM item").scalar()
    path = write_json(tmp_path, "coco.json", coco_with_scores(str(name)))
    outcome_of(bring(cast, path, ImportOptions(Format.COCO, annotator=MODEL, predictions=True)))
    round_ = open_with(cast, of_model(cast))
    alice = Hand(cast, client, round_)
    [task] = alice.lease()
    suggestion = task["suggestion"]
    assert suggestion["scores"] == {"defects": {"i1": 0.97, "i2": 0.31}}
    [sure, _] = suggestion["answers"]["defects"]["shapes"]
    answers = {"defects": {"kind": "box", "shapes": [sure]}}
    sent = {"id": new_id(), "slot": task["slot"], "lease": task["lease"], "answers": answers, "hidden_below": 0.5}
    stored = client.post(f"{alice.path}/annotations", json=sent, headers=alice.headers)
    assert stored.status_code == 200, stored.text
    report = pace_of(cast, client, round_)
    assert (report["suggestions"]["accepted"], report["suggestions"]["corrected"]) == (1, 0)
    assert report["labels"] == [{"label": "pitting", "kept": 1, "changed": 0, "removed": 0, "added": 0}]

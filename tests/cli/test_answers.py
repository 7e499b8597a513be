"""`guiju agreement` and `guiju consensus`, as a shell would call them, on real crowds."""

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from typer.testing import CliRunner

from guiju.cli import app
from tests.stats.published import shared

HEADLESS = ("--columns", "worker,item,label,gold,…")
SNOW = ("--item", "orig_id", "--annotator", "!amt_worker_ids", "--label", "response")
WMT = ("--item", "system+doc+seg", "--annotator", "rater", "--label", "severity")
ABUSE = (
    *("--item", "conv_id+prev_agent+prev_user+agent+user", "--annotator", "annotator_id"),
    *("--label", "is_abuse.1+is_abuse.0+is_abuse.-1+is_abuse.-2+is_abuse.-3"),
)
VOTES = ("--item", "pair", "--label", "value")
UKP = "ukp_convarg1_preference/"
DUCKS = ("--columns", "item,worker,label", "--skip", "1")
CARIES = ("--wide", "rater_1,rater_2,rater_3,rater_4,rater_5", "--times", "n")


class Crowd(NamedTuple):
    """A real crowd, how its columns are named, and what is known of it."""

    path: str
    named: tuple[str, ...]
    answers: int
    repeats: int
    alpha: float


CROWDS = {
    "CF": Crowd("activecrowd/CF.csv", HEADLESS, 1_720, 0, 0.577),
    "CF_amt": Crowd("activecrowd/CF_amt.csv", HEADLESS, 6_030, 5, 0.521),
    "MS": Crowd("activecrowd/MS.csv", HEADLESS, 2_945, 0, 0.301),
    "SP": Crowd("activecrowd/SP.csv", HEADLESS, 27_746, 0, 0.428),
    "SP_amt": Crowd("activecrowd/SP_amt.csv", HEADLESS, 10_000, 0, 0.738),
    "ZenCrowd_in": Crowd("activecrowd/ZenCrowd_in.csv", HEADLESS, 11_205, 710, 0.176),
    "rte": Crowd("snow2008/rte.standardized.tsv", SNOW, 8_000, 0, 0.241),
    "temp": Crowd("snow2008/temp.standardized.tsv", SNOW, 4_620, 0, 0.223),
    "wsd": Crowd("snow2008/wsd.standardized.tsv", SNOW, 1_770, 0, 0.937),
    "bluebirds": Crowd("bluebirds/answers.csv", (), 4_212, 0, 0.126),
    "anesthesia": Crowd("dawid_skene_1979/anesthesia.csv", (), 315, 90, 0.583),
    "anesthesia_rater_pkg": Crowd("dawid_skene_1979/anesthesia_rater_pkg.csv", (), 315, 90, 0.586),
    "anger": Crowd("snow2008/anger.standardized.tsv", (*SNOW, "--distance", "interval"), 1_000, 0, 0.353),
    "wordsim": Crowd("snow2008/wordsim.standardized.tsv", (*SNOW, "--distance", "interval"), 300, 0, 0.670),
    "wmt": Crowd("wmt23_mqm_zhen_3raters/mqm_zhen_3ratings_half1.tsv", WMT, 12_116, 6_446, 0.206),
    "convabuse": Crowd("convabuse/ConvAbuseEMNLPfull.csv", ABUSE, 12_768, 357, 0.446),
    **{
        name: Crowd(f"snow2008/{name}.standardized.tsv", (*SNOW, "--distance", "interval"), 1_000, 0, alpha)
        for name, alpha in {
            "disgust": 0.4275,
            "fear": 0.2854,
            "joy": 0.2159,
            "sadness": 0.4370,
            "surprise": 0.0568,
            "valence": 0.3256,
        }.items()
    },
    "ducks": Crowd("bluebirds/ducks_labels.txt", DUCKS, 9_600, 0, 0.325),
    "caries": Crowd("dawid_skene_1979/caries_patterns.csv", CARIES, 19_295, 0, 0.277),
    "uniform": Crowd(f"{UKP}is-the-school-uniform-a-good-or-bad-idea-_bad.votes.csv", VOTES, 2_969, 0, 0.321),
    "books": Crowd(f"{UKP}tv-is-better-than-books_books.votes.csv", VOTES, 1_753, 0, 0.325),
}
ACCURACIES = {
    "rte": (0.897, 0.9275),
    "temp": (0.936, 0.942),
    "wsd": (0.994, 0.994),
    "CF": (0.882, 0.787),
    "CF_amt": (0.853, 0.837),
    "MS": (0.704, 0.767),
    "SP": (0.886, 0.915),
    "SP_amt": (0.943, 0.944),
    "ZenCrowd_in": (0.741, 0.757),
}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_LANG", "en")


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, list(words))
    return answer.exit_code, answer.stdout


def told(command: str, name: str, *words: str) -> Any:
    crowd = CROWDS[name]
    code, out = run(command, str(shared("data") / crowd.path), *crowd.named, *words, "--json")
    assert code == 0, out
    return json.loads(out)


@pytest.mark.parametrize("name", CROWDS)
def test_agreement_of_every_real_crowd(name: str) -> None:
    found, crowd = told("agreement", name), CROWDS[name]
    assert (found["annotations"], found["repeats"]) == (crowd.answers, crowd.repeats)
    assert found["alpha"] == pytest.approx(crowd.alpha, abs=5e-4)
    low, high = found["alpha_interval"]
    assert low < found["alpha"] < high
    assert {"items", "annotators", "observed", "fleiss_kappa", "gwet_ac1", "pairs", "labels"} <= found.keys()
    assert "{" not in found["sentence"]


@pytest.mark.parametrize("name", ACCURACIES)
def test_consensus_of_every_crowd_with_known_answers(name: str) -> None:
    majority = told("consensus", name, "--method", "majority")
    skene = told("consensus", name, "--method", "dawid-skene")
    places = 5e-5 if name == "rte" else 5e-4
    assert majority["accuracy"] == pytest.approx(ACCURACIES[name][0], abs=5e-4)
    assert skene["accuracy"] == pytest.approx(ACCURACIES[name][1], abs=places)
    assert skene["converged"]
    assert skene["recommended"] == majority["recommended"]


def test_known_answers_may_lie_in_a_file_of_their_own() -> None:
    truth = str(shared("data/bluebirds/truth.csv"))
    majority = told("consensus", "bluebirds", "--gold", truth)
    skene = told("consensus", "bluebirds", "--gold", truth, "--method", "dawid-skene")
    assert (majority["accuracy"], skene["accuracy"]) == (pytest.approx(0.759, abs=5e-4), pytest.approx(0.898, abs=5e-4))
    assert majority["recommended"] == skene["recommended"] == "dawid-skene"


def test_known_answers_apart_are_refused_where_answers_do_not_fit_in_memory(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("item,annotator,label\n1,a,x\n1,b,x\n")
    (tmp_path / "gold.csv").write_text("item,gold\n1,x\n")
    words = ("--gold", str(tmp_path / "gold.csv"), "--engine", "ray", "--json")
    ended, out = run("consensus", str(tmp_path / "a.csv"), *words)
    assert (ended, json.loads(out)["error"]["code"]) == (1, "gold-file-not-in-shards")


EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "valence")


@pytest.mark.parametrize("name", EMOTIONS)
def test_alpha_of_emotions_is_that_of_another_program(name: str) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    with (shared("data") / CROWDS[name].path).open(encoding="utf-8", newline="") as file:
        rows = [(r["orig_id"], float(r["response"])) for r in csv.DictReader(file, delimiter="\t")]
    table = np.array([[value for item, value in rows if item == one] for one in dict(rows)]).T
    other = krippendorff.alpha(reliability_data=table, level_of_measurement="interval")
    assert told("agreement", name)["alpha"] == pytest.approx(other, abs=1e-9)


def test_a_column_an_annotator_and_a_count_are_the_answers_that_they_stand_for(tmp_path: Path) -> None:
    with (shared("data") / CROWDS["caries"].path).open(encoding="utf-8", newline="") as file:
        patterns = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    rows = [
        f"{number}-{again},{dentist},{label}"
        for number, (*labels, times) in enumerate(patterns)
        for again in range(times)
        for dentist, label in enumerate(labels)
    ]
    (tmp_path / "long.csv").write_text("\n".join(["item,annotator,label", *rows]))
    code, out = run("agreement", str(tmp_path / "long.csv"), "--json")
    assert code == 0
    there, here = json.loads(out), told("agreement", "caries")
    for key in ("items", "annotators", "annotations", "observed", "alpha", "fleiss_kappa"):
        assert there[key] == pytest.approx(here[key])
    assert told("consensus", "caries", "--method", "dawid-skene")["converged"]


def test_a_wide_table_with_items_needs_no_count_and_an_empty_cell_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("photo,ann,bo\np1,x,x\np2,x,\np3,y,x\n")
    words = ("--wide", "ann,bo", "--item", "photo", "--json")
    code, out = run("agreement", str(tmp_path / "a.csv"), *words)
    assert code == 0
    assert json.loads(out)["annotations"] == 5
    assert json.loads(out)["observed"] == 0.5


def test_the_trap_is_noticed_with_known_answers_and_without() -> None:
    known = told("consensus", "CF", "--method", "dawid-skene")
    assert known["recommended"] == "majority"
    assert "0.787" in known["because"]
    assert "{" not in known["sentence"]


def test_the_published_table_of_patients() -> None:
    found = told("consensus", "anesthesia", "--method", "dawid-skene")
    assert found["log_likelihood"] == pytest.approx(-192.8909, abs=1e-3)
    assert [round(share, 3) for share in found["priors"].values()] == pytest.approx(
        [0.4, 0.422, 0.112, 0.067], abs=1e-3
    )
    assert found["reliability"].keys() == {"o1", "o2", "o3", "o4", "o5"}


@pytest.mark.parametrize("method", ["majority", "weighted", "one-coin", "dawid-skene", "glad", "mace", "irt"])
def test_every_method_writes_item_label_and_confidence(method: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    found = told("consensus", "wsd", "--method", method, "--out", str(out))
    rows = _rows(out)
    assert len(rows) == found["items"] == 177
    assert rows[0].keys() == {"item", "label", "confidence"}
    assert all(0 <= float(row["confidence"]) <= 1 for row in rows)
    assert found["method"] == method
    assert found["accuracy"] > 0.9


def test_the_page_for_people_tells_the_same_in_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(shared("data") / CROWDS["CF"].path)
    code, english = run("agreement", path, *HEADLESS)
    assert code == 0
    assert "Krippendorff’s α    0.577" in english
    monkeypatch.setenv("GUIJU_LANG", "zh-Hans")
    code, chinese = run("consensus", path, *HEADLESS)
    assert code == 0
    assert "标注员" in chinese
    assert "27 条平票" in chinese


def test_labels_of_several_are_compared_as_sets(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "item,annotator,label\n1,A,dog\n2,A,cat\n3,A,cat\n1,B,dog\n2,B,cat\n3,B,cat|mouse\n"
    )
    code, out = run("agreement", str(tmp_path / "a.csv"), "--distance", "masi", "--json")
    assert code == 0
    assert json.loads(out)["alpha"] == pytest.approx(0.6667, abs=1e-4)


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        ("item,annotator\n1,a\n", (), "answer-column-missing"),
        ("item,annotator,label\n1,a,x,y\n", (), "answers-unreadable"),
        ("item,annotator,label\n1,a,x\n1,b,y\n", ("--distance", "round"), "unknown-distance"),
        ("item,annotator,label\n1,a,x\n1,b,y\n", ("--distance", "interval"), "label-not-a-number"),
        ("item,annotator,label\n1,a,x\n1,a,y\n", ("--repeats", "refuse"), "contradicting-answers"),
        ("item,ann,bo\n1,x,y\n", ("--wide", "ann,cy"), "answer-column-missing"),
        ("item,ann,bo,n\n1,x,y,some\n", ("--wide", "ann,bo", "--times", "n"), "answers-unreadable"),
    ],
)
def test_what_is_wrong_has_a_name(tmp_path: Path, content: str, words: tuple[str, ...], code: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    ended, out = run("agreement", str(tmp_path / "a.csv"), *words, "--json")
    assert ended == 1
    assert json.loads(out)["error"]["code"] == code


def test_where_a_figure_does_not_exist_the_reason_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("item,annotator,label\n1,a,x\n2,b,y\n")
    code, out = run("agreement", str(tmp_path / "a.csv"), "--json")
    assert code == 0
    found = json.loads(out)
    assert (found["alpha"], found["observed"]) == (None, None)
    assert "two annotators" in found["sentence"]


def test_a_consensus_of_nothing_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("item,annotator,label\n1,a,\n")
    ended, out = run("consensus", str(tmp_path / "a.csv"), "--out", str(tmp_path / "out.csv"), "--json")
    assert ended == 1
    assert json.loads(out)["error"]["code"] == "no-answers-to-resolve"
    assert not (tmp_path / "out.csv").exists()


def test_the_cluster_gives_the_same_figures(tmp_path: Path) -> None:
    here = told("consensus", "SP", "--method", "dawid-skene", "--out", str(tmp_path / "here.csv"))
    there = told("consensus", "SP", "--method", "dawid-skene", "--out", str(tmp_path / "there.csv"), "--engine", "ray")
    for key in ("accuracy", "log_likelihood"):
        assert there[key] == pytest.approx(here[key], abs=1e-9 * abs(here[key]))
    labels = [_labels(tmp_path / name) for name in ("here.csv", "there.csv")]
    assert labels[0] == labels[1]


def _labels(path: Path) -> dict[str, str]:
    return {row["item"]: row["label"] for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

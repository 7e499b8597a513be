"""Figures over shards are the figures over the whole, whichever engine carries them."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import duckdb
import numpy as np
import pytest

from guiju.bulk.columns import read_columns, read_gold
from guiju.bulk.engines import cluster
from guiju.bulk.errors import DistanceNotInShards, NotInShards
from guiju.bulk.figures import Engine, agreement_over, consensus_over
from guiju.bulk.files import AnswerFile, Picks, open_answers
from guiju.bulk.shards import OneByOne, Stored, deal_out
from guiju.stats.agreement.report import agreement_of
from guiju.stats.columns import Columns
from guiju.stats.consensus.methods import get_method
from guiju.stats.consensus.result import CategoricalConsensus
from guiju.stats.errors import ContradictingAnswers

CROWD = """
COPY (
    SELECT 'item ' || (i // 5) AS item, 'w' || (hash(i * 7) % 40) AS worker,
        CASE WHEN hash(i) % 10 < 7 THEN (i // 5) % 4 ELSE hash(i + 1) % 4 END AS label, (i // 5) % 4 AS gold
    FROM range(20000) t(i)
    QUALIFY row_number() OVER (PARTITION BY item, worker ORDER BY i) = 1
) TO '{folder}' (FORMAT parquet, PARTITION_BY (gold), WRITE_PARTITION_COLUMNS true)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> AnswerFile:
    """A crowd of 4,000 items in a partitioned folder."""
    folder = tmp_path_factory.mktemp("crowd")
    duckdb.sql(CROWD.format(folder=folder / "set"))
    return open_answers(folder / "set", Picks(), folder)


@pytest.fixture(scope="module")
def columns(file: AnswerFile, tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return read_columns(file, tmp_path_factory.mktemp("spill"))


@pytest.fixture(scope="module")
def stored(file: AnswerFile, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    dealt = deal_out(file, tmp_path_factory.mktemp("shards"), answers_a_shard=3_000)
    assert dealt.count > 4
    return dealt


@pytest.fixture(scope="module", params=["local", "ray"])
def engine(request: pytest.FixtureRequest, stored: Stored) -> Iterator[Engine]:
    """Both engines; the cluster has two workers on this machine."""
    if request.param == "local":
        yield OneByOne(stored)
        return
    with cluster(stored, workers=2) as shards:
        yield shards


def test_every_answer_is_in_one_shard_with_all_answers_to_its_item(stored: Stored, columns: Columns) -> None:
    names = [name for place in range(stored.count) for name in stored.item_names(place)]
    assert sorted(names) == sorted(map(str, columns.items))
    assert sum(stored.load(place).answers for place in range(stored.count)) == len(columns)


def test_agreement_is_that_of_the_whole(engine: Engine, columns: Columns) -> None:
    there, here = agreement_over(engine).to_dict(), agreement_of(columns).to_dict()
    for key in ("items", "annotators", "annotations", "compared_items"):
        assert there[key] == here[key]
    for key in ("observed", "alpha", "fleiss_kappa", "gwet_ac1", "brennan_prediger"):
        assert there[key] == pytest.approx(here[key], abs=1e-9)
    assert there["alpha_interval"] == pytest.approx(here["alpha_interval"], abs=1e-9)
    assert [label["label"] for label in _listed(there, "labels")] == [
        label["label"] for label in _listed(here, "labels")
    ]


def _listed(told: dict[str, object], key: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", told[key])


@pytest.mark.parametrize("method", ["majority", "one-coin", "dawid-skene"])
def test_consensus_is_that_of_the_whole(engine: Engine, columns: Columns, file: AnswerFile, method: str) -> None:
    parts: list[CategoricalConsensus] = []
    there, here = consensus_over(engine, method, parts.append), get_method(method).fit(columns, 0)
    told = there.to_dict()
    gold = read_gold(file)
    assert told["accuracy"] == pytest.approx(here.accuracy(gold).value, abs=1e-9)
    assert told["tied"] == int(here.tied.sum())
    assert told["iterations"] == here.iterations
    if here.log_likelihood is not None:
        assert told["log_likelihood"] == pytest.approx(here.log_likelihood, rel=1e-9)
    assert [figure.value for figure in there.whole.reliability] == pytest.approx(
        [figure.value for figure in here.reliability], abs=1e-9
    )
    assert {row.item: row.label for part in parts for row in part.rows()} == {
        row.item: row.label for row in here.rows()
    }


def test_confidences_come_shard_by_shard(engine: Engine, columns: Columns) -> None:
    parts: list[CategoricalConsensus] = []
    consensus_over(engine, "dawid-skene", parts.append)
    assert len(parts) == engine.stored.count
    there = {row.item: row.confidence or 0.0 for part in parts for row in part.rows()}
    here = {row.item: row.confidence or 0.0 for row in get_method("dawid-skene").fit(columns, 0).rows()}
    assert np.allclose([there[item] for item in here], list(here.values()), atol=1e-9)


def test_what_needs_all_answers_in_memory_says_so(stored: Stored) -> None:
    with pytest.raises(NotInShards, match="dawid-skene"):
        consensus_over(OneByOne(stored), "glad")
    with pytest.raises(DistanceNotInShards):
        agreement_over(OneByOne(stored), "masi")


def test_who_contradicts_themselves_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("worker,item,label\nann,one,x\nbo,two,y\nbo,two,x\n")
    file = open_answers(tmp_path / "a.csv", Picks(), tmp_path)
    (tmp_path / "dealt").mkdir()
    with pytest.raises(ContradictingAnswers, match="bo answered two"):
        deal_out(file, tmp_path / "dealt", answers_a_shard=2)

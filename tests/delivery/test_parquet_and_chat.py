"""Parquet, a datasets folder and messages, read back by libraries of others."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from typing import cast as cast_to

import pytest

from guiju.delivery import Splits, Terms
from guiju.delivery.formats.chat import conversations_of
from guiju.delivery.model import Row
from guiju.kinds import Ranking, Written, encode_answers
from tests.delivery.test_croissant import unpack
from tests.delivery.test_delivery import build
from tests.inspection.build import accept_a_lot, make_pictures, make_texts
from tests.support.cast import Cast

# A file knows no database.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
TERMS = Terms(Splits({"train": 0.8, "test": 0.2}))


def test_pyarrow_reads_the_columns_and_the_same_state_gives_the_same_bytes(cast: Cast, tmp_path: Path) -> None:
    from pyarrow import parquet

    made = make_pictures(cast, 4)
    accept_a_lot(cast, made)
    package = build(cast, made.project, "parquet")
    assert package == build(cast, made.project, "parquet")
    path = unpack(package, tmp_path) / "annotations.parquet"
    table: list[dict[str, Any]] = cast_to(Any, parquet).read_table(path).to_pylist()
    assert [row["name"] for row in table] == [f"plate-{n:03}.png" for n in range(4)]
    assert (table[0]["width"], table[0]["height"], table[0]["status"]) == (64, 48, "accepted")
    assert json.loads(table[1]["answers"])["objects"]["shapes"][1]["w"] == 10.5


@pytest.mark.filterwarnings("ignore")
def test_the_unpacked_package_is_a_folder_that_datasets_opens(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets = pytest.importorskip("datasets")
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    folder = unpack(build(cast, made.project, "datasets", terms=TERMS), tmp_path / "package")
    opened = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {name: len(part) for name, part in opened.items()} == {"train": 16, "test": 4}
    assert Counter(opened["train"]["answer.label"]) == {"a": 8, "b": 8}
    assert opened["test"][0]["text"].startswith("第")


def row(media: str, text: str, **answers: object) -> Row:
    said = encode_answers(answers).decode()  # type: ignore[arg-type]
    return Row("q1", "00", media, None, text, 1, None, None, None, None, None, said, "1.0.0", accepted=True)


def test_what_should_be_said_follows_what_was_asked(cast: Cast) -> None:
    turns = {"turns": [{"speaker": "客户", "text": "怎么退款？"}, {"speaker": "客服", "text": "订单号？"}]}
    [(_, messages)] = conversations_of(row("dialogue", json.dumps(turns), reply=Written("已为您退款。")))
    assert [message["role"] for message in messages] == ["user", "assistant", "assistant"]
    assert messages[-1]["content"] == "已为您退款。"
    compared = json.dumps({"prompt": "1+1?", "answers": [{"text": "3", "name": "m1"}, {"text": "2", "name": "m2"}]})
    [(_, best)] = conversations_of(row("comparison", compared, better=Ranking(((1,), (0,)))))
    assert [message["content"] for message in best] == ["1+1?", "2"]
    assert not list(conversations_of(row("comparison", compared, better=Ranking(((0, 1),)))))

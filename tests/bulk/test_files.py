"""Files of answers as people have them: with and without a header, in any encoding, whole and broken."""

from pathlib import Path

import duckdb
import pytest

from guiju.bulk.columns import as_sets, read_columns, read_gold
from guiju.bulk.errors import (
    AnswerColumnMissing,
    AnswersAbsent,
    AnswersUnreadable,
    ContradictingGold,
    TooManyColumns,
)
from guiju.bulk.files import Picks, open_answers
from guiju.stats.columns import Columns
from guiju.stats.errors import ContradictingAnswers, NamelessAnswer

ROWS = "worker,item,label\nann,1,x\nbo,1,y\nann,2,x\n"


def _read(folder: Path, content: str | bytes, picks: Picks | None = None, name: str = "a.csv") -> Columns:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_columns(open_answers(file, picks or Picks(), folder), folder)


def test_columns_are_found_by_what_people_call_them(tmp_path: Path) -> None:
    found = _read(tmp_path, ROWS)
    assert (found.items, found.annotators, found.labels) == (["1", "2"], ("ann", "bo"), ("x", "y"))
    assert found.label.tolist() == [0, 1, 0]


def test_columns_of_a_file_without_a_header_are_named_from_the_left(tmp_path: Path) -> None:
    found = _read(tmp_path, "ann;1;x;9\nbo;1;y;9\n", Picks(columns=("worker", "item", "label", "…")))
    assert len(found) == 2


def test_columns_are_picked_by_their_own_names(tmp_path: Path) -> None:
    picks = Picks(item="orig id", annotator="!who", label='"said"')
    assert len(_read(tmp_path, '!who\torig id\t"""said"""\nann\t1\tx\n', picks, "a.tsv")) == 1


def test_several_columns_together_may_say_which_item_it_is(tmp_path: Path) -> None:
    found = _read(tmp_path, "rater,doc,seg,label\nann,a,1,x\nann,b,1,y\n", Picks(item="doc+seg", annotator="rater"))
    assert found.items == ["a+1", "b+1"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "big5"])
def test_labels_are_read_in_the_encodings_that_customers_use(tmp_path: Path, encoding: str) -> None:
    rows = "标注员,项目,标签\n" + "".join(f"小林,条目{n},物流問題\n小邢,条目{n},退款\n" for n in range(30))
    content = (
        rows.replace("条", "條").replace("标", "標").replace("签", "籤").replace("项", "項").replace("注员", "註員")
    )
    told = Picks(item="項目", annotator="標註員", label="標籤")
    assert set(_read(tmp_path, content.encode(encoding), told).labels) == {"物流問題", "退款"}


def test_an_empty_label_is_no_answer(tmp_path: Path) -> None:
    assert len(_read(tmp_path, ROWS + "cy,1,\ncy,2,  \n")) == 3


def test_parquet_keeps_its_numbers(tmp_path: Path) -> None:
    rows = "SELECT i % 3 AS item, 'a' || i // 3 AS worker, i % 2 AS label FROM range(6) t(i)"
    duckdb.sql(f"COPY ({rows}) TO '{tmp_path}/a.parquet'")
    found = read_columns(open_answers(tmp_path / "a.parquet", Picks(), tmp_path), tmp_path)
    assert (found.items, found.labels) == ([0, 1, 2], (0, 1))
    assert len(read_columns(open_answers(tmp_path, Picks(), tmp_path), tmp_path)) == 6


def test_sets_of_labels_do_not_depend_on_how_they_are_written(tmp_path: Path) -> None:
    found = as_sets(_read(tmp_path, "worker,item,label\nann,1,b|a\nbo,1,a | b\nann,2,c\n"))
    assert found.labels == (("a", "b"), ("c",))
    assert found.label.tolist() == [0, 0, 1]


def test_right_answers_are_read_once_for_each_item(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("worker,item,label,gold\nann,1,x,x\nbo,1,y,x\nann,2,x,\n")
    assert read_gold(open_answers(tmp_path / "g.csv", Picks(), tmp_path)) == {"1": "x"}


def test_two_right_answers_to_one_item_are_refused(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("worker,item,label,gold\nann,1,x,x\nbo,1,y,y\n")
    with pytest.raises(ContradictingGold):
        read_gold(open_answers(tmp_path / "g.csv", Picks(), tmp_path))


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnswersUnreadable, match="line 3"):
        _read(tmp_path, "worker,item,label\nann,1,x\nbo,1\n")


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(AnswerColumnMissing, match="worker, thing, label"):
        _read(tmp_path, ROWS.replace("item", "thing"))


def test_no_file_an_empty_file_and_an_empty_folder_are_refused_alike(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    for name in ("none.csv", "empty.csv", "folder"):
        with pytest.raises(AnswersAbsent):
            open_answers(tmp_path / name, Picks(), tmp_path)


def test_more_names_than_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooManyColumns):
        _read(tmp_path, "ann,1,x\n", Picks(columns=("worker", "item", "label", "gold")))


def test_a_parquet_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnswersUnreadable):
        _read(tmp_path, b"PAR1 it is not", name="a.parquet")


def test_an_answer_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NamelessAnswer):
        _read(tmp_path, ROWS + ",2,y\n")


def test_who_contradicts_themselves_is_refused_by_name_unless_repeats_are_kept(tmp_path: Path) -> None:
    with pytest.raises(ContradictingAnswers, match="bo answered 1"):
        _read(tmp_path, ROWS + "bo,1,x\n")
    file = open_answers(tmp_path / "a.csv", Picks(), tmp_path)
    assert len(read_columns(file, tmp_path, keep_repeats=True)) == 4

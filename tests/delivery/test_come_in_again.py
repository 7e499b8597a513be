"""What is delivered as Parquet, Arrow and messages comes into another project as the same answers."""

import json
import sys
from pathlib import Path
from typing import Any
from typing import cast as cast_to

import pytest

from guiju.annotations.imports import Format, ImportOptions
from guiju.annotations.imports.errors import WorkNeedsExtra, WorkUnreadable
from guiju.annotations.imports.model import RefusedMark
from guiju.annotations.readers import open_work
from guiju.data import find_items, item_ids
from guiju.delivery import Include, deliver
from guiju.delivery.actions import list_formats
from guiju.delivery.errors import FormatNeedsExtra
from guiju.kinds import Answer, Choice, Ranking, Rating, Written, decode_answers
from guiju.kit import describe, new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.site import words_for
from tests.annotations.moving import bring, outcome_of, refused_of, stored_answers
from tests.annotations.test_import_preferences import RULEBOOK as RANKED
from tests.annotations.test_import_preferences import winners
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import resolve_all
from tests.support.build import import_paths
from tests.support.cast import Cast

# A file knows no database.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
DOCUMENT = """---
title: {zh: "规则", en: "Rules"}
version: 1.0.0
fields:
  - {id: mood, kind: choice, title: {zh: "情绪", en: "Mood"}, labels: [glad, sad], options: {multiple: true}, required: false}
  - {id: reply, kind: text, title: {zh: "回复", en: "Reply"}, required: false}
  - {id: short, kind: text, title: {zh: "短回复", en: "Short reply"}, required: false}
  - {id: stars, kind: rating, title: {zh: "星", en: "Stars"}, options: {low: 1, high: 5, step: 1}, required: false}
labels:
  - {id: glad, name: {zh: 高兴, en: Glad}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: sad, name: {zh: 难过, en: Sad}, definition: {zh: 一, en: one}, color: '#0072b2'}
---
# Rules

## C1 {zh: 一, en: One}

One clause.
"""  # noqa: E501 - one line a field
ENTRIES: list[dict[str, Any]] = [
    {"name": "q1", "text": "怎么退款？"},
    {"name": "q2", "text": "它 “坏” 了\n\n怎么办 😀"},
    {"name": "d1", "turns": [{"speaker": "客户", "text": "在吗"}, {"speaker": "客服", "text": "在的"}]},
]
SAID: dict[str, dict[str, Answer]] = {
    "q1": {"mood": Choice(("glad", "sad")), "reply": Written("打开“我的订单”\n再点退款"), "stars": Rating(4)},
    "q2": {"reply": Written("重启 <b>&\t好"), "short": Written("重启")},
    "d1": {"reply": Written("请讲")},
}


def begin(cast: Cast, folder: Path) -> tuple[int, dict[int, str]]:
    """The rulebook and the items of ENTRIES in the cast's project; the rulebook, and the items' names."""
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    for kind in ("text", "turns"):
        path = folder / f"{kind}.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in ENTRIES if kind in one), encoding="utf-8")
        import_paths(cast, path)
    with cast.house.reading() as connection:
        found = find_items(connection, cast.project, item_ids(connection, cast.project))
    return rulebook, {id_: item.name for id_, item in found.items()}


def another(cast: Cast) -> Cast:
    """The same people before a second project, in which zhou does gao's work."""
    return Cast(cast.house, {**cast.people, "gao": cast.zhou}, cast.another_project())


def deliver_file(cast: Cast, folder: Path, format_name: str, file: str) -> Path:
    rulebook, names = begin(cast, folder)
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {id_: SAID[name] for id_, name in names.items()})
    path = folder / file
    path.write_bytes(files_of(build(cast, cast.project, format_name, include=Include.ALL))[file])
    return path


def came(cast: Cast, path: Path, options: ImportOptions) -> tuple[dict[str, dict[str, Answer]], list[RefusedMark]]:
    """What an import into another project with the same items stored, by the item's name, and what it refused."""
    other = another(cast)
    _, names = begin(other, path.parent)
    job = bring(other, path, options)
    return {names[item]: decode_answers(raw) for item, raw in stored_answers(other, job)}, refused_of(other, job)


@pytest.mark.parametrize("format_name", ["parquet", "arrow"])
def test_every_answer_of_a_table_comes_in_again(cast: Cast, tmp_path: Path, format_name: str) -> None:
    path = deliver_file(cast, tmp_path, format_name, f"annotations.{format_name}")
    assert came(cast, path, ImportOptions(Format(format_name), annotator="Outside")) == (SAID, [])


def test_written_answers_come_in_again_from_messages_and_nothing_else_does(cast: Cast, tmp_path: Path) -> None:
    path = deliver_file(cast, tmp_path, "messages", "annotations.messages.jsonl")
    written = {name: {of: one for of, one in said.items() if isinstance(one, Written)} for name, said in SAID.items()}
    losses = {one.name: lost for one, lost in list_formats(cast.house, cast.zhou, cast.project)}
    assert [(one.field, one.why) for one in losses["messages"]] == [("mood", "kind"), ("stars", "kind")]
    assert losses["parquet"] == losses["arrow"] == ()
    assert came(cast, path, ImportOptions(Format.MESSAGES, annotator="Outside")) == (written, [])


def test_messages_of_other_makers_find_their_item_by_what_was_said_before(cast: Cast, tmp_path: Path) -> None:
    _, names = begin(cast, tmp_path)
    said = [
        [{"role": "user", "content": "怎么退款？"}, {"role": "assistant", "content": "点这里"}],
        [{"role": "user", "content": "谁？"}, {"role": "assistant", "content": "不认识"}],
        [{"role": "user", "content": "怎么退款？"}],
    ]
    path = tmp_path / "sft.jsonl"
    told = [{"messages": one} for one in said]
    best = {"messages": said[0], "meta": {"name": "q1", "field": "better", "kind": "ranking"}}
    path.write_text("\n".join([*map(json.dumps, [*told, best]), "{"]), encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.MESSAGES, annotator="Outside"))
    ((item, answers),) = stored_answers(cast, job)
    assert (names[item], decode_answers(answers)) == ("q1", {"reply": Written("点这里")})
    assert [(one.position, one.code) for one in refused_of(cast, job)] == [
        (2, "item-unknown"),
        (3, "mark-unreadable"),
        (4, "mark-unreadable"),
        (5, "mark-unreadable"),
    ]


def test_pairs_as_messages_come_in_again(cast: Cast, tmp_path: Path) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=RANKED, from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    asked = tmp_path / "asked.jsonl"
    asked.write_text(json.dumps({"name": "two", "prompt": "甲乙？", "answers": ["甲", "乙\n😀"]}), encoding="utf-8")
    import_paths(cast, asked)
    with cast.house.reading() as connection:
        (item,) = item_ids(connection, cast.project)
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {item: {"better": Ranking(((1,), (0,)))}})
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(
        files_of(build(cast, cast.project, "preference-chat", include=Include.ALL))["annotations.preference.jsonl"]
    )
    other = another(cast)
    save_draft(other.house, other.zhou, other.project, document=RANKED, from_revision=0, request_id=new_id())
    publish_rulebook(other.house, other.zhou, other.project, request_id=new_id())
    job = bring(other, path, ImportOptions(Format.PREFERENCE, create_items=True, annotator="Outside"))
    assert winners(other, outcome_of(job)["round"])["甲乙？"] == [["乙\n😀"], ["甲"]]


def test_a_row_that_says_nonsense_is_refused_alone_and_a_table_without_answers_whole(
    cast: Cast, tmp_path: Path
) -> None:
    import pyarrow as pa
    from pyarrow import feather, parquet

    arrow, written = cast_to(Any, pa), cast_to(Any, parquet)
    _, names = begin(cast, tmp_path)
    good = json.dumps({"stars": {"kind": "rating", "value": 2}})
    rows = {"name": ["q1", "q2", "d1"], "answers": [good, "{no", '{"stars": {"kind": "rating", "value": 9}}']}
    table = arrow.table(rows)
    written.write_table(table, tmp_path / "a.parquet")
    cast_to(Any, feather).write_feather(table, str(tmp_path / "a.arrow"), compression="zstd")
    for kind in ("parquet", "arrow"):
        job = bring(cast, tmp_path / f"a.{kind}", ImportOptions(Format(kind), annotator="Outside"))
        ((item, answers),) = stored_answers(cast, job)
        assert (names[item], decode_answers(answers)) == ("q1", {"stars": Rating(2)})
        assert [one.position for one in refused_of(cast, job)] == [2, 3]
    written.write_table(arrow.table({"name": ["q1"]}), tmp_path / "b.parquet")
    for kind, content in (("parquet", None), ("parquet", b"PAR1"), ("arrow", b"ARROW1 no")):
        path = tmp_path / f"b.{kind}"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(WorkUnreadable):
            open_work(path, path.name, ImportOptions(Format(kind)))


def test_without_its_library_arrow_is_refused_with_what_to_install(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as Python itself marks what cannot be imported
    with pytest.raises(FormatNeedsExtra) as refused:
        deliver(cast.house, cast.zhou, cast.project, new_id(), format="arrow")
    assert "guiju[arrow]" in str(describe(refused.value, words_for("en"))["next"])
    with pytest.raises(WorkNeedsExtra):
        open_work(tmp_path / "a.arrow", "a.arrow", ImportOptions(Format.ARROW))

"""What is asked already is found before it is asked again."""

from pathlib import Path
from typing import Any

import pytest

from guiju.cleaning.duplicates.store import insert_groups
from guiju.data import Media, item_ids
from guiju.kit import new_id
from guiju.projects import ProjectNotFound
from guiju.rulings import answer_question, ask_question, find_similar
from guiju.rulings.asking.model import Known, Why
from guiju.rulings.asking.rules import rank_alike, words_that_tell
from guiju.rulings.model import QuestionState
from tests.annotations.moving import publish_labels
from tests.support.build import import_messages
from tests.support.cast import Cast

ASKED = [
    "欠费的抱怨算投诉吗？",
    "催快递的留言是咨询还是投诉？",
    "Does a water stain under a scratch count as a defect?",
    "Are two overlapping scratches one box or two?",
    "客户只发了表情，怎么标？",
    "水渍压住划痕时，划痕还标吗？",
]


@pytest.fixture
def items(cast: Cast, tmp_path: Path) -> list[int]:
    publish_labels(cast, "choice", ["complaint", "question"])
    import_messages(cast, tmp_path, 3)
    with cast.house.reading() as connection:
        return item_ids(connection, cast.project)


def known(text: str, number: int = 0, items: tuple[int, ...] = (), labels: tuple[str, ...] = ()) -> Known:
    return Known(number, text, QuestionState.OPEN, frozenset(items), frozenset(labels))


def best(text: str, **about: Any) -> list[int]:
    def words(said: str) -> frozenset[str]:
        from guiju.data.words import tokens_of

        return words_that_tell(tokens_of(said))

    found = rank_alike(known(text, **about), [known(one, n + 1) for n, one in enumerate(ASKED)], frozenset(), words)
    return [each.id for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("用户抱怨欠费，这是投诉吗", [1]),
        ("催快递算投诉还是咨询", [2]),
        ("scratch under a water stain: is it a defect?", [3]),
        ("one box or two for overlapping scratches", [4]),
        ("只有表情的客户怎么办", [5]),
        ("划痕上有水渍，标不标划痕？", [6]),
        ("图片是黑的怎么办？", []),
        ("Is a dent a hole?", []),
        ("这个怎么标？", []),
    ],
)
def test_the_same_question_in_other_words_is_found_and_another_one_is_not(text: str, expected: list[int]) -> None:
    assert best(text) == expected


def test_an_item_and_labels_bring_questions_together_where_their_words_do_not() -> None:
    earlier = [known("边界怎么画？", 1, (7,), ("a", "b")), known("什么算缺陷？", 2, (8,), ("a", "b"))]
    asked = known("不确定", 0, (7,), ("a", "b"))
    found = rank_alike(asked, earlier, frozenset({8}), lambda said: frozenset({said}))
    assert [(each.id, each.why) for each in found] == [
        (1, (Why.ITEM, Why.LABELS)),
        (2, (Why.LIKE_ITEM, Why.LABELS)),
    ]


def test_what_is_answered_comes_with_its_ruling_and_nothing_is_blocked(cast: Cast, items: list[int]) -> None:
    def ask(text: str, item: int) -> int:
        about: dict[str, Any] = {"item_id": item, "labels": ["complaint", "question"]}
        return ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text=text, **about)

    first = ask("欠费的抱怨算投诉吗？", items[0])
    answer_question(cast.house, cast.xing, first, request_id=new_id(), text="算。", clause="C1")
    near = [(Media.TEXT, [(items[0], 1.0), (items[1], 0.9)])]
    cast.house.write(lambda tx: insert_groups(tx, cast.project, near))
    [found] = find_similar(cast.house, cast.bob, cast.project, text="抱怨欠费，算不算投诉？", items=[items[1]])
    assert (found.id, found.why) == (first, (Why.WORDS, Why.LIKE_ITEM))
    assert found.ruling is not None
    assert found.ruling.text == "算。"
    assert ask("抱怨欠费，算不算投诉？", items[1]) != first
    with pytest.raises(ProjectNotFound):
        find_similar(cast.house, cast.mallory, cast.project, text="欠费")


def test_the_page_shows_them_while_one_writes_and_sends_the_question(cast: Cast, client: Any, items: list[int]) -> None:
    ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="欠费的抱怨算投诉吗？")
    here = f"/projects/{cast.project}/questions"
    csrf = cast.sign_in(client, "bob")["X-CSRF-Token"]
    assert client.get(f"{here}/ask?item={items[0]}&label=complaint").status_code == 200
    part = client.get(f"{here}/alike", params={"text": "抱怨欠费算投诉吗", "item": [items[0], items[1]]}).text
    assert "欠费的抱怨算投诉吗？" in part
    found = client.get(f"/api/v1{here}/alike", params={"text": "抱怨欠费算投诉吗"}).json()["alike"]
    assert [each["why"] for each in found] == [["words"]]
    form = {"csrf": csrf, "text": "<b>表情</b>怎么标？", "item": str(items[0]), "label": ["complaint", "question"]}
    sent = client.post(f"{here}/ask", data=form, follow_redirects=False)
    assert sent.headers["location"].startswith("/work?said=")
    cast.sign_in(client, "zhou")
    [_, asked] = client.get(f"/api/v1{here}").json()["questions"]
    assert (asked["item"], asked["labels"]) == (items[0], ["complaint", "question"])
    shown = client.get(f"{here}/{asked['id']}").text
    assert "&lt;b&gt;表情" in shown
    cast.sign_in(client, "mallory")
    assert client.get(f"{here}/ask").status_code == 404
    assert client.get(f"{here}/alike", params={"text": "欠费"}).status_code == 404

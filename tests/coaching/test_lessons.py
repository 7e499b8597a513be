"""Lessons out of the rulebook: in reading order, kept when learnt, and what is new told once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guiju.coaching.errors import LessonNotFound
from guiju.coaching.lessons.actions import finish_lesson, read_course
from guiju.coaching.lessons.model import Progress
from guiju.coaching.lessons.rules import decision_order, in_tree, plan_lessons
from guiju.rulebooks import Clause, Label, parse_rulebook
from tests.coaching.test_practice import RULES, publish
from tests.support.cast import Cast


def label(name: str, parent: str | None = None) -> Label:
    return Label(name, {"en": name}, {"en": name}, "#000", parent=parent)


@given(st.lists(st.sampled_from([None, *"abcdefgh"]), min_size=8, max_size=8))
def test_every_label_of_a_tree_stands_behind_the_one_above_it_and_none_is_lost(parents: list[str | None]) -> None:
    rows = [
        label(name, parent if parent and parent < name else None)
        for name, parent in zip("abcdefgh", parents, strict=True)
    ]
    order = in_tree(list(reversed(rows)))
    place = {each.id: at for at, (each, _) in enumerate(order)}
    assert sorted(place) == list("abcdefgh")
    depth = {each.id: deep for each, deep in order}
    for each in rows:
        if each.parent is not None:
            assert place[each.parent] < place[each.id]
            assert depth[each.id] == depth[each.parent] + 1


def test_a_clause_that_wins_stands_before_the_one_it_wins_over_and_a_circle_ends() -> None:
    one, two, three = (Clause(name, {}, {}, over=over) for name, over in (("C1", ()), ("C2", ()), ("C3", ("C1",))))
    assert [each.id for each in decision_order([one, two, three])] == ["C2", "C3", "C1"]
    circle = [Clause("C1", {}, {}, over=("C2",)), Clause("C2", {}, {}, over=("C1",))]
    assert len(decision_order(circle)) == 2


def test_clauses_about_no_label_come_first_and_every_label_has_its_lesson() -> None:
    document = RULES.format(boundary="x", says="chat") + "\n## C2 总则 | In general\n\n先读全文。\n"
    lessons = plan_lessons(parse_rulebook(document))
    assert [each.key for each in lessons] == ["clause:C2", "label:refund", "label:chat", "label:praise"]
    assert lessons[1].clause_ids == ("C1",)
    assert [example.id for example in lessons[1].examples] == ["E1"]


def test_what_is_learnt_is_kept_and_a_new_version_tells_what_is_new_once(cast: Cast) -> None:
    publish(cast)
    where = (cast.house, cast.alice, cast.project)
    assert read_course(*where).course.next == "label:refund"
    assert finish_lesson(*where, "label:refund") == "label:chat"
    assert finish_lesson(*where, "label:chat") == "label:praise"
    changed = RULES.replace("没有诉求。", "没有任何诉求。")
    publish(cast, document=changed)
    course = read_course(*where).course
    assert course.progress == {
        "label:refund": Progress.LEARNT,
        "label:chat": Progress.CHANGED,
        "label:praise": Progress.OPEN,
    }
    assert course.news is not None
    assert (course.news.since, [each.id for each in course.news.changes], course.next) == ("1.0.0", ["chat"], "news")
    assert finish_lesson(*where, "news") == "label:praise"
    course = read_course(*where).course
    assert (course.news, course.progress["label:chat"]) == (None, Progress.LEARNT)
    assert read_course(cast.house, cast.bob, cast.project).course.learnt == 0
    with pytest.raises(LessonNotFound):
        finish_lesson(*where, "label:nonsense")


def test_the_pages_teach_in_both_languages(cast: Cast, client: TestClient[Litestar]) -> None:
    publish(cast)
    headers, home = cast.sign_in(client, "alice"), f"/projects/{cast.project}"
    assert "label:refund" in client.get(f"{home}/lessons").text
    lesson = client.get(f"{home}/lessons/label:chat").text
    assert "退款吗哈哈" in lesson
    assert "C1" in lesson
    assert client.get(f"{home}/lessons/label:none").status_code == 404
    bench = client.get(f"{home}/lessons/label:refund/questions").text
    assert '"without": ["example:E1"]' in bench
    sent = client.post(f"{home}/lessons/label:chat", data={"csrf": headers["X-CSRF-Token"]}, follow_redirects=False)
    assert sent.headers["location"].endswith("/lessons/label:praise")
    assert client.get(f"/api/v1{home}/lessons").json()["learnt"] == 1

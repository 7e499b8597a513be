"""Labels looked at together: how they are spread, where they stand together, and which deserve a second look."""

import math

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.cleaning import JOBS as CLEANING_JOBS
from guiju.cleaning.duplicates.actions import ask_for_search
from guiju.findings import JOBS
from guiju.findings.analysis.actions import ask_to_analyse, look_at_analysis
from guiju.findings.analysis.model import Analysis
from guiju.findings.analysis.rules import balance_of, cross_of, label_rows
from guiju.kit import new_id
from guiju.kit.clock import now
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.scenes import View, ask_to_make
from guiju.storage import House, find_job, work_jobs
from tests.inspection.build import choice, import_texts, make_pictures, make_texts, publish, resolve_all
from tests.support.cast import Cast

WAYS = ("退款怎么还没有到账{n}", "我要申请退款订单{n}", "请把钱退给我订单{n}", "退款进度查询{n}")
PLACES = ("快递到哪里了单号{n}", "物流三天没有更新{n}", "包裹什么时候送到{n}", "查一下快递单{n}")


def analyse(cast: Cast) -> Analysis:
    later = House(cast.house.home, cast.house.database, cast.house.blobs, lambda: now() + 60_000_000)
    job = ask_to_analyse(later, cast.zhou, cast.project)
    work_jobs(later, JOBS)
    with cast.house.reading() as connection:
        found = find_job(connection, job)
    assert found is not None
    assert found.state == "done", found.outcome
    analysis = look_at_analysis(cast.house, cast.zhou, cast.project).analysis
    assert analysis is not None
    return analysis


def two_kinds(cast: Cast, wrong: tuple[int, ...] = ()) -> list[int]:
    """60 texts of two kinds, labelled a and b by what they are, but for those at `wrong`; returns their items."""
    rulebook = publish(cast, cast.project, "choice")
    texts = [(WAYS if n % 2 else PLACES)[n // 2 % 4].format(n=n) for n in range(60)]
    items = import_texts(cast, cast.project, texts)
    said = {item: choice("ab"[(n % 2) ^ (n in wrong)]) for n, item in enumerate(items)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    return items


def test_labels_are_counted_with_shares_intervals_and_balance(cast: Cast) -> None:
    made = make_texts(cast, 12)
    anew = {made.items[1]: choice("a"), made.items[3]: choice("a")}
    resolve_all(cast.house, cast.bob, made.project, made.rulebook, anew)
    [field] = analyse(cast).fields
    assert [(row.label, row.items, row.uses) for row in field.labels] == [("a", 8, 8), ("b", 4, 4)]
    first = field.labels[0]
    assert (first.low, first.share, first.high) == pytest.approx((0.3906, 2 / 3, 0.8619), abs=1e-4)
    assert field.balance == pytest.approx(-(2 / 3 * math.log2(2 / 3) + 1 / 3 * math.log2(1 / 3)))


def test_labels_are_crossed_with_sources_and_annotators(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, ["一", "二", "三"])
    items += [item for item in import_texts(cast, cast.project, ["四", "五"]) if item not in items]
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {item: choice("a") for item in items[:4]})
    resolve_all(cast.house, cast.bob, cast.project, rulebook, {items[4]: choice("b")})
    [field] = analyse(cast).fields
    crosses = {each.of: each for each in field.crosses}
    assert crosses["source"].cells == [[3, 0], [1, 1]]
    assert crosses["annotator"].rows == ["Alice", "Bob"]
    assert crosses["annotator"].cells == [[4, 0], [0, 1]]
    assert "week" not in crosses, "all of it happened in one week"


def test_labels_on_the_same_item_are_told_with_what_chance_would_give(cast: Cast) -> None:
    make_pictures(cast, 8)
    analysis = analyse(cast)
    [pair] = analysis.together
    assert (pair.one, pair.other, pair.items, pair.expected) == ("objects.a", "objects.b", 4, 4.0)
    assert analysis.fields[0].doubts is None, "nothing is guessed about pictures without vectors"


def test_labels_unlike_those_of_similar_items_are_listed_first(cast: Cast) -> None:
    items = two_kinds(cast, wrong=(10, 25, 44))
    doubts = analyse(cast).fields[0].doubts
    assert doubts is not None
    assert doubts.items == 60
    assert {one.item for one in doubts.listed[:3]} == {items[10], items[25], items[44]}
    first = doubts.listed[0]
    assert {first.given, first.likely} == {"a", "b"}
    assert (first.own < 0.2, first.best > 0.8) == (True, True)
    assert doubts.right > 0.9


def test_labels_of_too_few_items_are_not_guessed_at(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, [f"第{n}条" for n in range(12)])
    said = {item: choice("a" if n else "b") for n, item in enumerate(items)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    assert analyse(cast).fields[0].doubts is None


def test_all_texts_equal_or_empty_of_words_do_no_harm(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, [f"！{'？' * n}" for n in range(20)])
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {each: choice("ab"[each % 2]) for each in items})
    doubts = analyse(cast).fields[0].doubts
    assert doubts is not None
    assert doubts.items == 20


def test_a_project_without_answers_has_nothing_to_tell(cast: Cast) -> None:
    import_texts(cast, cast.project, ["一", "二"])
    analysis = analyse(cast)
    assert (analysis.items, analysis.resolved, analysis.fields) == (2, 0, [])


def test_a_job_at_work_is_not_asked_for_twice_and_the_old_document_stays_until_the_new_is_whole(cast: Cast) -> None:
    make_texts(cast, 4)
    analyse(cast)
    one = ask_to_analyse(cast.house, cast.zhou, cast.project)
    assert ask_to_analyse(cast.house, cast.qian, cast.project) == one
    kept = look_at_analysis(cast.house, cast.zhou, cast.project)
    assert kept.job is not None
    assert kept.analysis is not None


def test_who_may_not_see_reports_sees_no_findings(cast: Cast) -> None:
    assert look_at_analysis(cast.house, cast.zhou, cast.project).analysis is None
    for who, refusal in (("alice", NotAllowed), ("mallory", ProjectNotFound)):
        with pytest.raises(refusal):
            look_at_analysis(cast.house, cast.people[who], cast.project)
        with pytest.raises(refusal):
            ask_to_analyse(cast.house, cast.people[who], cast.project)


def test_the_page_leads_from_each_figure_to_its_items(cast: Cast, client: TestClient[Litestar]) -> None:
    two_kinds(cast, wrong=(10,))
    analyse(cast)
    cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/findings").text
    assert f'href="/projects/{cast.project}/search?label=a"' in page
    assert page.count("/items/") >= 1
    assert client.get(f"/api/v1/projects/{cast.project}/findings").json()["analysis"]["resolved"] == 60


def test_rows_tables_and_balance_of_nothing() -> None:
    assert label_rows({}, 0) == []
    assert balance_of([]) == 0.0
    assert cross_of("source", {("1", "a"): 3}, {}, ["a"]) is None


def test_scenes_with_mixed_labels_and_labels_over_many_scenes_are_told(cast: Cast) -> None:
    two_kinds(cast, wrong=tuple(range(0, 20, 2)))
    ask_to_make(cast.house, cast.zhou, cast.project, View.TEXT, request_id=new_id(), count=2)
    work_jobs(cast.house, SCENE_JOBS)
    [field] = analyse(cast).fields
    assert field.scenes
    assert all(scene.purity < 0.9 and {label for label, _ in scene.labels} == {"a", "b"} for scene in field.scenes)
    [scenes, share] = next(row[1:] for row in field.wide if row[0] == "b")
    assert scenes > 1
    assert share < 0.9


def test_near_duplicates_with_contrary_labels_are_listed(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    text = "我上周买的那件蓝色外套到现在还没有发货，请尽快帮我查一下是什么原因"
    items = import_texts(cast, cast.project, [text, text + "！", "完全无关的另外一句话，问的是会员积分什么时候到账"])
    said = {item: choice("ab"[n % 2]) for n, item in enumerate(items)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    ask_for_search(cast.house, cast.zhou, cast.project, request_id=new_id())
    work_jobs(cast.house, CLEANING_JOBS)
    [field] = analyse(cast).fields
    assert [(one.items, one.labels) for one in field.contrary] == [(items[:2], ["a", "b"])]

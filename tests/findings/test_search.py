"""Items are found by words in both languages, by labels, state and source; what is found is set aside or kept."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from guiju import data
from guiju.data import item_ids, set_aside, take_back_source
from guiju.data.asides import AsideReason
from guiju.findings import JOBS
from guiju.findings.marks import bring_up
from guiju.findings.search import Search, State
from guiju.findings.search import actions as searching
from guiju.findings.search.acting import set_all_aside, set_items_aside
from guiju.findings.search.actions import (
    count_found,
    forget_search,
    keep_search,
    list_kept_searches,
    search_items,
)
from guiju.findings.search.errors import (
    NothingChosen,
    SearchNameTaken,
    SearchNotFound,
    SearchUnnamed,
    SearchUnreadable,
)
from guiju.findings.search.indexing import refill_words
from guiju.findings.search.model import Result
from guiju.findings.search.rules import read_search, stretches
from guiju.kit import PageRequest, new_id
from guiju.kit.clock import now
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.scenes import NoMap, View, ask_to_make, read_scenes
from guiju.storage import House, work_jobs
from tests.inspection.build import choice, import_files, import_texts, make_texts, publish, resolve_all
from tests.support.cast import Cast

TEXTS = [
    "我要申请退款，已经三天了",
    "Refund please, the jacket is torn",
    "快递到哪里了？",
    "退换货的运费由谁承担",
    "你好",
]


def ask(
    cast: Cast, wanted: Search | None = None, *, who: str = "zhou", limit: int = 50, cursor: str | None = None
) -> Result:
    """Search, once every word has been read and every label counted."""
    later = House(cast.house.home, cast.house.database, cast.house.blobs, lambda: now() + 60_000_000)
    search_items(later, cast.zhou, cast.project, Search(), PageRequest(1))
    work_jobs(later, JOBS)
    return search_items(later, cast.zhou, cast.project, wanted or Search(), PageRequest(limit, cursor))


def bodies(found: Result) -> list[str]:
    return [str(one.item.body) for one in found.rows]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("退款", [0]),
        ("申请退款", [0]),
        ("refund", [1]),
        ("REFUND jacket", [1]),
        ("运费", [3]),
        ("refund 退款", []),
        ('"退款" OR NEAR(', [0]),
        ("' & | ! \\ :*", []),
    ],
)
def test_items_are_found_by_words_of_both_languages_taken_literally(cast: Cast, query: str, places: list[int]) -> None:
    import_texts(cast, cast.project, TEXTS)
    wanted = query.replace(" OR NEAR(", "")
    assert bodies(ask(cast, Search(wanted))) == [TEXTS[place] for place in places]


def test_a_word_longer_than_a_database_takes_stops_nobody(cast: Cast) -> None:
    texts = ["a" * 5_000, "ก" * 5_000, "退款"]
    import_texts(cast, cast.project, texts)
    assert bodies(ask(cast, Search("退款"))) == ["退款"]
    assert bodies(ask(cast, Search("a" * 400))) == texts[:1]


def test_words_of_a_dialogue_are_found_and_the_names_of_its_parts_are_not(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    path.write_text('{"turns": [{"speaker": "客户", "text": "发票开错了"}, {"speaker": "客服", "text": "马上重开"}]}\n')
    import_files(cast, cast.project, [path])
    assert len(ask(cast, Search("发票 重开")).rows) == 1
    assert not ask(cast, Search("speaker")).rows


def test_an_empty_search_lists_everything_the_newest_first_by_pages(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS)
    first = ask(cast, limit=3)
    second = ask(cast, limit=3, cursor=first.cursor)
    assert bodies(first) + bodies(second) == TEXTS[::-1]
    assert second.cursor is None
    assert count_found(cast.house, cast.zhou, cast.project, Search()) == 5


def test_labels_states_and_words_hold_together(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, TEXTS)
    said = {items[0]: choice("a"), items[1]: choice("a"), items[3]: choice("b")}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    cast.house.write(lambda tx: set_aside(tx, cast.project, items[4:], AsideReason.RULE, cause="r", by=None))
    assert bodies(ask(cast, Search(label="a"))) == [TEXTS[1], TEXTS[0]]
    assert bodies(ask(cast, Search("退款", label="a"))) == [TEXTS[0]]
    assert bodies(ask(cast, Search("退款", label="b"))) == []
    assert bodies(ask(cast, Search(state=State.OPEN))) == [TEXTS[2]]
    assert bodies(ask(cast, Search(state=State.RESOLVED))) == [TEXTS[3], TEXTS[1], TEXTS[0]]
    assert bodies(ask(cast, Search(state=State.ASIDE))) == [TEXTS[4]]
    [only] = ask(cast, Search("运费")).rows
    assert (only.labels, only.is_resolved, only.is_aside) == (("b",), True, False)


def test_an_answer_given_anew_is_found_by_its_new_label_only(cast: Cast) -> None:
    made = make_texts(cast, 4)
    assert len(ask(cast, Search(label="a")).rows) == 2
    resolve_all(cast.house, cast.bob, made.project, made.rulebook, {made.items[0]: choice("b")})
    assert len(ask(cast, Search(label="a")).rows) == 1
    assert len(ask(cast, Search(label="b")).rows) == 3


def test_many_new_answers_are_counted_by_a_job_and_said_to_be_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guiju.findings.marks.actions.CHUNK", 3)
    make_texts(cast, 8)
    later = House(cast.house.home, cast.house.database, cast.house.blobs, lambda: now() + 60_000_000)
    assert not bring_up(later, cast.project)
    assert not bring_up(later, cast.project)
    assert work_jobs(later, JOBS) >= 1
    assert bring_up(later, cast.project)
    assert len(ask(cast, Search(label="a")).rows) == 4


def test_filters_of_source_and_media_hold(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS[:2])
    import_texts(cast, cast.project, TEXTS[2:])
    sources = [line.source.id for line in data.list_project_sources(cast.house, cast.zhou, cast.project)]
    assert bodies(ask(cast, Search(source=min(sources)))) == TEXTS[:2][::-1]
    assert bodies(ask(cast, Search("退款", source=max(sources)))) == []
    assert len(ask(cast, Search(media=data.Media.TEXT)).rows) == 5
    assert not ask(cast, Search(media=data.Media.IMAGE)).rows


def test_items_of_a_source_taken_back_are_found_no_more_and_their_numbers_serve_others(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS[:3])
    assert len(ask(cast, Search("退款")).rows) == 1
    [line] = data.list_project_sources(cast.house, cast.zhou, cast.project)
    take_back_source(cast.house, cast.zhou, cast.project, line.source.id, request_id=new_id())
    assert not ask(cast, Search("退款")).rows
    work_jobs(cast.house, data.JOBS)
    import_texts(cast, cast.project, ["完全不同的内容", "another text"])
    assert not ask(cast, Search("退款")).rows
    assert bodies(ask(cast, Search("内容"))) == ["完全不同的内容"]


def test_after_a_restore_the_words_are_read_anew(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS)
    assert ask(cast, Search("退款")).rows
    cast.house.write(refill_words)
    found = search_items(cast.house, cast.zhou, cast.project, Search("退款"), PageRequest(5))
    assert (found.unread, found.rows) == (5, [])
    assert ask(cast, Search("退款")).rows


def test_a_page_that_finds_nothing_among_many_says_where_it_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_EXAMINED", 2)
    monkeypatch.setattr(searching, "_WINDOWS", (2, 2))
    items = import_texts(cast, cast.project, TEXTS)
    cast.house.write(lambda tx: set_aside(tx, cast.project, items[1:], AsideReason.RULE, cause="r", by=None))
    seen: list[str] = []
    found = ask(cast, Search(state=State.OPEN))
    assert not found.rows
    while found.cursor:
        found = ask(cast, Search(state=State.OPEN), cursor=found.cursor)
        seen += bodies(found)
    assert seen == TEXTS[:1]


def aside(cast: Cast) -> list[str]:
    return bodies(ask(cast, Search(state=State.ASIDE)))


def test_chosen_items_are_set_aside_and_brought_back_once_each(cast: Cast) -> None:
    items = import_texts(cast, cast.project, TEXTS)
    request = new_id()
    for _ in range(2):
        assert set_items_aside(cast.house, cast.zhou, cast.project, request_id=request, items=items[:2]) == 2
    assert aside(cast) == TEXTS[:2][::-1]
    set_items_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), items=items[:1], back=True)
    assert aside(cast) == [TEXTS[1]]


def test_all_that_a_search_finds_is_set_aside_by_a_job(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS)
    ask(cast)
    set_all_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), wanted=Search("退款"))
    work_jobs(cast.house, JOBS)
    assert aside(cast) == [TEXTS[0]]
    set_all_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), wanted=Search(state=State.ASIDE), back=True)
    work_jobs(cast.house, JOBS)
    assert aside(cast) == []


def test_nothing_chosen_is_refused_and_an_empty_search_never_means_everything(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS)
    with pytest.raises(NothingChosen):
        set_items_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), items=[])
    with pytest.raises(NothingChosen):
        set_all_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), wanted=Search())


def test_an_item_of_another_project_is_not_set_aside(cast: Cast) -> None:
    items = import_texts(cast, cast.another_project(), TEXTS)
    mine = import_texts(cast, cast.project, ["我的"])
    with cast.house.reading() as connection:
        assert set(item_ids(connection, cast.project)) == set(mine)
    assert set_items_aside(cast.house, cast.zhou, cast.project, request_id=new_id(), items=items) == 0


@pytest.mark.parametrize(("who", "refusal"), [("mallory", ProjectNotFound), ("alice", NotAllowed), ("hu", NotAllowed)])
def test_only_who_brings_data_sets_it_aside(cast: Cast, who: str, refusal: type[Exception]) -> None:
    items = import_texts(cast, cast.project, TEXTS)
    with pytest.raises(refusal):
        set_items_aside(cast.house, cast.people[who], cast.project, request_id=new_id(), items=items)
    with pytest.raises(refusal):
        set_all_aside(cast.house, cast.people[who], cast.project, request_id=new_id(), wanted=Search("退款"))


def test_annotators_and_strangers_do_not_search(cast: Cast) -> None:
    for who, refusal in (("alice", NotAllowed), ("mallory", ProjectNotFound)):
        with pytest.raises(refusal):
            search_items(cast.house, cast.people[who], cast.project, Search("退款"), PageRequest())


def kept(cast: Cast) -> list[tuple[str, str]]:
    return [(each.name, each.query) for each in list_kept_searches(cast.house, cast.zhou, cast.project)]


def test_a_search_is_kept_under_a_name_and_removed_by_its_maker_or_who_leads(cast: Cast) -> None:
    wanted = Search("退款 运费", label="a", state=State.OPEN)
    request = new_id()
    one, again = (
        keep_search(cast.house, cast.hu, cast.project, request_id=request, name=" 待判  退款 ", wanted=wanted)
        for _ in range(2)
    )
    assert one == again
    assert [name for name, _ in kept(cast)] == ["待判 退款"]
    with pytest.raises(SearchNameTaken):
        keep_search(cast.house, cast.zhou, cast.project, request_id=new_id(), name="待判 退款", wanted=wanted)
    with pytest.raises(NotAllowed):
        forget_search(cast.house, cast.xing, cast.project, one)
    forget_search(cast.house, cast.qian, cast.project, one)
    assert kept(cast) == []
    with pytest.raises(SearchNotFound):
        forget_search(cast.house, cast.hu, cast.project, one)


@pytest.mark.parametrize(("name", "wanted"), [("", Search("a")), ("x" * 81, Search("a")), ("all", Search())])
def test_a_search_without_a_name_or_without_anything_to_look_for_is_not_kept(
    cast: Cast, name: str, wanted: Search
) -> None:
    with pytest.raises(SearchUnnamed):
        keep_search(cast.house, cast.zhou, cast.project, request_id=new_id(), name=name, wanted=wanted)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"q": "x" * 501}, "q"),
        ({"source": "1; drop"}, "source"),
        ({"source": "9" * 19}, "source"),
        ({"media": "smell"}, "media"),
        ({"state": "lost"}, "state"),
        ({"scene": "x"}, "scene"),
        ({"like": "x" * 501}, "like"),
    ],
)
def test_an_address_that_cannot_be_read_says_which_part_is_at_fault(said: dict[str, str], part: str) -> None:
    with pytest.raises(SearchUnreadable) as refused:
        read_search(said)
    assert refused.value.details["part"] == part


def test_a_search_is_its_link() -> None:
    wanted = Search("退款 & 运费", "a", 3, data.Media.TEXT, State.OPEN, 7, "像 & 这样")
    assert read_search(dict(parse_qsl(wanted.link))) == wanted


def joined(parts: Sequence[tuple[str, bool]]) -> str:
    return "".join(part for part, _ in parts)


def test_the_words_are_marked_where_they_stand_also_far_inside_a_long_text() -> None:
    text = "前面的话" * 100 + "要申请退款" + "后面的话" * 100
    shown = stretches(text, ["退款"])
    assert ("退款", True) in shown
    assert joined(shown).startswith("…")
    assert joined(shown).endswith("…")
    assert joined(stretches("短 a.b", ["a.b"])) == "短 a.b"
    assert joined(stretches("没有", [])) == "没有"


def with_scenes(cast: Cast) -> list[int]:
    """20 texts about two things and the map of them; returns the items."""
    about = ("退款什么时候到账 {n}", "我的快递到哪里了 {n}")
    items = import_texts(cast, cast.project, [about[n % 2].format(n=n) for n in range(20)])
    ask_to_make(cast.house, cast.zhou, cast.project, View.TEXT, request_id=new_id(), count=2)
    work_jobs(cast.house, SCENE_JOBS)
    return items


def test_items_of_a_scene_are_found_and_other_filters_hold_too(cast: Cast) -> None:
    with_scenes(cast)
    lines = [line for line in read_scenes(cast.house, cast.zhou, cast.project).tree.lines if line.items]
    found = [bodies(ask(cast, Search(scene=line.scene.id))) for line in lines]
    assert sorted(map(len, found)) == sorted(line.items for line in lines)
    [refunds] = [line.scene.id for line, said in zip(lines, found, strict=True) if any("退款" in one for one in said)][
        :1
    ]
    assert all("退款" in one for one in bodies(ask(cast, Search("退款", scene=refunds))))


def test_what_is_like_an_item_or_a_text_is_listed_the_nearest_first(cast: Cast) -> None:
    items = with_scenes(cast)
    like = bodies(ask(cast, Search(like=str(items[0]))))
    assert like[0] == "退款什么时候到账 0"
    assert all("退款" in one for one in like[:8])
    assert all("快递" in one for one in bodies(ask(cast, Search(like="快递怎么还没到")))[:8])
    assert all("快递" in one for one in bodies(ask(cast, Search("快递", like=str(items[0])))))


def test_without_a_map_nothing_is_like_anything_and_that_is_said(cast: Cast) -> None:
    import_texts(cast, cast.project, TEXTS)
    with pytest.raises(NoMap) as refused:
        ask(cast, Search(like="退款"))
    assert refused.value.next_step


def test_what_was_taken_back_is_like_nothing(cast: Cast) -> None:
    with_scenes(cast)
    [line] = data.list_project_sources(cast.house, cast.zhou, cast.project)
    take_back_source(cast.house, cast.zhou, cast.project, line.source.id, request_id=new_id())
    assert bodies(ask(cast, Search(like="退款"))) == []

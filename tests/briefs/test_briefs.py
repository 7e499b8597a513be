"""The brief: read by name, its gaps found, saved in versions, signed by the requester alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.briefs import (
    Brief,
    BriefAlreadySigned,
    BriefConflict,
    BriefHasGaps,
    BriefIsStale,
    CommentNotFound,
    Facet,
    Figures,
    Gate,
    OpenQuestion,
    Plan,
    answer_question,
    close_comment,
    comment_brief,
    find_gaps,
    get_brief,
    get_signed_figures,
    list_brief_versions,
    parse_brief,
    render_brief,
    save_brief,
    sign_brief,
)
from guiju.briefs.actions import look_at_brief, save_written
from guiju.briefs.errors import QuestionGone
from guiju.kit import Refusal, new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.samples.documents import PROJECTS, brief_text
from tests.support.cast import Cast

STEEL = brief_text("steel")
LINE = (
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
TWO = st.fixed_dictionaries({"zh": LINE, "en": LINE})
DATES = st.one_of(st.none(), st.dates())
FIGURES = st.builds(
    Figures,
    volume=st.one_of(st.none(), st.integers(-5, 10**9)),
    agreement=st.builds(
        Gate, st.sampled_from(["observed", "alpha"]), st.floats(0, 1), st.sampled_from(["point", "lower95"])
    ),
    aql=st.floats(0, 1000),
    due=DATES,
    unit_price=st.one_of(st.none(), st.floats(0, 1e6)),
)
QUESTIONS = st.lists(st.builds(OpenQuestion, LINE, LINE, DATES, st.one_of(st.just(""), LINE)), max_size=2).map(tuple)
PLANS = st.builds(
    Plan, start=DATES, trial=DATES, people=st.one_of(st.none(), st.integers(-5, 999)), overlap=st.integers(1, 9)
)
FACETS = st.dictionaries(st.sampled_from(Facet), TWO)
BRIEFS = st.builds(
    Brief,
    TWO,
    LINE,
    facets=FACETS,
    figures=FIGURES,
    plan=PLANS,
    trade=st.sampled_from(["", "voice"]),
    questions=QUESTIONS,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BRIEFS)
def test_a_rendered_brief_is_read_back_the_same(brief: Brief) -> None:
    document = render_brief(brief)
    assert parse_brief(document) == brief
    assert render_brief(parse_brief(document)) == document


@pytest.mark.parametrize("project", PROJECTS)
def test_the_samples_have_open_questions_and_nothing_else_amiss(project: str) -> None:
    gaps = find_gaps(parse_brief(brief_text(project)), date(2027, 1, 1))
    assert [gap.code for gap in gaps] == ["question-open"]


@pytest.mark.parametrize(
    ("document", "code", "line", "place"),
    [
        ("title: x\nfigures:\n  volume: many\n", "not-numeric", 3, "figures.volume"),
        ("title: x\nfigures:\n  volume: 1.5\n", "not-numeric", 3, "figures.volume"),
        ("title: x\nfigures:\n  due: soon\n", "not-one-of", 3, "figures.due"),
        ("title: x\nfigures:\n  agreement: {measure: luck}\n", "not-one-of", 3, "figures.agreement.measure"),
        ("title: x\n\nfacets:\n  whom: y\n", "unknown-entry", 4, "facets.whom"),
        ("title: x\nquestions:\n  - owner: y\n", "entry-missing", 3, "questions[1].text"),
        ("customer: y\n", "entry-missing", 1, "title"),
        ("title: {zh: [a]}\n", "not-a-text", 1, "title.zh"),
    ],
)
def test_a_brief_that_cannot_be_read_says_which_field_in_which_line(
    document: str, code: str, line: int, place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        parse_brief(document)
    details = refused.value.details
    assert (refused.value.code, details["line"], details["place"]) == (code, line, place)


def _gaps(today: date | None = None, **figures: Any) -> list[tuple[str, str, str]]:
    brief = parse_brief(STEEL)
    changed = replace(brief, figures=replace(brief.figures, **figures), questions=())
    return [(gap.code, gap.place, gap.severity.value) for gap in find_gaps(changed, today)]


@pytest.mark.parametrize(
    ("figures", "gap"),
    [
        ({"volume": None}, ("volume-missing", "volume", "blocking")),
        ({"volume": 0}, ("volume-not-positive", "volume", "blocking")),
        ({"due": None}, ("due-missing", "due", "warning")),
        ({"unit_price": -1.0}, ("price-negative", "unit_price", "blocking")),
        ({"unit_price": float("nan")}, ("price-negative", "unit_price", "blocking")),
        ({"rights": "anybody"}, ("rights-unknown", "rights", "blocking")),
        ({"level": "IV"}, ("aql-not-in-table", "aql", "blocking")),
    ],
)
def test_a_figure_that_no_gate_can_read_is_a_gap(figures: dict[str, Any], gap: tuple[str, str, str]) -> None:
    assert _gaps(**figures) == [gap]


@pytest.mark.parametrize("at_least", [0.0, -0.1, 1.01, 80.0, float("nan")])
def test_an_agreement_outside_its_range_is_a_gap(at_least: float) -> None:
    assert "gate-outside" in {code for code, _, _ in _gaps(agreement=Gate(at_least=at_least))}


@pytest.mark.parametrize(("aql", "known"), [(0.01, True), (2.5, True), (1000.0, True), (2.0, False), (0.0, False)])
def test_an_aql_must_be_in_the_sampling_tables(aql: float, known: bool) -> None:
    assert ("aql-not-in-table" not in {code for code, _, _ in _gaps(aql=aql)}) is known


def test_words_and_figures_that_contradict_each_other_are_a_gap() -> None:
    assert _gaps(aql=2.5) == [("figures-contradict", "aql", "blocking")]
    assert _gaps(agreement=Gate(at_least=0.9)) == [("figures-contradict", "agreement", "blocking")]


def test_a_date_is_past_only_where_today_is_known() -> None:
    assert _gaps() == []
    assert _gaps(date(2027, 3, 28)) == []
    assert _gaps(date(2027, 3, 29)) == [("due-passed", "due", "blocking")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("标注所有缺陷，尽量贴边，图像要看全。", "尽量"),
        ("划痕、裂纹等。框要贴边，不要超出图像。", "等"),
        ("按合理的标准判断每一张图像。", "合理"),
        ("Draw boxes around scratches, cracks, etc. on each image.", "etc"),
        ("Leave a reasonable margin around every single defect.", "reasonable"),
    ],
)
def test_a_word_that_two_people_read_differently_is_asked_about(text: str, word: str) -> None:
    brief = parse_brief(STEEL)
    facets = {**brief.facets, Facet.WHAT: {"zh": text, "en": text}}
    found = [gap for gap in find_gaps(replace(brief, facets=facets)) if gap.code == "ambiguous-word"]
    assert [(gap.place, gap.details["word"]) for gap in found] == [("what", word)]


@pytest.mark.parametrize(
    "text", ["等级按国标划分，二级以上都要标。", "每张图等待三秒后再开始标注工作。", "左右两侧的边缘都要框进去。"]
)
def test_the_same_characters_in_another_word_are_not_asked_about(text: str) -> None:
    brief = parse_brief(STEEL)
    gaps = find_gaps(replace(brief, facets={**brief.facets, Facet.WHAT: {"zh": text, "en": ""}}))
    assert "ambiguous-word" not in {gap.code for gap in gaps}


def test_a_missing_facet_and_one_too_short_block_the_signature() -> None:
    brief = parse_brief(STEEL)
    facets = {**brief.facets, Facet.WHO: {"zh": "", "en": " "}, Facet.HOW: {"zh": "照旧", "en": ""}}
    found = {gap.place: (gap.code, gap.severity.value) for gap in find_gaps(replace(brief, facets=facets))}
    assert found["who"] == ("facet-missing", "blocking")
    assert found["how"] == ("facet-too-short", "blocking")


def _save(cast: Cast, document: str, started: tuple[int, int] | None, request_id: str | None = None) -> tuple[int, int]:
    return save_brief(
        cast.house, cast.zhou, cast.project,
        document=document, started_from=started, request_id=request_id or new_id(),
    )  # fmt: skip


def _sign(cast: Cast, mark: tuple[int, int], who: str = "lin") -> int:
    actor = cast.people[who]
    return sign_brief(cast.house, actor, cast.project, version=mark[0], revision=mark[1], request_id=new_id())


def test_saves_stay_in_one_version_until_it_is_signed_and_then_begin_the_next(cast: Cast) -> None:
    first = _save(cast, STEEL, None)
    second = _save(cast, STEEL.replace("5000", "6000"), first)
    assert (first, second) == ((1, 1), (1, 2))
    _sign(cast, second)
    assert _save(cast, STEEL.replace("5000", "7000"), second) == (2, 1)
    versions = list_brief_versions(cast.house, cast.alice, cast.project)
    assert [(version.version, version.is_signed) for version in versions] == [(2, False), (1, True)]
    assert "6000" in versions[1].document


def test_a_stale_save_is_refused_and_changes_nothing(cast: Cast) -> None:
    first = _save(cast, STEEL, None)
    _save(cast, STEEL.replace("5000", "6000"), first)
    for started in (None, (2, 1)):
        with pytest.raises(BriefIsStale):
            _save(cast, STEEL.replace("5000", "9999"), started)
    with pytest.raises(BriefConflict) as refused:
        _save(cast, STEEL.replace("5000", "9999"), first)
    assert refused.value.details["places"] == "How much, Volume, items"
    current = get_brief(cast.house, cast.zhou, cast.project)[1]
    assert current is not None
    assert "6000" in current.document


def test_two_people_s_saves_in_different_places_are_brought_together(cast: Cast) -> None:
    first = _save(cast, "# 注释\n" + STEEL, None)
    _save(cast, "# 注释\n" + STEEL.replace("volume: 5000", "volume: 6000"), first)
    brief = parse_brief(STEEL)
    mine = replace(brief, facets={**brief.facets, Facet.WHY: {"zh": "我改了这里的一句话。", "en": ""}})
    mark = save_written(cast.house, cast.lin, cast.project, brief=mine, started_from=first, request_id=new_id())
    assert mark == (1, 3)
    current = get_brief(cast.house, cast.zhou, cast.project)[1]
    assert current is not None
    kept = parse_brief(current.document)
    assert (kept.figures.volume, kept.facets[Facet.WHY]["zh"]) == (6000, "我改了这里的一句话。")
    assert current.document.startswith("# 注释\n")


def test_a_save_that_says_nothing_new_makes_no_version(cast: Cast) -> None:
    mark = _save(cast, STEEL, None)
    _sign(cast, mark)
    assert _save(cast, STEEL, mark) == (1, 1)
    brief = parse_brief(STEEL)
    assert (
        save_written(cast.house, cast.zhou, cast.project, brief=brief, started_from=mark, request_id=new_id()) == mark
    )


def test_a_question_is_answered_into_its_facet_by_one_act(cast: Cast) -> None:
    _save(cast, STEEL, None)
    question = parse_brief(STEEL).questions[1].text
    told = {"question": question, "answer": "单独提示，见附图。", "facet": "how"}
    assert answer_question(cast.house, cast.lin, cast.project, **told, request_id=new_id()) == (1, 2)
    brief = parse_brief(_current(cast))
    assert brief.facets[Facet.HOW]["zh"].endswith("单独提示，见附图。")
    assert all(each.answer for each in brief.questions)
    with pytest.raises(QuestionGone):
        answer_question(cast.house, cast.lin, cast.project, **{**told, "question": "别的？"}, request_id=new_id())
    with pytest.raises(NotAllowed):
        answer_question(cast.house, cast.alice, cast.project, **told, request_id=new_id())


def _current(cast: Cast) -> str:
    current = get_brief(cast.house, cast.zhou, cast.project)[1]
    assert current is not None
    return current.document


def test_a_comment_stays_readable_when_it_is_settled(cast: Cast) -> None:
    _save(cast, STEEL, None)
    said = comment_brief(cast.house, cast.hu, cast.project, place="how", text="AQL 太松。", request_id=new_id())
    close_comment(cast.house, cast.zhou, cast.project, said, request_id=new_id())
    (comment,) = look_at_brief(cast.house, cast.lin, cast.project).comments
    assert (comment.text, comment.place, comment.closed_by) == ("AQL 太松。", "how", cast.zhou.id)
    with pytest.raises(NotAllowed):
        comment_brief(cast.house, cast.alice, cast.project, place="", text="？", request_id=new_id())
    assert look_at_brief(cast.house, cast.alice, cast.project).comments == []
    with pytest.raises(CommentNotFound):
        close_comment(cast.house, cast.zhou, cast.project, said + 99, request_id=new_id())


def test_a_save_sent_twice_is_stored_once(cast: Cast) -> None:
    request_id = new_id()
    assert [_save(cast, STEEL, None, request_id) for _ in range(2)] == [(1, 1), (1, 1)]


def test_gates_read_the_newest_signed_figures_and_no_draft(cast: Cast) -> None:
    def read() -> Figures | None:
        with cast.house.reading() as connection:
            return get_signed_figures(connection, cast.project)

    mark = _save(cast, STEEL, None)
    assert read() is None
    _sign(cast, mark)
    _save(cast, STEEL.replace("volume: 5000", "volume: 9000"), mark)
    figures = read()
    assert figures is not None
    assert (figures.volume, figures.agreement, figures.aql, figures.due) == (5000, Gate(), 1.0, date(2027, 3, 28))


def test_a_brief_with_gaps_cannot_be_signed_and_says_which(cast: Cast) -> None:
    mark = _save(cast, "title: 新项目\n", None)
    with pytest.raises(BriefHasGaps) as refused:
        _sign(cast, mark)
    assert "volume: volume-missing" in str(refused.value.details["gaps"])


def test_only_the_requester_signs_and_only_what_they_read(cast: Cast) -> None:
    mark = _save(cast, STEEL, None)
    for who in ("zhou", "alice", "hu"):
        with pytest.raises(NotAllowed):
            _sign(cast, mark, who)
    with pytest.raises(BriefIsStale):
        _sign(cast, (1, 9))
    assert _sign(cast, mark) == 1
    with pytest.raises(BriefAlreadySigned):
        _sign(cast, mark)


def test_the_stranger_sees_and_does_nothing(cast: Cast) -> None:
    mark = _save(cast, STEEL, None)
    with pytest.raises(ProjectNotFound):
        get_brief(cast.house, cast.mallory, cast.project)
    with pytest.raises(ProjectNotFound):
        save_brief(cast.house, cast.mallory, cast.project, document=STEEL, started_from=mark, request_id=new_id())
    with pytest.raises(ProjectNotFound):
        _sign(cast, mark, "mallory")

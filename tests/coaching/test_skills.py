"""What a person can do: every answer known to be right or wrong counts once, and only the right people see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guiju.coaching.errors import PersonNotInProject, SkillsNotYours
from guiju.coaching.skills.actions import read_skills
from guiju.coaching.skills.model import Evidence, Source
from guiju.coaching.skills.rules import first_of_a_day, profile
from guiju.inspection import draw_lot
from guiju.kinds import encode_answers
from guiju.kit import new_id
from guiju.projects import ProjectNotFound
from guiju.rulings import insert_gold
from tests.coaching.test_practice import answer, publish
from tests.inspection.build import choice, judge_all, make_texts
from tests.support.cast import Cast

evidence = st.builds(
    Evidence,
    st.sampled_from(Source),
    st.floats(0, 1, allow_nan=False),
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1, allow_nan=False)), max_size=2).map(tuple),
    st.sampled_from([None, "C1", "C2"]),
)


@given(st.lists(evidence, max_size=30))
def test_every_line_holds_its_share_in_its_interval_and_says_where_it_is_from(found: list[Evidence]) -> None:
    skills = profile(found, {"b"})
    assert skills.whole.n == len(found)
    for line in (*skills.labels, *skills.clauses):
        assert 0 <= line.interval.low <= line.share + 1e-9
        assert line.share - 1e-9 <= line.interval.high <= 1
        assert sum(line.sources.values()) == line.n
        assert line.few == (line.n < 10)
    lows = [line.interval.low for line in skills.labels]
    assert lows == sorted(lows), "the weakest first"
    assert skills.weakest in {None, "b"}, "only what can be practised"


def test_of_practice_only_the_first_answer_of_a_day_counts() -> None:
    wrong, right = (Evidence(Source.PRACTICE, score, (), None) for score in (0.0, 1.0))
    assert first_of_a_day([(1, 30, right), (1, 10, wrong), (2, 15, right), (1, 110, right)], 100) == [
        wrong,
        right,
        right,
    ]


def test_work_practice_and_verdicts_on_record_make_one_profile(cast: Cast) -> None:
    made = make_texts(cast, 6)
    gold = {item: encode_answers(choice("a")).decode() for item in made.items[:2]}
    cast.house.write(lambda tx: insert_gold(tx, made.project, made.rulebook, gold.items()))
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")
    judge_all(cast, made.project, lot, defects=1)
    seen = read_skills(cast.house, cast.alice, cast.project)
    whole = seen.skills.whole
    assert whole.sources[Source.KNOWN] == 2, "she said a and b where a is right twice"
    assert whole.sources[Source.VERDICT] >= 1
    known = 1.0
    assert whole.share * whole.n == pytest.approx(known + whole.sources[Source.VERDICT] - 1)
    assert {line.id for line in seen.skills.labels} == {"a", "b"}
    assert not read_skills(cast.house, cast.bob, cast.project).skills.whole.n, "nobody else's work counts"


def test_practice_counts_and_is_one_click_away(cast: Cast, client: TestClient[Litestar]) -> None:
    publish(cast)
    answer(cast, "请退款", "refund")
    answer(cast, "退款吗哈哈", "refund")
    answer(cast, "退款吗哈哈", "chat")
    skills = read_skills(cast.house, cast.alice, cast.project).skills
    assert (skills.whole.n, skills.whole.share, skills.weakest) == (2, 0.5, "chat")
    assert [(line.id, line.n, line.share) for line in skills.clauses] == [("C1", 2, 0.5)]
    cast.sign_in(client, "alice")
    shown = client.get(f"/projects/{cast.project}/skills").text
    assert f"/projects/{cast.project}/practice/work?label=chat" in shown


def test_oneself_and_the_trainer_see_it_and_nobody_else(cast: Cast, client: TestClient[Litestar]) -> None:
    publish(cast)
    where = (cast.house, cast.project)
    assert read_skills(where[0], cast.zhou, where[1], cast.alice.id).person.name == "Alice"
    for name in ("bob", "hu", "qian", "lin", "gao"):
        with pytest.raises(SkillsNotYours):
            read_skills(where[0], cast.people[name], where[1], cast.alice.id)
    with pytest.raises(PersonNotInProject):
        read_skills(where[0], cast.zhou, where[1], cast.mallory.id)
    with pytest.raises(ProjectNotFound):
        read_skills(where[0], cast.mallory, where[1])
    cast.sign_in(client, "bob")
    refused = client.get(f"/api/v1/projects/{cast.project}/skills?person={cast.alice.id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "skills-not-yours")
    assert read_skills(where[0], cast.alice, where[1]).members == ()

"""An open exam gives nothing away through practice or lessons; handed in, it counts."""

import pytest

from guiju.coaching.actions import Said, practise
from guiju.coaching.errors import CardHeldByExam
from guiju.coaching.lessons.actions import read_course
from guiju.coaching.reading import lay_desk, look_at_practice
from guiju.coaching.skills.actions import read_skills
from guiju.coaching.skills.model import Source
from guiju.exams import Settings, begin_sitting, hand_in, open_exam
from guiju.kinds import Choice
from guiju.kit import new_id
from tests.coaching.test_practice import answer, publish, texts
from tests.support.cast import Cast


def test_what_an_open_paper_asks_is_neither_practised_nor_taught_until_it_is_handed_in(cast: Cast) -> None:
    publish(cast)
    settings = Settings(size=3, attempts=1)
    exam = open_exam(cast.house, cast.zhou, cast.project, request_id=new_id(), settings=settings)
    sitting = begin_sitting(cast.house, cast.alice, exam, request_id=new_id())
    with cast.house.reading() as connection:
        desk = lay_desk(connection, cast.alice, cast.project)
    assert len(desk.held) == 3
    assert texts(cast) == []
    shown = {key for one in read_course(cast.house, cast.alice, cast.project).course.lessons for key in one.shown}
    assert not shown & set(desk.held.values())
    said = Said(new_id(), next(iter(desk.held)), {"intent": Choice(("chat",))})
    with pytest.raises(CardHeldByExam):
        practise(cast.house, cast.alice, cast.project, said)
    assert len(texts(cast, who="bob")) == 3, "others practise all of it"
    publish(cast, boundary="不同了")
    assert texts(cast) == ["不同了"], "nor under a new version, unless it asks something else"
    hand_in(cast.house, cast.alice, sitting.id, request_id=new_id())
    assert len(texts(cast)) == 3
    _, mine = look_at_practice(cast.house, cast.alice, cast.project)
    assert (mine.missed, mine.fresh_today) == (2, 1), "what was wrong comes first; what says something else is new"
    assert answer(cast, "请退款", "refund") == 1.0
    _, mine = look_at_practice(cast.house, cast.alice, cast.project)
    assert mine.missed == 1
    whole = read_skills(cast.house, cast.alice, cast.project).skills.whole
    assert (whole.sources[Source.EXAM], whole.sources[Source.PRACTICE], whole.share) == (3, 1, 0.25)

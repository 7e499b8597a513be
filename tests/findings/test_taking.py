"""A ruling is taken up by one act: as an example, or as a clause of the rulebook's draft."""

from pathlib import Path
from typing import Any

import pytest

from guiju.data import item_ids
from guiju.findings.taking import As, take_up_ruling
from guiju.findings.taking.errors import NoItemToShow, TakenUpAlready
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.rulebooks import get_draft, parse_rulebook
from guiju.rulings import QuestionNotFound, answer_question, ask_question
from tests.annotations.moving import publish_labels
from tests.support.build import import_messages
from tests.support.cast import Cast

YES = {"answer": {"kind": "choice", "labels": ["yes"]}}


@pytest.fixture
def ruling(cast: Cast, tmp_path: Path) -> int:
    publish_labels(cast, "choice", ["yes", "no"])
    import_messages(cast, tmp_path, 2)
    with cast.house.reading() as connection:
        item = item_ids(connection, cast.project)[0]
    about: dict[str, Any] = {"item_id": item, "labels": ["yes", "gone"]}
    asked = ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="欠费算投诉吗？", **about)
    told: dict[str, Any] = {"text": "算，只要带抱怨。", "answers": YES}
    return answer_question(cast.house, cast.xing, asked, request_id=new_id(), **told)


def take(cast: Cast, ruling: int, wanted: As, name: str = "zhou") -> str:
    actor = cast.people[name]
    return take_up_ruling(cast.house, actor, cast.project, ruling, request_id=new_id(), wanted=wanted)


def test_its_item_with_the_right_answer_is_an_example_and_its_words_a_clause(cast: Cast, ruling: int) -> None:
    clause, example = take(cast, ruling, As.CLAUSE), take(cast, ruling, As.NEGATIVE)
    draft = parse_rulebook(get_draft(cast.house, cast.zhou, cast.project).document)
    [written] = [each for each in draft.clauses if each.id == clause]
    assert (written.title["zh"], written.labels) == ("欠费算投诉吗？", ("yes",))
    assert "算，只要带抱怨。" in written.text["zh"]
    [shown] = [each for each in draft.examples if each.id == example]
    assert (shown.polarity.value, shown.answer, shown.note["zh"]) == (
        "negative",
        {"answer": ["yes"]},
        "算，只要带抱怨。",
    )


def test_nothing_is_taken_up_twice_nor_by_those_who_do_not_write_the_rules(cast: Cast, ruling: int) -> None:
    take(cast, ruling, As.BOUNDARY)
    with pytest.raises(TakenUpAlready):
        take(cast, ruling, As.POSITIVE)
    with pytest.raises(NotAllowed):
        take(cast, ruling, As.CLAUSE, "xing")
    with pytest.raises(QuestionNotFound):
        take(cast, 10**9, As.CLAUSE)
    general = ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="谁来定？")
    words = answer_question(cast.house, cast.xing, general, request_id=new_id(), text="训练师。")
    with pytest.raises(NoItemToShow):
        take(cast, words, As.BOUNDARY)


def test_the_buttons_of_the_question_s_page_do_it(cast: Cast, client: Any, ruling: int) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    here = f"/projects/{cast.project}"
    assert f'action="{here}/rulings/{ruling}/draft"' in client.get(f"{here}/questions/1").text
    form = {"csrf": csrf, "as": "clause", "question": "1"}
    sent = client.post(f"{here}/rulings/{ruling}/draft", data=form, follow_redirects=False)
    assert sent.headers["location"].startswith(f"{here}/questions/1?said=")
    page = client.get(f"{here}/questions/1").text
    assert 'value="clause"' not in page
    assert 'value="boundary"' in page

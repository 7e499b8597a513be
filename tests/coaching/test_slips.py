"""What inspectors found comes back as something to practise, with what it was before and after."""

from litestar import Litestar
from litestar.testing import TestClient

from guiju.coaching.slips import read_slips
from guiju.coaching.slips.model import Judged
from guiju.coaching.slips.rules import find_slips
from guiju.inspection import draw_lot
from guiju.kit import new_id
from tests.inspection.build import judge_all, make_texts
from tests.support.cast import Cast


def test_defects_before_and_after_practice_are_told_apart() -> None:
    judged = [Judged(at, "C1" if at in {1, 2} else None, at == 1) for at in range(1, 9)]
    [one] = find_slips(judged, {"C1": 1}, {"C1": 5})
    assert (one.own, one.corrected) == (2, 1)
    assert one.after is not None
    assert [(rate.x, rate.n) for rate in (one.before, one.after)] == [(2, 4), (0, 4)]
    [never] = find_slips(judged, {"C1": 1}, {})
    assert (never.before.n, never.after) == (8, None)


def test_what_several_of_a_round_got_wrong_is_shown_to_who_did_not() -> None:
    shown = find_slips([Judged(1, None, False)], {"C1": 1, "C2": 2}, {})
    assert [(one.clause, one.own, one.people) for one in shown] == [("C2", 0, 2)]


def test_the_practice_page_shows_a_persons_own_slips_and_nobody_elses(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 20)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10")
    judge_all(cast, made.project, lot, defects=2)
    [one] = read_slips(cast.house, cast.alice, made.project)
    assert (one.clause, one.own, one.before.n) == ("C1", 2, 5)
    assert read_slips(cast.house, cast.hu, made.project) == []
    cast.sign_in(client, "alice")
    assert "/my-findings" in client.get(f"/projects/{made.project}/practice").text

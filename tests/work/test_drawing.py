"""A trial is drawn: how many, which, on record, and never twice unless somebody wants it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from guiju.annotations import RoundKind
from guiju.data import AsideReason, find_items, item_ids, set_aside
from guiju.kit import Refusal, Sentence, new_id
from guiju.people import NotAllowed, find_account
from guiju.work import open_production, open_trial
from guiju.work.drawing import By, Earlier, Share, Wish, advise_trial, draw_again, preview_draw, read_draw
from guiju.work.drawing.actions import open_drawn, show_drawn
from guiju.work.drawing.errors import (
    AllDrawnBefore,
    BadSeed,
    DrawOvertaken,
    NoGuesses,
    NoMix,
    NoTrialToRepeat,
    NotSure,
    TooFewToDraw,
)
from guiju.work.drawing.model import Guess, Waiting
from guiju.work.drawing.rules import by_doubt, by_label, by_length, by_scene, plan_draw, share_out, weigh
from guiju.work.drawing.store import items_of
from guiju.work.errors import NobodyToAnnotate, NotAnAnnotatorHere
from tests.support.build import import_messages, latest_round, service_project
from tests.support.cast import Cast


def trial(cast: Cast, request_id: str | None = None, **wish: Any) -> int:
    people = [cast.alice.id, cast.bob.id]
    told = replace(Wish(size=4), **wish)
    return open_trial(
        cast.house, cast.zhou, cast.project, request_id=request_id or new_id(), account_ids=people, wish=told
    )


def drawn(cast: Cast, round_id: int) -> set[int]:
    with cast.house.reading() as connection:
        return items_of(connection, round_id)


def waiting(*lengths: float, media: str = "text") -> list[Waiting]:
    return [Waiting(n, f"h{n}", media, length) for n, length in enumerate(lengths)]


@pytest.mark.parametrize(
    ("counts", "size", "weights", "expected"),
    [
        ({"a": 60, "b": 30, "c": 10}, 10, {"a": 60, "b": 30, "c": 10}, {"a": 6, "b": 3, "c": 1}),
        ({"a": 60, "b": 30, "c": 10}, 3, {"a": 60, "b": 30, "c": 10}, {"a": 2, "b": 1, "c": 0}),
        ({"a": 60, "b": 2}, 10, {"a": 1, "b": 1}, {"a": 8, "b": 2}),
        ({"a": 3, "b": 2}, 10, {"a": 1, "b": 1}, {"a": 3, "b": 2}),
        ({"a": 5, "b": 5, "c": 5}, 10, {"a": 1, "b": 1, "c": 1}, {"a": 4, "b": 3, "c": 3}),
        ({"a": 2, "b": 5}, 4, {"a": 1.0}, {"a": 2, "b": 2}),
    ],
)
def test_each_stratum_gets_its_share_and_what_one_lacks_the_others_give(
    counts: dict[str, int], size: int, weights: dict[str, float], expected: dict[str, int]
) -> None:
    assert share_out(counts, size, weights) == expected


def test_the_brief_s_mix_weighs_strata_by_name_and_one_that_names_none_is_refused() -> None:
    strata = {"scene-1": (Sentence("{name}", {"name": "night"}), 5), "nowhere": (Sentence("in no scene"), 5)}
    assert weigh(strata, Share.MIX, {"night": 0.4}) == {"scene-1": 0.4, "nowhere": 0.0}
    with pytest.raises(NoMix, match="night"):
        weigh(strata, Share.MIX, {"rain": 1.0})


def test_lengths_are_thirds_of_their_own_medium() -> None:
    mixed = [*waiting(1, 2, 3, 40, 50, 60, 700, 800, 900), *(Waiting(9 + n, f"s{n}", "audio", n) for n in range(3))]
    strata = by_length(mixed)
    assert [sorted(keys) for _, keys in strata.values()] == [
        ["h0", "h1", "h2", "s0"],
        ["h3", "h4", "h5", "s1"],
        ["h6", "h7", "h8", "s2"],
    ]
    assert str(by_length(waiting(10, 20, 30))["short"][0]) == "short: up to 10"


def test_an_item_of_several_guessed_labels_stands_where_its_rarest_is() -> None:
    guesses = {0: Guess(("a",), None), 1: Guess(("a", "rare"), None), 2: Guess((), None)}
    found = {key: list(keys) for key, (_, keys) in by_label(waiting(1, 1, 1, 1), guesses).items()}
    assert found == {"label-a": ["h0"], "label-rare": ["h1"], "none": ["h2"], "unguessed": ["h3"]}


def test_doubt_is_by_thirds_of_how_sure_somebody_was_and_needs_somebody_who_said_so() -> None:
    guesses = {n: Guess(("a",), sure) for n, sure in enumerate([0.2, 0.5, 0.9])}
    found = {key: list(keys) for key, (_, keys) in by_doubt(waiting(1, 1, 1, 1), guesses).items()}
    assert found == {"doubtful": ["h0"], "middling": ["h1"], "sure": ["h2"], "unknown": ["h3"]}
    with pytest.raises(NotSure):
        by_doubt(waiting(1), {0: Guess(("a",), None)})


def test_what_stands_in_no_scene_is_a_stratum_too() -> None:
    strata = by_scene(waiting(1, 1, 1), {7: ["h0", "elsewhere"], 8: []}, {7: "night"})
    assert {key: (str(name), list(keys)) for key, (name, keys) in strata.items()} == {
        "scene-7": ("night", ["h0"]),
        "nowhere": ("in no scene", ["h1", "h2"]),
    }


def test_the_same_seed_draws_the_same_whatever_order_the_items_came_in() -> None:
    pool = waiting(*range(30))
    wish = Wish(size=9, by=By.LENGTH, share=Share.EQUAL, seed="seven")
    one, other = (plan_draw(some, by_length(some), wish, {}) for some in (pool, pool[::-1]))
    assert one.items == other.items
    assert one.digest == other.digest
    assert [len(each.drawn) for each in one.strata] == [3, 3, 3]
    assert plan_draw(pool, by_length(pool), Wish(size=9, by=By.LENGTH, seed="eight"), {}).items != one.items


def test_what_was_looked_at_is_what_is_opened_and_comes_out_again(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    wish = Wish(size=6, by=By.LENGTH, share=Share.EQUAL)
    looked = preview_draw(cast.house, cast.zhou, cast.project, wish)
    shown = show_drawn(cast.house, cast.zhou, cast.project, looked, each=1)
    assert {len(some) for some in shown.values()} == {1}
    opened = trial(cast, size=6, by=By.LENGTH, share=Share.EQUAL, seed=looked.wish.seed)
    assert drawn(cast, opened) == set(looked.items)
    _, record = read_draw(cast.house, cast.zhou, opened)
    assert record.wish == looked.wish
    assert sum(each.drawn for each in record.strata) == 6
    again = draw_again(cast.house, cast.zhou, opened)
    assert (again.same, again.is_same_pool, again.drawn) == (True, True, 6)


def test_a_draw_comes_out_again_after_its_items_were_answered_and_says_when_data_went(
    cast: Cast, tmp_path: Path
) -> None:
    service_project(cast, tmp_path)
    opened = trial(cast)
    open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason="the customer's deadline")
    assert draw_again(cast.house, cast.zhou, opened).same
    cast.house.write(lambda tx: _set_one_aside(tx, cast, opened))
    again = draw_again(cast.house, cast.zhou, opened)
    assert (again.same, again.is_same_pool) == (False, False)


def _set_one_aside(tx: Any, cast: Cast, round_id: int) -> None:
    first = min(items_of(tx.connection, round_id))
    set_aside(tx, cast.project, [first], cause="by-hand", reason=AsideReason.PERSON, by=cast.zhou.id)


def test_a_trial_never_draws_what_an_earlier_one_drew_unless_somebody_wants_it(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 6)
    first = trial(cast)
    second = trial(cast)
    assert drawn(cast, first).isdisjoint(drawn(cast, second))
    assert len(drawn(cast, second)) == 2
    with pytest.raises(AllDrawnBefore):
        trial(cast)
    assert drawn(cast, trial(cast, earlier=Earlier.SAME, trial=1)) == drawn(cast, first)
    assert len(drawn(cast, trial(cast, earlier=Earlier.ANY))) == 4


def test_the_same_request_again_opens_nothing_though_all_is_drawn_by_now(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    request_id = new_id()
    assert trial(cast, request_id) == trial(cast, request_id) == latest_round(cast, RoundKind.TRIAL)


def test_refusals_before_anything_is_drawn_are_named(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)

    def refused(people: list[int], **wish: Any) -> type[Refusal]:
        told = replace(Wish(size=4), **wish)
        with pytest.raises(Refusal) as caught:
            open_trial(cast.house, cast.zhou, cast.project, request_id=new_id(), account_ids=people, wish=told)
        return caught.type

    both = [cast.alice.id, cast.bob.id]
    assert refused([cast.alice.id]) is NobodyToAnnotate
    assert refused([cast.alice.id, cast.alice.id]) is NobodyToAnnotate
    assert refused([cast.alice.id, cast.mallory.id]) is NotAnAnnotatorHere
    assert refused([cast.alice.id, cast.hu.id]) is NotAnAnnotatorHere
    assert refused(both, size=1) is TooFewToDraw
    assert refused(both, size=2_001) is TooFewToDraw
    assert refused(both, seed="x" * 65) is BadSeed
    assert refused(both, by=By.LABEL) is NoGuesses
    assert refused(both, earlier=Earlier.SAME) is NoTrialToRepeat
    assert refused(both, share=Share.MIX) is NoMix
    with pytest.raises(NotAllowed):
        preview_draw(cast.house, cast.alice, cast.project, Wish())


def test_a_trial_opened_at_the_same_moment_is_told_and_not_drawn_twice(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    draw = preview_draw(cast.house, cast.zhou, cast.project, Wish(size=4))
    trial(cast)
    with cast.house.reading() as connection:
        accounts = [account for each in (cast.alice, cast.bob) if (account := find_account(connection, each.id))]
    with pytest.raises(DrawOvertaken):
        cast.house.write(lambda tx: open_drawn(tx, cast.zhou, cast.project, draw, accounts))


def test_the_advice_takes_the_brief_s_gate_and_price(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    found = advise_trial(cast.house, cast.zhou, cast.project, items=60, annotators=4, agreement=0.8)
    assert (found.gate, found.answers) == (0.80, 240)
    assert found.half_width == pytest.approx(0.0702, abs=0.0001)
    assert found.to_tell == 73
    assert found.measured is None
    with pytest.raises(NobodyToAnnotate):
        advise_trial(cast.house, cast.zhou, cast.project, items=60, annotators=1)


def test_the_page_says_it_without_a_script_and_opens_what_it_shows(
    cast: Cast, client: TestClient[Any], tmp_path: Path
) -> None:
    service_project(cast, tmp_path)
    cast.sign_in(client, "zhou")
    client.cookies.set("guiju_locale", "en")
    here = f"/projects/{cast.project}/rounds/trial"
    shown = client.get(f"{here}?size=4&annotator={cast.alice.id}&annotator={cast.bob.id}&seed=one&by=length")
    assert "With 4 items and 2 annotators" in shown.text
    assert "Open the trial: 4 items for 2 people" in shown.text
    one = client.get(f"{here}?size=4&annotator={cast.alice.id}&seed=one")
    assert "at least two annotators; 1 chosen" in one.text
    assert "Open the trial:" not in one.text
    cast.sign_in(client, "alice")
    assert client.get(here).status_code == 403


def test_the_api_looks_opens_and_tells_the_draw(cast: Cast, client: TestClient[Any], tmp_path: Path) -> None:
    service_project(cast, tmp_path)
    headers = cast.sign_in(client, "zhou")
    api = f"/api/v1/projects/{cast.project}/rounds"
    draw = {"size": 5, "by": "length", "share": "equal", "seed": "of-the-day"}
    looked = client.post(f"{api}/trial/draw", json=draw, headers=headers).json()
    assert sorted(each["drawn"] for each in looked["strata"]) == [1, 2, 2]
    told = {"id": new_id(), "kind": "trial", "annotators": ["alice@guiju.test", "bob@guiju.test"], "draw": draw}
    opened = client.post(api, json=told, headers=headers).json()["round"]
    assert drawn(cast, opened) == set(looked["items"])
    kept = client.get(f"/api/v1/rounds/{opened}/draw").json()
    assert (kept["seed"], kept["same"], kept["again"]) == ("of-the-day", True, 5)
    advice = client.get(f"{api}/trial/advice?items=60&annotators=2&agreement=0.8").json()
    assert advice["half_width"] == pytest.approx(0.101, abs=0.001)
    assert client.get(f"{api}/trial/advice?items=60&annotators=1").json()["code"] == "nobody-to-annotate"
    cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/rounds/{opened}/draw").status_code == 404


def test_items_that_came_later_are_drawn_too(cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 4)
    first = trial(cast)
    (tmp_path / "more").mkdir()
    import_messages(cast, tmp_path / "more", 8)
    second = trial(cast)
    assert drawn(cast, first).isdisjoint(drawn(cast, second))
    with cast.house.reading() as connection:
        assert len(find_items(connection, cast.project, item_ids(connection, cast.project))) == 8

"""What people give is measured at once, bound to who gave it, inspected, and becomes items once."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select, update

from guiju.annotations import RoundState, find_resolutions
from guiju.collecting.actions import sweep
from guiju.collecting.consents.actions import list_mine, withdraw
from guiju.collecting.errors import ConsentNotFound
from guiju.collecting.rules import WAITS_MICROS
from guiju.collecting.tables import contribution
from guiju.consensus import resolve_round
from guiju.data import find_items, item_ids
from guiju.delivery.harvest.actions import harvest
from guiju.delivery.harvest.errors import NothingToHarvest
from guiju.inspection import DefectType, Finding, Outcome, Scope, Weight, decide_lot, draw_lot, get_lot, judge
from guiju.kinds import Consent, Contributions, decode_answers
from guiju.kit import new_id
from guiju.work import open_production, set_round_running
from tests.collecting.build import CONSENT, PROMPTS, Stage, open_stage
from tests.support.cast import Cast
from tests.support.sounds import RATE, silence, sound_bytes, tone, voice

Open = Callable[[str], Stage]


@pytest.fixture
def opened(cast: Cast, client: TestClient[Litestar], tmp_path: Path) -> Open:
    return lambda options: open_stage(cast, client, tmp_path, options)


def spoken(seconds: float = 2.0, shift: float = 0.0) -> bytes:
    """Somebody speaking; `shift` makes it somebody else."""
    samples = voice(seconds)
    samples += 0.2 * tone(seconds, 300 + 900 * shift) * (np.arange(len(samples)) % 4000 < 2600 * (1 - 0.4 * shift))
    return sound_bytes(samples[: round(seconds * RATE)])


def test_a_recording_goes_from_the_microphone_to_an_item_with_where_it_came_from(opened: Open) -> None:
    stage = opened("mode: sound, max_seconds: 5")
    cast, house = stage.cast, stage.cast.house
    task = stage.lease("alice")
    assert task["item"]["text"] in PROMPTS
    refused = stage.give("alice", task, spoken())
    assert (refused.status_code, refused.json()["code"]) == (409, "consent-needed")
    assert (
        stage.agree("alice", Consent("2026-1", CONSENT.zh, "Do with it what you like.")).json()["code"]
        == "consent-changed"
    )
    assert stage.agree("alice").json() == stage.agree("alice").json()
    received = stage.give("alice", task, spoken(), "take-0001").json()
    assert received["kept"], received["problems"]
    assert stage.give("alice", task, spoken(), "take-0001").json() == received
    given = received["given"]
    assert given["measures"]["seconds"] == 2.0
    assert -40 < given["measures"]["level"] < 0
    boasting = {**given, "measures": {**given["measures"], "seconds": 3.0, "level": 0.0}}
    assert stage.submit("alice", task, boasting).status_code == 200
    with house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    answer = decode_answers(held.answers)["given"]
    assert isinstance(answer, Contributions)
    [kept] = answer.given
    assert kept.measures == given["measures"], "what the browser says of its own recording is not believed"
    with pytest.raises(NothingToHarvest):
        harvest(house, cast.zhou, cast.project, cast.project, name="Collected")
    stage.accept()
    into = cast.another_project()
    made = harvest(house, cast.zhou, cast.project, into, name="Collected")
    with house.reading() as connection:
        [item] = find_items(connection, into, item_ids(connection, into)).values()
    assert (made.items, item.media, item.duration, item.hash) == (1, "audio", 2000, given["hash"])
    told = json.loads(item.meta or "{}")
    assert (told["prompt"], told["consent"]) == (task["item"]["text"], "2026-1")
    assert told["speaker"].startswith("p-")
    with pytest.raises(NothingToHarvest):
        harvest(house, cast.zhou, cast.project, into, name="Collected")


def test_what_is_too_quiet_or_no_sound_is_refused_at_once_and_counted(opened: Open) -> None:
    stage = opened("mode: sound, max_seconds: 5")
    stage.agree("alice")
    task = stage.lease("alice")
    quiet = stage.give("alice", task, sound_bytes(0.001 * tone(2)))
    assert not quiet.json()["kept"]
    assert [one["code"] for one in quiet.json()["problems"]] == ["sound-too-quiet", "sound-too-silent"]
    assert "-69" in quiet.json()["problems"][0]["message"]
    clipped = stage.give("alice", task, sound_bytes(np.clip(4 * tone(1), -1, 1)))
    assert "sound-clipped" in [one["code"] for one in clipped.json()["problems"]]
    expected = {
        b"": "contribution-empty",
        b"<html>": "contribution-wrong-content",
        sound_bytes(tone(2))[:20_000]: "sound-truncated",
        sound_bytes(silence(60), "FLAC"): "contribution-sound-runs-on",
    }
    for content, code in expected.items():
        assert stage.give("alice", task, content).json()["code"] == code
    headers = stage.as_("zhou")
    seen = stage.client.get(f"/api/v1/projects/{stage.cast.project}/contributions", headers=headers).json()
    assert [(one["name"], one["used"], one["refused"]) for one in seen["people"]] == [("Alice", 0, 6)]
    assert {one["state"] for one in seen["contributions"]} == {"refused"}
    page = stage.client.get(f"/projects/{stage.cast.project}/collecting", headers={"Accept-Language": "en"})
    assert (page.status_code, "mostly silence" in page.text) == (200, True)
    assert stage.submit("alice", task, quiet.json()["given"]).json()["code"] == "contribution-gone"
    assert list(stage.cast.house.blobs) == []


def test_the_same_thing_again_is_refused_and_so_is_anothers(opened: Open) -> None:
    stage = opened("mode: sound, max_seconds: 5")
    for name in ("alice", "bob"):
        stage.agree(name)
    given = stage.hand_in("alice", spoken())
    task = stage.lease("bob")
    again = stage.give("bob", task, spoken()).json()
    assert [one["code"] for one in again["problems"]] == ["given-too-alike"]
    louder = stage.give("bob", task, sound_bytes(0.7 * voice(2.0), "FLAC"))
    assert louder.status_code == 200
    assert stage.submit("bob", task, given).json()["code"] == "contribution-not-found"
    url = f"/media/contributions/{given['id']}"
    assert stage.client.get(url).status_code == 404
    for who, status in {"alice": 200, "hu": 200, "mallory": 404}.items():
        stage.as_(who)
        assert stage.client.get(url).status_code == status, who


def test_who_withdraws_takes_everything_along_that_nobody_works_with_yet(opened: Open) -> None:
    stage = opened("mode: text, min_characters: 4, languages: [zh]")
    cast, house = stage.cast, stage.cast.house
    stage.agree("alice")
    task = stage.lease("alice")
    english = stage.give("alice", task, b"Where is my parcel? It is late.").json()
    assert [one["code"] for one in english["problems"]] == ["given-wrong-language"]
    received = stage.give("alice", task, "我的快递怎么还没到?都三天了!".encode()).json()
    stage.submit("alice", task, received["given"])
    stage.accept()
    made = harvest(house, cast.zhou, cast.project, cast.another_project(), name="Collected")
    [agreed] = list_mine(house, cast.alice)
    assert agreed.contributions == 1
    with pytest.raises(ConsentNotFound):
        withdraw(house, cast.mallory, agreed.id)
    withdrawn = withdraw(house, cast.alice, agreed.id)
    assert (withdrawn.removed, withdrawn.items, withdrawn.kept) == (1, 1, [])
    assert withdraw(house, cast.alice, agreed.id).removed == 0
    with house.reading() as connection:
        assert item_ids(connection, made.into) == []
    assert list(house.blobs) == []
    stage.as_("hu")
    assert stage.client.get(f"/media/contributions/{received['given']['id']}").json()["code"] == "contribution-gone"


def test_an_upload_that_no_answer_used_is_swept_away_after_a_day(opened: Open) -> None:
    stage = opened("mode: sound, max_seconds: 5")
    house = stage.cast.house
    stage.agree("alice")
    stage.give("alice", stage.lease("alice"), spoken())
    assert sweep(house) == 0
    house.write(lambda tx: tx.execute(update(contribution).values(at=tx.at - WAITS_MICROS - 1)))
    assert sweep(house) == 1
    assert list(house.blobs) == []
    with house.reading() as connection:
        assert connection.execute(select(contribution.c.state)).scalars().all() == [5]


def test_what_is_sent_back_is_recorded_again_and_takes_the_place_of_the_first(opened: Open) -> None:
    stage = opened("mode: sound, max_seconds: 5")
    cast, house = stage.cast, stage.cast.house
    stage.agree("alice")
    first = stage.hand_in("alice", spoken())
    lot = draw_lot(house, cast.zhou, cast.project, new_id(), aql="2.5")
    bad = Finding(Outcome.DEFECT, DefectType.BAD_RECORDING, Weight.MAJOR)
    for place in get_lot(house, cast.hu, cast.project, lot).sample:
        judge(house, cast.hu, cast.project, lot, place.item_id, new_id(), bad)
    decide_lot(house, cast.hu, cast.project, lot, new_id(), scope=Scope.DEFECTS)
    stage.round = get_lot(house, cast.zhou, cast.project, lot).lot.rework_round or 0
    task = stage.lease("alice")
    assert [one["id"] for one in task["answers"]["given"]["given"]] == [first["id"]]
    assert stage.give("alice", task, spoken()).json()["kept"], "a new take stands in the place of one's own"
    again = stage.give("alice", task, spoken(2.5, 1.0)).json()["given"]
    assert stage.submit("alice", task, again).status_code == 200
    with house.reading() as connection:
        [held] = find_resolutions(connection, cast.project)
    assert again["id"] in held.answers
    assert first["id"] not in held.answers


def test_several_people_give_to_one_prompt_and_all_of_it_holds(opened: Open) -> None:
    stage = opened("mode: text, max_alike: 100")
    cast, house = stage.cast, stage.cast.house
    set_round_running(house, cast.zhou, stage.round, RoundState.CLOSED)
    stage.round = open_production(house, cast.zhou, cast.project, request_id=new_id(), reason="x", overlap=2)
    for name in ("alice", "bob"):
        stage.agree(name)
        for text in ("太慢了,我要退款!", "请问什么时候能到?", "收件地址写错了,怎么改?"):
            stage.hand_in(name, f"{name}: {text}".encode())
    set_round_running(house, cast.zhou, stage.round, RoundState.CLOSED)
    resolve_round(house, cast.zhou, stage.round, request_id=new_id(), method="majority")
    with house.reading() as connection:
        held = find_resolutions(connection, cast.project)
    answers = [decode_answers(one.answers)["given"] for one in held]
    assert [len(answer.given) for answer in answers if isinstance(answer, Contributions)] == [2, 2, 2]
    stage.accept()
    assert harvest(house, cast.zhou, cast.project, cast.another_project(), name="Collected").items == 6

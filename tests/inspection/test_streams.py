"""How strictly the next lot is inspected: each stream by itself, as ISO 2859-1 has it, and what people decide."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.annotations import annotator_of_account
from guiju.cli.lot import app as lot_cli
from guiju.data import list_sources
from guiju.inspection import (
    LotState,
    NothingToInspect,
    Pool,
    Split,
    Strictness,
    Terms,
    decide_lot,
    draw_each,
    draw_from,
    draw_lot,
    draw_lots,
    get_lot,
)
from guiju.inspection.streams import (
    InspectionStopped,
    StreamAct,
    StreamActEmpty,
    StreamKey,
    StreamNotStopped,
    decide_stream,
    get_stream,
    list_streams,
)
from guiju.inspection.streams.model import ActTaken, LotDecided
from guiju.inspection.streams.rules import fold, next_inspection
from guiju.kit import Sentence, new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.stats.acceptance.switching import LotResult, SwitchState
from tests.inspection.build import choice, import_texts, judge_all, make_texts, publish, resolve_all
from tests.support.cast import Cast

NORMAL, TIGHTENED, REDUCED = Strictness.NORMAL, Strictness.TIGHTENED, Strictness.REDUCED


def lots(*accepted: bool, gain: int = 0) -> list[LotDecided]:
    return [LotDecided(n, n, n, LotResult(one, gain=gain)) for n, one in enumerate(accepted, 1)]


def act(event: int, what: StreamAct) -> ActTaken:
    return ActTaken(event, what, "because", 1, 1)


def last(*happened: LotDecided | ActTaken) -> SwitchState:
    return fold(happened)[-1].state


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ([False], NORMAL),
        ([False, False], TIGHTENED),
        ([False, True, True, True, False], TIGHTENED),
        ([False, True, True, True, True, False], NORMAL),
        ([False, False, True, True, True, True], TIGHTENED),
        ([False, False, True, True, True, True, True], NORMAL),
        ([False, False, True, True, False, True, True, True], TIGHTENED),
    ],
)
def test_two_rejections_of_five_tighten_and_five_acceptances_in_a_row_relax(
    accepted: list[bool], expected: Strictness
) -> None:
    assert last(*lots(*accepted)).severity is expected


def test_five_rejections_on_tightened_stop_until_somebody_lets_it_go_on() -> None:
    stopped = lots(*[False] * 7)
    state = last(*stopped)
    assert state.discontinued
    with pytest.raises(InspectionStopped):
        next_inspection(state, state.reason, resubmitted=False)
    again = last(*stopped, act(8, StreamAct.RESUME))
    assert (again.severity, again.discontinued) == (TIGHTENED, False)


def test_a_lot_that_was_under_way_when_the_stream_stopped_changes_nothing() -> None:
    assert last(*lots(*[False] * 7, True, True, True, True, True)).discontinued


def test_inspection_is_reduced_only_where_somebody_wants_it_and_the_score_is_reached() -> None:
    ten = lots(*[True] * 10, gain=3)
    assert last(*ten).severity is NORMAL
    wanted = last(act(0, StreamAct.REDUCE), *ten)
    assert wanted.severity is REDUCED
    assert last(act(0, StreamAct.REDUCE), *ten, act(11, StreamAct.KEEP_NORMAL)).severity is NORMAL
    assert last(act(0, StreamAct.REDUCE), *ten, LotDecided(11, 11, 11, LotResult(False))).severity is NORMAL


def test_a_lot_that_comes_again_is_tightened_whatever_came_before() -> None:
    because = Sentence("x")
    assert next_inspection(SwitchState(), because, resubmitted=True).severity is TIGHTENED
    assert next_inspection(SwitchState(TIGHTENED, discontinued=True), because, resubmitted=True).severity is TIGHTENED


def two_peoples_work(cast: Cast, each: int = 20) -> tuple[int, dict[str, int]]:
    """A project in which alice and bob answered as many items each, and their annotators."""
    project = cast.project
    rulebook = publish(cast, project, "choice")
    items = import_texts(cast, project, (f"第{n}条留言" for n in range(2 * each)))
    for who, part in ((cast.alice, items[:each]), (cast.bob, items[each:])):
        resolve_all(cast.house, who, project, rulebook, {item: choice("a") for item in part})
    with_ids = {
        name: cast.house.write(lambda tx, who=cast.people[name]: annotator_of_account(tx, who.id, who.name))
        for name in ("alice", "bob")
    }
    return project, with_ids


def settle(cast: Cast, project: int, lot: int, *, rejected: bool) -> LotState:
    judge_all(cast, project, lot, 99 if rejected else 0)
    return decide_lot(cast.house, cast.zhou, project, lot, new_id())


def test_a_lot_for_each_annotator_goes_its_own_way(cast: Cast) -> None:
    project, who = two_peoples_work(cast, 40)
    for _ in range(2):
        drawn = draw_each(cast.house, cast.zhou, project, new_id(), terms=Terms(size=10, aql="4.0"))
        assert (len(drawn.lots), drawn.stopped) == (2, [])
        for lot in drawn.lots:
            mine = get_lot(cast.house, cast.zhou, project, lot).lot.annotator_id
            settle(cast, project, lot, rejected=mine == who["bob"])
    strict = {stream.name: stream.state.severity for stream in list_streams(cast.house, cast.zhou, project)}
    assert strict == {"Alice": NORMAL, "Bob": TIGHTENED}
    lot = draw_lot(cast.house, cast.zhou, project, new_id(), annotator_id=who["bob"], size=10, aql="4.0")
    assert get_lot(cast.house, cast.zhou, project, lot).lot.plan.severity is TIGHTENED
    assert get_stream(cast.house, cast.zhou, project).state.severity is NORMAL


def stopped(cast: Cast) -> int:
    """alice's stream after seven rejected lots; returns the project."""
    made = make_texts(cast, 160)
    for _ in range(7):
        lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), size=3, aql="4.0")
        assert settle(cast, made.project, lot, rejected=True) is LotState.REJECTED
    return made.project


def test_a_stopped_stream_gives_no_lot_until_the_trainer_says_what_was_improved(cast: Cast) -> None:
    project = stopped(cast)
    with pytest.raises(InspectionStopped):
        draw_lot(cast.house, cast.zhou, project, new_id(), size=3, aql="4.0")
    key = StreamKey(project)
    for who, refused in ((cast.hu, NotAllowed), (cast.alice, NotAllowed), (cast.mallory, ProjectNotFound)):
        with pytest.raises(refused):
            decide_stream(cast.house, who, key, StreamAct.RESUME, reason="培训过了", request_id=new_id())
    with pytest.raises(StreamActEmpty):
        decide_stream(cast.house, cast.zhou, key, StreamAct.RESUME, reason="  ", request_id=new_id())
    once = new_id()
    for _ in range(2):
        decide_stream(cast.house, cast.zhou, key, StreamAct.RESUME, reason="C1 改了，大家重新培训。", request_id=once)
    with pytest.raises(StreamNotStopped):
        decide_stream(cast.house, cast.zhou, key, StreamAct.RESUME, reason="再来", request_id=new_id())
    lot = draw_lot(cast.house, cast.zhou, project, new_id(), size=3, aql="4.0")
    assert get_lot(cast.house, cast.zhou, project, lot).lot.plan.severity is TIGHTENED


def test_each_annotator_without_work_is_refused_by_name(cast: Cast) -> None:
    publish(cast, cast.project, "choice")
    with pytest.raises(NothingToInspect):
        draw_each(cast.house, cast.zhou, cast.project, new_id(), terms=Terms(aql="4.0"))


def test_pages_routes_and_commands_show_streams_and_decide(cast: Cast, client: TestClient[Litestar]) -> None:
    project = stopped(cast)
    headers = cast.sign_in(client, "zhou")
    home, api = f"/projects/{project}", f"/api/v1/projects/{project}"
    page = client.get(f"{home}/streams").text
    assert 'value="resume"' in page
    assert page.count(f"{home}/lots/") >= 7
    assert client.get(f"{home}/lots/draw?size=3&aql=4.0").status_code == 200
    told = {
        "csrf": headers["X-CSRF-Token"],
        "request_id": new_id(),
        "annotator": "",
        "act": "resume",
        "reason": "<i>改了</i>",
    }
    assert "&lt;i&gt;改了&lt;/i&gt;" in client.post(f"{home}/streams", data=told).text
    said = {"id": new_id(), "act": "reduce", "reason": "稳定"}
    assert client.post(f"{api}/streams", json=said, headers=headers).json() == {"act": "reduce"}
    [stream] = client.get(f"{api}/streams").json()["streams"]
    assert (stream["severity"], stream["stopped"], stream["reduced_wanted"]) == ("tightened", False, True)
    assert [step.get("act") for step in stream["steps"][:3]] == ["reduce", "resume", None]
    form = {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "whose": "each", "size": "5", "aql": "4.0"}
    assert client.post(f"{home}/lots", data=form).status_code == 200
    [newest, *_] = client.get(f"{api}/lots").json()["lots"]
    assert newest["annotator"] is not None
    assert "<polyline" in client.get(f"{home}/lots/{newest['id']}").text

    def run(*words: object) -> Any:
        house = ["--home", str(cast.house.home), "--database", cast.house.database.url]
        answer = CliRunner().invoke(lot_cli, [*map(str, words), *house, "--json"], catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return msgspec.json.decode(answer.output)

    assert run("stream", project, "keep-normal", "不必") == {"act": "keep-normal"}
    assert [one["reduced_wanted"] for one in run("streams", project)] == [False, False]
    assert len(run("draw", project, "--each", "--size", "5", "--aql", "4.0")["lots"]) == 1


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_stopped_stream_of_a_source_goes_on_from_page_route_command_and_sdk(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    made = make_texts(cast, 40)
    with cast.house.reading() as connection:
        [source] = [each.id for each in list_sources(connection, made.project)]

    def draw_one() -> int:
        return draw_from(
            cast.house, cast.zhou, Pool(made.project, source_id=source), new_id(), Terms(size=3, aql="4.0")
        )

    def stop(rejected: int) -> None:
        for _ in range(rejected):
            assert settle(cast, made.project, draw_one(), rejected=True) is LotState.REJECTED
        with pytest.raises(InspectionStopped):
            draw_one()

    stop(7)
    headers = cast.sign_in(client, "zhou")
    home, api = f"/projects/{made.project}/streams", f"/api/v1/projects/{made.project}/streams"
    assert f'name="source" value="{source}"' in client.get(home).text
    form = {"csrf": headers["X-CSRF-Token"], "act": "resume", "reason": "照片重拍了", "source": str(source)}
    assert client.post(home, data=form | {"request_id": new_id()}).status_code == 200
    [stream] = client.get(api).json()["streams"]
    assert (stream["source"], stream["annotator"], stream["weight"], stream["stopped"]) == (
        source,
        None,
        "major",
        False,
    )
    other = {"id": new_id(), "act": "resume", "reason": "没有这个来源", "source": source + 99}
    assert client.post(api, json=other, headers=headers).json()["code"] == "stream-not-found"
    said = {"id": new_id(), "act": "reduce", "reason": "稳定", "source": source}
    assert client.post(api, json=said, headers=headers).json() == {"act": "reduce"}
    run = ["stream", str(made.project), "keep-normal", "不必", "--source", str(source)]
    house = ["--home", str(cast.house.home), "--database", cast.house.database.url]
    assert CliRunner().invoke(lot_cli, [*run, *house, "--json"], catch_exceptions=False).exit_code == 0
    assert [step.get("act") for step in client.get(api).json()["streams"][0]["steps"][:3]] == [
        "keep-normal",
        "reduce",
        "resume",
    ]


def test_a_stopped_stream_of_everybody_refuses_lots_by_day_by_name(cast: Cast) -> None:
    project = stopped(cast)
    with pytest.raises(InspectionStopped):
        draw_lots(cast.house, cast.zhou, Pool(project), new_id(), split=Split.DAY, terms=Terms(size=3, aql="4.0"))

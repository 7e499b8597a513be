"""JSON routes of streams of lots."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.inspection.model import Weight
from guiju.inspection.streams.actions import decide_stream, list_streams
from guiju.inspection.streams.model import LotDecided, Step, Stream, StreamAct, StreamKey
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class StepAnswer(msgspec.Struct, omit_defaults=True):
    """What happened (a lot, or what somebody decided) and how strictly the stream was inspected afterwards."""

    severity: str
    stopped: bool
    lot: int | None = None
    accepted: bool | None = None
    act: StreamAct | None = None
    reason: str | None = None
    at: str | None = None


class StreamAnswer(msgspec.Struct):
    """The lots of one annotator, of one source, or with neither everybody's, as to the defects of one weight."""

    annotator: int | None
    source: int | None
    name: str | None
    weight: Weight
    severity: str
    stopped: bool
    reduced_wanted: bool
    score: int
    because: str
    steps: list[StepAnswer]


class StreamsAnswer(msgspec.Struct):
    streams: list[StreamAnswer]


class StreamRequest(msgspec.Struct):
    id: str
    act: StreamAct
    reason: str
    annotator: int | None = None
    source: int | None = None


class StreamDecided(msgspec.Struct):
    act: StreamAct


def step_answer(step: Step) -> StepAnswer:
    how: dict[str, Any] = {"severity": step.state.severity.value, "stopped": step.state.discontinued}
    if isinstance(step.what, LotDecided):
        return StepAnswer(**how, lot=step.what.lot_id, accepted=step.what.result.accepted)
    return StepAnswer(**how, act=step.what.act, reason=step.what.reason, at=iso(step.what.at))


def stream_answer(stream: Stream) -> StreamAnswer:
    state = stream.state
    return StreamAnswer(
        stream.key.annotator_id,
        stream.key.source_id,
        stream.name,
        stream.weight,
        state.severity.value,
        state.discontinued,
        state.reduced_wanted,
        state.score,
        str(stream.because),
        [step_answer(step) for step in stream.steps],
    )


@get("/projects/{project_id:int}/streams", sync_to_thread=True)
def get_streams(request: AnyRequest, project_id: FromPath[int]) -> StreamsAnswer:
    """How strictly each stream of lots is inspected, and how it came to it, the newest step first."""
    found = list_streams(house_of(request), actor_of(request), project_id)
    return StreamsAnswer([stream_answer(stream) for stream in found])


@post("/projects/{project_id:int}/streams", sync_to_thread=True)
def post_stream_act(request: AnyRequest, project_id: FromPath[int], data: JSONBody[StreamRequest]) -> StreamDecided:
    """Let a stopped stream go on, or say whether reduced inspection is wanted."""
    key = StreamKey(project_id, data.annotator, data.source)
    decide_stream(house_of(request), actor_of(request), key, data.act, reason=data.reason, request_id=data.id)
    return StreamDecided(data.act)


API = [get_streams, post_stream_act]

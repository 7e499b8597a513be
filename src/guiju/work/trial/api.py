"""JSON of a trial: its report, and the decision at its gate."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from litestar import get, post
from msgspec import Meta

from guiju.kit import Words
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest
from guiju.work.trial.actions import annotator_names, decide_gate, make_report
from guiju.work.trial.model import TrialReport

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class DecideRequest(msgspec.Struct):
    """`last` is the report's own, so that nobody decides on what they have not seen; 0 takes what holds now."""

    id: RequestId
    reason: str | None = None
    last: int = 0


class Decided(msgspec.Struct, frozen=True):
    passed: bool


def describe_report(report: TrialReport, names: Mapping[int, str], words: Words) -> dict[str, Any]:
    """The report as JSON: its figures, the gate with its reason in words, annotators with their names."""
    shown: dict[str, Any] = msgspec.to_builtins(report)
    gate = {key: value for key, value in shown["gate"].items() if key not in {"reason", "warning", "places"}}
    shown["gate"] = {**gate, "reason": report.gate.sentence(words)}
    shown["people"] = [{**line, "name": names.get(line["annotator_id"], "")} for line in shown["people"]]
    for field in shown["fields"]:
        field["pairs"] = [
            {**pair, "a": names.get(pair["a"], ""), "b": names.get(pair["b"], "")} for pair in field["pairs"]
        ]
    return shown


@get("/rounds/{round_id:int}/report", sync_to_thread=True)
def show_report(request: AnyRequest, round_id: int) -> dict[str, Any]:
    """Agreement in a round with several answers an item, computed from the answers that hold now."""
    house, actor = house_of(request), actor_of(request)
    report = make_report(house, actor, round_id)
    return describe_report(report, annotator_names(house, report), words_of(request))


@post("/rounds/{round_id:int}/gate", sync_to_thread=True, status_code=200)
def decide(request: AnyRequest, round_id: int, data: DecideRequest) -> Decided:
    """Decide a trial's gate and close the trial; one that has not passed needs a signed reason."""
    house, actor = house_of(request), actor_of(request)
    reason = data.reason
    return Decided(decide_gate(house, actor, round_id, request_id=data.id, override_reason=reason, seen=data.last))


API: list[Any] = [show_report, decide]

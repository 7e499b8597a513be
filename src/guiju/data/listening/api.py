"""Routes of voices: ask for them, and follow the job that finds them."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery

from guiju.data.listening.actions import ask_for_voices, follow_voices
from guiju.data.listening.model import Finding
from guiju.kit import Words
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest


class Trouble(msgspec.Struct, frozen=True):
    """Why a job came to nothing, in the reader's language."""

    code: str
    message: str
    next: str


class VoicesAnswer(msgspec.Struct, frozen=True):
    """`state`: found, none (nobody has asked), queued, running, failed, cancelled. `done` and `total` in milliseconds;
    `segments` are `[start, end]`, there once they are found.
    """

    state: str
    segments: list[tuple[int, int]] | None = None
    job: int | None = None
    done: int = 0
    total: int | None = None
    error: Trouble | None = None


def _answer(finding: Finding, words: Words) -> VoicesAnswer:
    if finding.voices is not None:
        return VoicesAnswer("found", finding.voices.segments)
    job = finding.job
    if job is None:
        return VoicesAnswer("none")
    told = (job.outcome or {}).get("error")
    error = told and Trouble(
        told["code"], words(told["sentence"], **told["details"]), words(told["next"], **told["details"])
    )
    # A job that is done has kept what it found; where that was dropped since, nobody has asked again.
    state = "none" if job.state == "done" else job.state.value
    return VoicesAnswer(state, None, job.id, job.done, job.total, error or None)


@post("/items/{item_id:int}/voices", sync_to_thread=True, status_code=202)
def ask(request: AnyRequest, item_id: FromPath[int]) -> VoicesAnswer:
    """Where somebody speaks in a sound: at once if it is known, else by the job that is named. Asked twice, it is
    found once.
    """
    return _answer(ask_for_voices(house_of(request), actor_of(request), item_id), words_of(request))


@get("/items/{item_id:int}/voices", sync_to_thread=True)
def follow(request: AnyRequest, item_id: FromPath[int], job: FromQuery[int | None] = None) -> VoicesAnswer:
    """What is known by now; with `job`, how that job is doing, and why it came to nothing."""
    return _answer(follow_voices(house_of(request), actor_of(request), item_id, job), words_of(request))


API: list[Any] = [ask, follow]

"""JSON of consensus."""

from dataclasses import fields
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.consensus.actions import advise_on, choose_and_resolve
from guiju.consensus.methods import MERGES, METHODS, OWN
from guiju.consensus.model import Advice, Merging, Outcome, Run
from guiju.kit import Sentence, Words
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class ResolveRequest(msgspec.Struct):
    """`id` is made by the client; `method` is one of the ways to resolve, `merge` one to merge what is no single label,
    each or `recommended`. What is less sure than `at_least` is left to a person.
    """

    id: RequestId
    method: str = "majority"
    at_least: float = 0.0
    merge: str = OWN


class AdviceOut(msgspec.Struct):
    """Which method to trust, by field with one label to choose; how to merge the other fields, where there are any; how
    it was resolved before, newest first.
    """

    methods: list[str]
    merges: list[str]
    advice: list[dict[str, Any]]
    merging: dict[str, Any] | None
    runs: list[dict[str, Any]]


@post("/rounds/{round_id:int}/consensus", sync_to_thread=True, status_code=200)
def resolve(request: AnyRequest, round_id: FromPath[int], data: JSONBody[ResolveRequest]) -> Outcome:
    """Resolve a closed round's items from their several answers; `ties` and `unsure` are the items left open."""
    return choose_and_resolve(
        house_of(request),
        actor_of(request),
        round_id,
        request_id=data.id,
        method=data.method,
        at_least=data.at_least,
        merge=data.merge,
    )


@get("/rounds/{round_id:int}/consensus", sync_to_thread=True)
def advice(request: AnyRequest, round_id: FromPath[int]) -> AdviceOut:
    """Which method to trust on a closed round's answers, with the figures that say so, and how it was resolved."""
    words = words_of(request)
    found, runs, _ = advise_on(house_of(request), actor_of(request), round_id)
    advised = [told_of(one, words) for one in found.labels]
    merging = told_of(found.merging, words) if found.merging else None
    return AdviceOut(list(METHODS), list(MERGES), advised, merging, [told_of(one, words) for one in runs])


def told_of(one: Advice | Merging | Run, words: Words) -> dict[str, Any]:
    """As JSON says it, sentences in the reader's language."""

    def told(value: Any) -> Any:
        return value.spoken(words) if isinstance(value, Sentence) else value

    plain = {each.name: told(getattr(one, each.name)) for each in fields(one)}
    if not isinstance(one, Run):
        plain["candidates"] = [{f.name: told(getattr(c, f.name)) for f in fields(c)} for c in one.candidates]
    return plain


API: list[Any] = [resolve, advice]

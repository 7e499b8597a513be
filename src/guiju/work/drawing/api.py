"""JSON of draws: what a trial would say and cost, what would be drawn, what was, and whether it comes out again."""

from typing import Any, Literal

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.kit import Sentence, Words
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest
from guiju.work.drawing.actions import draw_again, preview_draw
from guiju.work.drawing.advising import advise_trial, know_of_trials
from guiju.work.drawing.model import By, Earlier, Share, StratumDrawn, Wish
from guiju.work.drawing.rules import advice_in_words


class DrawIn(msgspec.Struct, frozen=True):
    """How a trial's items are drawn.

    `of` is the scenes' view (`text`, `image`, `audio`) or the source of guesses (`round-3`, `annotator-7`); left out,
    the first that there is. `trial` is the number of the trial whose items are given out again with `same` (0: the
    newest). Without a `seed` one is made.
    """

    size: int = 50
    by: Literal["random", "scene", "length", "doubt", "label"] = "random"
    of: str = ""
    share: Literal["proportional", "equal", "mix"] = "proportional"
    earlier: Literal["new", "same", "any"] = "new"
    trial: int = 0
    seed: str = ""

    @property
    def wish(self) -> Wish:
        by, share, earlier = By(self.by), Share(self.share), Earlier(self.earlier)
        return Wish(self.size, by, self.of, share, earlier, self.trial, self.seed)


class StratumOut(msgspec.Struct, frozen=True):
    key: str
    name: str
    waiting: int
    drawn: int


class DrawOut(msgspec.Struct, frozen=True):
    """`items` in the order in which they are handed out, drawn from `pool` items whose contents hash to `digest`."""

    seed: str
    pool: int
    digest: str
    strata: list[StratumOut]
    items: list[int]


class DrawnOut(msgspec.Struct, frozen=True):
    """A draw on record. `same`: drawn again from what waited then, the same items come out; `again` of them do."""

    round: int
    seed: str
    by: str
    of: str
    share: str
    earlier: str
    size: int
    pool: int
    digest: str
    strata: list[StratumOut]
    same: bool
    is_same_pool: bool
    again: int


class AdviceOut(msgspec.Struct, frozen=True):
    """`half_width` of the 95% interval of observed agreement; `to_tell` items tell `gate` from `below`."""

    items: int
    annotators: int
    agreement: float
    likeness: float | None
    half_width: float
    low: float
    high: float
    gate: float
    below: float
    to_tell: int
    to_halve: int
    answers: int
    hours: float | None
    price: float | None
    currency: str
    sentences: list[str]


@get("/projects/{project_id:int}/rounds/trial/advice", sync_to_thread=True)
def show_advice(
    request: AnyRequest,
    project_id: FromPath[int],
    items: FromQuery[int] = 50,
    annotators: FromQuery[int] = 2,
    agreement: FromQuery[float | None] = None,
) -> AdviceOut:
    """What a trial would say, take and cost; the `agreement` that is expected is the last trial's unless told."""
    house, actor = house_of(request), actor_of(request)
    known = know_of_trials(house, actor, project_id)
    expected = agreement if agreement is not None else (known.agreement if known else None)
    shape: dict[str, Any] = {"agreement": expected, "likeness": known.likeness if known else None}
    found = advise_trial(house, actor, project_id, items=items, annotators=annotators, **shape)
    told = [sentence.spoken(words_of(request)) for sentence in advice_in_words(found)]
    same = {name: getattr(found, name) for name in AdviceOut.__struct_fields__ if name != "sentences"}
    return AdviceOut(**same, sentences=told)


@post("/projects/{project_id:int}/rounds/trial/draw", sync_to_thread=True, status_code=200)
def show_draw(request: AnyRequest, project_id: FromPath[int], data: JSONBody[DrawIn]) -> DrawOut:
    """What would be drawn; nothing is written. Open a trial with the same `draw` and seed, and these are its items."""
    draw = preview_draw(house_of(request), actor_of(request), project_id, data.wish)
    words = words_of(request)
    strata = [StratumOut(one.key, one.name.spoken(words), one.waiting, len(one.drawn)) for one in draw.strata]
    return DrawOut(draw.wish.seed, draw.pool, draw.digest, strata, list(draw.items))


@get("/rounds/{drawn_id:int}/draw", sync_to_thread=True)
def show_drawn(request: AnyRequest, drawn_id: FromPath[int]) -> DrawnOut:
    """How a trial's items were drawn, and whether the same come out again."""
    found = draw_again(house_of(request), actor_of(request), drawn_id)
    record, words = found.record, words_of(request)
    wish = record.wish
    strata = [_stratum(each, words) for each in record.strata]
    told = (wish.seed, wish.by.value, wish.of, wish.share.value, wish.earlier.value, wish.size)
    return DrawnOut(drawn_id, *told, record.pool, record.digest, strata, found.same, found.is_same_pool, found.drawn)


def _stratum(one: StratumDrawn, words: Words) -> StratumOut:
    return StratumOut(one.key, Sentence(one.name, one.places).spoken(words), one.waiting, one.drawn)


API: list[Any] = [show_advice, show_draw, show_drawn]

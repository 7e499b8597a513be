"""JSON of practice: what is due, the next ones, answers marked at once."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.coaching.actions import Practised, Said, practise
from guiju.coaching.errors import NothingOfThatName, NothingToPractise
from guiju.coaching.model import Known, Standing, verdict_of
from guiju.coaching.reading import Desk, Wanted, ask_next, choose_next, look_at_practice
from guiju.data import Item
from guiju.kinds import Answer
from guiju.kit import is_request_id, iso
from guiju.rulings.marking import Known as Reference
from guiju.site import actor_of, house_of
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House
from guiju.work import Task, TaskItem

# a lease that nobody asks for: practice holds nothing
HELD = "practice"
Ids = Annotated[list[str], Meta(max_length=200)]
Slots = Annotated[list[int], Meta(max_length=200)]


class NextRequest(msgspec.Struct):
    """`holding` are slots in hand; `labels` and `clauses` narrow it, `without` leaves references out by their keys."""

    want: int = 3
    holding: Slots = []
    labels: Ids = []
    clauses: Ids = []
    without: Ids = []

    def wanted(self) -> Wanted:
        named = (tuple(self.labels), tuple(self.clauses), tuple(self.without))
        return Wanted(self.want, tuple(self.holding), *named, anyway=bool(self.labels or self.clauses))


class AnswerRequest(msgspec.Struct):
    """An answer to the task of that slot, and what is wanted next."""

    id: str
    slot: int
    answers: dict[str, Answer]
    active_ms: int | None = None
    next: NextRequest | None = None


class MarkOut(msgspec.Struct, frozen=True):
    """How right it was, in [0, 1], and what is right; `back_at` is when it comes back, `again` says in this sitting."""

    score: float
    verdict: str
    right: msgspec.Raw
    clause: str | None
    polarity: str | None
    note: dict[str, str]
    labels: dict[str, float]
    again: bool
    back_at: str


class StoredOut(msgspec.Struct, frozen=True):
    id: int
    revision: int = 1


class NextAnswer(msgspec.Struct, frozen=True):
    """`left` counts what can be practised at this moment."""

    tasks: list[Task]
    left: int


class AnswerAnswer(msgspec.Struct, frozen=True):
    annotation: StoredOut
    mark: MarkOut
    tasks: list[Task]
    left: int


class LabelOut(msgspec.Struct, frozen=True):
    label: str
    sits: int
    shaky: int
    fresh: int


class PracticeOut(msgspec.Struct, frozen=True):
    """`now` counts what can be practised at this moment: `missed` (wrong in an exam), due, weak just now, and the new
    ones of today.
    """

    rulebook: int
    version: str
    now: int
    missed: int
    due: int
    again: int
    fresh: int
    fresh_today: int
    sits: int
    shaky: int
    held_by_exam: int
    next_at: str | None
    labels: list[LabelOut]


def task_of(desk: Desk, one: Known) -> Task:
    """A known answer as the workbench takes it: its slot is the reference, and nothing of it lapses."""
    item = one.reference.item_id
    shown = _shown(desk.items[item]) if item is not None else _own_text(one.reference)
    return Task(one.reference.id, HELD, "", shown, 0, None, None)


def _shown(item: Item) -> TaskItem:
    url = None if item.body is not None else f"/media/items/{item.id}{'/overview' if item.is_tiled else ''}"
    measures = (item.width, item.height, item.parts, item.duration, item.is_tiled)
    return TaskItem(item.id, item.media.value, item.name, item.body, url, *measures)


def _own_text(one: Reference) -> TaskItem:
    return TaskItem(0, "text", one.origin_id, one.text, None, None, None, None, None, is_tiled=False)


def mark_of(done: Practised) -> MarkOut:
    known, marked, memory = done.known.reference, done.marked, done.memory
    why = (msgspec.Raw(known.answers.encode()), known.clause, known.polarity, dict(done.note))
    labels = {label: round(score, 4) for label, score in marked.labels}
    return MarkOut(round(marked.score, 4), verdict_of(marked.score), *why, labels, memory.again, iso(memory.due_at))


@get("/projects/{project_id:int}/practice", sync_to_thread=True)
def get_practice(request: AnyRequest, project_id: FromPath[int]) -> PracticeOut:
    """What I can practise now, what sits and what does not, by label."""
    return practice_answer(*look_at_practice(house_of(request), actor_of(request), project_id))


def practice_answer(desk: Desk, mine: Standing) -> PracticeOut:
    """Where a person stands, as programs read it."""
    counts = (
        mine.now,
        mine.missed,
        mine.due,
        mine.again,
        mine.fresh,
        mine.fresh_today,
        mine.sits,
        mine.shaky,
        len(desk.held),
    )
    labels = [LabelOut(each.label, each.sits, each.shaky, each.fresh) for each in mine.labels if each.total]
    back = iso(mine.next_at) if mine.next_at is not None else None
    return PracticeOut(desk.rulebook.id, desk.rulebook.version, *counts, back, labels)


@post("/projects/{project_id:int}/practice/next", sync_to_thread=True, status_code=200)
def post_next(request: AnyRequest, project_id: FromPath[int], data: JSONBody[NextRequest]) -> NextAnswer:
    """The next known answers to find: what is due, then what is new with boundary cases first, then what was weak."""
    house, actor = house_of(request), actor_of(request)
    desk, found = ask_next(house, actor, project_id, data.wanted())
    return NextAnswer([task_of(desk, one) for one in found], _left(desk, data, house.clock()))


def _left(desk: Desk, asked: NextRequest, now: int) -> int:
    """How many more can be practised beside what is in hand."""
    everything = msgspec.structs.replace(asked, want=MOST_COUNTED).wanted()
    return len(choose_next(desk, everything, now, most=MOST_COUNTED))


MOST_COUNTED = 10_000


@post("/projects/{project_id:int}/practice/answers", sync_to_thread=True, status_code=200)
def post_answer(request: AnyRequest, project_id: FromPath[int], data: JSONBody[AnswerRequest]) -> AnswerAnswer:
    """Mark an answer at once: how right it was, what is right, the clause and why; the same `id` is marked once."""
    house, actor = house_of(request), actor_of(request)
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    done = practise(house, actor, project_id, Said(data.id, data.slot, data.answers, data.active_ms))
    tasks, left = _following(house, actor, project_id, data.next) if data.next is not None else ([], 0)
    return AnswerAnswer(StoredOut(done.id), mark_of(done), tasks, left)


def _following(house: House, actor: Actor, project_id: int, asked: NextRequest) -> tuple[list[Task], int]:
    """What comes behind an answer that is stored: where nothing can be asked any more, nothing, and no refusal."""
    try:
        desk, found = ask_next(house, actor, project_id, asked.wanted())
        return [task_of(desk, one) for one in found], _left(desk, asked, house.clock())
    except (NothingOfThatName, NothingToPractise):
        return [], 0


API: list[Any] = [get_practice, post_next, post_answer]

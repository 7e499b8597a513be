"""One act makes a ruling an example or a clause of the rulebook's draft; what it became is kept beside it."""

import enum

from guiju.findings.taking.errors import NoItemToShow, TakenUpAlready
from guiju.findings.upward.actions import add_clause_to_draft, add_item_example
from guiju.rulebooks import Polarity
from guiju.rulings.uses import Ruled, UseKind, get_ruled, note_use
from guiju.storage import Actor, House

TITLE_CHARACTERS = 80


class As(enum.StrEnum):
    """What a ruling is taken up as."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    BOUNDARY = "boundary"
    CLAUSE = "clause"

    @property
    def kind(self) -> UseKind:
        return UseKind.CLAUSE if self is As.CLAUSE else UseKind.EXAMPLE


def take_up_ruling(
    house: House, actor: Actor, project_id: int, ruling_id: int, *, request_id: str, wanted: As, title: str = ""
) -> str:
    """Put a ruling into the rulebook's draft: its item with the right answer as an example, or its words as a clause.

    Returns the example's or clause's id. A clause's `title` is the question unless told, its labels those
    in doubt. Raises `TakenUpAlready`, `NoItemToShow`, `ItemNotFound`, `NothingShown`, `DraftUnreadable`,
    `RulebookIsStale`.
    """
    ruled = get_ruled(house, actor, project_id, ruling_id)
    there = next((each for each in ruled.uses if each.kind is wanted.kind), None)
    if there is not None:
        raise TakenUpAlready(name=there.name)
    if wanted is As.CLAUSE:
        name = _clause(house, actor, project_id, ruled, request_id, title)
    else:
        name = _example(house, actor, project_id, ruled, request_id, Polarity(wanted.value))
    note_use(house, actor, project_id, ruling_id, request_id=f"{request_id[:58]}-used", kind=wanted.kind, name=name)
    return name


def _clause(house: House, actor: Actor, project_id: int, ruled: Ruled, request_id: str, title: str) -> str:  # noqa: PLR0917 - a ruling
    asked = ruled.question
    heading = title.strip() or (asked.text if asked else ruled.ruling.text)
    labels = asked.labels if asked else ()
    told = {"title": heading[:TITLE_CHARACTERS], "text": ruled.ruling.text}
    return add_clause_to_draft(house, actor, project_id, request_id=request_id, labels=labels, **told)


def _example(house: House, actor: Actor, project_id: int, ruled: Ruled, request_id: str, polarity: Polarity) -> str:  # noqa: PLR0917 - a ruling
    about = ruled.question.about if ruled.question else ()
    item = ruled.ruling.item_id or next(iter(about), None)
    if item is None:
        raise NoItemToShow
    ruling = ruled.ruling
    return add_item_example(
        house,
        actor,
        project_id,
        request_id=request_id,
        item_id=item,
        note=ruling.text,
        clause=ruling.clause,
        polarity=polarity,
        answers=ruling.answers,
    )

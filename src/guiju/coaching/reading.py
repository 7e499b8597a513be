"""What a person can practise, read for pages, API and programs; authorised first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.coaching import store
from guiju.coaching.errors import CardHeldByExam, CardNotFound, NothingOfThatName, NothingToPractise
from guiju.coaching.model import Card, Known, Standing
from guiju.coaching.rules import find_missed, is_correction, matching, plan_next, take_stock
from guiju.coaching.slips.store import standing_corrections
from guiju.data import Item, find_items
from guiju.exams import held_by_open_papers, marks_of_account
from guiju.kinds import ItemShape
from guiju.kit import digest, midnight
from guiju.people import Act
from guiju.projects import Project, authorise
from guiju.rulebooks import CompiledRulebook, Example, NoRulebook, latest_published
from guiju.rulings import ReferenceOrigin
from guiju.rulings.marking import Known as Reference
from guiju.rulings.marking import known_of, list_known
from guiju.storage import Actor, House
from guiju.work.gold import add_met, kept_from

# Not the gold that came with files: met in practice, it would measure nobody in production any more.
PRACTISED = (ReferenceOrigin.EXAMPLE, ReferenceOrigin.RULING)


add_met(store.items_practised)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person practises on: the version in force, what of it is known, and what they remember of it.

    `held` are known answers (reference → key) that an open exam of theirs asks: they are neither practised nor shown.
    """

    project: Project
    rulebook: CompiledRulebook
    known: tuple[Known, ...]
    items: Mapping[int, Item]
    cards: Mapping[str, Card]
    held: Mapping[int, str]
    missed: Collection[str] = ()

    def get(self, reference_id: int) -> Known:
        """Raises `CardNotFound`, `CardHeldByExam`."""
        if reference_id in self.held:
            raise CardHeldByExam
        for one in self.known:
            if one.reference.id == reference_id:
                return one
        raise CardNotFound(slot=reference_id)

    def shape(self, one: Known) -> ItemShape:
        known = one.reference
        return (
            self.items[known.item_id].shape if known.item_id is not None else ItemShape("text", len(known.text or ""))
        )

    def demand(self, labels: Collection[str], clauses: Collection[str]) -> None:
        """Raises `NothingOfThatName`."""
        known = {clause.id for clause in self.rulebook.rulebook.clauses}
        unknown = [*(set(labels) - self.rulebook.labels.keys()), *(set(clauses) - known)]
        if unknown:
            raise NothingOfThatName(name=min(unknown)[:80])

    def only(self, labels: Collection[str], clauses: Collection[str], apart_from: Collection[str]) -> list[Known]:
        """What concerns these labels or clauses, but for the known answers of these keys."""
        return [
            one
            for one in self.known
            if one.key not in apart_from and (set(labels) & set(one.labels) or one.reference.clause in clauses)
        ]


def lay_desk(connection: Connection, actor: Actor, project_id: int) -> Desk:
    """Everything that a person could practise in a project. Raises `NoRulebook` and what `authorise` raises."""
    project = authorise(connection, actor, project_id, Act.PRACTISE).project
    rulebook = latest_published(connection, project_id)
    if rulebook is None:
        raise NoRulebook
    found = list_known(connection, rulebook, PRACTISED, own=actor.id)
    stands = standing_corrections(connection, [one.origin_id for one in found if is_correction(one)])
    found = [one for one in found if not is_correction(one) or one.origin_id in stands]
    ids = [each.item_id for each in found if each.item_id is not None]
    items = find_items(connection, project_id, ids, withheld=False)
    held = _in_exams(connection, project_id, actor.id, found)
    examples = {example.id[:40]: example for example in rulebook.rulebook.examples}
    kept = set(kept_from(connection, actor.id, project_id))
    known = tuple(
        _known(each, items, examples)
        for each in found
        if each.id not in held and (each.item_id is None or (each.item_id in items and each.item_id not in kept))
    )
    cards = store.cards_of(connection, actor.id, project_id)
    return Desk(project, rulebook, known, items, cards, held, _missed(connection, project_id, actor.id, known, cards))


def _missed(
    connection: Connection, project_id: int, account_id: int, known: Sequence[Known], cards: Mapping[str, Card]
) -> set[str]:
    """What was wrong in an exam, under whatever version, as long as it asks and says the same today."""
    marks = marks_of_account(connection, project_id, account_id)
    asked = known_of(connection, sorted({reference for reference, *_ in marks}))
    same = {_said(one.reference) for one in known}
    told = [
        (_key(asked[reference]), score, at)
        for reference, _, score, _, at in marks
        if reference in asked and _said(asked[reference]) in same
    ]
    return find_missed(told, matching(known, cards))


def _in_exams(connection: Connection, project_id: int, account_id: int, found: Sequence[Reference]) -> dict[int, str]:
    """What an open paper of theirs asks, under whatever version: the same item or the same text. Reference → key."""
    asked = known_of(connection, sorted(held_by_open_papers(connection, project_id, account_id))).values()
    items = {each.item_id for each in asked if each.item_id is not None}
    texts = {each.text for each in asked if each.text is not None}
    return {each.id: _key(each) for each in found if each.item_id in items or each.text in texts}


def _said(each: Reference) -> tuple[str, str | int | None, str]:
    """What it asks and says, whatever version it stands in."""
    return _key(each), each.text if each.text is not None else each.item_id, each.answers


def _key(each: Reference) -> str:
    return f"{each.origin}:{each.origin_id}"


def _known(each: Reference, items: Mapping[int, Item], examples: Mapping[str, Example]) -> Known:
    example = examples.get(each.origin_id) if each.origin is ReferenceOrigin.EXAMPLE else None
    own = (example.label,) if example is not None and example.label else ()
    about = each.text if each.text is not None else items[each.item_id or 0].hash
    return Known(
        reference=each,
        key=_key(each),
        digest=digest({"about": about, "answers": each.answers}),
        name=each.text or items[each.item_id or 0].name,
        labels=each.labels or own,
    )


def look_at_practice(house: House, actor: Actor, project_id: int) -> tuple[Desk, Standing]:
    """What is due today, what sits and what does not."""
    with house.reading() as connection:
        desk = lay_desk(connection, actor, project_id)
    now = house.clock()
    labels = [label.id for label in desk.rulebook.rulebook.labels]
    return desk, take_stock(desk.known, desk.cards, labels, desk.missed, now=now, today=midnight(now))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the desk is asked for: `want` items that are not in hand yet, of some labels or clauses if named."""

    want: int = 3
    holding: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    # asked of some labels or clauses: also what is neither due nor new comes
    anyway: bool = False

    @property
    def narrow(self) -> bool:
        return bool(self.labels or self.clauses)


MOST_WANTED = 10


def choose_next(desk: Desk, wanted: Wanted, now: int, most: int = MOST_WANTED) -> list[Known]:
    """What is asked next, and not in hand. Raises `NothingToPractise`, `NothingOfThatName`."""
    if not desk.known and not desk.held:
        known = len(desk.rulebook.rulebook.examples)
        raise NothingToPractise(references=known, usable=0)
    desk.demand(wanted.labels, wanted.clauses)
    of = desk.only(wanted.labels, wanted.clauses, wanted.apart_from) if wanted.narrow else list(desk.known)
    plan = plan_next(of, desk.cards, desk.missed, now=now, today=midnight(now))
    if wanted.narrow and wanted.anyway:
        mine = matching(of, desk.cards)
        rest = [one for one in of if one not in plan]
        plan += sorted(rest, key=lambda one: (mine[one.key].at if one.key in mine else 0, one.key))
    left = [one for one in plan if one.reference.id not in wanted.holding]
    return left[: max(0, min(wanted.want, most))]


def ask_next(house: House, actor: Actor, project_id: int, wanted: Wanted) -> tuple[Desk, list[Known]]:
    """The next known answers to find. Raises `NothingToPractise`."""
    with house.reading() as connection:
        desk = lay_desk(connection, actor, project_id)
    return desk, choose_next(desk, wanted, house.clock())

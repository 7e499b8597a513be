"""Contradictions are listed and looked at, asked about where their sides are from, and ruled on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from guiju.bank.contradicting import store
from guiju.bank.contradicting.errors import ContradictionNotFound, NothingToRule, RulingUnreasoned, SideNotYours
from guiju.bank.contradicting.model import Case, Counted, Fate, Said, Side, State
from guiju.bank.contradicting.reviewing import Reviewing, settle
from guiju.bank.contradicting.rules import MOST_SIDES, differ
from guiju.bank.finding.actions import get_reader
from guiju.bank.finding.store import labels_of
from guiju.bank.model import Reader
from guiju.bank.rules import is_stranger
from guiju.kinds import decode_answers
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act, NotAllowed, may
from guiju.projects import ProjectNotFound, Standing, list_projects_of
from guiju.rulebooks import get_published
from guiju.rulings import NotOwnWork, RuledAnswer, ask_about, has_annotated, keep_ruling, ruling_table
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx

COUNTED = 10_000
MOST_REASON = 2_000


def list_contradictions(
    house: House, actor: Actor, state: State = State.OPEN, wanted: PageRequest | None = None
) -> tuple[Page[Case], Counted]:
    """Cases of which the actor sees two sides, the newest first, and how many there are. Raises `BankClosed`."""
    wanted = wanted or PageRequest()
    key = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    before = key if isinstance(key, int) else None
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        rows = store.list_cases(connection, reader, state, before=before, limit=wanted.size + 1)
        shown = rows[: wanted.size]
        cases = _cases(connection, actor, reader, shown)
        counted = store.count_cases(connection, reader, COUNTED)
    return Page(cases, encode_cursor([shown[-1].id]) if len(rows) > wanted.size else None), counted


def get_contradiction(house: House, actor: Actor, case_id: int) -> Case:
    """Raises `BankClosed`, `ContradictionNotFound`."""
    with house.reading() as connection:
        return _get(connection, actor, case_id, house.clock())


def _get(connection: Connection, actor: Actor, case_id: int, at: int) -> Case:
    reader = get_reader(connection, actor, at)
    row = store.find_case(connection, case_id)
    cases = _cases(connection, actor, reader, [row] if row is not None else [])
    if not cases or len(cases[0].sides) < 2:
        raise ContradictionNotFound(contradiction=case_id)
    return cases[0]


def _cases(connection: Connection, actor: Actor, reader: Reader, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Case]:
    sides = store.sides_of(connection, [row.id for row in rows], reader)
    standings = {one.project.id: one for one in list_projects_of(connection, actor.id)}
    found = list[Case]()
    for row in rows:
        mine = sides.get(row.id, [])
        told = tuple(_side(connection, actor, reader, standings, each) for each in mine)
        media = mine[0].media if mine else ""
        found.append(Case(row.id, State(row.state), row.found_at, row.settled_at, media, told))
    return found


def _side(
    connection: Connection,
    actor: Actor,
    reader: Reader,
    standings: dict[int, Standing],
    row: Row[*tuple[Any, ...]],
) -> Side:
    strange = is_stranger(reader, row.project_id, row.customer)
    standing = standings.get(row.project_id)
    roles = standing.roles if standing else None
    return Side(
        deposit_id=row.deposit_id,
        item_id=0 if strange else row.item_id,
        project_id=0 if strange else row.project_id,
        project="" if strange else row.project_name,
        rulebook=get_published(connection, row.rulebook_id).version,
        grade=row.grade,
        clauses=row.clauses,
        rights=row.rights,
        answers=row.answers,
        likeness=1.0 if row.likeness is None else row.likeness,
        sources=row.sources,
        fate=Fate(row.fate),
        ruled_by="" if strange else row.ruler or "",
        ruled_at=row.ruled_at,
        reason="" if strange else row.reason or "",
        question_id=0 if strange else row.question_id or 0,
        question_state="" if strange else row.question_state or "",
        is_stranger=strange,
        may_ask=actor.trusted or (roles is not None and may(roles, Act.ASK)),
        may_rule=_keeps(actor) or (roles is not None and may(roles, Act.RULE)),
    )


def _keeps(actor: Actor) -> bool:
    """Whoever keeps the house may settle what lies between customers, where nobody leads both projects."""
    return actor.trusted or actor.is_admin


def ask_about_side(  # noqa: PLR0917 - what is asked
    house: House, actor: Actor, case_id: int, request_id: str, deposit_id: int, text: str, clause: str | None = None
) -> int:
    """Ask a question about one side in the project whose deposit it is; its ruling there settles the side.

    Raises `ContradictionNotFound`, `NothingToRule`, `SideNotYours`, and what `ask_about` raises.
    """
    with house.reading() as connection:
        case = _get(connection, actor, case_id, house.clock())
        side = next((each for each in case.sides if each.deposit_id == deposit_id), None)
        if side is None:
            raise NothingToRule(contradiction=case_id, deposit=deposit_id)
        if not side.may_ask or not side.project_id:
            raise SideNotYours(deposit=deposit_id)
        labels = _between(connection, case, side)
    try:
        question = ask_about(
            house,
            actor,
            side.project_id,
            request_id=request_id,
            text=text,
            items=[side.item_id],
            clause=clause,
            labels=labels,
        )
    except (NotAllowed, ProjectNotFound) as refusal:
        raise SideNotYours(deposit=deposit_id) from refusal
    house.write(lambda tx: store.set_question(tx, case_id, deposit_id, question))
    return question


def _between(connection: Connection, case: Case, side: Side) -> list[str]:
    """The labels between which one hesitates, as far as the project's own rulebook has them."""
    held = labels_of(connection, [each.deposit_id for each in case.sides])
    own = set(held.get(side.deposit_id, ()))
    said = {label for labels in held.values() for label in labels}
    return sorted(own | said)[:8] if len({each.rulebook for each in case.sides}) == 1 else sorted(own)[:8]


def rule_on_contradiction(  # noqa: PLR0917 - what is ruled
    house: House,
    actor: Actor,
    case_id: int,
    request_id: str,
    stands: int,
    aside: Sequence[int],
    reason: str,
) -> Case:
    """Rule which side stands (whatever contradicts it is set aside), or which are set aside; with neither, all are.

    Each side that is set aside is ruled on in its own project, so the actor must be one who rules there, or keeps the
    house; nobody rules on their own work. Raises `ContradictionNotFound`, `NothingToRule`, `SideNotYours`,
    `RulingUnreasoned`, `NotOwnWork`.
    """

    def act(tx: Tx) -> int:
        case = _get(tx.connection, actor, case_id, tx.at)
        row = store.find_case(tx.connection, case_id)
        said = _said(tx.connection, case, row.cluster if row is not None else 0)
        if case.state is not State.OPEN or (stands and stands not in said) or not set(aside) <= said.keys():
            gone = stands if stands and stands not in said else next(iter(set(aside) - said.keys()), 0)
            raise NothingToRule(contradiction=case_id, deposit=gone)
        if len(reason.strip()) < 2:
            raise RulingUnreasoned
        out = _set_aside(tx.connection, said, stands, aside)
        sides = {each.deposit_id: each for each in case.sides}
        for each in sorted(out):
            if each not in sides or not sides[each].may_rule:
                raise SideNotYours(deposit=each)
            _keep(tx, actor, said[each], "", reason)
        if stands and stands in sides and sides[stands].may_rule:
            _keep(tx, actor, said[stands], sides[stands].answers, reason)
        told = reason.strip()[:MOST_REASON]
        store.set_fates(tx, case_id, sorted(out), Fate.ASIDE, by=actor.id, reason=told)
        store.set_fates(tx, case_id, [stands] if stands else [], Fate.STANDS, by=actor.id, reason=told)
        settle(tx, next(iter(said.values())).cluster)
        facts = {"stands": stands, "aside": len(out)}
        tx.journal(Event(actor.id, "bank.contradiction-ruled", None, case_id, facts=facts))
        return 0

    house.write(lambda tx: tx.once(request_id, actor.id, f"bank.contradiction.{case_id}", lambda: act(tx)))
    return get_contradiction(house, actor, case_id)


def _said(connection: Connection, case: Case, cluster: int) -> dict[int, Said]:
    """The answers of the sides that nobody set aside."""
    fates = {each.deposit_id: each.fate for each in case.sides}
    known = next(
        (each for each in store.known_cases(connection, [cluster]).get(cluster, ()) if each.id == case.id), None
    )
    of = known.sides.keys() if known else fates.keys()
    held = store.answers_in(connection, [cluster], MOST_SIDES).get(cluster, [])
    return {
        each.deposit_id: each
        for each in held
        if each.deposit_id in of and (known is None or known.sides[each.deposit_id].fate is not Fate.ASIDE)
    }


def _set_aside(connection: Connection, said: dict[int, Said], stands: int, aside: Sequence[int]) -> set[int]:
    if aside:
        return set(aside) - {stands}
    if not stands:
        return set(said)
    reviewing = Reviewing(connection)
    return {each for each in said if each != stands and reviewing.contradicts(said[each], said[stands])}


def _keep(tx: Tx, actor: Actor, said: Said, answers: str, reason: str) -> None:
    """The ruling, in the project whose answer it is; what stands is known to be right there from now on."""
    item = store.item_of(tx.connection, said.deposit_id)
    if has_annotated(tx.connection, actor.id, item):
        raise NotOwnWork
    ruled = RuledAnswer(said.project_id, 0, item, said.rulebook_id, answers, None)
    keep_ruling(tx, actor, ruled, reason.strip()[:MOST_REASON])


def _on_ruled(tx: Tx, row: JournalRow) -> None:
    """A question about a side was answered in its project: its own answer stands, or is set aside."""
    for side in store.sides_of_question(tx.connection, row.subject_id or 0):
        r = ruling_table.c
        found = tx.execute(
            select(r.answers, r.text).where(r.question_id == row.subject_id).order_by(r.id.desc())
        ).first()
        if found is None or not found.answers:
            continue
        said = next((one for one in store.answers_in(tx.connection, [side.cluster], MOST_SIDES).get(side.cluster, ())
                     if one.deposit_id == side.deposit_id), None)  # fmt: skip
        if said is None:
            continue
        wrong = differ(decode_answers(found.answers), said.answers, same_content=True)
        fate = Fate.ASIDE if wrong else Fate.STANDS
        told = found.text[:MOST_REASON]
        store.set_fates(tx, side.contradiction_id, [side.deposit_id], fate, by=row.actor_id, reason=told)
        settle(tx, side.cluster)


SUBSCRIBERS = [Subscriber("bank.contradictions", frozenset({"question.ruled"}), _on_ruled)]

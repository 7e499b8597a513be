"""Mappings are read with what speaks for each line, and decided by whoever writes the project's rulebook."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from guiju.bank.finding.actions import get_reader
from guiju.bank.mapping import store
from guiju.bank.mapping.errors import MappingNotDecided, NothingToMap
from guiju.bank.mapping.model import Because, Known, Line, Suggestion
from guiju.bank.mapping.rules import check_lines, names_of, suggest
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.rulebooks import CompiledRulebook, get_published, latest_published
from guiju.storage import Actor, Event, House, Tx


def list_mappings(house: House, actor: Actor, project_id: int) -> tuple[Standing, list[Known]]:
    """Rulebooks of the bank, as the project sees them. Raises `BankClosed`, `NothingToMap`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.DRAW_FROM_BANK)
        rulebook = latest_published(connection, project_id)
        if rulebook is None:
            return standing, []
        reader = get_reader(connection, actor, house.clock())
        return standing, store.list_rulebooks(connection, reader, project_id, rulebook.id)


def read_mapping(
    house: House, actor: Actor, project_id: int, from_rulebook_id: int
) -> tuple[CompiledRulebook, CompiledRulebook, list[Suggestion]]:
    """Both rulebooks, and a line for each label: as decided, or as suggested with its reason. Raises `NothingToMap`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DRAW_FROM_BANK)
        old, new, carried = _both(connection, house, actor, project_id, from_rulebook_id)
        decided = {(line.field, line.label): line for line in store.find_lines(connection, old.id, new.id)}
        names = sorted({name for label in old.labels for name in names_of(old, label)})
        together = store.shared_labels(connection, old.id, new.id)
        found = suggest(old, new, store.remembered(connection, names), together)
    lines: list[Suggestion] = []
    for one in found:
        known = decided.get((one.line.field, one.line.label))
        line, because = (known, Because.DECIDED) if known else (one.line, one.because)
        lines.append(Suggestion(line, because, carried.get(one.line.label, 0), one.together))
    return old, new, lines


def decide_mapping(  # noqa: PLR0917 - what is decided
    house: House,
    actor: Actor,
    project_id: int,
    request_id: str,
    from_rulebook_id: int,
    lines: Sequence[Line],
    given_up: Iterable[str] = (),
) -> int:
    """Decide what the labels become; draws into the project use it from now on, and others are suggested it.

    Raises `NothingToMap`, `MappingIncomplete`, `MappingPointsNowhere`, and `MappingLosesLabels` unless each label that
    deposits carry and that has no counterpart is named in `given_up`.
    """

    def act(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        old, new, carried = _both(tx.connection, house, actor, project_id, from_rulebook_id)
        gone = sorted({each.strip() for each in given_up if each.strip()})
        check_lines(old, new, lines, carried, gone)
        named = [(line, min(names_of(old, line.label), default=line.label)) for line in lines]
        made = store.insert_mapping(tx, old.id, new.id, named, given_up=",".join(gone), decided_by=actor.id)
        facts = {"from": old.id, "to": new.id, "lines": len(lines), "given_up": len(gone)}
        tx.journal(Event(actor.id, "bank.mapped", project_id, made, facts=facts))
        return made

    return house.write(lambda tx: tx.once(request_id, actor.id, f"bank.map.{project_id}", lambda: act(tx)))


def forget_mapping(house: House, actor: Actor, project_id: int, request_id: str, from_rulebook_id: int) -> None:
    """Forget what was decided for a rulebook of the bank: draws bring its answers no more, nobody is suggested it.

    What was drawn before stays. Raises `NothingToMap`, `MappingNotDecided`.
    """

    def act(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        old, new, _ = _both(tx.connection, house, actor, project_id, from_rulebook_id)
        gone = store.forget_mapping(tx, old.id, new.id)
        if gone is None:
            raise MappingNotDecided
        facts = {"from": old.id, "to": new.id}
        tx.journal(Event(actor.id, "bank.map-forgotten", project_id, gone, facts=facts))
        return gone

    house.write(lambda tx: tx.once(request_id, actor.id, f"bank.map-forget.{project_id}", lambda: act(tx)))


def _both(
    connection: Connection, house: House, actor: Actor, project_id: int, from_rulebook_id: int
) -> tuple[CompiledRulebook, CompiledRulebook, dict[str, int]]:
    reader = get_reader(connection, actor, house.clock())
    carried = store.carried(connection, from_rulebook_id, reader)
    new = latest_published(connection, project_id)
    if new is None or not carried:
        raise NothingToMap(rulebook=from_rulebook_id)
    return get_published(connection, from_rulebook_id), new, carried

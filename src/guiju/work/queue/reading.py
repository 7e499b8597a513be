"""Who works on what of a round, as its page and its route tell it."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from guiju.annotations import Round, annotator_table
from guiju.people import Act, list_certificates, list_teams, skills_of
from guiju.projects import Member
from guiju.storage import Actor, House
from guiju.work.queue import store
from guiju.work.queue.actions import annotators_of, led_round
from guiju.work.queue.lines import major_of
from guiju.work.queue.model import NOT_IN_ANY, Batch, BatchLine, Counts, Person, PersonLine, QueuePage
from guiju.work.queue.rules import may_have


def read_queue(house: House, actor: Actor, round_id: int) -> QueuePage:
    """The round's batches in the order in which they are handed out, and its people. Raises `RoundNotFound`."""
    with house.reading() as connection:
        round_ = led_round(connection, actor, round_id, Act.OPEN_ROUND)
        return queue_of(connection, round_)


def queue_of(connection: Connection, round_: Round) -> QueuePage:
    """The caller has authorised."""
    counts = store.count_slots(connection, round_.id)
    people = people_of(connection, round_)
    batches = [*store.batches_of(connection, round_.id)]
    if any(key[0] == NOT_IN_ANY.id for key in counts) or not batches:
        batches.append(NOT_IN_ANY)
    lines = [_line(each, counts, people) for each in sorted(batches, key=_place)]
    kept = store.kept_for(connection, round_.id)
    return QueuePage(round_.project_id, round_.id, lines, _people(connection, round_, counts), kept)


def _place(batch: Batch) -> tuple[bool, int, str, int]:
    return batch.withdrawn, -batch.priority, batch.due or "9999", batch.id


def _line(batch: Batch, counts: dict[tuple[int, int | None], Counts], people: list[Person]) -> BatchLine:
    mine = total(of for key, of in counts.items() if key[0] == batch.id)
    return BatchLine(batch, mine, sum(may_have(batch.demands, each) for each in people))


def total(several: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    rows = [(one.open, one.leased, one.done, one.withdrawn) for one in several]
    return Counts(*(sum(column) for column in zip(*rows, strict=True))) if rows else Counts()


def people_of(connection: Connection, round_: Round) -> list[Person]:
    """The project's annotators as demands ask of them."""
    members = annotators_of(connection, round_.project_id)
    ids = [each.account_id for each in members]
    known, teams = skills_of(connection, ids), list_teams(connection)
    major = major_of(connection, round_)
    certified = {
        each.account_id
        for each in list_certificates(connection, round_.project_id)
        if each.is_live and each.major >= major
    }
    return [
        Person(
            each,
            frozenset(known[each].languages if each in known else ()),
            frozenset(known[each].skills if each in known else ()),
            each in certified,
            frozenset(team.id for team in teams if each in team.members),
        )
        for each in ids
    ]


def _people(connection: Connection, round_: Round, counts: dict[tuple[int, int | None], Counts]) -> list[PersonLine]:
    """The project's annotators, and whoever else answered or holds anything of the round."""
    members: dict[int, Member] = {each.account_id: each for each in annotators_of(connection, round_.project_id)}
    kept, drafts = store.kept_for(connection, round_.id), store.drafts_of(connection, round_.id)
    a = annotator_table.c
    ids = {key[1] for key in counts if key[1]} | {each for each in kept if each > 0} | drafts.keys()
    known = select(a.id, a.account_id, a.name).where(a.account_id.in_(list(members)) | a.id.in_(list(ids)))
    of = {row.account_id: (row.id, row.name) for row in connection.execute(known) if row.account_id}
    skills = skills_of(connection, list(of | members))
    lines: list[PersonLine] = []
    for account_id in of | members:
        number, name = of.get(account_id, (0, ""))
        mine = total([each for key, each in counts.items() if key[1] == number and number])
        told = skills.get(account_id)
        lines.append(
            PersonLine(
                account_id,
                members[account_id].name if account_id in members else name,
                account_id in members,
                told.languages if told else (),
                told.skills if told else (),
                Counts(kept.get(number, 0), mine.leased, mine.done),
                drafts.get(number, 0),
            )
        )
    return sorted(lines, key=lambda each: (not each.here, each.name, each.account_id))

"""A ruling is brought before everybody who works by the rulebook, once, and that they saw it is kept."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from guiju.cleaning.duplicates import near_items
from guiju.people import Act, may
from guiju.projects import Member, authorise, list_members
from guiju.rulings.model import Question, Ruling
from guiju.rulings.seeing import store
from guiju.rulings.seeing.model import SeenBy, Unseen
from guiju.rulings.veil import may_read, veiled_items
from guiju.storage import Actor, House, Tx

MOST_ITEMS = 200


def unseen_rulings(house: House, actor: Actor, project_id: int) -> list[Unseen]:
    """The newest rulings of a project that the reader has not seen, the newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_RULEBOOK)
        return unseen_in(connection, project_id, actor.id)


def unseen_in(connection: Connection, project_id: int, account_id: int) -> list[Unseen]:
    """The same, without what is said of items that the account still answers in a trial; the caller authorises."""
    rulings = store.unseen_of(connection, project_id, account_id)
    asked, veiled = store.asked_of(connection, rulings), veiled_items(connection, account_id, project_id)
    told = [each for each in rulings if all(may_read(one, account_id, veiled) for one in asked[each.id])]
    return _told(connection, project_id, told, asked)


def _told(
    connection: Connection, project_id: int, rulings: Sequence[Ruling], asked: Mapping[int, Sequence[Question]]
) -> list[Unseen]:
    found: list[Unseen] = []
    for ruling in rulings:
        questions = asked[ruling.id]
        items = list(dict.fromkeys(item for each in questions for item in each.about))[:MOST_ITEMS]
        near = sorted(near_items(connection, project_id, items)) if items else []
        labels = sorted({label for each in questions for label in each.labels})
        found.append(Unseen(ruling, questions[0].text, tuple([*items, *near][:MOST_ITEMS]), tuple(labels)))
    return found


def mark_seen(house: House, actor: Actor, project_id: int, rulings: Sequence[int]) -> int:
    """Keep that the reader has seen these rulings of the project; how many they had not seen before."""

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SEE_RULEBOOK)
        return store.note_seen(tx, actor.id, store.rulings_in(tx.connection, project_id, sorted(set(rulings))[:500]))

    return house.write(write)


def read_seen(connection: Connection, project_id: int, ruling_ids: Sequence[int]) -> dict[int, SeenBy]:
    """Who of those that annotate or inspect has seen each ruling. The caller authorises."""
    members = [each for each in list_members(connection, project_id) if _works(each)]
    return {ruling: _seen_by(members, seen) for ruling, seen in store.seen_of(connection, ruling_ids).items()}


def _works(member: Member) -> bool:
    """Whether somebody works by the rulebook."""
    return not member.blocked and (may(member.roles, Act.ANNOTATE) or may(member.roles, Act.INSPECT))


def _seen_by(members: Sequence[Member], seen: dict[int, int]) -> SeenBy:
    told = [(each.name, seen[each.account_id]) for each in members if each.account_id in seen]
    return SeenBy(
        tuple(sorted(told, key=lambda one: one[1])),
        tuple(each.name for each in members if each.account_id not in seen),
    )

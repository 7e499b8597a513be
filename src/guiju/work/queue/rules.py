"""Decisions about a round's parts: who may take, and in which order. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from guiju.work.queue.errors import BadDay, BadPart, BadPriority, BatchNameMissing
from guiju.work.queue.model import Batch, By, Change, Demands, Part, Person, Priority

_NO_DAY = "9999"


def may_have(demands: Demands, person: Person) -> bool:
    """Whether work that asks for this may be given to this person."""
    if not person.languages.issuperset(demands.languages) or not person.skills.issuperset(demands.skills):
        return False
    if demands.certified and not person.certified:
        return False
    named = bool(demands.accounts or demands.teams)
    return not named or person.account_id in demands.accounts or not person.teams.isdisjoint(demands.teams)


def in_order(batches: Iterable[Batch]) -> list[Batch]:
    """As they are handed out: the higher priority, then the earlier day, then the older batch; no withdrawn one."""
    live = [each for each in batches if not each.withdrawn]
    return sorted(live, key=lambda each: (-each.priority, each.due or _NO_DAY, each.id))


def check_change(change: Change) -> Change:
    """The same, tidied. Raises `BatchNameMissing`, `BadPriority`, `BadDay`."""
    name = " ".join(change.name.split())
    if not 1 <= len(name) <= 80:
        raise BatchNameMissing
    if not Priority.LATER <= change.priority <= Priority.URGENT:
        raise BadPriority(priority=change.priority)
    return Change(name, change.priority, _day(change.due), change.demands)


def _day(given: str | None) -> str | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise BadDay(day=given[:20]) from error


def check_part(part: Part) -> Part:
    """Raises `BadPart` of a number that is none, of a column without a name."""
    counted = part.by is not By.COLUMN
    if counted and not (part.value.isdecimal() and len(part.value) <= 12 and int(part.value) > 0):
        raise BadPart(value=part.value[:40])
    if not counted and not (0 < len(part.column) <= 200 and len(part.value) <= 400 and '"' not in part.column):
        raise BadPart(value=part.column[:40])
    return part


def renamed(demands: Demands, give: Sequence[int], take: Sequence[int], *, teams: bool) -> Demands:
    """Demands that name `take` instead of `give`, accounts or teams; the same where they do not name them."""
    before = demands.teams if teams else demands.accounts
    if not set(before) & set(give):
        return demands
    after = tuple(dict.fromkeys([*(each for each in before if each not in give), *take]))
    told = (demands.languages, demands.skills, demands.certified)
    return Demands(*told, demands.accounts, after) if teams else Demands(*told, after, demands.teams)

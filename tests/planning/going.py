"""A project at work for some days: the tests' own way to let time pass."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from guiju.annotations import annotation_table
from guiju.kinds import Choice
from guiju.kit import midnight, new_id, now
from guiju.planning.days import DAY
from guiju.storage import Actor
from guiju.work import lease_tasks, open_production, submit_annotation
from guiju.work.actions import Answered
from tests.support.cast import Cast

NOON = DAY // 2


@dataclass(frozen=True)
class Work:
    """Production of the cast's project."""

    cast: Cast
    round: int

    def answer(self, name: str, count: int, *, days_ago: int = 0, seconds: float = 10.0) -> None:
        """The person answers so many items, each in so many seconds of active time, at noon of an earlier day."""
        who: Actor = getattr(self.cast, name)
        for _ in range(count):
            [task] = self.cast.house.write(lease_tasks(self.cast.house, lambda _: who, self.round, 1))
            said = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
            self.cast.house.write(submit_annotation(lambda _: who, self.round, said))
        a = annotation_table.c
        fresh = select(a.id).where(a.round_id == self.round, a.active_ms.is_(None))
        at = midnight(now()) - days_ago * DAY + NOON if days_ago else now()
        told: dict[str, Any] = {"active_ms": int(seconds * 1000), "at": at}
        self.cast.house.write(lambda tx: tx.execute(update(annotation_table).where(a.id.in_(fresh)).values(**told)))


def begin(cast: Cast, **told: Any) -> Work:
    made = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason="a small project", **told)
    return Work(cast, made)

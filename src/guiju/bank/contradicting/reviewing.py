"""A cluster is looked at: which of its answers contradict, what was ruled of them before, what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from guiju.bank.contradicting import store
from guiju.bank.contradicting.model import Said, State
from guiju.bank.contradicting.rules import MOST_SIDES, differ, find_cases, is_open
from guiju.bank.drawing.settling import is_compatible
from guiju.bank.mapping.model import How, Mapping
from guiju.bank.mapping.store import find_mapping
from guiju.rulebooks import get_published
from guiju.storage import Tx


@dataclass(slots=True)
class Reviewing:
    """What is known of the rulebooks of one look, found once for each two."""

    connection: Connection
    _same: dict[tuple[int, int], bool] = field(default_factory=dict[tuple[int, int], bool])
    _maps: dict[tuple[int, int], Mapping | None] = field(default_factory=dict[tuple[int, int], Mapping | None])

    def contradicts(self, one: Said, other: Said) -> bool:
        """Under the same rules, or ones that mean the same, or where somebody said what the labels become."""
        same = one.hash == other.hash
        if self._is_same(one.rulebook_id, other.rulebook_id):
            return differ(one.answers, other.answers, same_content=same)
        for left, right in ((one, other), (other, one)):
            mapping = self._mapping(left.rulebook_id, right.rulebook_id)
            if mapping is not None:
                applied = mapping.apply(left.answers)
                told = applied.answers if applied.answers and not applied.recheck else {}
                return differ(told, right.answers, same_content=same)
        return False

    def _is_same(self, one: int, other: int) -> bool:
        pair = (min(one, other), max(one, other))
        if pair not in self._same:
            old, new = (get_published(self.connection, each) for each in pair)
            self._same[pair] = one == other or is_compatible(old, new)
        return self._same[pair]

    def _mapping(self, one: int, other: int) -> Mapping | None:
        if (one, other) not in self._maps:
            found = find_mapping(self.connection, one, other)
            tells = found is not None and any(line.how is How.BECOMES for line in found.lines.values())
            self._maps[one, other] = found if tells else None
        return self._maps[one, other]


def review(tx: Tx, clusters: Sequence[int]) -> int:
    """Look at these clusters anew; how many contradictions were found that nobody knew of."""
    said = store.answers_in(tx.connection, clusters, MOST_SIDES)
    known = store.known_cases(tx.connection, clusters)
    reviewing, opened = Reviewing(tx.connection), 0
    for cluster in sorted({*said, *known}):
        cases = find_cases(said.get(cluster, ()), reviewing.contradicts)
        opened += _keep(tx, cluster, cases, known.get(cluster, ()), reviewing)
    store.spread_doubts(tx, sorted({*said, *known}))
    return opened


def _keep(
    tx: Tx, cluster: int, cases: Sequence[Sequence[Said]], known: Sequence[store.KnownCase], reviewing: Reviewing
) -> int:
    """Bring what is stored of a cluster to what was found; a ruling stays while the answer that it was about does."""
    opened, left = 0, {case.id: case for case in known}
    for sides in cases:
        of = {each.deposit_id for each in sides}
        was = next((case for case in left.values() if of & case.sides.keys()), None)
        if was is not None:
            del left[was.id]
        fates = {
            each.deposit_id: was.sides[each.deposit_id].fate
            for each in sides
            if was is not None and each.deposit_id in was.sides and was.sides[each.deposit_id].said == each.digest
        }
        state = State.OPEN if is_open(sides, fates, reviewing.contradicts) else State.SETTLED
        number = was.id if was is not None else store.insert_case(tx, cluster)
        opened += was is None or (state is State.OPEN and was.state is not State.OPEN)
        store.put_sides(tx, number, [replace(each, answers={}) for each in sides], fates)
        store.set_state(tx, number, cluster, state)
    for case in left.values():
        store.put_sides(tx, case.id, (), {})
        store.set_state(tx, case.id, cluster, State.GONE)
    return opened


def settle(tx: Tx, cluster: int) -> None:
    """After a ruling: what is still in doubt of a cluster."""
    review(tx, [cluster])


def close_emptied(tx: Tx) -> None:
    """Cases of which all that was withdrawn is gone."""
    store.close_emptied(tx)

"""Before anything is written: which items go in, into which part, and what became of each since an earlier delivery.

A byte or two an item are kept of it, so that a package of millions is surveyed in little memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from guiju.delivery import store
from guiju.delivery.errors import EverythingLeftOut, LedgerMissing, NothingNew
from guiju.delivery.ledgers import Entry, read_ledger, write_ledger
from guiju.delivery.model import ChangeKind, Delivery, Frozen, LeftOut, PartCount
from guiju.delivery.splits import Splits, plan_parts
from guiju.delivery.splits.columns import Columns
from guiju.delivery.splits.rules import Forest
from guiju.delivery.splits.store import join_alike, join_originals
from guiju.delivery.store import Head
from guiju.storage import JobRun

OUT = -2
SAME, ADDED, CHANGED, MOVED = range(4)
KINDS = {ADDED: ChangeKind.ADDED, CHANGED: ChangeKind.CHANGED, MOVED: ChangeKind.MOVED}
_AT_ONCE = 5_000
_COMPARED_AT_ONCE = 500


@dataclass
class Survey:
    """Columns in the order of the rows: `part` is a part's place, -1 without parts, or `OUT`; `kind` what became of it.

    `left_out` lists `(place, why)` of what is not delivered; `removed` the items of the earlier delivery that are gone.
    """

    part: "array[int]" = field(default_factory=lambda: array("b"))
    kind: "array[int]" = field(default_factory=lambda: array("b"))
    items: "array[int]" = field(default_factory=lambda: array("Q"))
    resolutions: "array[int]" = field(default_factory=lambda: array("Q"))
    left_out: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    removed: "array[int]" = field(default_factory=lambda: array("Q"))
    rulebooks: Counter[int] = field(default_factory=Counter[int])
    parts: tuple[PartCount, ...] = ()
    groups: int = 0
    since: bool = False

    def goes_in(self, place: int, part: int | None = None) -> bool:
        """Whether the row is written, into `part` or, with `None`, into the whole."""
        own = self.part[place]
        return own != OUT and (part is None or own == part) and not (self.since and self.kind[place] == SAME)

    def count_changes(self) -> dict[str, int]:
        if not self.since:
            return {}
        found = Counter(kind for kind, part in zip(self.kind, self.part, strict=True) if part != OUT)
        counts = {said.value: found[kind] for kind, said in KINDS.items()}
        return {**counts, ChangeKind.REMOVED.value: len(self.removed)}

    def entries(self) -> Iterator[Entry]:
        rows = zip(self.items, self.resolutions, self.part, strict=True)
        return (Entry(*row) for row in rows if row[2] != OUT)


def survey(run: JobRun, asked: Delivery, frozen: Frozen, ledger: Path) -> Survey:
    """Look at every row once, and write the ledger.

    Raises `EverythingLeftOut`, `NothingNew`, `GroupColumnAbsent`, `LedgerMissing`.
    """
    return _Surveying(run, asked, frozen).look(ledger)


class _Surveying:
    def __init__(self, run: JobRun, asked: Delivery, frozen: Frozen) -> None:
        self._run, self._house, self._asked, self._frozen = run, run.house, asked, frozen
        self._found = Survey(since=asked.terms.since is not None)

    def look(self, ledger: Path) -> Survey:
        found, terms = self._found, self._asked.terms
        with self._house.reading() as connection:
            if terms.splits:
                self._split(connection, terms.splits)
            else:
                for _ in self._heads(connection, whole=False):
                    pass
        if len(found.left_out) == len(found.part):
            raise EverythingLeftOut(items=len(found.part))
        if terms.since is not None:
            self._compare(terms.since)
        write_ledger(ledger, found.entries())
        return found

    def _heads(self, connection: Connection, *, whole: bool) -> Iterator[Head]:
        """Every row that goes in; all are noted on the way."""
        found, project = self._found, self._asked.project_id
        keeps = self._asked.terms.references
        known = {} if keeps else store.reference_items(connection, project, self._frozen.at)
        heads = store.read_heads(connection, self._asked, self._frozen.last_resolution, whole=whole)
        for place, head in enumerate(heads):
            why = known.get(head.item) or (LeftOut.ASIDE.value if head.aside else None)
            found.items.append(head.item)
            found.resolutions.append(head.resolution)
            found.part.append(OUT if why else -1)
            found.kind.append(SAME)
            if place % _AT_ONCE == 0:
                self._run.advance(done=0)
            if why:
                found.left_out.append((place, why))
            else:
                found.rulebooks[head.rulebook] += 1
                yield head

    def _split(self, connection: Connection, splits: Splits) -> None:
        found, forest, columns = self._found, Forest(), Columns(splits)
        join_originals(connection, self._asked.project_id, forest)
        heads = self._heads(connection, whole=True)
        with self._house.reading() as beside:
            while some := list(islice(heads, _AT_ONCE)):
                for head in some:
                    columns.add(head.item, head.hash, head.answers)
                    columns.join(head.item, head.source, head.meta, forest)
                join_alike(beside, self._asked.project_id, [head.item for head in some], forest)
        columns.check()
        if not columns.items:
            return
        made = columns.sort(forest, self._kept(splits))
        parts = plan_parts(made, list(splits.shares.values()))
        found.groups = len({group for group in made.group if group >= 0})
        found.parts = columns.count(list(splits.shares), parts)
        each = iter(parts)
        for place, part in enumerate(found.part):
            if part != OUT:
                found.part[place] = next(each)

    def _kept(self, splits: Splits) -> Mapping[int, int]:
        """The part that items had in the delivery whose parts are kept, by today's places."""
        if splits.keep is None:
            return {}
        before = self._earlier(splits.keep)
        names, then = list(splits.shares), list(before.terms.splits.shares) if before.terms.splits else []
        places = {then.index(name): names.index(name) for name in names if name in then}
        entries = read_ledger(self._house, before.ledger or "")
        return {entry.item: places[entry.part] for entry in entries if entry.part in places}

    def _earlier(self, number: int) -> Delivery:
        with self._house.reading() as connection:
            found = store.find_by_number(connection, self._asked.project_id, number)
        if found is None or found.ledger is None:
            raise LedgerMissing(delivery=number)
        return found

    def _compare(self, number: int) -> None:
        """Walk along the earlier delivery's ledger, both in the order of items."""
        before = self._earlier(number)
        found = self._found
        parted = before.terms.splits is not None and bool(found.parts)
        names = [part.name for part in found.parts]
        then = list(before.terms.splits.shares) if before.terms.splits else []
        earlier = read_ledger(self._house, before.ledger or "")
        entry, other = next(earlier, None), dict[int, tuple[int, int]]()
        for place, item in enumerate(found.items):
            if found.part[place] == OUT:
                continue
            while entry is not None and entry.item < item:
                found.removed.append(entry.item)
                entry = next(earlier, None)
            if entry is None or entry.item != item:
                found.kind[place] = ADDED
                continue
            if parted and then[entry.part] != names[found.part[place]]:
                found.kind[place] = MOVED
            if entry.resolution != found.resolutions[place]:
                other[place] = (entry.resolution, found.resolutions[place])
            if len(other) >= _COMPARED_AT_ONCE:
                self._note_changed(other)
            entry = next(earlier, None)
        self._note_changed(other)
        while entry is not None:
            found.removed.append(entry.item)
            entry = next(earlier, None)
        if not any(found.count_changes().values()):
            raise NothingNew(delivery=number)

    def _note_changed(self, other: dict[int, tuple[int, int]]) -> None:
        """A new resolution that says the same under the same rules is no change."""
        with self._house.reading() as connection:
            said = store.said_in(connection, sorted({one for pair in other.values() for one in pair}))
        for place, (old, new) in other.items():
            if said.get(old) != said.get(new):
                self._found.kind[place] = CHANGED
        other.clear()

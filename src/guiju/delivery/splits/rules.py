"""Which part every item goes to. Pure; the same items, seed and shares give the same parts in whatever order of ids."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from guiju.delivery.splits.errors import BadSplits, SplitFieldUnknown
from guiju.delivery.splits.model import Splits
from guiju.kinds import FieldShape

DEFAULT_SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}
MOST_PARTS = 8
NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
_RESERVED = frozenset({"left_out", "level", "dialogues"})


def read_shares(text: str) -> dict[str, float]:
    """Shares as people write them: of 1, or of any other sum, such as percent. Raises `BadSplits`.

    >>> read_shares("train=80, test=20")
    {'train': 0.8, 'test': 0.2}
    """
    shares: dict[str, float] = {}
    for piece in re.split(r"[,，;；\s]+", text.strip()):
        name, sign, share = piece.replace("：", "=").replace(":", "=").partition("=")
        try:
            value = float(share.rstrip("%％"))
        except ValueError:
            value = -1.0
        if not sign or not 0 < value < 1e6 or name in shares:
            raise BadSplits(reason=piece[:60])
        shares[name] = value
    total = sum(shares.values())
    return {name: round(share / total, 6) for name, share in shares.items()}


def check_splits(splits: Splits, fields: Sequence[FieldShape]) -> Splits:
    """What was asked for, the field filled in. Raises `BadSplits`, `SplitFieldUnknown`."""
    shares = splits.shares
    if not 2 <= len(shares) <= MOST_PARTS:
        raise BadSplits(reason=f"{len(shares)} ∉ 2…{MOST_PARTS}")
    wrong = [name for name in shares if not NAME.fullmatch(name) or name in _RESERVED]
    if wrong:
        raise BadSplits(reason=f"“{wrong[0][:40]}” ≠ [a-z][a-z0-9_]*")
    if any(not share > 0 for share in shares.values()) or abs(sum(shares.values()) - 1) > 1e-3:
        raise BadSplits(reason=" + ".join(f"{share:g}" for share in shares.values()) + " ≠ 1")
    known = [field.id for field in fields if field.labels]
    if splits.by is not None and splits.by not in known:
        raise SplitFieldUnknown(field=splits.by[:60], known=", ".join(known) or "–")
    by = splits.by or (known[0] if known else None)
    return Splits(shares, by, tuple(dict.fromkeys(splits.group)), splits.seed[:64], splits.keep)


def rank_of(seed: str, content: str) -> int:
    """Where chance puts an item: a number below 2⁶⁴ from the seed and the content's hash, on any machine the same."""
    return int.from_bytes(sha256(f"{seed}:{content}".encode()).digest()[:8], "big")


class Forest:
    """What belongs together: joined two by two, found again by one representative. Holds only what was joined."""

    def __init__(self) -> None:
        self._above: dict[int | str, int | str] = {}

    def __contains__(self, one: int | str) -> bool:
        return one in self._above

    def join(self, one: int | str, other: int | str) -> None:
        self._above[self.find(one)] = self.find(other)

    def find(self, one: int | str) -> int | str:
        root = self._above.setdefault(one, one)
        while root != (above := self._above[root]):
            root = above
        while one != root:
            self._above[one], one = root, self._above[one]
        return root


class Sorted:
    """Items as columns, in one order: `rank` by chance, `stratum` by label, `group` by what belongs together.

    `group` is the place of the group among all groups, or -1 where an item stands alone; `kept` the part (from 0) that
    an item had in the delivery whose parts are kept, or -1.
    """

    def __init__(self) -> None:
        self.rank = array("Q")
        self.stratum = array("l")
        self.group = array("l")
        self.kept = array("b")

    def add(self, rank: int, stratum: int, group: int = -1, kept: int = -1) -> None:
        self.rank.append(rank)
        self.stratum.append(stratum)
        self.group.append(group)
        self.kept.append(kept)


def plan_parts(items: Sorted, shares: Sequence[float]) -> "array[int]":
    """The part (from 0) of every item.

    Groups go first, the largest first, each whole into the part that lacks most of what it brings; what was kept stays
    in its part, and draws its group along. Single items then fill, stratum by stratum, what is lacking, in the
    order that chance gave them, so that totals come out to the item and rare labels are spread over the parts.
    """
    filling = _Filling(items, shares)
    singles = filling.place_groups()
    filling.place_singles(singles)
    return filling.parts


class _Filling:
    def __init__(self, items: Sorted, shares: Sequence[float]) -> None:
        self._items, self._shares = items, shares
        self.parts = array("b", bytes(len(items.rank)))
        counts: dict[int, int] = {}
        for stratum in items.stratum:
            counts[stratum] = counts.get(stratum, 0) + 1
        # What is still wanted, by stratum and part: negative where a group brought more than was wanted.
        self._lacking = {one: [share * count for share in shares] for one, count in counts.items()}
        self._short = [share * len(items.rank) for share in shares]

    def place_groups(self) -> list[int]:
        """Place what belongs together, and what stays where it was; returns the others."""
        groups: dict[int, list[int]] = {}
        singles: list[int] = []
        for place, group in enumerate(self._items.group):
            if group >= 0:
                groups.setdefault(group, []).append(place)
            elif self._items.kept[place] >= 0:
                self._put([place], self._items.kept[place])
            else:
                singles.append(place)
        ordered = sorted(groups.values(), key=lambda members: (-len(members), min(map(self._rank, members))))
        free: list[list[int]] = []
        for members in ordered:
            kept = self._kept(members)
            if kept is None:
                free.append(members)
            else:
                self._put(members, kept)
        for members in free:
            self._put(members, self._neediest(members))
        return singles

    def place_singles(self, singles: Iterable[int]) -> None:
        strata: dict[int, list[int]] = {}
        for place in singles:
            strata.setdefault(self._items.stratum[place], []).append(place)
        # The commonest first: its roundings are evened out by the rarer ones.
        for stratum, places in sorted(strata.items(), key=lambda one: (-len(one[1]), min(map(self._rank, one[1])))):
            places.sort(key=self._rank)
            start = 0
            for part, count in enumerate(self._quotas(stratum, len(places))):
                self._put(places[start : start + count], part)
                start += count

    def _rank(self, place: int) -> int:
        return self._items.rank[place]

    def _kept(self, members: Sequence[int]) -> int | None:
        """The part that most of a group were in; its others follow, since a group is never in two."""
        counts: dict[int, int] = {}
        for place in members:
            if (part := self._items.kept[place]) >= 0:
                counts[part] = counts.get(part, 0) + 1
        return min(counts, key=lambda part: (-counts[part], part)) if counts else None

    def _neediest(self, members: Sequence[int]) -> int:
        brought: dict[int, int] = {}
        for place in members:
            stratum = self._items.stratum[place]
            brought[stratum] = brought.get(stratum, 0) + 1

        def worth(part: int) -> tuple[float, float, int]:
            fits = sum(min(count, max(self._lacking[one][part], 0.0)) for one, count in brought.items())
            return (fits, self._short[part] / self._shares[part], -part)

        return max(range(len(self._shares)), key=worth)

    def _quotas(self, stratum: int, count: int) -> list[int]:
        wanted = [max(lack, 0.0) for lack in self._lacking[stratum]]
        scale = count / total if (total := sum(wanted)) else 0.0
        wanted = [lack * scale for lack in wanted] if scale else [share * count for share in self._shares]
        given = [int(lack + 1e-9) for lack in wanted]
        short = [lack - own for lack, own in zip(self._short, given, strict=True)]
        for _ in range(count - sum(given)):
            part = max(range(len(given)), key=lambda one: (short[one] / self._shares[one], -one))
            given[part] += 1
            short[part] -= 1
        return given

    def _put(self, places: Sequence[int], part: int) -> None:
        for place in places:
            self.parts[place] = part
            self._lacking[self._items.stratum[place]][part] -= 1
        self._short[part] -= len(places)


def rarest(labels: Mapping[str, int], counts: Mapping[str, int]) -> str:
    """The label that an item is counted under: of those it has, the one that fewest items have.

    >>> rarest({"scratch": 3, "dent": 1}, {"scratch": 900, "dent": 12})
    'dent'
    """
    return min(labels, key=lambda label: (counts.get(label, 0), label), default="")

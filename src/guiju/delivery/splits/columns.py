"""What a split looks at, gathered item by item: chance's order, labels, and what belongs together."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from guiju.delivery.model import PartCount
from guiju.delivery.splits.errors import GroupColumnAbsent
from guiju.delivery.splits.model import SOURCE, Splits
from guiju.delivery.splits.rules import Forest, Sorted, rank_of, rarest
from guiju.kinds import Soft, decode_answers, kind_of


class Columns:
    """One entry for every item that goes in, in their order."""

    def __init__(self, splits: Splits) -> None:
        self._splits = splits
        self._own = [column for column in splits.group if column != SOURCE]
        self._seen = set[str]()
        self.items, self._rank, self._labels = array("Q"), array("Q"), array("l")
        self._sets: dict[tuple[str, ...], int] = {}
        self._counts: Counter[str] = Counter()

    def add(self, item: int, content: str, answers: str) -> None:
        labels = self._labels_of(answers)
        self._counts.update(labels)
        self.items.append(item)
        self._rank.append(rank_of(self._splits.seed, content))
        self._labels.append(self._sets.setdefault(labels, len(self._sets)))

    def join(self, item: int, source: int, meta: str | None, forest: Forest) -> None:
        """Join the item with all that have the same values in the columns that stay together."""
        if SOURCE in self._splits.group:
            forest.join(item, f"source:{source}")
        if not self._own or not meta:
            return
        values: Mapping[str, object] = msgspec.json.decode(meta)
        for column in self._own:
            if (value := values.get(column)) not in (None, ""):
                self._seen.add(column)
                forest.join(item, f"column:{column}={value}")

    def check(self) -> None:
        """Raises `GroupColumnAbsent`."""
        for column in self._own:
            if column not in self._seen:
                raise GroupColumnAbsent(column=column[:60])

    def sort(self, forest: Forest, kept: Mapping[int, int]) -> Sorted:
        """The columns as `plan_parts` reads them; a group of one is none."""
        strata = self._strata()
        roots = [forest.find(item) if item in forest else None for item in self.items]
        sizes = Counter(root for root in roots if root is not None)
        groups: dict[int | str, int] = {}
        made = Sorted()
        for item, rank, labels, root in zip(self.items, self._rank, self._labels, roots, strict=True):
            alone = root is None or sizes[root] < 2
            group = -1 if alone or root is None else groups.setdefault(root, len(groups))
            made.add(rank, strata[labels], group, kept.get(item, -1))
        return made

    def count(self, names: Sequence[str], parts: Sequence[int]) -> tuple[PartCount, ...]:
        """How many items, and how many items with each label, each part has."""
        sizes: Counter[int] = Counter(parts)
        labels: list[Counter[str]] = [Counter() for _ in names]
        sets = list(self._sets)
        for (part, place), count in Counter(zip(parts, self._labels, strict=True)).items():
            for label in sets[place]:
                labels[part][label] += count
        return tuple(
            PartCount(name, sizes[part], dict(sorted(labels[part].items()))) for part, name in enumerate(names)
        )

    def _labels_of(self, answers: str) -> tuple[str, ...]:
        answer = decode_answers(answers).get(self._splits.by or "")
        if answer is None:
            return ()
        if isinstance(answer, Soft):
            weights = answer.weights
            return (max(sorted(weights), key=lambda label: weights[label]),) if weights else ()
        return tuple(sorted(kind_of(answer).labels_of(answer)))

    def _strata(self) -> list[int]:
        numbers: dict[str, int] = {}
        found = [rarest(dict.fromkeys(labels, 1), self._counts) for labels in self._sets]
        return [numbers.setdefault(label, len(numbers)) for label in found]

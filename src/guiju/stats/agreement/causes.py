"""Why two labels are taken for one another: a person, a few items, or the rule; decided from who slipped where.

Formula: of the slips between labels a and b (`stats.agreement.slips`), with s_i of them on item i and m_i answers
there, and *relevant* the items on which anybody gave a or b:
    person    x_ip is the share of s_i in which person p has a part. Were nobody to blame, any of the m_i could stand in
              p's place: E x_ip = 2 / m_i, and Var x_ip is that of x over the item's own people. Of items with two
              answers only whether they are contested counts, against the rate r of all such: E = r, Var = r(1 - r).
              z_p = sum_i (x_ip - E) / sqrt(sum_i Var) against the normal quantile of 1 - .01 / people.
              `falls` = 1 - (slips per pair without the suspects) / (slips per pair). *Person* if at least half is gone
              without at most a quarter of the people, on three items or more.
    item      an item is *wild* if at least a third of all slips on it are between other labels (answers go every way),
              and *deep* if two people or more stand on either side (with fewer than four answers an item, always). Of
              the slips on wild or deep items, *item* if at least half lie on wild ones, and those are at most 10% of
              the items compared; or if they lie on so few (E = (sum s_i)^2 / sum s_i^2, how many items carry as much)
              that it is at most 8% of the items of the rarer of the two labels.
    rule      else, if on at least three items people disagree in the same way: at least 30% of the slips on deep items,
              or, with fewer than four answers an item, a slip in at least one of twenty pairs on relevant items.
    unclear   single slips, without a pattern.
Assumes: annotators answered independently; items were given to people without regard to what is in them.
Source: permutation of the annotators within an item as the null, Fisher, The Design of Experiments (1935), §21;
Bonferroni's bound, Dunn 1961, doi:10.1080/01621459.1961.10482090; effective number, Hill 1973, doi:10.2307/1934352. The
thresholds are our own; `docs/statistics/causes.md` tells how often they find what was planted.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.agreement.patterns import Ints, added
from guiju.stats.agreement.slips import Incidence, Pairs, Slips
from guiju.stats.columns import Floats

LEAST_ITEMS = 3
PERSON_ALPHA = 0.01
PERSON_FALLS = 0.5
PEOPLE_SHARE = 0.25
SCATTER = 0.5
WILD = 1 / 3
FEW_COMPARED = 0.10
FEW_RELEVANT = 0.08
DEEP = 0.30
RATE = 0.05

_PERSON = N_("Without {people} it falls from {rate} to {rest} in a hundred pairs of answers: one against the rest.")
_ITEM = N_("{items} items carry it, and there the answers go every way: look at those items before you amend a rule.")
_FEW = N_("{items} of the {relevant} items of these labels carry it: look at those items before you amend a rule.")
_RULE = N_(
    "On {items} of {relevant} items {sides} of {all} annotators disagree in the same way: the rule leaves it open."
)
_UNCLEAR = N_("Single slips on {items} items, with no pattern of people or items: more answers would tell.")


class CauseName(StrEnum):
    """Who or what is to be worked on."""

    RULE = "rule"
    PERSON = "person"
    ITEM = "item"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Cause:
    """The cause of one confusion with its evidence. `people` (codes) is there where they are the cause.

    `slips` on `items` items; `rate` and `rest` are slips per pair of answers on relevant items, with and without the
    people named. `carrying` is how many items carry it, `scatter` the share of what is no single slip that lies on
    items where answers go every way, `deep` the share of slips on items with several people on either side.
    """

    name: CauseName
    slips: int
    items: int
    relevant: int
    rate: float
    carrying: float
    scatter: float
    deep: float
    people: tuple[int, ...] = ()
    rest: float | None = None
    sides: int = 0
    all: int = 0

    def sentence(self, names: str = "") -> Sentence:
        """The evidence; `names` are the people's, joined as the reader's language joins them."""
        rate, rest = (f"{100 * (value or 0):.1f}" for value in (self.rate, self.rest))
        places = {"items": self.items, "relevant": self.relevant, "sides": self.sides, "all": self.all}
        if self.name is CauseName.PERSON:
            return Sentence(_PERSON, {**places, "people": names, "rate": rate, "rest": rest})
        if self.name is CauseName.ITEM:
            return Sentence(_ITEM if self.scatter >= SCATTER else _FEW, {**places, "items": round(self.carrying) or 1})
        return Sentence(_RULE if self.name is CauseName.RULE else _UNCLEAR, places)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the causes of all confusions of a field are judged on, counted once."""

    slips: Slips
    pairs: Pairs
    used: Incidence
    answers: Incidence
    sizes: Floats
    every: Floats
    compared: int

    @classmethod
    def of(cls, slips: Slips, pairs: Pairs, used: Incidence) -> "Ground":
        """`used` says which label was given on which item."""
        many = np.bincount(pairs.item, minlength=pairs.items)
        every = added(slips.item, np.ones(len(slips.item)), pairs.items)
        sizes = (1 + np.sqrt(1 + 8 * many)) / 2
        return cls(slips, pairs, used, pairs.answers(), sizes, every, int(np.count_nonzero(many)))

    def items_of(self, label: int) -> NDArray[np.bool_]:
        found = np.zeros(self.pairs.items, bool)
        found[self.used.item[self.used.what == label]] = True
        return found


def find_cause(ground: Ground, a: int, b: int) -> Cause:
    """The cause of the confusion of labels `a` and `b`.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.agreement.slips import pairs_of, slips_of
    >>> said = [["x", "x", "x", "y" if item % 3 == 0 else "x"] + ["y"] * 4 for item in range(30)]
    >>> rows = [(2 * item + half, who, row[4 * half + who]) for item, row in enumerate(said)
    ...         for half in (0, 1) for who in range(4)]
    >>> columns = encode(*zip(*rows))
    >>> used = Incidence(columns.item.astype(int), columns.label.astype(int))
    >>> found = find_cause(Ground.of(slips_of(columns), pairs_of(columns)[0], used), 0, 1)
    >>> found.name.value, found.people, found.items
    ('person', (3,), 10)
    """
    evidence = _Evidence.of(ground, a, b)
    given = [ground.items_of(label) for label in (a, b) if label != ground.slips.nothing]
    suspects, rest = evidence.suspects()
    on, wild, deep = evidence.on, evidence.wild, evidence.deep
    carrying = on * (wild | deep)
    whole = float(carrying.sum())
    found = Cause(
        name=CauseName.UNCLEAR,
        slips=len(evidence.mine.item),
        items=int(np.count_nonzero(on)),
        relevant=int(evidence.relevant.sum()),
        rate=evidence.rate,
        carrying=whole * whole / float(np.square(carrying).sum()) if whole else 0.0,
        scatter=float(on[wild].sum()) / whole if whole else 0.0,
        deep=float(on[deep].sum() / max(1.0, on.sum())),
        people=suspects,
        rest=rest,
        sides=evidence.sides,
        all=evidence.people,
    )
    few = int(wild.sum()) <= max(1.0, FEW_COMPARED * ground.compared)
    rarer = min((int(one.sum()) for one in given), default=0)
    name = _name(found, few=few, rarer=rarer, answers=evidence.answers_per_item)
    kept = suspects if name is CauseName.PERSON else ()
    return replace(found, name=name, people=kept, rest=rest if kept else None)


def _name(found: Cause, *, few: bool, rarer: int, answers: float) -> CauseName:
    if found.people and found.rest is not None and found.items >= LEAST_ITEMS:
        return CauseName.PERSON
    structured = found.carrying > 0 and (answers >= 4 or found.rate >= RATE)
    if structured and ((few and found.scatter >= SCATTER) or found.carrying <= max(1.0, FEW_RELEVANT * rarer)):
        return CauseName.ITEM
    alike = found.deep >= DEEP if answers >= 4 else found.rate >= RATE
    return CauseName.RULE if alike and found.items >= LEAST_ITEMS else CauseName.UNCLEAR


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The slips of one confusion, `on` how many each item has, and which pairs lie on relevant items."""

    ground: Ground
    mine: Slips
    on: Floats
    relevant: NDArray[np.bool_]
    among: NDArray[np.bool_]

    @classmethod
    def of(cls, ground: Ground, a: int, b: int) -> "_Evidence":
        mine = ground.slips.of(a, b)
        on = added(mine.item, np.ones(len(mine.item)), ground.pairs.items)
        relevant = on > 0
        for label in (a, b):
            if label != ground.slips.nothing:
                relevant |= ground.items_of(label)
        return cls(ground, mine, on, relevant, relevant[ground.pairs.item])

    @property
    def rate(self) -> float:
        return len(self.mine.item) / max(1, int(self.among.sum()))

    @property
    def answers_per_item(self) -> float:
        """The median over contested items."""
        sizes = self.ground.sizes[self.on > 0]
        return float(np.median(sizes)) if len(sizes) else 0.0

    @property
    def sides(self) -> int:
        return self._count(self.mine.one, self.mine.other)

    @property
    def people(self) -> int:
        return self._count(self.ground.pairs.one[self.among], self.ground.pairs.other[self.among])

    def _count(self, one: Ints, other: Ints) -> int:
        seen = np.zeros(max(1, self.ground.pairs.people), bool)
        seen[one] = seen[other] = True
        return int(seen.sum())

    @property
    def deep(self) -> NDArray[np.bool_]:
        """The items with two people or more on either side; with fewer than four answers none can be told apart."""
        both = np.minimum(*(self._sided(who) for who in (self.mine.one, self.mine.other)))
        return (both >= 2) | ((both >= 1) & (self.ground.sizes < 3.5))

    def _sided(self, who: Ints) -> Floats:
        people = max(1, self.ground.pairs.people)
        cell = np.sort(self.mine.item * people + who)
        first = np.append(True, cell[1:] != cell[:-1]) if len(cell) else np.zeros(0, bool)
        return np.bincount(cell[first] // people, minlength=self.ground.pairs.items).astype(np.float64)

    @property
    def wild(self) -> NDArray[np.bool_]:
        """The items on which a third of all slips or more are between other labels."""
        every = self.ground.every
        return (self.on > 0) & (every - self.on >= WILD * every)

    def suspects(self) -> tuple[tuple[int, ...], float | None]:
        """Whom the slips follow, and the rate without them; nobody where less than half goes with them."""
        people = self.people
        if people < 3 or not len(self.mine.item):
            return (), None
        z, part = self._scores()
        beyond = np.flatnonzero(z > NormalDist().inv_cdf(1 - PERSON_ALPHA / people))
        order: list[int] = beyond[np.argsort(-part[beyond], kind="stable")].tolist()
        for count in range(1, min(len(order), max(1, int(PEOPLE_SHARE * people))) + 1):
            rest = self._without(order[:count])
            if rest is not None and rest <= (1 - PERSON_FALLS) * self.rate:
                return tuple(order[:count]), rest
        return (), None

    def _without(self, who: list[int]) -> float | None:
        gone = np.zeros(max(1, self.ground.pairs.people), bool)
        gone[who] = True
        pairs = self.ground.pairs
        left = int((self.among & ~gone[pairs.one] & ~gone[pairs.other]).sum())
        kept = int((~gone[self.mine.one] & ~gone[self.mine.other]).sum())
        return kept / left if left else None

    def _scores(self) -> tuple[Floats, Floats]:
        """For each person z, and the slips that they have a part in."""
        ground = self.ground
        people, mine = max(1, ground.pairs.people), self.mine
        kept = self.relevant[ground.answers.item]
        item, who = ground.answers.item[kept], ground.answers.what[kept]
        cell = item * people + who
        both = np.concatenate([mine.item * people + mine.one, mine.item * people + mine.other])
        part = added(np.searchsorted(cell, both), np.ones(len(both)), len(cell))
        on, size = self.on[item], ground.sizes[item]
        share = np.divide(part, on, out=np.zeros(len(cell)), where=on > 0)
        mean = 2 / size
        spread = np.maximum(0.0, added(item, np.square(share), ground.pairs.items)[item] / size - np.square(mean))
        two = size < 2.5
        of_two = self.relevant & (ground.sizes > 1.5) & (ground.sizes < 2.5)
        rate = float((self.on[of_two] > 0).mean()) if of_two.any() else 0.0
        away = np.where(two, (on > 0) - rate, np.where(on > 0, share - mean, 0.0))
        variance = np.where(two, rate * (1 - rate), np.where(on > 0, spread, 0.0))
        error = np.sqrt(added(who, variance, people))
        z = np.divide(added(who, away, people), error, out=np.zeros(people), where=error > 1e-9)
        return z, added(who, part, people)

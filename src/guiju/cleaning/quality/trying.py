"""A dry run: the same looking as a check's, and nothing is written."""

import time
from collections.abc import Sequence

import numpy as np

from guiju.cleaning.quality.checking import add_up, answer, batches, reads_of_source
from guiju.cleaning.quality.model import EXAMPLES, Rule, Tally, Then, Trying
from guiju.cleaning.quality.rules import Done, settle, source_tally
from guiju.cleaning.quality.store import count_items_of_sources
from guiju.data import Source
from guiju.storage import House


def carry_out(
    house: House, project_id: int, rules: tuple[Rule, ...], sources: Sequence[Source], seconds: float
) -> Trying:
    """Look at the sources one after another, for no longer than `seconds`."""
    with house.reading() as connection:
        items = count_items_of_sources(connection, [source.id for source in sources])
    trial = _Trying(house, project_id, rules, time.monotonic() + seconds)
    for source in sources:
        trial.take(source)
    outcome = settle(rules, trial.total, Done(trial.looked, 0, trial.aside))
    return Trying(items, trial.looked, trial.aside, trial.examples, trial.held, outcome.results)


class _Trying:
    """A dry run at work: what all sources come to together, and which of them would be held."""

    def __init__(self, house: House, project_id: int, rules: tuple[Rule, ...], until: float) -> None:
        self._house, self._project, self._rules, self._until = house, project_id, rules, until
        self.total = [Tally() for _ in rules]
        self.looked = self.aside = 0
        self.examples: list[int] = []
        self.held: list[int] = []

    def take(self, source: Source) -> None:
        tallies = [Tally() for _ in self._rules]
        for batch in batches(self._house, self._project, source.id, self._rules, 0):
            if time.monotonic() > self._until:
                break
            gone = np.zeros(len(batch.ids), np.bool_)
            for rule, tally in zip(self._rules, tallies, strict=True):
                if reads_of_source(rule.check):
                    continue
                said = answer(rule, batch)
                add_up(tally, said, batch.ids)
                gone |= said.failed if rule.then is Then.ASIDE else np.False_
            self.looked += len(batch.ids)
            self.aside += int(gone.sum())
            self.examples += [int(one) for one in batch.ids[gone][: EXAMPLES - len(self.examples)]]
        for place, rule in enumerate(self._rules):
            if reads_of_source(rule.check):
                tallies[place] = source_tally(rule, source.counts)
        if settle(self._rules, tallies, Done()).held:
            self.held.append(source.id)
        for tally, found in zip(self.total, tallies, strict=True):
            tally.asked += found.asked
            tally.failed += found.failed
            tally.examples += found.examples[: EXAMPLES - len(tally.examples)]

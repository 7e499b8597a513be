"""Answers of the bank in the words of a project's rulebook."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from guiju.bank.drawing.model import Fit, Settled, Usable
from guiju.bank.drawing.rules import fit_of
from guiju.bank.mapping.model import Mapping
from guiju.bank.mapping.store import find_mapping
from guiju.data import shape_of_item
from guiju.kinds import decode_answers, encode_answers
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.rulebooks.diff import Weight, differences


@dataclass(slots=True)
class Settling:
    """What is known of the rulebooks of one draw, looked up once for each."""

    connection: Connection
    rulebook: CompiledRulebook
    _same: dict[int, bool] = field(default_factory=dict[int, bool])
    _maps: dict[int, Mapping | None] = field(default_factory=dict[int, Mapping | None])

    def is_same(self, rulebook_id: int) -> bool:
        if rulebook_id not in self._same:
            self._same[rulebook_id] = is_compatible(get_published(self.connection, rulebook_id), self.rulebook)
        return self._same[rulebook_id]

    def mapping(self, rulebook_id: int) -> Mapping | None:
        """What somebody decided that the labels of that rulebook are here."""
        if rulebook_id not in self._maps:
            self._maps[rulebook_id] = find_mapping(self.connection, rulebook_id, self.rulebook.id)
        return self._maps[rulebook_id]

    def settle(self, each: Usable) -> Settled:
        answers, lost, is_mapped = decode_answers(each.answers), tuple[str, ...](), False
        is_same = self.is_same(each.rulebook_id)
        mapping = None if is_same else self.mapping(each.rulebook_id)
        if mapping is not None:
            applied = mapping.apply(answers)
            answers, lost, is_mapped = applied.answers or {}, applied.lost, not applied.recheck
        length = len(each.body or "") or each.size
        measures = {"parts": each.parts, "duration": each.duration}
        shape = shape_of_item(each.media, length, each.width, each.height, **measures, speakers=each.speakers)
        if not answers or self.rulebook.check_answers(answers, shape):
            return Settled(Fit.UNKNOWN, lost=lost)
        fit = fit_of(
            grade=each.grade,
            is_same=is_same,
            is_mapped=is_mapped,
            has_lost=bool(lost),
        )
        return Settled(fit, encode_answers(answers).decode(), lost)


def settle_all(connection: Connection, rulebook: CompiledRulebook, usable: Sequence[Usable]) -> dict[int, Settled]:
    """Each deposit's answer under the rulebook, by the deposit's number."""
    settling = Settling(connection, rulebook)
    return {each.id: settling.settle(each) for each in usable}


def is_compatible(old: CompiledRulebook, new: CompiledRulebook) -> bool:
    """Whether answers under `old` mean the same under `new`: no change between them that would be a major version."""
    same = old.digest == new.digest
    return same or all(each.weight is not Weight.MAJOR for each in differences(old.rulebook, new.rulebook))

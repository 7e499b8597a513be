"""Answers of record, one by one, as they would be written; and what is told of them. Knows no database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from guiju.kinds import Answer, ItemShape, decode_answers, encode_answers
from guiju.planning.relabelling.deciding import Decide
from guiju.planning.relabelling.model import Asked, Found, Kind, Sample
from guiju.planning.relabelling.rules import Choose, labels_in, restate, told
from guiju.planning.relabelling.store import Said
from guiju.rulebooks import CompiledRulebook

SHOWN = 10
SAME_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Restated:
    """One answer, before and after. `answers` are empty where a split leaves it as it is."""

    answers: str
    before: frozenset[str]
    after: frozenset[str]
    is_open: bool
    refused: bool
    said: str
    says: str


class Reading:
    """Turns what was said into what is to be written, and counts."""

    def __init__(
        self, asked: Asked, before: CompiledRulebook, after: CompiledRulebook, decide: Decide | None, found: Found
    ) -> None:
        self._asked, self._before, self._after, self._decide = asked, before, after, decide
        self._sources = frozenset(asked.names)
        self._named = self._sources | {target.id for target in asked.targets}
        fields = (field.id for field in before.fields if self._named & {*field.labels})
        self._fields = frozenset(fields)
        self._found, self._by_label, self._by_target = found, Counter(found.by_label), Counter(found.by_target)
        self._cached = lru_cache(SAME_KEPT)(self._everywhere)

    @property
    def found(self) -> Found:
        return msgspec.structs.replace(self._found, by_label=dict(self._by_label), by_target=dict(self._by_target))

    def rows(self, said: Sequence[Said], *, held: bool = True) -> list[dict[str, Any]]:
        """What is to be written for those of them that name a label."""
        return [row for one in said if (row := self._row(one, held=held)) is not None]

    def _row(self, one: Said, *, held: bool) -> dict[str, Any] | None:
        if self._decide is None:
            made = self._cached(one.answers, one.shape)
        else:
            answers = decode_answers(one.answers)
            made = self._restated(one.answers, answers, one.shape, self._decide(one.item, answers, one.shape))
        if made is None:
            return None
        if held:
            self._count(one, made)
        else:
            self._add(superseded=1)
        root = None if self._asked.kind is Kind.SPLIT else one.root
        told_of = {"resolution_id": one.id, "item_id": one.item, "answers": made.answers, "held": held}
        return {**told_of, "rulebook_id": None, "restates": root, "eyes": made.is_open}

    def _everywhere(self, raw: str, shape: ItemShape) -> Restated | None:
        """Where each label has one that stands for it, equal answers become equal ones."""
        target = self._asked.targets[0].id
        return self._restated(raw, decode_answers(raw), shape, lambda _field, _part: target)

    def _restated(self, raw: str, answers: Mapping[str, Answer], shape: ItemShape, choose: Choose) -> Restated | None:
        labels = frozenset(labels_in(answers))
        if not labels & self._sources:
            return None
        new, is_open = restate(answers, self._sources, choose)
        text = "" if is_open else encode_answers(new).decode()
        if text == raw:
            return None
        after = labels if is_open else frozenset(labels_in(new))
        refused = not is_open and self._is_refused(answers, new, shape)
        fields = self._fields
        return Restated(text, labels, after, is_open, refused, told(answers, fields), told(new, fields))

    def _is_refused(self, old: Mapping[str, Answer], new: Mapping[str, Answer], shape: ItemShape) -> bool:
        return bool(self._after.check_answers(new, shape)) and not self._before.check_answers(old, shape)

    def _count(self, one: Said, made: Restated) -> None:
        self._by_label.update(made.before & self._sources)
        if made.is_open:
            self._add(open=1)
            return
        together = len(made.before & self._named) > 1 and self._asked.kind is Kind.MERGE
        self._by_target.update(made.after & self._named)
        self._add(answers=1, rulings=one.origin == "ruling", together=together, refused=made.refused)
        sample = Sample(one.item, made.said, made.says)
        self._show("shown", sample)
        if together:
            self._show("shown_together", sample)
        if made.refused:
            self._show("shown_refused", sample)

    def _add(self, **more: int) -> None:
        for name, n in more.items():
            if n:
                self._found = msgspec.structs.replace(self._found, **{name: getattr(self._found, name) + n})

    def _show(self, name: str, sample: Sample) -> None:
        """The samples of the lowest rank, so that it does not matter where reading began again."""
        known: list[Sample] = getattr(self._found, name)
        if len(known) == SHOWN and _rank(known[-1]) <= _rank(sample):
            return
        kept = sorted([*known, sample], key=_rank)[:SHOWN]
        self._found = msgspec.structs.replace(self._found, **{name: kept})


def _rank(sample: Sample) -> bytes:
    return sha256(str(sample.item).encode()).digest()

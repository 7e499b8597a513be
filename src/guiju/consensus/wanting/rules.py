"""How sure several answers to an item are, and whether one more is wanted. Pure."""

from collections.abc import Mapping, Sequence

from guiju.consensus.adjudication.rules import distance
from guiju.consensus.wanting.model import Sureness
from guiju.kinds import Answer, Choice, FieldShape
from guiju.stats.consensus.online import Belief, Crowd
from guiju.work.overlap import Overlap, chooses_one

NOT_ASKED = "\0"
"""The label of who was not asked, or left the field open."""

Answered = Sequence[tuple[int, Mapping[str, Answer]]]
"""Annotator and answers, once an annotator."""


def crowd_of(field: FieldShape) -> Crowd:
    """Nothing learned yet. What need not be answered has one label more: none."""
    return Crowd(max(2, len(field.labels) + (field.when is not None or not field.required)))


def weigh_answers(
    fields: Sequence[FieldShape],
    crowds: Mapping[str, Crowd],
    answered: Answered,
    before: Mapping[str, Belief],
) -> dict[str, Belief]:
    """What the answers to an item come to in the fields with one label; the crowds learn from it."""
    return {
        field.id: crowds[field.id].weigh([(who, _label(answers.get(field.id))) for who, answers in answered], known)
        for field in fields
        if chooses_one(field)
        for known in (before.get(field.id),)
    }


def _label(answer: Answer | None) -> str:
    return answer.labels[0] if isinstance(answer, Choice) and answer.labels else NOT_ASKED


def least_alike(fields: Sequence[FieldShape], answered: Answered) -> float | None:
    """How far a majority of the answers agrees by the kind's own distance, the least of the fields; `None` without any.

    Of the answers to a field one is taken that most are closest to: more than half of all, itself among them, are at
    least so similar to it. Two answers: their similarity; three: that of the two that are most alike.
    """
    found = [_middle([answers.get(field.id) for _, answers in answered]) for field in fields if not chooses_one(field)]
    return min(found, default=None)


def _middle(said: Sequence[Answer | None]) -> float:
    if len(said) < 2:
        return 0.0
    needed = len(said) // 2  # beside the answer itself: together more than half
    alike = [
        sorted((1 - distance(one, other) for j, other in enumerate(said) if j != i), reverse=True)
        for i, one in enumerate(said)
    ]
    return max(row[needed - 1] for row in alike)


def decide_sureness(overlap: Overlap, answers: int, coming: int, sure: float | None, alike: float | None) -> Sureness:
    """Whether the item is settled; `coming` are answers that somebody has in hand."""
    if answers < overlap.least:
        return Sureness.WAITING
    if (sure is None or sure >= overlap.sure) and (alike is None or alike >= overlap.alike):
        return Sureness.SETTLED
    return Sureness.WANTED if answers + coming < overlap.most or coming else Sureness.UNSURE


def least_sure(beliefs: Mapping[str, Belief]) -> float | None:
    """The probability of the item's labels, the least of its fields; a tie is as unsure as can be."""
    return min((one.best[1] if one.best[0] is not None else 0.5 for one in beliefs.values()), default=None)


def wants_more(state: Sureness, overlap: Overlap, answers: int, left: int) -> bool:
    """Whether a further answer is to be asked for: none of the item's waits, and it has fewer than the most."""
    return state is Sureness.WANTED and not left and answers < overlap.most

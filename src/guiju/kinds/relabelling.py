"""Other labels in the places of those that were: what an answer says of each thing stays, and nothing is lost."""

from collections.abc import Mapping

import msgspec

from guiju.kinds.model import Swap
from guiju.kinds.registry import Answer, kind_of
from guiju.kinds.relation.shape import Relations


def relabel_answers(answers: Mapping[str, Answer], swaps: Mapping[str, Swap]) -> dict[str, Answer]:
    """The answers of an item with the labels of these fields swapped; other fields are as they were.

    Links tell the labels of the spans that they join: those follow the field that the spans are of. Of equal answers
    and swaps the result is equal; where no label is swapped, so is the answer.
    """
    found = {
        field: kind_of(answer).relabel(answer, swaps[field]) if field in swaps else answer
        for field, answer in answers.items()
    }
    return {
        field: _joined(answer, swaps) if isinstance(answer, Relations) else answer for field, answer in found.items()
    }


def _joined(answer: Relations, swaps: Mapping[str, Swap]) -> Relations:
    swap = swaps.get(answer.of)
    if swap is None:
        return answer
    links = tuple(
        link
        if link.ends is None
        else msgspec.structs.replace(
            link, ends=tuple(msgspec.structs.replace(end, label=swap(end.label, end.id)) for end in link.ends)
        )
        for link in answer.links
    )
    return kind_of(answer).tidy(Relations(links, answer.of))


def same_everywhere(names: Mapping[str, str]) -> Swap:
    """A swap that asks only for the label."""
    return lambda label, _part: names.get(label, label)

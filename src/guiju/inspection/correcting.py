"""What an inspector would have answered: asked for as choices, completed from what was judged, checked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.annotations import AnswersRefused
from guiju.data import Item
from guiju.inspection.errors import CorrectionIsAnswer
from guiju.inspection.showing import ShownLabel, show_label
from guiju.kinds import Answer, Choice, ItemShape, decode_answers, encode_answers, kind_of, normalise_answers
from guiju.kit.words import Bilingual
from guiju.rulebooks import CompiledRulebook

PASS_KEY, DEFECT_KEY = "p", "d"
DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Option:
    """A label to choose: `given` in the answer that is judged, `chosen` in the correction. `key` picks it."""

    id: str
    label: ShownLabel
    given: bool
    chosen: bool
    key: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice field of the item."""

    id: str
    title: Bilingual
    multiple: bool
    options: list[Option]


def ask_choices(rulebook: CompiledRulebook, held: Mapping[str, Answer], corrected: Mapping[str, Answer]) -> list[Asked]:
    """The choice fields, each with what was answered and what the inspector says instead; shapes are not drawn here."""
    keys = plan_keys(rulebook)
    titles = {field.id: field.title for field in rulebook.rulebook.fields}
    return [
        Asked(
            shape.id,
            titles[shape.id],
            shape.multiple,
            [
                Option(
                    name,
                    show_label(name, rulebook),
                    name in labels_in(held, shape.id),
                    name in labels_in({**held, **corrected}, shape.id),
                    keys[shape.id, name],
                )
                for name in shape.labels
            ],
        )
        for shape in rulebook.fields
        if shape.kind == "choice"
    ]


def labels_in(answers: Mapping[str, Answer], field: str) -> tuple[str, ...]:
    """The labels that a choice has chosen; none where the field has no such answer."""
    answer = answers.get(field)
    return answer.labels if isinstance(answer, Choice) else ()


def plan_keys(rulebook: CompiledRulebook) -> dict[tuple[str, str], str | None]:
    """The key of each label in each choice field, as the workbench plans them: its own where it is free, else the next
    digit.
    """
    pairs = [(shape.id, label) for shape in rulebook.fields if shape.kind == "choice" for label in shape.labels]
    keys, taken = dict[tuple[str, str], str | None](), {PASS_KEY, DEFECT_KEY}
    for pair in pairs:
        own = (rulebook.labels[pair[1]].hotkey or "").casefold()
        keys[pair] = own if len(own) == 1 and own not in taken else None
        taken |= {own}
    for pair in pairs:
        keys[pair] = keys[pair] or next((digit for digit in DIGITS if digit not in taken), None)
        taken |= {keys[pair] or ""}
    return keys


def chosen_answers(
    chosen: Mapping[str, Sequence[str]], rulebook: CompiledRulebook, held: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Of the labels chosen by field, the answers that differ from those judged."""
    said = {name: Choice(tuple(labels)) for name, labels in chosen.items() if labels or labels_in(held, name)}
    known = normalise_answers(held, rulebook.fields)
    return {name: each for name, each in normalise_answers(said, rulebook.fields).items() if each != known.get(name)}


def settle_correction(correction: str, held: str, rulebook: CompiledRulebook, item: Item) -> str:
    """The whole answer that the inspector would have given: what they leave out stays as it was judged.

    Raises `AnswersRefused` where the rulebook does not allow it, `CorrectionIsAnswer` where nothing is corrected.
    """
    answers = {**decode_answers(held), **decode_answers(correction)}
    shape = ItemShape(item.media.value, item.length, item.width or 0, item.height or 0)
    if problems := rulebook.check_answers(answers, shape):
        raise AnswersRefused(problems)
    settled = normalise_answers(answers, rulebook.fields)
    if settled == normalise_answers(decode_answers(held), rulebook.fields):
        raise CorrectionIsAnswer
    return encode_answers(settled).decode()


def summarise_correction(correction: str) -> str:
    """The labels that should have been chosen, in no language: for the note that goes back with the item."""
    answers = decode_answers(correction).values()
    return ", ".join(kind_of(answer).summary(answer) for answer in answers if isinstance(answer, Choice))

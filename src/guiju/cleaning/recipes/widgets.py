"""A step's options as fields of a form, and a form's fields as a step's options."""

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.cleaning.personal import KIND_NAMES, PersonalKind
from guiju.cleaning.recipes.model import StepSaid
from guiju.cleaning.recipes.steps import STEPS, Step
from guiju.site.forms import FormData, field, many

_MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class Widget:
    """A field of the form. `kind`: check, choice, number, lines, text or kinds (one choice for each kind of data)."""

    name: str
    kind: str
    label: str
    value: Any
    choices: Mapping[str, str]
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as the form shows it."""

    step: Step
    widgets: list[Widget]


def forms_of(said: typing.Sequence[StepSaid]) -> list[StepForm]:
    """The steps of a recipe as parts of a form; an unknown one is left out."""
    return [
        StepForm(step, _widgets(step, one, number))
        for number, one in enumerate(said)
        if (step := STEPS.get(one.step)) is not None
    ]


def _widgets(step: Step, said: StepSaid, number: int) -> list[Widget]:
    default: dict[str, Any] = msgspec.to_builtins(step.options())
    values = {**default, **said.options}
    return [
        _widget(step, info.name, info.type, values[info.name], number) for info in msgspec.structs.fields(step.options)
    ]


def _widget(step: Step, name: str, kind: Any, value: Any, number: int) -> Widget:
    said, label = f"o{number}.{name}", step.words[name]
    bare, limits = (kind.__origin__, kind.__metadata__[0]) if hasattr(kind, "__metadata__") else (kind, None)
    if bare is bool:
        return Widget(said, "check", label, value, {})
    if typing.get_origin(bare) is typing.Literal:
        return Widget(said, "choice", label, value, {one: step.choices[one] for one in typing.get_args(bare)})
    if bare is int:
        return Widget(said, "number", label, value, {}, limits.ge if limits else None, limits.le if limits else None)
    if typing.get_origin(bare) is tuple:
        return Widget(said, "lines", label, "\n".join(value), {})
    if typing.get_origin(bare) is dict:
        ways = {one: step.choices[one] for one in typing.get_args(typing.get_args(bare)[1])}
        return Widget(said, "kinds", label, value, ways)
    return Widget(said, "text", label, value, {})


def steps_of(form: FormData) -> list[StepSaid]:
    """The steps that a form says, in its order; an option that is not as it should be is refused later, by name."""
    return [_said(form, code, number) for number, code in enumerate(many(form, "step")[:_MOST_STEPS])]


def _said(form: FormData, code: str, number: int) -> StepSaid:
    step = STEPS.get(code)
    if step is None:
        return StepSaid(code)
    told = {widget.name.partition(".")[2]: _value(form, widget) for widget in _widgets(step, StepSaid(code), number)}
    return StepSaid(code, {name: value for name, value in told.items() if value is not None})


def _value(form: FormData, widget: Widget) -> object:
    """What the form says for a field; `None` where it says nothing, so that the default holds."""
    if widget.kind == "kinds":
        chosen = {kind.value: field(form, f"{widget.name}.{kind}", required=False) for kind in PersonalKind}
        return {kind: how for kind, how in chosen.items() if how}
    if widget.kind == "check":
        return bool(form.get(widget.name))
    text = field(form, widget.name, required=False)
    if widget.kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if widget.kind == "number":
        return _number(text)
    return text if widget.kind == "text" else text or None


def _number(text: str) -> object:
    try:
        return int(text) if text else None
    except ValueError:
        return text


def rearranged(steps: list[StepSaid], act: str) -> tuple[list[StepSaid], int]:
    """The steps after `add:mask`, `up:2`, `down:0` or `remove:1`, and which of them to look at now."""
    what, _, told = act.partition(":")
    if what == "add" and told in STEPS:
        return [*steps, StepSaid(told)], len(steps)
    place = int(told) if told.isdecimal() else -1
    if not 0 <= place < len(steps):
        return steps, -1
    rest = steps[:place] + steps[place + 1 :]
    if what == "remove":
        return rest, min(place, len(rest) - 1)
    to = max(0, min(len(rest), place + {"up": -1, "down": 1}.get(what, 0)))
    return [*rest[:to], steps[place], *rest[to:]], to


KINDS = KIND_NAMES

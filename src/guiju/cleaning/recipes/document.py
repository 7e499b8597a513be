"""A recipe as plain YAML: its name and its steps, each with what it is told beside its defaults."""

from typing import Any

import msgspec

from guiju.briefs.plain import Node, read_yaml, write_yaml
from guiju.cleaning.recipes.errors import RecipeUnnamed, RecipeUnreadable
from guiju.cleaning.recipes.model import StepSaid
from guiju.cleaning.recipes.rules import ReadyStep, ready
from guiju.kit import Refusal

MOST_CHARACTERS = 200_000
NAME_CHARACTERS = 80


def read_recipe(text: str) -> tuple[str, list[ReadyStep]]:
    """The recipe's name and steps. Raises `RecipeUnreadable`, `RecipeEmpty`, `StepUnknown`, `StepOptionWrong`."""
    if len(text) > MOST_CHARACTERS:
        raise RecipeUnreadable(fault=f"> {MOST_CHARACTERS:,}")
    try:
        node = read_yaml(text).only("recipe", "steps")
        name, steps = node.need("recipe").text(), [_step(one) for one in node.need("steps").items()]
    except Refusal as refusal:
        raise RecipeUnreadable(fault=_said(refusal)) from refusal
    return clean_name(name), ready(steps)


def clean_name(name: str) -> str:
    """Raises `RecipeUnnamed`, `RecipeUnreadable`."""
    name = " ".join(name.split())
    if not name:
        raise RecipeUnnamed
    if len(name) > NAME_CHARACTERS:
        raise RecipeUnreadable(fault=f"recipe: 1–{NAME_CHARACTERS}")
    return name


def _said(refusal: Refusal) -> str:
    return f"{refusal.code}: " + ", ".join(f"{key} {value}" for key, value in refusal.details.items())[:200]


def _step(node: Node) -> StepSaid:
    """`- html` or `- step: mask` with options beside it."""
    if isinstance(node.value, str):
        return StepSaid(node.value)
    told: Any = node.plain()
    options = {str(key): value for key, value in node.mapping().items() if key != "step"}
    return StepSaid(node.need("step").text(), {key: told[key] for key in options})


def write_recipe(name: str, steps: list[ReadyStep]) -> str:
    """The document that `read_recipe` reads: options that are as they are by default are left out."""
    return write_yaml({"recipe": name, "steps": [_entry(one) for one in steps]})


def _entry(one: ReadyStep) -> object:
    plain: dict[str, Any] = msgspec.to_builtins(one.options)
    default: dict[str, Any] = msgspec.to_builtins(one.step.options())
    told = {key: value for key, value in plain.items() if value != default[key]}
    return {"step": one.step.code, **told} if told else one.step.code

"""The `guiju` commands that the documents show, and what is wrong with each."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from guiju.cli import app
from tests.house.tree import ROOT

_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\$ |> )?(?:\.venv/bin/)?guiju (.+)$", re.MULTILINE)
_SHELL = {"|", ">", ">>", "<", "&&", "||", ";", "&", "2>"}


def pages() -> list[Path]:
    """The documents that a person reads."""
    return [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def commands_in(page: Path) -> Iterator[str]:
    """What follows `guiju ` on each line of a code block that begins so; a line may go on after a backslash."""
    for block in _FENCE.findall(page.read_text(encoding="utf-8")):
        yield from _COMMAND.findall(block.replace("\\\n", " "))


def find_fault(line: str) -> str | None:
    """What is wrong with the command, or `None`. `[…]` is optional and `a|b` a choice, as a synopsis has them."""
    command: Any = get_command(app)
    words = _words(line)
    while words and hasattr(command, "list_commands"):
        if words[0].startswith("-"):
            return _unknown_option(command, words[0])
        name = words.pop(0)
        found = [command.get_command(None, choice) for choice in name.split("|")]
        if None in found:
            return f"there is no command {name!r}"
        command = found[0]
    return _fault_in_arguments(command, words)


def _words(line: str) -> list[str]:
    words = shlex.split(line.replace("[", " ").replace("]", " ").replace("…", ""), comments=True)
    end = next((at for at, word in enumerate(words) if word in _SHELL), len(words))
    return words[:end]


def _fault_in_arguments(command: Any, words: list[str]) -> str | None:
    options = {name: option for option in command.params for name in (*option.opts, *option.secondary_opts)}
    arguments, rest = 0, iter(words)
    for word in rest:
        name, has_value, _ = word.partition("=")
        if not word.startswith("-") or re.fullmatch(r"-[\d.]+", word):
            arguments += 1
        elif name not in options:
            return _unknown_option(command, name)
        elif not has_value and not options[name].is_flag:
            next(rest, None)
    return _fault_in_count(command, arguments)


def _unknown_option(command: Any, name: str) -> str | None:
    known = {name for option in command.params for name in option.opts} | {"--help"}
    return None if name in known else f"{command.name} has no option {name}"


def _fault_in_count(command: Any, count: int) -> str | None:
    places = [param for param in command.params if param.param_type_name == "argument"]
    least = sum(1 for place in places if place.required)
    if count < least:
        return f"{command.name} wants {least} arguments, has {count}"
    if count > len(places) and not any(place.nargs == -1 for place in places):
        return f"{command.name} takes {len(places)} arguments, has {count}"
    return None

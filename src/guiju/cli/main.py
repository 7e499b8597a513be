"""`guiju` and its nouns, each loaded when it is asked for: a command does not wait for what the others need."""

from functools import cache
from importlib import import_module
from typing import Any

from typer.core import TyperGroup
from typer.main import get_group

from guiju.cli.common import Noun
from guiju.kit import without_collecting

# In which files the words of the first place are, in the order of `--help`. The commands of several files under one
# noun are added to that of the first.
WORDS: dict[str, tuple[str, ...]] = {
    "serve": ("house",),
    "worker": ("house",),
    "demo": ("demo",),
    "deliver": ("deliver",),
    "search": ("search",),
    "backup": ("keeping",),
    "restore": ("keeping",),
    "verify": ("keeping",),
    "migrate": ("keeping",),
    "agreement": ("agreement",),
    "consensus": ("consensus",),
    "plan": ("plan",),
    "people": ("people",),
    "project": ("project", "progress", "retrospective"),
    "brief": ("brief",),
    "data": ("data", "profiles", "cleaning", "quality", "feeds", "audit"),
    "connection": ("connection",),
    "scenes": ("scenes",),
    "rulebook": ("rulebook",),
    "annotations": ("annotations",),
    "exam": ("exam",),
    "round": ("round",),
    "queue": ("queue",),
    "collect": ("collect",),
    "trial": ("trial",),
    "practice": ("practice",),
    "adjudicate": ("adjudicate",),
    "question": ("question",),
    "finding": ("finding",),
    "lot": ("lot", "inspecting"),
    "acceptance": ("acceptance",),
    "pay": ("pay",),
    "bank": ("bank", "left", "withdrawing", "mapping", "contradicting"),
}


class _Program(TyperGroup):
    """The group of all nouns and single commands; what it has loaded lies in `commands`."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - what the group is asked with
        return list(WORDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name in WORDS and cmd_name not in self.commands:
            self.commands[cmd_name] = _load(cmd_name)
        return self.commands.get(cmd_name)


def _load(word: str) -> Any:
    with without_collecting():
        file = import_module(f"guiju.cli.{WORDS[word][0]}")
        if hasattr(file, "app"):
            group = get_group(_whole(word))
            group.name = word
            return group
        alone = Noun(callback=_together)
        file.add_to(alone)
        return get_group(alone).commands[word]


@cache
def _whole(word: str) -> Noun:
    """The noun with what all its files add to it."""
    first, *others = (import_module(f"guiju.cli.{name}") for name in WORDS[word])
    for other in others:
        other.add_to(first.app)
    return first.app


def _together() -> None:
    """Commands stand beside each other, even where there is one."""


app = Noun(
    name="guiju",
    help="Guiju 规矩: from a vague request to accepted data.",
    cls=_Program,
    callback=_together,
    no_args_is_help=True,
    add_completion=False,
)


def main() -> None:
    """The program's entry."""
    app()

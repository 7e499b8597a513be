"""Write docs/commands.md from the program's own help: `python -m scripts.commands`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from guiju.cli import app

PAGE = Path(__file__).parents[1] / "docs/commands.md"
_HEAD = """# Commands

Made by `make docs` from the program's own help. Every command has `--help`.
Exit code 0: done; 1: refused, with the named error; 2: the command was not understood.
"""


def render_commands() -> str:
    """The page: a section for each command, with its arguments and options."""
    return "\n".join(
        [_HEAD, *(line for path, command in _leaves(get_command(app), "guiju") for line in _section(path, command))]
    )


def _leaves(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        yield path, command
        return
    # asked as the program asks: the nouns are loaded by their names
    for name, child in sorted((name, command.get_command(None, name)) for name in command.list_commands(None)):
        if not child.hidden:
            yield from _leaves(child, f"{path} {name}")


def _section(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}\n"
    yield f"{(command.help or command.short_help or '').strip()}\n"
    shown = [param for param in command.params if not getattr(param, "hidden", False) and "--help" not in param.opts]
    if shown:
        yield "| | |\n|---|---|"
        yield from (f"| `{_usage(param)}` | {_cell(getattr(param, 'help', None))} |" for param in shown)
        yield ""


def _usage(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"{param.metavar or param.name.upper()}{'…' if param.nargs == -1 else ''}"
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {_value_of(param)}"


def _value_of(param: Any) -> str:
    default = getattr(param.default, "value", param.default)  # an enum's word, not its name
    said = f" (default {default})" if isinstance(default, str | int | float) and default != "" else ""
    return f"{param.metavar or param.name.upper()}{said}"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(render_commands(), encoding="utf-8")
    print(PAGE.name)

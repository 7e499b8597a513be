"""`guiju` and its nouns."""

import typer

from guiju.cli import house
from guiju.cli.common import Noun

app = Noun(
    name="guiju", help="Guiju 规矩: from a vague request to accepted data.", no_args_is_help=True, add_completion=False
)
house.add_to(app)


def main() -> None:
    """The program's entry."""
    app()


__all__ = ["app", "main", "typer"]

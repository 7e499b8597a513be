"""The data bank from the command line."""

from typing import Annotated

import msgspec
import typer

from guiju.bank import Choice, draw_from_bank, search_bank
from guiju.bank.api import drawn_answer, find_answer
from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import PageRequest, new_id

app = noun("The data bank: what was accepted, found again and drawn into a project.")


@app.command()
def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="Words that must all be there.")] = "",
    label: Annotated[str, typer.Option(help="A label, by id or by name.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
) -> None:
    """Search by words and by label."""
    with house_and_actor(ctx) as (house, actor):
        found = search_bank(house, actor, query, label, PageRequest(limit))
        lines = [
            f"{one.id}\t{one.project} {one.rulebook}\t{', '.join(one.labels)}\t{one.text or one.name}"
            for one in found.rows
        ]
        answer = {"found": [find_answer(one) for one in found.rows], "more": found.cursor is not None}
        emit(ctx, msgspec.to_builtins(answer), "\n".join(lines) or words_of(ctx)("Nothing found"))


@app.command()
def draw(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project that the items come into.")],
    query: Annotated[str, typer.Option(help="Words that must all be there.")] = "",
    label: Annotated[str, typer.Option(help="A label, by id or by name.")] = "",
    deposit: Annotated[list[int] | None, typer.Option(help="One deposit; may be said several times.")] = None,
) -> None:
    """Copy what is found into a project, with its accepted answers where the rulebook allows them."""
    with house_and_actor(ctx) as (house, actor):
        chosen = Choice(tuple(deposit or ()), query, label)
        drawn = draw_from_bank(house, actor, project, new_id(), chosen)
        said = words_of(ctx)(
            "{items} new items, {answers} of them with their answer; {duplicates} were there already.",
            items=drawn.items,
            answers=drawn.answers,
            duplicates=drawn.duplicates,
        )
        emit(ctx, msgspec.to_builtins(drawn_answer(drawn)), said)

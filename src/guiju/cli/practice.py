"""Practice: what is due, what sits."""

from typing import Annotated

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.coaching import look_at_practice
from guiju.coaching.api import practice_answer
from guiju.coaching.skills.actions import read_skills
from guiju.coaching.skills.api import skills_answer
from guiju.kit import N_
from guiju.site.filters import share

app = noun(help="Practice: known answers to find, which come back spaced.")


@app.command()
def show(ctx: typer.Context, project: Annotated[int, typer.Argument(help="The project’s number.")]) -> None:
    """Print what can be practised now, and what sits, by label."""
    with house_and_actor(ctx) as (house, actor):
        desk, mine = look_at_practice(house, actor, project)
        words = words_of(ctx)
        lines = [words(N_("{n} to practise now"), n=mine.now)]
        said = N_("{label}: {sits} sit, {shaky} not yet, {fresh} never asked")
        lines += [
            words(said, label=each.label, sits=each.sits, shaky=each.shaky, fresh=each.fresh)
            for each in mine.labels
            if each.total
        ]
        emit(ctx, msgspec.to_builtins(practice_answer(desk, mine)), "\n".join(lines))


@app.command()
def skills(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project’s number.")],
    person: Annotated[int | None, typer.Option(help="A member, by number (default: yourself).")] = None,
) -> None:
    """Print what somebody can do, by label and by clause, the weakest first."""
    with house_and_actor(ctx) as (house, actor):
        seen = read_skills(house, actor, project, person)
        said, words = N_("{share} right in {n} answers, {low} to {high}"), words_of(ctx)
        lines = [(seen.person.name, seen.skills.whole), *((each.id, each) for each in seen.skills.labels)]
        lines += [(each.id, each) for each in seen.skills.clauses]
        told = [
            f"{name}: " + words(said, share=share(one.share, 0), n=one.n, low=share(low, 0), high=share(high, 0))
            for name, one in lines
            for low, high in [one.interval]
        ]
        emit(ctx, msgspec.to_builtins(skills_answer(seen)), "\n".join(told))

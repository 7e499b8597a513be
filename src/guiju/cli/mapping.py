"""What the labels of the bank's rulebooks are in a project's own, from the command line."""

from typing import Annotated

import msgspec
import typer

from guiju.bank.mapping import How, Line, decide_mapping, forget_mapping, list_mappings, read_mapping
from guiju.bank.mapping.api import maps_answer
from guiju.bank.mapping.errors import MappingPointsNowhere
from guiju.bank.mapping.model import BECAUSE_NAMES, HOW_NAMES
from guiju.cli.common import Noun, emit, house_and_actor, noun, words_of
from guiju.kit import new_id
from guiju.storage import Actor, House

Project = Annotated[int, typer.Argument(help="The project's number.")]
Of = Annotated[int, typer.Argument(help="The number of a rulebook of the bank, as the list gives it.")]
maps = noun("What the labels of the bank's rulebooks are in a project's own.")


@maps.command("list")
def list_(
    ctx: typer.Context,
    project: Project,
    of: Annotated[int, typer.Option(help="A rulebook's number: a line for each of its labels, with the reason.")] = 0,
) -> None:
    """List the bank's rulebooks as a project sees them; of one of them, what each label is here."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, house, actor, project, of)


@maps.command("set")
def set_(
    ctx: typer.Context,
    project: Project,
    of: Of,
    line: Annotated[
        list[str] | None,
        typer.Option(help="field/label=field/label; ? at its end: looked at again; nothing behind =: none."),
    ] = None,
    given_up: Annotated[list[str] | None, typer.Option(help="A label that deposits carry and that is lost.")] = None,
) -> None:
    """Decide what the labels become: as suggested, but for the lines that are said."""
    with house_and_actor(ctx) as (house, actor):
        said = {(one.field, one.label): one for one in map(_line, line or ())}
        _, _, suggested = read_mapping(house, actor, project, of)
        known = {(one.line.field, one.line.label): one.line for one in suggested}
        for key in sorted(said.keys() - known.keys()):
            raise MappingPointsNowhere(label="/".join(key), to="–")
        decide_mapping(house, actor, project, new_id(), of, list((known | said).values()), given_up or ())
        _show(ctx, house, actor, project, of)


@maps.command("forget")
def forget(ctx: typer.Context, project: Project, of: Of) -> None:
    """Forget what was decided for a rulebook; what was drawn by it stays."""
    with house_and_actor(ctx) as (house, actor):
        forget_mapping(house, actor, project, new_id(), of)
        _show(ctx, house, actor, project, 0)


def _line(said: str) -> Line:
    name, _, to = said.partition("=")
    field, _, label = name.strip().partition("/")
    look = to.strip().endswith("?")
    to_field, _, to_label = to.strip().removesuffix("?").partition("/")
    if not to_label:
        return Line(field, label, How.NONE)
    return Line(field, label, How.RECHECK if look else How.BECOMES, to_field, to_label)


def _show(ctx: typer.Context, house: House, actor: Actor, project: int, of: int) -> None:
    t = words_of(ctx)
    _, known = list_mappings(house, actor, project)
    lines = read_mapping(house, actor, project, of)[2] if of else []
    text = list[str]()
    for one in known:
        if not of or one.rulebook_id == of:
            state = t("decided") if one.is_mapped else t("open")
            text.append(f"{one.rulebook_id}\t{one.project or '–'} {one.version}\t{one.deposits}\t{state}")
    for one in lines:
        to = f"{one.line.to_field}/{one.line.to_label}" if one.line.how is not How.NONE else "–"
        how, why = t(HOW_NAMES[one.line.how]), t(BECAUSE_NAMES[one.because])
        text.append(f"{one.line.field}/{one.line.label}\t{how}\t{to}\t{one.deposits}\t{why}")
    emit(ctx, msgspec.to_builtins(maps_answer(known, lines)), "\n".join(text))


def add_to(app: Noun) -> None:
    app.add_typer(maps, name="map")

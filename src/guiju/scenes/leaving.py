"""What would go out of the house, and where to, shown before anybody agrees to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from guiju.data import SourceState, is_aside, item_table, source_table
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.scenes.model import MEDIA_OF, View
from guiju.storage import Actor, House
from guiju.vectors.outside import get_endpoint

EXAMPLES = 3
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Leaving:
    """`texts` different ones would be sent; `known` were answered before, `aside` are set aside and stay here.

    Of `looked_at` of the texts, `masked` hold personal data; `examples` are texts as they would be sent, masked ones
    first.
    """

    standing: Standing
    host: str
    model: str
    texts: int
    known: int
    aside: int
    looked_at: int
    masked: int
    examples: Sequence[str]


def read_leaving(house: House, actor: Actor, project_id: int, view: View = View.TEXT) -> Leaving:
    """Nothing is sent by asking this. Raises `EndpointFileWrong`."""
    from guiju.scenes.making.going import look_at_texts  # noqa: PLC0415 - NumPy, which only this page needs

    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SHAPE_SCENES)
        hidden = connection.execute(_set_aside(project_id, view)).scalar_one()
    endpoint = get_endpoint(house.home)
    seen = look_at_texts(house, project_id, view, LOOKED_AT)
    masked = [after for before, after in seen.pairs if before != after]
    sent = [after for _, after in seen.pairs if after.strip()]
    examples = list(dict.fromkeys([*masked[: EXAMPLES - 1], *sent]))[:EXAMPLES]
    counts = (seen.fresh, seen.known, hidden, len(seen.pairs), len(masked))
    return Leaving(standing, endpoint.host, endpoint.model, *counts, examples)


def _set_aside(project_id: int, view: View) -> Select[int]:
    i = item_table.c
    return (
        select(func.count())
        .select_from(item_table)
        .join(source_table, source_table.c.id == i.source_id)
        .where(i.project_id == project_id, source_table.c.state == SourceState.LANDED, is_aside())
        .where(i.media.in_([each.value for each in MEDIA_OF[view]]))
    )

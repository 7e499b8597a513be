"""The kinds there are. A new one is a folder beside `choice` and `box`, a line here, a page in `docs/kinds`."""

from typing import TypeAlias

from guiju.kinds.box import BOX
from guiju.kinds.box.shape import Boxes
from guiju.kinds.choice import CHOICE
from guiju.kinds.choice.shape import Choice
from guiju.kinds.contribution import CONTRIBUTION
from guiju.kinds.contribution.shape import Contributions
from guiju.kinds.each import each_of
from guiju.kinds.each.shape import Each
from guiju.kinds.errors import UnknownKind
from guiju.kinds.keypoint import KEYPOINT
from guiju.kinds.keypoint.shape import Figures
from guiju.kinds.mask import MASK
from guiju.kinds.mask.shape import Masks
from guiju.kinds.model import AnyKind
from guiju.kinds.polygon import POLYGON
from guiju.kinds.polygon.shape import Polygons
from guiju.kinds.polyline import POLYLINE
from guiju.kinds.polyline.shape import Polylines
from guiju.kinds.ranking import RANKING
from guiju.kinds.ranking.shape import Ranking
from guiju.kinds.rating import RATING
from guiju.kinds.rating.shape import Rating
from guiju.kinds.relation import RELATION
from guiju.kinds.relation.shape import Relations
from guiju.kinds.segment import SEGMENT
from guiju.kinds.segment.shape import Segments
from guiju.kinds.soft import SOFT
from guiju.kinds.soft.shape import Soft
from guiju.kinds.span import SPAN
from guiju.kinds.span.shape import Spans
from guiju.kinds.text import TEXT
from guiju.kinds.text.shape import Written

Plain: TypeAlias = (
    Choice
    | Boxes
    | Polygons
    | Masks
    | Polylines
    | Figures
    | Spans
    | Relations
    | Segments
    | Rating
    | Ranking
    | Written
    | Soft
    | Contributions
)
Answer: TypeAlias = Plain | Each[Plain]

KINDS: dict[str, AnyKind] = {
    kind.name: kind
    for kind in (
        CHOICE,
        BOX,
        POLYGON,
        MASK,
        POLYLINE,
        KEYPOINT,
        SPAN,
        RELATION,
        SEGMENT,
        RATING,
        RANKING,
        TEXT,
        SOFT,
        CONTRIBUTION,
    )
}
_BY_TYPE: dict[type, AnyKind] = {kind.answer_type: kind for kind in KINDS.values()}


def get_kind(name: str) -> AnyKind:
    """The kind of that name. Raises `UnknownKind`."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(kind=name, known=", ".join(KINDS)) from None


def kind_of(answer: Answer) -> AnyKind:
    """The kind that an answer is of; of answers for each part `EACH`, which no field names."""
    return _BY_TYPE[type(answer)]


EACH = each_of(kind_of)
_BY_TYPE[Each] = EACH

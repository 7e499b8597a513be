"""What an answer can be: one folder a kind, each with its shape, checks, distance, merge and summary.

An annotation is `{field_id: Answer}`. An answer is a msgspec struct tagged by `kind`, the same from the wire to the
disk. This room knows no database and no page, and imports no NumPy until two sets of shapes are compared.
"""

from guiju.kinds.asking import Asking, Told, find_asked, put_away, told_of, told_of_answer
from guiju.kinds.box.shape import Box, Boxes
from guiju.kinds.checking import check_answers, normalise_answers, resolve_answers
from guiju.kinds.choice.shape import Choice, ChoiceOptions
from guiju.kinds.codec import decode_answers, decode_stored, encode_answers
from guiju.kinds.contribution.check import check_one
from guiju.kinds.contribution.options import Consent, ContributionOptions
from guiju.kinds.contribution.shape import Contributions, Given
from guiju.kinds.each.shape import Each, expand_each
from guiju.kinds.errors import BadAnswer, UnknownKind
from guiju.kinds.keypoint.options import Joint, KeypointOptions
from guiju.kinds.keypoint.shape import Figure, Figures
from guiju.kinds.mask.shape import Mask, MaskOptions, Masks
from guiju.kinds.matching import match_parts, merge_annotations
from guiju.kinds.model import ITEM, TURN, FieldShape, ItemShape, Kind, Media, Merged, Options, Problem, Swap
from guiju.kinds.polygon.shape import Polygon, Polygons
from guiju.kinds.polyline.shape import Polyline, Polylines
from guiju.kinds.ranking.shape import Preference, Ranking
from guiju.kinds.rating.scale import Anchor, Scale
from guiju.kinds.rating.shape import Rating
from guiju.kinds.registry import KINDS, Answer, Plain, get_kind, kind_of
from guiju.kinds.relabelling import relabel_answers, same_everywhere
from guiju.kinds.relation.options import Allowed, RelationOptions
from guiju.kinds.relation.shape import Link, Relations
from guiju.kinds.segment.shape import Segment, SegmentOptions, Segments
from guiju.kinds.short import shorten
from guiju.kinds.soft.options import SoftOptions
from guiju.kinds.soft.shape import Soft
from guiju.kinds.span.shape import SpanOptions, Spans, TextSpan
from guiju.kinds.text.options import TextOptions
from guiju.kinds.text.shape import Written

__all__ = [
    "ITEM",
    "KINDS",
    "TURN",
    "Allowed",
    "Anchor",
    "Answer",
    "Asking",
    "BadAnswer",
    "Box",
    "Boxes",
    "Choice",
    "ChoiceOptions",
    "Consent",
    "ContributionOptions",
    "Contributions",
    "Each",
    "FieldShape",
    "Figure",
    "Figures",
    "Given",
    "ItemShape",
    "Joint",
    "KeypointOptions",
    "Kind",
    "Link",
    "Mask",
    "MaskOptions",
    "Masks",
    "Media",
    "Merged",
    "Options",
    "Plain",
    "Polygon",
    "Polygons",
    "Polyline",
    "Polylines",
    "Preference",
    "Problem",
    "Ranking",
    "Rating",
    "RelationOptions",
    "Relations",
    "Scale",
    "Segment",
    "SegmentOptions",
    "Segments",
    "Soft",
    "SoftOptions",
    "SpanOptions",
    "Spans",
    "Swap",
    "TextOptions",
    "TextSpan",
    "Told",
    "UnknownKind",
    "Written",
    "check_answers",
    "check_one",
    "decode_answers",
    "decode_stored",
    "encode_answers",
    "expand_each",
    "find_asked",
    "get_kind",
    "kind_of",
    "match_parts",
    "merge_annotations",
    "normalise_answers",
    "put_away",
    "relabel_answers",
    "resolve_answers",
    "same_everywhere",
    "shorten",
    "told_of",
    "told_of_answer",
]

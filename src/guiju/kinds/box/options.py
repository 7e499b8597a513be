"""What a field of boxes is told: whether they may be turned."""

from guiju.kinds.model import Options


class BoxOptions(Options, frozen=True):
    """`rotate`: a box may be turned about its centre; else its sides are parallel to the image's."""

    rotate: bool = False

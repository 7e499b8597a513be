"""How a form says how many answers an item gets. The page that asks is the page of rounds."""

from guiju.site import field, number
from guiju.site.forms import FormData
from guiju.work.overlap.model import MOST_ANSWERS, ONE, Overlap, Way, overlap_of
from guiju.work.overlap.rules import read_overlap


def overlap_said(data: FormData) -> Overlap:
    """The policy that was chosen; what is said of the others does not count."""
    way = field(data, "way", required=False) or Way.FIXED
    if way == Way.SHARE:
        most = int(number(data, "share_most", low=1, high=MOST_ANSWERS, default=2))
        share = number(data, "share", low=0, high=100, default=20) / 100
        return read_overlap(Way.SHARE, 1, most, share, ONE.sure, ONE.alike)
    if way == Way.UNTIL:
        least = int(number(data, "least", low=1, high=MOST_ANSWERS, default=2))
        most = int(number(data, "most", low=1, high=MOST_ANSWERS, default=5))
        sure = number(data, "sure", low=0, high=100, default=100 * ONE.sure) / 100
        alike = number(data, "alike", low=0, high=1, default=ONE.alike)
        return read_overlap(Way.UNTIL, least, most, 0.0, sure, alike)
    return overlap_of(int(number(data, "overlap", low=1, high=MOST_ANSWERS, default=1)))

"""GrabCut: colours inside of the box against colours around it, cut where neighbours differ.

Source: Rother, Kolmogorov & Blake 2004, doi:10.1145/1015706.1015720, as OpenCV has it. Its random start is fixed, so
that the same box gives the same outline.
"""

from pathlib import Path

import numpy as np

from guiju.data.outlining.errors import OutlineTookTooLong
from guiju.data.outlining.model import Box, Deadline, Outliner, Pixels
from guiju.data.outlining.outliners.packages import need

PASSES = 3
SECONDS = 8.0
_SURE_BACKGROUND, _MAYBE_BACKGROUND, _MAYBE_FOREGROUND = 0, 2, 3


def segment(picture: Pixels, box: Box, deadline: Deadline, _folder: Path) -> Pixels:
    """A pass at a time, so that the deadline holds. Raises `OutlinerNotInstalled`, `OutlineTookTooLong`."""
    cv = need("cv2", "OpenCV", "media")
    cv.setRNGSeed(1)
    labels = _start(picture, box)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    for number in range(PASSES):
        if deadline.left <= 0:
            if number == 0:
                raise OutlineTookTooLong(seconds=f"{SECONDS:g}")
            break
        before = labels.copy()
        mode = cv.GC_INIT_WITH_MASK if number == 0 else cv.GC_EVAL
        cv.grabCut(picture, labels, None, *models, 1, mode)
        if (labels == before).all():
            break
    return (labels & 1).astype(bool)


def _start(picture: Pixels, box: Box) -> Pixels:
    """Outside of the box is background for sure; inside is probably not."""
    high, wide = picture.shape[:2]
    labels = np.full((high, wide), _SURE_BACKGROUND, np.uint8)
    left, top = int(box.x), int(box.y)
    right, bottom = min(wide, max(left + 1, round(box.x + box.w))), min(high, max(top + 1, round(box.y + box.h)))
    labels[top:bottom, left:right] = _MAYBE_FOREGROUND
    if not (labels == _SURE_BACKGROUND).any():
        labels[[0, -1], :] = labels[:, [0, -1]] = _MAYBE_BACKGROUND
    return labels


GRABCUT = Outliner("grabcut", 300_000, SECONDS, segment, lambda _folder: True)

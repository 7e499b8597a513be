"""Pictures by a model of the user's own: `embedder.onnx` in the home's folder `embedders`.

Taken is a model of one input, 1 × 3 × S × S (S is 224 where the file does not say) scaled by ImageNet's mean and
spread, whose first output is a vector, or a map of vectors that are then averaged.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from guiju.vectors.backends.pictures import read_picture
from guiju.vectors.errors import BackendUnreadable
from guiju.vectors.model import Backend, Floats, State, learns_nothing
from guiju.vectors.sessions import fingerprint, first_line, session

FOLDER, FILE = "embedders", "embedder.onnx"
_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
_SPREAD = np.array([58.395, 57.12, 57.375], np.float32)


def is_ready(home: Path) -> bool:
    return (home / FOLDER / FILE).is_file()


def embed(paths: Sequence[Path], state: State, home: Path) -> Floats:
    """Raises `BackendNotInstalled`, `BackendUnreadable`."""
    del state
    place = home / FOLDER / FILE
    model = session(place, "own")
    told = model.get_inputs()
    if len(told) != 1 or len(told[0].shape) != 4:
        raise BackendUnreadable(reason="it does not take one picture of 1 × 3 × S × S", folder=str(place.parent))
    side = next((each for each in told[0].shape[-2:] if isinstance(each, int)), 224)
    rows = [_one(model, told[0].name, Path(path), side, place.parent) for path in paths]
    width = next((len(row) for row in rows if row is not None), 1)
    return np.stack([np.zeros(width, np.float32) if row is None else row for row in rows])


def _one(model: Any, name: str, path: Path, side: int, folder: Path) -> Floats | None:
    pixels = read_picture(path, side)
    if pixels is None:
        return None
    shown = ((pixels.astype(np.float32) - _MEAN) / _SPREAD).transpose(2, 0, 1)[None]
    try:
        answer = np.asarray(model.run(None, {name: shown})[0], np.float32)[0]
    except Exception as error:
        raise BackendUnreadable(reason=first_line(error), folder=str(folder)) from error
    return answer if answer.ndim == 1 else answer.reshape(answer.shape[0], -1).mean(axis=1)


def _variant(home: Path) -> str:
    return fingerprint(home / FOLDER / FILE)


BACKEND = Backend("own", 1, frozenset({"image"}), False, learns_nothing, embed, is_ready, 64, _variant)

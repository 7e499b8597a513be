"""A segmenting model of the SAM family that the user supplies: `encoder.onnx` and `decoder.onnx` in its folder.

Taken are the usual exports. The encoder's one input is a picture: 1 × 3 × S × S, scaled by ImageNet's mean and spread,
its longer side S (1,024 where the file does not say) and the rest filled with nothing; or height × width × 3 in bytes'
values. The decoder's inputs go by their names: `image_embeddings`, `point_coords`, `point_labels` (the box as its two
corners, labelled 2 and 3), `mask_input`, `has_mask_input`, `orig_im_size`; of its outputs `masks` is read, and of
several masks the one that `iou_predictions` puts first.
Source: Kirillov et al. 2023, Segment Anything, doi:10.1109/ICCV51070.2023.00371, and its script export_onnx_model.py.
"""

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from guiju.data.outlining.errors import OutlinerUnreadable, OutlineTookTooLong
from guiju.data.outlining.model import Box, Deadline, Outliner, Pixels
from guiju.data.outlining.outliners.packages import need

ENCODER, DECODER = "encoder.onnx", "decoder.onnx"
SECONDS = 30.0
_SIDE = 1024
_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
_SPREAD = np.array([58.395, 57.12, 57.375], np.float32)


def is_ready(folder: Path) -> bool:
    return (folder / ENCODER).is_file() and (folder / DECODER).is_file()


def segment(picture: Pixels, box: Box, deadline: Deadline, folder: Path) -> Pixels:
    """Raises `OutlinerNotInstalled`, `OutlinerUnreadable`, `OutlineTookTooLong`."""
    encoder, decoder = _load(folder / ENCODER), _load(folder / DECODER)
    shown, scale = _prepare(picture, encoder.get_inputs()[0].shape)
    (embeddings, *_) = _run(encoder, {encoder.get_inputs()[0].name: shown}, None, deadline, folder)
    corners = [[box.x * scale, box.y * scale], [(box.x + box.w) * scale, (box.y + box.h) * scale]]
    told = {
        "image_embeddings": embeddings,
        "point_coords": np.array([corners], np.float32),
        "point_labels": np.array([[2, 3]], np.float32),
        "mask_input": np.zeros((1, 1, 256, 256), np.float32),
        "has_mask_input": np.zeros(1, np.float32),
        "orig_im_size": np.array(picture.shape[:2], np.float32),
    }
    wanted = {each.name for each in decoder.get_inputs()}
    if unknown := sorted(wanted - set(told)):
        raise OutlinerUnreadable(reason=f"its decoder asks for {', '.join(unknown)}", folder=str(folder))
    names = [each.name for each in decoder.get_outputs()]
    found = _run(decoder, {name: told[name] for name in wanted}, names, deadline, folder)
    return _best(dict(zip(names, found, strict=True)), picture.shape[:2], folder)


def _best(found: dict[str, Any], size: tuple[int, int], folder: Path) -> Pixels:
    masks = found.get("masks", next(iter(found.values())))
    if masks.ndim != 4 or masks.shape[2:] != size:
        shape = "×".join(map(str, masks.shape))
        raise OutlinerUnreadable(reason=f"its decoder answers {shape} numbers", folder=str(folder))
    sure = found.get("iou_predictions")
    best = int(np.argmax(sure[0])) if sure is not None and sure.shape[-1] == masks.shape[1] else 0
    return masks[0, best] > 0


def _prepare(picture: Pixels, shape: list[Any]) -> tuple[Pixels, float]:
    """The picture as the encoder takes it, and by how much it was scaled."""
    from PIL import Image  # noqa: PLC0415 - only what handles pictures pays for it

    side = next((each for each in shape[-2:] if isinstance(each, int)), _SIDE) if len(shape) == 4 else _SIDE
    high, wide = picture.shape[:2]
    scale = side / max(high, wide)
    size = (min(side, max(1, round(wide * scale))), min(side, max(1, round(high * scale))))
    shown = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR), np.float32)
    if len(shape) != 4:
        return shown, scale
    filled = np.zeros((1, 3, side, side), np.float32)
    filled[0, :, : size[1], : size[0]] = ((shown - _MEAN) / _SPREAD).transpose(2, 0, 1)
    return filled, scale


def _load(path: Path) -> Any:
    try:
        return _session(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise OutlinerUnreadable(reason=f"{path.name} is missing", folder=str(path.parent)) from error


@lru_cache(maxsize=4)
def _session(path: str, _changed: int) -> Any:
    runtime = need("onnxruntime", "onnxruntime", "images")
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    try:
        return runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise OutlinerUnreadable(reason=_reason(error), folder=str(Path(path).parent)) from error


def _run(session: Any, told: dict[str, Any], names: list[str] | None, deadline: Deadline, folder: Path) -> list[Any]:
    """One model, stopped at the deadline."""
    options = need("onnxruntime", "onnxruntime", "images").RunOptions()
    stop = threading.Timer(max(0.0, deadline.left), lambda: setattr(options, "terminate", True))
    stop.daemon = True
    stop.start()
    try:
        return session.run(names, told, options)
    except Exception as error:
        if deadline.left <= 0:
            raise OutlineTookTooLong(seconds=f"{SECONDS:g}") from error
        raise OutlinerUnreadable(reason=_reason(error), folder=str(folder)) from error
    finally:
        stop.cancel()


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")[:200]


ONNX = Outliner("onnx", 1_000_000, SECONDS, segment, is_ready)


def forget_sessions() -> None:
    """Load the files anew when they are asked for next."""
    _session.cache_clear()

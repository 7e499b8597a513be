"""Delivery formats. A new one is a file beside these, a line in `FORMATS`, and a page in `docs/formats`."""

from guiju.delivery.errors import UnknownFormat
from guiju.delivery.formats.arrow import ARROW
from guiju.delivery.formats.brat import BRAT
from guiju.delivery.formats.chat import MESSAGES, PREFERENCE_CHAT
from guiju.delivery.formats.coco import COCO
from guiju.delivery.formats.cvat import CVAT
from guiju.delivery.formats.jsonl import JSONL
from guiju.delivery.formats.label_studio import LABEL_STUDIO
from guiju.delivery.formats.masks import INSTANCE_PNG, MASK_PNG
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.parquet import DATASETS, PARQUET
from guiju.delivery.formats.preference import PREFERENCE
from guiju.delivery.formats.segments import RTTM, TEXTGRID
from guiju.delivery.formats.spans import CONLL, SPACY
from guiju.delivery.formats.table import CSV
from guiju.delivery.formats.turns import TURNS_CSV, TURNS_JSONL
from guiju.delivery.formats.voc import VOC
from guiju.delivery.formats.yolo import YOLO, YOLO_OBB

# The page offers the last one that fits first.
_ALL = (
    TURNS_CSV,
    TURNS_JSONL,
    ARROW,
    PARQUET,
    DATASETS,
    MESSAGES,
    LABEL_STUDIO,
    CSV,
    JSONL,
    VOC,
    YOLO_OBB,
    YOLO,
    INSTANCE_PNG,
    MASK_PNG,
    CVAT,
    COCO,
    BRAT,
    SPACY,
    CONLL,
    TEXTGRID,
    RTTM,
    PREFERENCE_CHAT,
    PREFERENCE,
)
FORMATS: dict[str, Format] = {known.name: known for known in _ALL}


def get_format(name: str) -> Format:
    """Raises `UnknownFormat`."""
    found = FORMATS.get(name)
    if found is None:
        raise UnknownFormat(format=name[:40], known=", ".join(FORMATS))
    return found


__all__ = ["FORMATS", "Format", "Source", "get_format"]

"""How others' work comes in: one file a format, each a stream of marks in an order that never changes."""

from collections.abc import Callable
from pathlib import Path

from guiju.annotations.imports.model import Format, ImportOptions, Opened
from guiju.annotations.readers.brat import open_brat
from guiju.annotations.readers.chat import open_messages
from guiju.annotations.readers.coco import open_coco
from guiju.annotations.readers.columns import open_arrow, open_parquet
from guiju.annotations.readers.cvat import open_cvat
from guiju.annotations.readers.label_studio import open_label_studio
from guiju.annotations.readers.lines import open_lines
from guiju.annotations.readers.masks import open_masks
from guiju.annotations.readers.preference import open_preference
from guiju.annotations.readers.rows import open_rows
from guiju.annotations.readers.segments import open_rttm, open_textgrid
from guiju.annotations.readers.spans import open_spans
from guiju.annotations.readers.turns import open_turns
from guiju.annotations.readers.voc import open_voc
from guiju.annotations.readers.yolo import open_yolo

READERS: dict[Format, Callable[[Path, str, ImportOptions], Opened]] = {
    Format.CSV: open_rows,
    Format.LABEL_STUDIO: open_label_studio,
    Format.COCO: open_coco,
    Format.VOC: open_voc,
    Format.YOLO: open_yolo,
    Format.MASKS: open_masks,
    Format.CVAT: open_cvat,
    Format.SPACY: open_spans,
    Format.BRAT: open_brat,
    Format.RTTM: open_rttm,
    Format.TEXTGRID: open_textgrid,
    Format.JSONL: open_lines,
    Format.PREFERENCE: open_preference,
    Format.TURNS: open_turns,
    Format.MESSAGES: open_messages,
    Format.PARQUET: open_parquet,
    Format.ARROW: open_arrow,
}


def open_work(path: Path, name: str, options: ImportOptions) -> Opened:
    """Look at a file and be ready to read it. Raises `WorkUnreadable`, `WorkColumnMissing`, `WorkGone`."""
    return READERS[options.format](path, name, options)


__all__ = ["READERS", "open_work"]

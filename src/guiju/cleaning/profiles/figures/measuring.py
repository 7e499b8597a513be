"""From items to figures, a chunk at a time. What cannot be read any more is told as a state, never raised."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.personal import PersonalKind, find_personal
from guiju.cleaning.profiles.figures import pictures, sounds
from guiju.cleaning.profiles.figures.columns import Columns, Measured
from guiju.cleaning.profiles.figures.languages import find_languages
from guiju.cleaning.profiles.figures.own import OwnColumns, look_at_columns
from guiju.data import Item, Media, read_comparison, read_text
from guiju.data.intake.dialogues import read_dialogue
from guiju.data.model import speakers_of
from guiju.storage import BlobMissing, House

WORKERS = 2


def measure(house: House, items: Sequence[Item], known: Sequence[str], sample: int) -> tuple[Columns, OwnColumns]:
    """The figures of a chunk; `known` are the record's own columns that are looked at already.

    Personal data is looked for in `sample` of the texts, evenly apart: it takes longer than all the rest together.
    """
    columns = Columns(np.fromiter((item.id for item in items), np.int64, len(items)))
    columns.choose("media", _all(items), [item.media.value for item in items])
    _measure_written(house, items, columns, sample)
    for media, look in ((Media.IMAGE, pictures.look), (Media.AUDIO, sounds.look)):
        _measure_files(house, items, columns, media, look)
    own, columns.filled = look_at_columns([item.meta for item in items], known)
    return columns, own


def _all(items: Sequence[Item]) -> NDArray[np.intp]:
    return np.arange(len(items))


def _measure_written(house: House, items: Sequence[Item], columns: Columns, sample: int) -> None:
    rows = [n for n, item in enumerate(items) if item.media.is_written]
    if not rows:
        return
    texts = [words_of(house, items[n]) for n in rows]
    read = [(n, text) for n, text in zip(rows, texts, strict=True) if text is not None]
    if len(read) < len(rows):
        lost = np.array([n for n, text in zip(rows, texts, strict=True) if text is None], np.intp)
        columns.choose("state", lost, ["missing"] * len(lost))
    at = np.array([n for n, _ in read], np.intp)
    columns.amount("length")[at] = [len(text) for _, text in read]
    columns.choose("language", at, find_languages([text for _, text in read]))
    looked = read[:: max(1, -(-len(read) // sample))]
    columns.choose("personal", np.array([n for n, _ in looked], np.intp), [_personal(text) for _, text in looked])
    spoken = [n for n in rows if items[n].media is Media.DIALOGUE]
    if spoken:
        columns.amount("turns")[spoken] = [items[n].parts or 0 for n in spoken]
        columns.amount("speakers")[spoken] = [len(set(speakers_of(items[n].speakers or "[[],[]]"))) for n in spoken]


def _personal(text: str) -> str:
    """The kind of personal data that a text holds, of several the one that is told most surely."""
    kinds = {hit.kind for hit in find_personal(text)}
    return next((kind.value for kind in PersonalKind if kind in kinds), "none")


def words_of(house: House, item: Item) -> str | None:
    """What is said in an item; `None` when its file is missing."""
    try:
        text = read_text(house, item)
    except BlobMissing:
        return None
    if item.media is Media.DIALOGUE:
        return "\n".join(turn.text for turn in read_dialogue(text))
    if item.media is Media.COMPARISON:
        compared = read_comparison(text)
        return "\n".join([compared.prompt, *(answer.text for answer in compared.answers)])
    return text


def _measure_files(
    house: House, items: Sequence[Item], columns: Columns, media: Media, look: Callable[[House, Item], Measured]
) -> None:
    rows = [n for n, item in enumerate(items) if item.media is media]
    if not rows:
        return
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="guiju-profile") as pool:
        found = list(pool.map(partial(look, house), [items[n] for n in rows]))
    columns.amount("size")[rows] = [items[n].size for n in rows]
    for code in sorted({code for measured in found for code in measured.amounts}):
        have = [(n, each.amounts[code]) for n, each in zip(rows, found, strict=True) if code in each.amounts]
        columns.amount(code)[[n for n, _ in have]] = [value for _, value in have]
    for code in sorted({code for measured in found for code in measured.choices}):
        told = [(n, each.choices[code]) for n, each in zip(rows, found, strict=True) if code in each.choices]
        columns.choose(code, np.array([n for n, _ in told], np.intp), [value for _, value in told])

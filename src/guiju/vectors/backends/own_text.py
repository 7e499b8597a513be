"""Texts by a model of the house's own: `model.onnx` and `tokenizer.json` in the home's folder `embedders/text`.

Taken is what exporters make of an encoder of sentences: whole numbers `input_ids` and `attention_mask`, and
`token_type_ids` where it asks for them; out comes one vector a text (the first output with two directions), or one a
token, of which the mean over the text's tokens is taken, or the first where `1_Pooling/config.json` says `cls`.
At most `max_seq_length` tokens of `sentence_bert_config.json`, 512 where that is not there.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from guiju.vectors.errors import BackendNotInstalled, BackendUnreadable
from guiju.vectors.model import Backend, Floats, State, learns_nothing, unit
from guiju.vectors.sessions import fingerprint, first_line, session

FOLDER = Path("embedders") / "text"
MODEL, TOKENIZER, POOLING, LENGTH = "model.onnx", "tokenizer.json", "1_Pooling/config.json", "sentence_bert_config.json"
TOKENS = 512
AT_ONCE = 16
_KNOWN = frozenset({"input_ids", "attention_mask", "token_type_ids"})


def is_ready(home: Path) -> bool:
    return all((home / FOLDER / name).is_file() for name in (MODEL, TOKENIZER))


def embed(texts: Sequence[str], state: State, home: Path) -> Floats:
    """A text without a token is zeros. Raises `BackendNotInstalled`, `BackendUnreadable`."""
    del state
    folder = home / FOLDER
    model = session(folder / MODEL, "own-text")
    asked = {each.name for each in model.get_inputs()}
    if "input_ids" not in asked or not asked <= _KNOWN:
        raise BackendUnreadable(reason=f"it asks for {', '.join(sorted(asked))[:100]}", folder=str(folder))
    tokenizer = _tokenizer(folder, (folder / TOKENIZER).stat().st_mtime_ns)
    codes = [code.ids for code in tokenizer.encode_batch([text.encode(errors="ignore").decode() for text in texts])]
    # Texts of one length beside each other: less of each batch is filling.
    order = sorted(range(len(codes)), key=lambda at: len(codes[at]))
    rows: Floats | None = None
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        made = _run(model, asked, [codes[at] or [0] for at in some], folder)
        rows = np.zeros((len(texts), made.shape[1]), np.float32) if rows is None else rows
        if made.shape[1] != rows.shape[1]:
            raise BackendUnreadable(reason="its rows are not of one length", folder=str(folder))
        rows[some] = made
    rows = np.zeros((0, 1), np.float32) if rows is None else rows
    rows[[not code for code in codes]] = 0
    return rows


def _run(model: Any, asked: set[str], codes: list[list[int]], folder: Path) -> Floats:
    longest = max(map(len, codes))
    ids = np.array([code + [0] * (longest - len(code)) for code in codes], np.int64)
    mask = np.array([[1] * len(code) + [0] * (longest - len(code)) for code in codes], np.int64)
    told = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    try:
        answers = model.run(None, {name: told[name] for name in asked})
    except Exception as error:
        raise BackendUnreadable(reason=first_line(error), folder=str(folder)) from error
    rows = _pooled([np.asarray(each) for each in answers], mask, _takes_first(folder))
    if rows is None:
        shapes = ", ".join("×".join(map(str, np.asarray(each).shape)) for each in answers)
        raise BackendUnreadable(reason=f"it answers {shapes[:80]}, which is no vector a text", folder=str(folder))
    if not np.isfinite(rows).all():
        raise BackendUnreadable(reason="it answers numbers that are none (NaN or infinite)", folder=str(folder))
    return unit(rows.astype(np.float32))


def _pooled(answers: Sequence[Any], mask: Any, first: bool) -> Any:
    """One vector a text, or `None`."""
    for answer in answers:
        if answer.ndim == 2 and len(answer) == len(mask) and answer.dtype.kind == "f":
            return answer
    for answer in answers:
        if answer.ndim == 3 and answer.shape[:2] == mask.shape and answer.dtype.kind == "f":
            weights = mask[:, :, None].astype(np.float32)
            return answer[:, 0] if first else (answer * weights).sum(axis=1) / weights.sum(axis=1)
    return None


def _takes_first(folder: Path) -> bool:
    return bool(_settings(folder / POOLING).get("pooling_mode_cls_token"))


def _settings(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any]) if path.is_file() else {}
    except (OSError, msgspec.DecodeError) as error:
        raise BackendUnreadable(reason=f"{path.name}: {first_line(error)}", folder=str(path.parent)) from error


@lru_cache(maxsize=2)
def _tokenizer(folder: Path, _changed: int) -> Any:
    try:
        made = import_module("tokenizers").Tokenizer.from_file(str(folder / TOKENIZER))
    except ImportError as error:
        raise BackendNotInstalled(name="own-text", package="tokenizers", extra="embed") from error
    except Exception as error:
        raise BackendUnreadable(reason=f"{TOKENIZER}: {first_line(error)}", folder=str(folder)) from error
    length = _settings(folder / LENGTH).get("max_seq_length", TOKENS)
    made.enable_truncation(length if isinstance(length, int) and 2 <= length <= 8_192 else TOKENS)
    made.no_padding()
    return made


def _variant(home: Path) -> str:
    return fingerprint(*(home / FOLDER / name for name in (MODEL, TOKENIZER, POOLING, LENGTH)))


BACKEND = Backend("own-text", 1, frozenset({"text"}), False, learns_nothing, embed, is_ready, 64, _variant)

"""Texts by a service outside the house that speaks OpenAI's protocol: only where `embedders/endpoint.toml` names one.

What is sent has personal data masked before it comes here (`scenes.making`), and was agreed to by who asked for it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from guiju.vectors.asking import ask
from guiju.vectors.errors import OutsideWrong
from guiju.vectors.model import Backend, Floats, State, learns_nothing
from guiju.vectors.outside import get_endpoint, has_endpoint


def embed(texts: Sequence[str], state: State, home: Path) -> Floats:
    """A text without a word is zeros, and is not sent.

    Raises `EndpointFileWrong`, `OutsideSilent`, `OutsideRefused`, `OutsideWrong`.
    """
    del state
    endpoint = get_endpoint(home)
    said = [at for at, text in enumerate(texts) if text.strip()]
    parts = [
        ask(endpoint, [texts[at] for at in said[start : start + endpoint.batch]])
        for start in range(0, len(said), endpoint.batch)
    ]
    widths = {part.shape[1] for part in parts} or {1}
    if len(widths) > 1:
        raise OutsideWrong(host=endpoint.host, reason=f"rows of {sorted(widths)} numbers")
    rows = np.zeros((len(texts), widths.pop()), np.float32)
    for start, part in zip(range(0, len(said), endpoint.batch), parts, strict=True):
        rows[said[start : start + endpoint.batch]] = part
    return rows


def _variant(home: Path) -> str:
    return get_endpoint(home).variant


BACKEND = Backend(
    "endpoint", 1, frozenset({"text"}), False, learns_nothing, embed, has_endpoint, 64, _variant, leaves=True
)

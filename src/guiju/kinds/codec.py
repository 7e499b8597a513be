"""Answers to and from bytes: strict in what is read, one byte form in what is written.

Encoder and decoder are made once: a submit decodes, and 1,200 submits come in a second.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from guiju.kinds.errors import BadAnswer
from guiju.kinds.registry import Answer, kind_of

_decoder = msgspec.json.Decoder(dict[str, Answer])
_encoder = msgspec.json.Encoder(order="sorted")


def decode_answers(raw: bytes | str | Mapping[str, Any]) -> dict[str, Answer]:
    """`{field: answer}` from JSON, or from what JSON was already read into; tidied (numbers to 2 decimals).

    Raises `BadAnswer` for a field that is unknown, missing or of the wrong type, saying where.
    """
    return tidy_answers(_decoded(raw))


def decode_stored(raw: bytes | str) -> dict[str, Answer]:
    """`{field: answer}` from what `encode_answers` wrote: tidy already, so that it is not tidied again."""
    return _decoded(raw)


def _decoded(raw: bytes | str | Mapping[str, Any]) -> dict[str, Answer]:
    try:
        return _decoder.decode(raw) if isinstance(raw, bytes | str) else msgspec.convert(raw, dict[str, Answer])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadAnswer(reason=str(error).rstrip(".")) from error


def encode_answers(answers: Mapping[str, Answer]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, tidied; equal answers give equal bytes.

    Raises `BadAnswer` for NaN and infinite numbers, which JSON cannot say and a reader would take for null.
    """
    tidied = tidy_answers(answers)
    if not all(kind_of(answer).is_finite(answer) for answer in tidied.values()):
        raise BadAnswer(reason="a number is not finite")
    return _encoder.encode(tidied)


def tidy_answers(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Every answer in the form that is stored."""
    return {field: kind_of(answer).tidy(answer) for field, answer in answers.items()}

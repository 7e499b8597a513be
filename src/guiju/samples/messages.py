"""Customer-service messages for a household-goods shop: written by hand first, composed from patterns after that.

The hand-written ones are rows of `documents/messages.zh.tsv` and `.en.tsv`. A boundary message is one that two fair
readers would file differently; its `second` is the other intent, and the rulebook's decision order says which wins.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from guiju.samples.documents import sample_text
from guiju.samples.message_patterns import compose

INTENTS: Final = ("logistics", "refund", "exchange", "invoice", "complaint", "product", "promotion", "chitchat")


@dataclass(frozen=True, slots=True)
class Message:
    """One customer's message and the intent that the rulebook gives it."""

    text: str
    intent: str
    boundary: bool
    second: str | None


@cache
def handwritten(language: str) -> tuple[Message, ...]:
    """The messages written by hand in `zh` or `en`, in the file's order."""
    rows = sample_text(f"messages.{language}.tsv").splitlines()[1:]
    return tuple(_message(*row.split("\t")) for row in rows)


def messages(n: int, seed: int = 0) -> list[Message]:
    """`n` messages with distinct texts: the hand-written ones shuffled, then composed ones; a seed fixes the list."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, no secret
    written = [*handwritten("zh"), *handwritten("en")]
    rng.shuffle(written)
    chosen = {message.text: message for message in written[:n]}
    for message in _composed(rng):
        if len(chosen) >= n:
            break
        chosen.setdefault(message.text, message)
    return list(chosen.values())


def _composed(rng: random.Random) -> Iterator[Message]:
    while True:
        yield _message(*compose(rng))


def _message(intent: str, second: str, text: str) -> Message:
    return Message(text, intent, bool(second), second or None)

"""What a slot is called outside the house where known answers are mixed in. Pure.

Slots of known answers are made while work goes on, so their numbers would tell them. Four rounds of a Feistel network,
keyed for each round of work, turn a number into another of the same 48 bits and back.
"""

from hashlib import blake2s

_HALF = 24
_MASK = (1 << _HALF) - 1
_TURNS = (0, 1, 2, 3)


def outer_name(key: str, slot_id: int) -> int:
    """What somebody outside calls the slot; less than 2**48."""
    left, right = slot_id >> _HALF, slot_id & _MASK
    for turn in _TURNS:
        left, right = right, left ^ _mixed(key, turn, right)
    return left << _HALF | right


def inner_name(key: str, name: int) -> int:
    """The slot that is called so."""
    if not 0 <= name < 1 << 2 * _HALF:
        return 0
    left, right = name >> _HALF, name & _MASK
    for turn in reversed(_TURNS):
        left, right = right ^ _mixed(key, turn, left), left
    return left << _HALF | right


def _mixed(key: str, turn: int, half: int) -> int:
    made = blake2s(half.to_bytes(3) + bytes((turn,)), key=key.encode()[:32], digest_size=3)
    return int.from_bytes(made.digest())

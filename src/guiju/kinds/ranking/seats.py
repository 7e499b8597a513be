"""The order in which a person was shown an item's answers; the browser's `comparison/body.ts` has it too.

Formula: Fisher-Yates over 0 … n - 1, from the last place down, with the whole numbers below 2^32 of mulberry32, whose
seed is the 32-bit FNV-1a hash of "item:person".
Assumes: nothing is drawn from it but places; it is no secret.
Source: Durstenfeld 1964, doi:10.1145/364520.364540; Fowler, Noll & Vo (FNV-1a); mulberry32 by Tommy Ettinger.
"""

_WORD = 0xFFFFFFFF


def shown_order(item: int, person: int, answers: int) -> tuple[int, ...]:
    """The item's own numbers of its answers, from left to right, as this person saw them. The same every time.

    >>> sorted(shown_order(7, 3, 4)), shown_order(7, 3, 4) == shown_order(7, 3, 4)
    ([0, 1, 2, 3], True)
    """
    state = _seed(f"{item}:{person}")
    order = list(range(answers))
    for last in range(answers - 1, 0, -1):
        state, drawn = _next(state)
        other = drawn * (last + 1) >> 32
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def _seed(text: str) -> int:
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found ^ byte) * 0x01000193 & _WORD
    return found


def _next(state: int) -> tuple[int, int]:
    state = state + 0x6D2B79F5 & _WORD
    mixed = (state ^ state >> 15) * (state | 1) & _WORD
    mixed ^= mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & _WORD) & _WORD
    return state, mixed ^ mixed >> 14

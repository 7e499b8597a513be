"""Labels as a tree: who stands above whom, and how a label is found by its sound."""

from collections.abc import Mapping


def in_a_circle(label: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The way from `label` up to itself, or nothing where the way ends at a root or in another's circle."""
    way = [label]
    above = parents.get(label)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return (*way, label) if above == label else ()


def sound_of(name: str) -> tuple[str, ...]:
    """Initials and full pinyin of a Chinese name, as they are typed; nothing for a name without Chinese characters.

    >>> sound_of("余额查询")
    ('yecx', 'yuechaxun')
    """
    if not any("\u3400" <= sign <= "\u9fff" for sign in name):
        return ()
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large dictionary, which only Chinese names need

    syllables = [part.strip().casefold() for part in lazy_pinyin(name) if part.strip()]
    full = "".join("".join(sign for sign in part if sign.isalnum()) for part in syllables)
    return ("".join(part[0] for part in syllables if part[0].isalnum()), full)

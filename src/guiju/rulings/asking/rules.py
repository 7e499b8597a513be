"""How like two questions are: by their words, by what they are about, by the labels in doubt. Pure."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set

from guiju.rulings.asking.model import Known, Likeness, Why

# What each kind of likeness is worth alone; together they add up as chances do: 1 - (1 - a)(1 - b)(1 - c).
WORDS_WEIGH, ITEM_WEIGHS, LIKE_ITEM_WEIGHS, LABELS_WEIGH = 0.9, 0.5, 0.45, 0.25
LIKE_ENOUGH = 0.4
# So much of its words make a question “much the same”.
SAME_WORDS = 0.3
SHOWN = 5
# Words that most questions have, whatever they are about.
_COMMON_TEXT = """
a an and are as at be but by can count counts do does for from has have how if in into is it its not of on or should so
still than that the their them then there these they this those to too two under was were what when where whether which
while who why will with would you
一个 一下 一种 为什么 什么 什么样 他们 但是 你们 其他 几个 可以 可能 哪个 哪些 哪种 因为 如何
如果 它们 已经 应该 应当 怎么 怎么办 怎样 情况 或者 我们 时候 是不是 是否 有没有 标注 标成 标签
没有 然后 的话 能否 能不能 自己 觉得 请问 还是 还有 这个 这些 这样 这种 那个 那些 那种 都是
问题 需要
"""
_COMMON = frozenset(_COMMON_TEXT.split())


def words_that_tell(tokens: Collection[str]) -> frozenset[str]:
    """The words by which questions differ: no particles, no single Chinese characters (算, 吗, 的).

    >>> sorted(words_that_tell(["欠费", "算", "投诉", "吗", "is", "a", "scratch"]))
    ['scratch', '投诉', '欠费']
    """
    return frozenset(each for each in tokens if each not in _COMMON and (len(each) > 1 or each.isdecimal()))


def rank_alike(
    asked: Known, known: Sequence[Known], near: Set[int], words_of: Callable[[str], frozenset[str]]
) -> list[Likeness]:
    """Those of the known questions that are like the one asked, the most like first.

    `near` are near-duplicates of the items asked about. Words that few of the questions have weigh more.
    """
    said = {each.id: words_of(each.text) for each in known}
    mine = words_of(asked.text)
    weights = _weights([mine, *said.values()])
    found = [_likeness(asked, each, near, _shared(mine, said[each.id], weights)) for each in known]
    enough = [each for each in found if each.score >= LIKE_ENOUGH]
    return sorted(enough, key=lambda each: (-each.score, -each.id))[:SHOWN]


def _weights(all_words: Sequence[frozenset[str]]) -> Mapping[str, float]:
    counts = Counter(word for words in all_words for word in words)
    return {word: math.log(1 + len(all_words) / count) for word, count in counts.items()}


def _shared(mine: frozenset[str], theirs: frozenset[str], weights: Mapping[str, float]) -> float:
    """Dice's coefficient on weighted words."""
    both = sum(weights[word] for word in mine & theirs)
    whole = sum(weights[word] for word in mine) + sum(weights[word] for word in theirs)
    return 2 * both / whole if whole else 0.0


def _likeness(asked: Known, other: Known, near: Set[int], words: float) -> Likeness:
    why: list[Why] = [Why.WORDS] if words >= SAME_WORDS else []
    rest = 1 - WORDS_WEIGH * words
    if asked.items & other.items:
        why, rest = [*why, Why.ITEM], rest * (1 - ITEM_WEIGHS)
    elif near & other.items:
        why, rest = [*why, Why.LIKE_ITEM], rest * (1 - LIKE_ITEM_WEIGHS)
    either = asked.labels | other.labels
    if asked.labels & other.labels:
        why, rest = [*why, Why.LABELS], rest * (1 - LABELS_WEIGH * len(asked.labels & other.labels) / len(either))
    return Likeness(other.id, 1 - rest, tuple(why))

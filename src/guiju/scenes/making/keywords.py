"""The words that tell one group of texts from the others.

Formula (class-based tf-idf): a word's weight in a group is tf · ln(1 + A / f), with tf its share of the group's words,
f how often it stands in all groups, and A the average number of words a group has.
Source: Grootendorst 2022, BERTopic, arXiv:2203.05794.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

TEXTS_EACH = 400
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
# Words that hold sentences together and say nothing of what they are about.
_SAID = (
    "a about after all also am an and any are as at be because been before being but by can could did do "
    "does for from get had has have he her here him his how i i'd i'll i'm i've if in into is it it's its "
    "just like me more my no not now of on one or our out over please she should so some such than that "
    "that's the their them then there these they this those to too up us very want was we were what what's "
    "when where which while who why will with would you your don't didn't doesn't can't let's need know "
    "tell 的 了 是 在 我 你 他 她 它 们 我们 你们 他们 这 那 这个 那个 有 和 与 就 都 而 及 也 还 又 很 不 "
    "没 没有 吗 呢 吧 啊 哦 嗯 呀 啦 个 着 过 把 被 让 给 对 从 到 为 以 于 上 下 里 中 要 会 能 可以 可能 "
    "什么 怎么 怎样 哪 哪里 如何 为什么 一个 一下 一 请 请问 您好 你好 您 好 说 去 来 想 一些 之 等 但 "
    "但是 如果 因为 所以 那么 自己 知道 已经 或者 还是 时候 现在 "
)
_EMPTY = frozenset(_SAID.split())


def words_in(text: str) -> Iterable[str]:
    """The words of a text: of Chinese by a segmenter, of everything else what stands between blanks and marks.

    A script that neither knows (Thai, Khmer) comes in long runs, of which only the short ones are kept.
    """
    from rjieba import cut  # noqa: PLC0415 - a dictionary that only Chinese needs

    text = text.lower()
    for word in _WORD.findall(_CHINESE.sub(" ", text)):
        if 1 < len(word) <= 24 and word not in _EMPTY:
            yield word
    for run in _CHINESE.findall(text):
        for word in cut(run):
            if word not in _EMPTY and (len(word) > 1 or len(run) == 1):
                yield word


def keywords_of(groups: Mapping[int, Sequence[str]], most: int = 8) -> dict[int, list[str]]:
    """Each group's words, the most telling first. Of each group the first `TEXTS_EACH` texts are read."""
    counts = {group: Counter(_distinct(texts[:TEXTS_EACH])) for group, texts in groups.items()}
    overall: Counter[str] = Counter()
    for counted in counts.values():
        overall.update(counted)
    average = sum(overall.values()) / max(len(counts), 1)
    return {group: _best(counted, overall, average, most) for group, counted in counts.items()}


def _distinct(texts: Sequence[str]) -> Iterable[str]:
    """Each word once a text, so that one that repeats itself does not speak for its group."""
    return (word for text in texts for word in dict.fromkeys(words_in(text)))


def _best(counted: Counter[str], overall: Counter[str], average: float, most: int) -> list[str]:
    total = sum(counted.values()) or 1
    weights = {word: count / total * log(1 + average / overall[word]) for word, count in counted.items()}
    repeated = [word for word in weights if counted[word] > 1] or list(weights)
    return sorted(repeated, key=lambda word: (-weights[word], word))[:most]

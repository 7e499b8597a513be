"""Two people in one draft: what each changed since the text that both began with, put together passage by passage.

A passage is an entry of a list (a label, a check …), a clause, the text above the clauses, or any other entry of the
YAML. It is found by its lines alone, so that a draft which cannot be read yet is merged too, and no byte of a passage
that nobody touched changes. Two changes of one clause are never mixed; two of one entry are, where their lines differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

from guiju.kit import Mark, compare_texts

_KEY = re.compile(r"([A-Za-z_]+):")
_ENTRY = re.compile(r"(\s*)- ")
_ID = re.compile(r"\bid:\s*['\"]?([\w.-]+)")
_CLAUSE = re.compile(r"#{2,3}\s+([A-Z]\d+(?:\.\d+)*)\b")
_FENCE = re.compile(r"(```|~~~)")
_LISTED = re.compile(r"(\s*(?:- )?\w+: \[)([^\[\]{}]*)(\].*)")
_LISTS = frozenset({"fields", "labels", "checks", "examples"})
_OPEN, _CLOSE, _PREFACE = "(begin)", "(end)", "(preface)"

Passages: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage that both changed: `labels.scratch`, `C3.1`. Where one took it away, its text is empty."""

    place: str
    mine: str
    theirs: str

    @property
    def marks(self) -> list[Mark]:
        """From theirs to mine."""
        return compare_texts(self.theirs, self.mine)


@dataclass(frozen=True, slots=True)
class Merged:
    """Both together. Where they conflict the text holds mine, or theirs where I took the passage away."""

    text: str
    conflicts: tuple[Conflict, ...]


def merge_documents(base: str, mine: str, theirs: str) -> Merged:
    """What became of `base` in two hands. A change that only one of them made is taken as it is."""
    old, left, right = (_passages(text) for text in (base, mine, theirs))
    merged: Passages = {}
    conflicts: list[Conflict] = []
    for place in _order([*old], [*left], [*right]):
        before, here, there = old.get(place, ""), left.get(place, ""), right.get(place, "")
        text = _one(place, before, here, there)
        if text is None:
            conflicts.append(Conflict(place, here, there))
            text = here or there
        if text:
            merged[place] = text
    return Merged(_joined(merged), tuple(conflicts))


def _one(place: str, before: str, here: str, there: str) -> str | None:
    """The passage that both agree upon, or `None`. The blank lines at its end are no part of what it says."""
    old, left, right = (text.rstrip("\n") for text in (before, here, there))
    said = _said(place, f"{old}\n", f"{left}\n", f"{right}\n") if left and right else _kept(old, left, right)
    if not said:
        return said
    ends = [text[len(text.rstrip("\n")) :] for text in (before, here, there)]
    return said.rstrip("\n") + (ends[2] if ends[1] == ends[0] or not left else ends[1])


def _kept(old: str, left: str, right: str) -> str | None:
    """A passage that is gone from one side: gone, new on the other, or `None` where the other changed it."""
    if old and old not in {left, right} and (left or right):
        return None
    return "" if old else left or right


def _said(place: str, before: str, here: str, there: str) -> str | None:
    if there in {here, before}:
        return here
    if here == before:
        return there
    if before == "\n" or _CLAUSE.match(here) or place == _PREFACE:
        return None
    return _by_lines(before, here, there)


def _passages(text: str) -> Passages:
    """The text cut up, in its order: all passages together are the text."""
    found: Passages = {}
    place, run = _OPEN, list[str]()
    for name, line in _named(text.splitlines(keepends=True)):
        if name is not None:
            _keep(found, place, run)
            place, run = name, []
        run.append(line)
    _keep(found, place, run)
    return found


def _keep(found: Passages, place: str, run: Sequence[str]) -> None:
    """An id that stands twice (an error of the document) keeps both its passages."""
    if not run:
        return
    text = "".join(run)
    named = _ID.search(text) if place.endswith(".") else None
    place = f"{place}{named[1]}" if named else place
    count = 1
    while (chosen := place if count == 1 else f"{place} ({count})") in found:
        count += 1
    found[chosen] = text


def _named(lines: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """Each line, with the name of the passage that it begins (`labels.` for an entry whose id is still to be read)."""
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), 0)
    section, indent = "", ""
    for line in lines[:end]:
        key, entry = _KEY.match(line), _ENTRY.match(line)
        if key:
            section, indent = key[1], "?"
            yield section, line
        elif entry and section in _LISTS and indent in {"?", entry[1]}:
            indent = entry[1]
            yield f"{section}.", line
        else:
            yield None, line
    yield from _named_below(lines[end:], above=bool(end))


def _named_below(lines: Sequence[str], *, above: bool) -> Iterator[tuple[str | None, str]]:
    fenced = False
    for n, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        clause = None if fenced else _CLAUSE.match(line)
        if above and n < 2:
            yield (_CLOSE if n == 0 else clause[1] if clause else _PREFACE), line
        else:
            yield clause[1] if clause else None, line


def _order(old: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Each place once, in the order of whoever changed it, theirs where both did; what is new follows its neighbour."""
    first, second = (mine, theirs) if _same_order(old, theirs) and not _same_order(old, mine) else (theirs, mine)
    order = list(dict.fromkeys(first))
    known = set(order)
    behind = 0
    for place in second:
        if place in known:
            behind = order.index(place) + 1
        else:
            order.insert(behind, place)
            known.add(place)
            behind += 1
    return order


def _same_order(old: Sequence[str], new: Sequence[str]) -> bool:
    kept, known = set(new), set(old)
    return [place for place in old if place in kept] == [place for place in new if place in known]


def _joined(merged: Passages) -> str:
    """The passages one below the other; a clause that now follows another text stands apart from it."""
    parts = list(merged.items())
    if not parts:
        return ""
    text = parts[0][1]
    for (_, above), (place, below) in pairwise(parts):
        text += "" if above.endswith("\n") else "\n"
        text += "\n" if _CLAUSE.match(below) and not above.endswith("\n\n") and place != _CLOSE else ""
        text += below
    return text


class _Edit(NamedTuple):
    start: int
    end: int
    lines: tuple[str, ...]

    def meets(self, other: "_Edit") -> bool:
        return self.start <= other.end and other.start <= self.end


def _by_lines(before: str, here: str, there: str) -> str | None:
    """Both changes of one entry, where they touch other lines, or only lists of names in one line."""
    old = before.splitlines(keepends=True)
    mine, theirs = _edits(old, here), _edits(old, there)
    together = {*mine, *theirs}
    for one, other in product(mine, theirs):
        if one != other and one.meets(other):
            listed = _listed(old, one, other)
            if listed is None:
                return None
            together = (together - {one, other}) | {listed}
    for edit in sorted(together, reverse=True):
        old[edit.start : edit.end] = edit.lines
    return "".join(old)


def _edits(old: Sequence[str], text: str) -> list[_Edit]:
    new = text.splitlines(keepends=True)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Edit(i1, i2, tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _listed(old: Sequence[str], one: _Edit, other: _Edit) -> _Edit | None:
    """`labels: [a, b]` that both changed: the names that stayed, then mine, then theirs."""
    if (one.start, one.end) != (other.start, other.end) or one.end - one.start != 1:
        return None
    if len(one.lines) != 1 or len(other.lines) != 1:
        return None
    before, here, there = (_LISTED.fullmatch(line.rstrip("\n")) for line in (old[one.start], *one.lines, *other.lines))
    if not (before and here and there) or len({(found[1], found[3]) for found in (before, here, there)}) > 1:
        return None
    was, mine, theirs = (_names(found[2]) for found in (before, here, there))
    kept = [name for name in dict.fromkeys([*mine, *theirs]) if name not in was or (name in mine and name in theirs)]
    return _Edit(one.start, one.end, (f"{here[1]}{', '.join(kept)}{here[3]}\n",))


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]

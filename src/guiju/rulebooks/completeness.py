"""What a rulebook that could be published still leaves open, and where it contradicts itself. Pure.

A newcomer reads every label with a case that is one, a case that is not, and for labels that are easily taken for each
other a case on the boundary. What stands here beyond `rules` concerns several entries together.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import cast

from guiju.kit import N_, canonical_json
from guiju.rulebooks.model import Clause, Example, Label, Polarity, Problem, Rulebook, Severity

ALIKE = 75.0
INSIDE = 0.9
MOST_PAIRS = 20
MOST_NAMED = 8

_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]|\b[ivx]+\b")


def find_gaps(rulebook: Rulebook) -> Iterator[Problem]:
    """Warnings: labels without example or counter-example, in one language alone, easily confused; no clause."""
    yield from _examples(rulebook)
    yield from _one_language(rulebook)
    yield from _easily_confused(rulebook)
    if not rulebook.clauses:
        ask = N_("Write “## C1 标题 | Title” and the rule below it.")
        yield _warning("no-clause", 0, N_("There is no clause."), ask)


def find_contradictions(rulebook: Rulebook) -> Iterator[Problem]:
    """Errors: one case with two answers, clauses that each win over the other."""
    yield from _two_answers(rulebook.examples)
    yield from _order(rulebook.clauses)


def _examples(rulebook: Rulebook) -> Iterator[Problem]:
    shown = {example.label for example in rulebook.examples if example.polarity is not Polarity.NEGATIVE}
    countered = _countered(rulebook)
    without = [label for label in rulebook.labels if label.id not in shown]
    if without:
        said = N_("{count} labels have no example: {labels}.")
        ask = N_("Add one that shows each: positive, or on the boundary.")
        yield _warning("label-without-example", without[0].line, said, ask, **_named(without))
    if uncountered := [label for label in rulebook.labels if label.id not in countered and label.id in shown]:
        said = N_("{count} labels have no counter-example: {labels}.")
        ask = N_("Add a case that is nearly one of them and is not: polarity negative, or boundary.")
        yield _warning("label-without-counter-example", uncountered[0].line, said, ask, **_named(uncountered))
    if not any(example.polarity is Polarity.BOUNDARY for example in rulebook.examples):
        ask = N_("Add a hard case and the clause that settles it: newcomers learn most from those.")
        yield _warning("no-boundary-example", 0, N_("There is no boundary example."), ask)


def _countered(rulebook: Rulebook) -> set[str | None]:
    """Labels with a case against them; a case on the boundary is one for every label of its clause."""
    about = {clause.id: clause.labels for clause in rulebook.clauses}
    cases = [example for example in rulebook.examples if example.polarity is not Polarity.POSITIVE]
    bordering = (about.get(case.clause or "", ()) for case in cases if case.polarity is Polarity.BOUNDARY)
    return {*(case.label for case in cases), *(label for labels in bordering for label in labels)}


def _one_language(rulebook: Rulebook) -> Iterator[Problem]:
    """Only where the rulebook speaks both elsewhere: one for a team that reads one language is whole."""
    spoken = {language for label in rulebook.labels for language, text in label.definition.items() if text.strip()}
    silent = [label for label in rulebook.labels if any(not label.definition.get(one, "").strip() for one in spoken)]
    if silent:
        said = N_("{count} labels are defined in one language alone: {labels}.")
        ask = N_("Write the other too: people who read it work by another rule until then.")
        yield _warning("defined-in-one-language", silent[0].line, said, ask, **_named(silent))


def _named(labels: Sequence[Label]) -> dict[str, object]:
    more = " …" if len(labels) > MOST_NAMED else ""
    return {"count": len(labels), "labels": ", ".join(label.id for label in labels[:MOST_NAMED]) + more}


def _easily_confused(rulebook: Rulebook) -> Iterator[Problem]:
    settled = _settled(rulebook)
    for one, other in alike(rulebook)[:MOST_PAIRS]:
        if frozenset((one.id, other.id)) not in settled:
            said = N_("“{one}” and “{other}” have nearly the same name, and no boundary example tells them apart.")
            ask = N_("Add a boundary example of either that cites a clause about both.")
            yield _warning("confusable-labels", other.line, said, ask, one=one.id, other=other.id)


def alike(rulebook: Rulebook) -> list[tuple[Label, Label]]:
    """Pairs of labels that one field offers together and whose names, in either language, are nearly the same.

    “refund” inside “refund status” counts; “grade 1” and “grade 2” do not, since their number tells them apart.
    """
    labels = {label.id: label for label in rulebook.labels}
    found: dict[tuple[str, str], float] = {}
    for field, language in product(rulebook.fields, ("zh", "en")):
        named = [
            (name, labels[name].name.get(language, "").lower())
            for name in dict.fromkeys(field.labels)
            if name in labels
        ]
        for one, other, near in _near([(name, said) for name, said in named if said]):
            found[one, other] = max(near, found.get((one, other), 0))
    return [(labels[one], labels[other]) for one, other in sorted(found, key=lambda pair: -found[pair])]


def _near(named: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, float]]:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - loaded when the first rulebook is checked

    bare = {name: _NUMBER.sub("", said) for name, said in named}
    for (one, first), (other, second) in combinations(named, 2):
        short, long = sorted((first, second), key=len)
        near = INSIDE if len(short) > 1 and short in long else ratio(first, second, score_cutoff=ALIKE) / 100
        if near and (first == second or bare[one] != bare[other] or first == bare[one]):
            yield one, other, near


def _settled(rulebook: Rulebook) -> Collection[frozenset[str]]:
    """Pairs of which a boundary example of one cites a clause that concerns both."""
    concerned = {clause.id: set(clause.labels) for clause in rulebook.clauses}
    found: set[frozenset[str]] = set()
    for example in rulebook.examples:
        if example.polarity is Polarity.BOUNDARY and example.label and example.clause:
            about = concerned.get(example.clause, set()) | concerned.get(example.clause.rpartition(".")[0], set())
            found |= {frozenset((example.label, other)) for other in about - {example.label}}
    return found


def _two_answers(examples: Sequence[Example]) -> Iterator[Problem]:
    seen: dict[tuple[str | None, str | None], dict[str, tuple[str, str]]] = defaultdict(dict)
    for example in examples:
        known = seen[example.text, example.item]
        for field, answer in (example.answer or {}).items():
            said = canonical_json(_unordered(answer)).decode()
            first, before = known.setdefault(field, (example.id, said))
            if before != said:
                sentence = N_("Examples “{first}” and “{second}” show the same case and answer “{field}” differently.")
                ask = N_("Decide which holds, and take the other away or give it another case.")
                details = {"first": first, "second": example.id, "field": field}
                yield Problem("examples-contradict", Severity.ERROR, sentence, ask, details, example.line)


def _unordered(answer: object) -> object:
    """A list of names says the same in any order."""
    if not isinstance(answer, list):
        return answer
    each = cast("list[object]", answer)
    names = [one for one in each if isinstance(one, str)]
    return sorted(names) if len(names) == len(each) else each


def _order(clauses: Sequence[Clause]) -> Iterator[Problem]:
    known = {clause.id for clause in clauses}
    above: dict[str, tuple[str, ...]] = {clause.id: clause.over for clause in clauses}
    for clause in clauses:
        for other in clause.over:
            if other not in known:
                said = N_("Clause {clause} wins over {other}, which does not exist.")
                ask = N_("Write the id of a clause, or take it away.")
                yield Problem(
                    "over-unknown", Severity.ERROR, said, ask, {"clause": clause.id, "other": other}, clause.line
                )
        if circle := _circle(clause.id, above):
            said = N_("Clauses win over each other in a circle: {circle}.")
            details = {"circle": " → ".join(circle)}
            yield Problem(
                "over-circle", Severity.ERROR, said, N_("Take “over” away from one of them."), details, clause.line
            )


def _circle(start: str, above: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from `start` back to itself, if there is one and `start` is the least of its clauses."""
    waiting: list[list[str]] = [[start]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for other in above.get(way[-1], ()):
            if other == start:
                return [*way, start] if start == min(way) else []
            if other not in seen:
                seen.add(other)
                waiting.append([*way, other])
    return []


def _warning(code: str, line: int, sentence: str, next_step: str, **details: object) -> Problem:
    return Problem(code, Severity.WARNING, sentence, next_step, details, line)

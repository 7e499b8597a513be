"""What the gate reads, how far the annotators are, what the majority says. Pure: answers in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from math import floor
from statistics import fmean, median
from typing import Any

import msgspec

from guiju.briefs import Gate
from guiju.kinds import Answer, Choice, FieldShape, kind_of, merge_annotations
from guiju.kit import N_, Sentence, Words
from guiju.work.trial.model import (
    Answered,
    Blame,
    FieldReport,
    GateReading,
    Given,
    MajorityLine,
    Measured,
    PersonLine,
    TrialReport,
)

LOW_ALPHA = 0.667
"""Below this, Krippendorff calls even tentative conclusions unwarranted."""
CAUSE_NAMES = {
    "rule": N_("the rule"),
    "person": N_("a person"),
    "item": N_("the items"),
    "unclear": N_("no pattern"),
}
MEASURE_NAMES = {"observed": N_("observed agreement"), "alpha": N_("Krippendorff’s alpha")}


# The gate


def decide_gate(figure: Measured, alpha: Measured, gate: Gate) -> GateReading:
    """Whether `figure` opens the gate, and why: its point, or its lower 95% bound where the gate's rule says so."""
    read = figure.low if gate.rule == "lower95" else figure.value
    passed = read is not None and read >= gate.at_least
    return GateReading(
        passed=passed,
        measure=gate.measure,
        rule=gate.rule,
        at_least=gate.at_least,
        figure=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        reason=_reason(figure, gate, read, passed=passed),
        warning=_warning(alpha),
        places={
            "figure": _three(figure.value),
            "low": _three(figure.low),
            "high": _three(figure.high),
            "at_least": _three(gate.at_least),
            "n": figure.n,
            "alpha": _three(alpha.value),
        },
    )


def _three(value: float | None) -> str:
    """Three digits, cut and not rounded, so that .7996 never reads as .800 at a gate of .80."""
    return "–" if value is None else f"{floor(value * 1000 + 1e-9) / 1000:.3f}"


def _reason(figure: Measured, gate: Gate, read: float | None, *, passed: bool) -> str:
    if figure.value is None:
        return figure.why or N_("There is no figure to read yet.")
    if gate.rule == "lower95" and read is None:
        return N_("The figure is {figure} over {n} items, too few for an interval, and the gate reads its lower bound.")
    if gate.rule == "lower95" and passed:
        return N_("The lower bound {low} of {figure} over {n} items reaches the gate of {at_least}.")
    if gate.rule == "lower95":
        return N_("The lower bound {low} of {figure} over {n} items does not reach the gate of {at_least}.")
    if passed:
        return N_("{figure} over {n} items reaches the gate of {at_least}.")
    return N_("{figure} over {n} items does not reach the gate of {at_least}.")


def _warning(alpha: Measured) -> str | None:
    if alpha.value is None or alpha.value >= LOW_ALPHA:
        return None
    return N_("Beware: alpha is {alpha}, below .667; much of the agreement may be chance.")


def read_gate(fields: Sequence[FieldReport], gate: Gate) -> GateReading:
    """The gate reads the field on which annotators agree least; a field without a figure keeps it shut."""
    if not fields:
        return decide_gate(Measured(None), Measured(None), gate)

    def measured(report: FieldReport) -> Measured:
        return report.alpha if gate.measure == "alpha" else report.observed

    worst = min(fields, key=lambda report: -1.0 if (value := measured(report).value) is None else value)
    return decide_gate(measured(worst), worst.alpha, gate)


# Annotators, and the majority


def count_people(given: Sequence[Given], wanted: Mapping[int, int]) -> tuple[PersonLine, ...]:
    """Each annotator's answers, of the items that are `wanted` of them; whoever still owes most comes first."""
    times: dict[int, list[int]] = defaultdict(list)
    answers = Counter(one.annotator_id for one in given)
    for one in given:
        if one.active_ms is not None:
            times[one.annotator_id].append(one.active_ms)
    lines = [
        PersonLine(who, answers[who], max(wanted.get(who, 0), answers[who]), _median(times[who]))
        for who in sorted({*answers, *wanted})
    ]
    return tuple(sorted(lines, key=lambda line: (line.answers - line.items, -line.answers, line.annotator_id)))


def _median(times: list[int]) -> int | None:
    return round(median(times)) if times else None


def fields_of(given: Sequence[Given], field: FieldShape) -> list[Answered]:
    """The answers to one field."""
    return [
        Answered(one.item_id, one.annotator_id, one.answers[field.id], one.clauses)
        for one in given
        if field.id in one.answers
    ]


def read_majority(given: Sequence[Given], gold: Mapping[int, Mapping[str, Answer]]) -> MajorityLine:
    """What the majority resolves, and its accuracy on the items whose right answer is known.

    A tie of k labels with the right one among them counts 1/k; a tie of shapes counts nothing. Shapes and shares that
    are not quite the right ones count by their distance.
    """
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - beside the figures, loaded for a report alone

    by_item: dict[int, list[Mapping[str, Answer]]] = defaultdict(list)
    for one in given:
        by_item[one.item_id].append(one.answers)
    merged = {item: _merged(answers) for item, answers in by_item.items()}
    known = [item for item in merged if item in gold]
    right = sum(_credit(merged[item], by_item[item], gold[item]) for item in known)
    ties = sum(found is None for found in merged.values())
    if not known:
        return MajorityLine(len(merged) - ties, ties, Measured(None))
    low, high = wilson(right, len(known))
    return MajorityLine(len(merged) - ties, ties, Measured(right / len(known), low, high, len(known)))


def boundary_example(
    name: str,
    said: Sequence[Mapping[str, Answer]],
    trial: int,
    rules: Sequence[tuple[str, Collection[str]]] = (),
) -> dict[str, object]:
    """The item `name` as an example of the rulebook's document, with the majority's answer if there is one.

    `rules` are the draft's clauses, each with its labels: the example cites the one about what is in dispute.
    """
    merged = _merged(said)
    zh = f"试标 {trial}：{len(said)} 人答案不一"
    en = f"Trial {trial}: {len(said)} people answered differently"
    shown: dict[str, object] = {"polarity": "boundary", "note": {"zh": zh, "en": en}, "item": name}
    clause = clause_in_dispute(said, rules)
    shown |= {} if clause is None else {"clause": clause}
    if merged is None:
        return shown
    labels = {label for answer in merged.values() for label in kind_of(answer).labels_of(answer)}
    first = {"label": min(labels)} if len(labels) == 1 else {}
    return {**shown, **first, "answer": {key: _short(answer) for key, answer in merged.items()}}


def clause_in_dispute(said: Sequence[Mapping[str, Answer]], rules: Sequence[tuple[str, Collection[str]]]) -> str | None:
    """The narrowest clause about every label that some gave and others did not; of two alike the later one."""
    given = [{label for answer in one.values() for label in kind_of(answer).labels_of(answer)} for one in said]
    disputed = set[str]().union(*given) - set[str].intersection(*given)
    about = [(clause, labels) for clause, labels in rules if len(disputed) > 1 and disputed <= set(labels)]
    return min(reversed(about), key=lambda rule: len(rule[1]))[0] if about else None


def _short(answer: Answer) -> object:
    return list(answer.labels) if isinstance(answer, Choice) else msgspec.to_builtins(answer)


def _merged(answers: Sequence[Mapping[str, Answer]]) -> Mapping[str, Answer] | None:
    found = merge_annotations(answers)
    return found.answer if found else None


def _credit(
    merged: Mapping[str, Answer] | None, answers: Sequence[Mapping[str, Answer]], gold: Mapping[str, Answer]
) -> float:
    if merged is not None:
        return fmean(_right(merged.get(name), right) for name, right in gold.items())
    shares = [_share_of_tie([one[name] for one in answers if name in one], right) for name, right in gold.items()]
    return min(shares, default=0.0)


def _right(said: Answer | None, right: Answer) -> float:
    """How right an answer is: a label is or is not, of shapes and shares as much as they are alike."""
    kind = kind_of(right)
    if isinstance(right, Choice) or said is None or kind_of(said) is not kind:
        return float(said == right)
    return 1 - kind.distance(said, right)


def _share_of_tie(found: Sequence[Answer], right: Answer) -> float:
    votes = Counter(answer for answer in found if isinstance(answer, Choice))
    top = [answer for answer, count in votes.items() if count == max(votes.values())]
    return 1 / len(top) if right in top else 0.0


def describe_report(report: TrialReport, names: Mapping[int, str], words: Words) -> dict[str, Any]:
    """The report as JSON: its figures, the gate and the causes with their reasons in words, annotators by name."""
    shown: dict[str, Any] = msgspec.to_builtins(report)
    gate = {key: value for key, value in shown["gate"].items() if key not in {"reason", "warning", "places"}}
    shown["gate"] = {**gate, "reason": report.gate.sentence(words)}
    shown["people"] = [{**line, "name": names.get(line["annotator_id"], "")} for line in shown["people"]]
    for field, told in zip(report.fields, shown["fields"], strict=True):
        told["pairs"] = [
            {**pair, "a": names.get(pair["a"], ""), "b": names.get(pair["b"], "")} for pair in told["pairs"]
        ]
        told["standing"] = [{**line, "name": names.get(line["annotator_id"], "")} for line in told["standing"]]
        told["drivers"] = [sentence.spoken(words) for sentence in drivers_of(field, names, _label_itself)]
        for line, confusion in zip(field.confusions, told["confusions"], strict=True):
            confusion["cause"] = _cause(line.cause, names, words)
    return shown


def _cause(blame: Blame | None, names: Mapping[int, str], words: Words) -> dict[str, object] | None:
    if blame is None:
        return None
    people = [names.get(one, str(one)) for one in blame.people]
    return {"name": blame.name, "people": people, "evidence": blame.sentence(words, names)}


def _label_itself(label: str) -> str:
    return label


LEAST_GAIN = 0.005
DRIVING = N_("Without {name}, alpha would be {without} instead of {alpha}.")


def drivers_of(
    field: FieldReport, names: Mapping[int, str], name_of: Callable[[str], str], most: int = 2
) -> list[Sentence]:
    """What drives alpha down: the annotators and the labels without which it would be higher, the first of each."""
    people = [(names.get(one.annotator_id, str(one.annotator_id)), one.without, one.gain) for one in field.standing]
    labels = sorted(field.labels, key=lambda one: -(one.gain or 0.0))
    said = [*people[:most], *((name_of(one.label), one.without, one.gain) for one in labels[:most])]
    return [
        Sentence(DRIVING, {"name": name, "without": f"{without:.3f}", "alpha": f"{field.alpha.value or 0:.3f}"})
        for name, without, gain in said
        if without is not None and gain is not None and gain > LEAST_GAIN
    ]

"""What rules may say, what they say in words, how two versions differ, and what a source's tallies come to. Pure."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple

from guiju.cleaning.profiles.rules import told
from guiju.cleaning.quality.errors import CheckUnknown, RuleWrong
from guiju.cleaning.quality.model import (
    CHECKS,
    MOST_RULES,
    Change,
    Check,
    Difference,
    Outcome,
    Per,
    Reads,
    Result,
    Rule,
    Tally,
    Then,
)
from guiju.data import Counts
from guiju.kit import N_, Sentence, Words

NAME_CHARACTERS = 80
MOST_VALUES = 200

PROPOSED = (
    Rule("state", "state", values=("whole", "unmeasured"), then=Then.ASIDE),
    Rule("length", "length", least=2),
    Rule("encoding", "encoding"),
    Rule("personal", "personal", most=0, per=Per.SOURCE, share=0.01),
    Rule("refused", "refused", per=Per.SOURCE, share=0.05),
)
PROPOSED_NAMES = {
    "state": N_("Can be opened"),
    "length": N_("Says something"),
    "encoding": N_("Readable"),
    "personal": N_("Hardly any personal data"),
    "refused": N_("Nearly all records taken"),
}


def checked(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules, tidied. Raises `CheckUnknown`, `RuleWrong` at the first that makes no sense."""
    if len(rules) > MOST_RULES:
        raise RuleWrong(place=MOST_RULES + 1, name=rules[MOST_RULES].name[:40], fault=f"> {MOST_RULES}")
    tidy = tuple(_tidied(rule) for rule in rules)
    for place, rule in enumerate(tidy, 1):
        fault = find_fault(rule)
        if fault is None and rule.name in {other.name for other in tidy[: place - 1]}:
            fault = N_("another rule has this name")
        if fault is not None:
            raise RuleWrong(place=place, name=rule.name[:40], fault=fault)
    return tidy


def _tidied(rule: Rule) -> Rule:
    """As it is kept: without what its check cannot be told, values once and in order, the share only of a source."""
    check = CHECKS.get(rule.check)
    if check is None:
        raise CheckUnknown(check=rule.check[:40], known=", ".join(CHECKS))
    per = Per.SOURCE if check.reads is Reads.SOURCE else rule.per
    return Rule(
        " ".join(rule.name.split()),
        rule.check,
        rule.least,
        rule.most,
        tuple(dict.fromkeys(value.strip() for value in rule.values if value.strip())),
        rule.column.strip(),
        per,
        rule.share if per is Per.SOURCE else 0.0,
        rule.then,
    )


def find_fault(rule: Rule) -> str | None:
    """What is wrong with a rule, as a marked sentence, or nothing."""
    check = CHECKS[rule.check]
    numbers = [number for number in (rule.least, rule.most, rule.share) if number is not None]
    faults: list[tuple[bool, str]] = [
        (not 0 < len(rule.name) <= NAME_CHARACTERS, N_("it needs a name of no more than 80 characters")),
        (not all(map(isfinite, numbers)), N_("a limit is not a number")),
        (not 0 <= rule.share <= 1, N_("the share lies between 0 and 1")),
        (_is_told_too_much(rule, check), N_("this check cannot be told that")),
        (_has_no_limit(rule, check), N_("it needs a limit: least, most or values")),
        (bool({"column"} & check.takes) and not rule.column, N_("it needs the name of a column")),
        (rule.least is not None and rule.most is not None and rule.least > rule.most, N_("least is above most")),
        (len(rule.values) > MOST_VALUES, N_("it lists too many values")),
        (bool(check.known) and not set(rule.values) <= set(check.known), N_("a value is none of those it knows")),
        (rule.then is Then.ASIDE and rule.per is Per.SOURCE, N_("only single items are set aside; hold the source")),
        (rule.then is Then.HOLD and rule.per is Per.ITEM, N_("only a source is held; set its items aside")),
    ]
    return next((said for is_so, said in faults if is_so), None)


def _is_told_too_much(rule: Rule, check: Check) -> bool:
    given = {
        "least": rule.least is not None,
        "most": rule.most is not None,
        "values": bool(rule.values),
        "column": bool(rule.column),
    }
    return any(is_given and name not in check.takes for name, is_given in given.items())


def _has_no_limit(rule: Rule, check: Check) -> bool:
    wanted = check.takes & {"least", "most", "values"}
    if not wanted or rule.check == "personal":
        return False
    return rule.least is None and rule.most is None and not rule.values


def differences(before: Sequence[Rule], after: Sequence[Rule]) -> list[Difference]:
    """What was added, removed and changed, by the rules' names, in the order of the later version."""
    old, new = {rule.name: rule for rule in before}, {rule.name: rule for rule in after}
    changed = [
        Difference(Change.CHANGED if name in old else Change.ADDED, old.get(name), rule)
        for name, rule in new.items()
        if old.get(name) != rule
    ]
    return changed + [Difference(Change.REMOVED, rule, None) for name, rule in old.items() if name not in new]


class Done(NamedTuple):
    """What a check looked at and did; `by_place` is how many items each rule, by its place, set aside."""

    items: int = 0
    beside: int = 0
    aside: int = 0
    by_place: Mapping[int, int] = MappingProxyType({})


def source_tally(rule: Rule, counts: Counts) -> Tally:
    """What a rule about a source's records comes to."""
    failed = counts.duplicates if rule.check == "duplicates" else counts.refused
    return Tally(counts.records, failed)


def settle(rules: Sequence[Rule], tallies: Sequence[Tally], done: Done) -> Outcome:
    """What the tallies of a source come to."""
    results = [
        Result(
            rule,
            tally.asked,
            tally.failed,
            tally.in_work,
            done.by_place.get(place, 0),
            is_broken(rule, tally),
            [*tally.examples],
        )
        for place, (rule, tally) in enumerate(zip(rules, tallies, strict=True))
    ]
    held = any(result.broken and result.rule.then is Then.HOLD for result in results)
    return Outcome(done.items, done.beside, done.aside, held, results)


def is_broken(rule: Rule, tally: Tally) -> bool:
    """Whether an item does not fulfil it; per source, whether too many do not."""
    if rule.per is Per.ITEM:
        return tally.failed > 0
    return tally.asked > 0 and tally.failed > rule.share * tally.asked


def wanted_languages(values: Sequence[str]) -> frozenset[str]:
    """What counts as one of these languages: a short Chinese text may be of either script.

    >>> sorted(wanted_languages(["zh-Hans"])), sorted(wanted_languages(["zh", "en"]))
    (['zh', 'zh-Hans'], ['en', 'zh', 'zh-Hans', 'zh-Hant'])
    """
    found = set(values)
    if "zh" in found:
        found |= {"zh-Hans", "zh-Hant"}
    if found & {"zh-Hans", "zh-Hant"}:
        found.add("zh")
    return frozenset(found)


def is_within(value: object, rule: Rule, listed: frozenset[str]) -> bool:
    """Whether a column's value is in the list and its number within the limits; no number is within none."""
    if listed and plain_value(value) not in listed:
        return False
    if rule.least is None and rule.most is None:
        return True
    number = number_of(value)
    if number is None:
        return False
    return (rule.least is None or number >= rule.least) and (rule.most is None or number <= rule.most)


def plain_value(value: object) -> str:
    """A value as a person writes it into the list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def number_of(value: object) -> float | None:
    """The number that a value is or says; tables say their numbers as texts."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


_PER_SOURCE = {
    Then.TELL: N_("told where more than {share} of a source’s items do not fulfil it"),
    Then.HOLD: N_("the source is held where more than {share} of its items do not fulfil it"),
}
THEN_NAMES = {Then.TELL: N_("told"), Then.ASIDE: N_("set aside"), Then.HOLD: N_("source held")}
_PER_ITEM = {Then.TELL: N_("each such item is told"), Then.ASIDE: N_("each such item is set aside")}


def consequence(rule: Rule) -> Sentence:
    """What follows, in words."""
    if rule.per is Per.ITEM:
        return Sentence(_PER_ITEM.get(rule.then, _PER_ITEM[Then.TELL]))
    return Sentence(_PER_SOURCE.get(rule.then, _PER_SOURCE[Then.TELL]), {"share": f"{rule.share * 100:.3g}%"})


def demand(rule: Rule, t: Words) -> str:
    """What a rule demands, in words: `Characters: at least 5`."""
    check = CHECKS[rule.check]
    said = [part for part in (rule.column and f"“{rule.column}”", _range(rule, t), _values(rule, check, t)) if part]
    return t(check.name) + (": " + ", ".join(said) if said else "")


def _range(rule: Rule, t: Words) -> str:
    least, most = (_amount(rule, value) for value in (rule.least, rule.most))
    if rule.check == "personal":
        return t(N_("no more than {most} places"), most=most or "0")
    if rule.least is not None and rule.most is not None:
        return t(N_("{least} to {most}"), least=least, most=most)
    if rule.least is not None:
        return t(N_("at least {least}"), least=least)
    return t(N_("at most {most}"), most=most) if rule.most is not None else ""


def _amount(rule: Rule, value: float | None) -> str:
    if value is None:
        return ""
    return told(rule.check, value) if CHECKS[rule.check].reads is Reads.FIGURES else f"{value:g}"


def _values(rule: Rule, check: Check, t: Words) -> str:
    named: Callable[[str], str] = lambda value: t(check.known[value]) if value in check.known else value  # noqa: E731
    return " / ".join(map(named, rule.values[:8])) + (" …" if len(rule.values) > 8 else "")

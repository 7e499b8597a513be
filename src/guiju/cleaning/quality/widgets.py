"""Rules as parts of a form, and a form's fields as rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.cleaning.profiles.model import Unit
from guiju.cleaning.quality.model import CHECKS, MOST_RULES, Check, Per, Reads, Rule, Then
from guiju.kit import N_, Words
from guiju.site.forms import FormData, NotANumber, field, many

# What follows, as one choice: per item or per source, and then.
FOLLOWS = {
    "item.tell": N_("tell which items"),
    "item.set-aside": N_("set these items aside"),
    "source.tell": N_("tell, if too many of a source"),
    "source.hold": N_("hold the source, if too many"),
}
_SPLIT = re.compile(r"[,，、\n]+")
_SHARES = {Unit.SHARE}


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule as the form shows it; shares are written in percent."""

    number: int
    rule: Rule
    check: Check
    follows: dict[str, str]
    least: str
    most: str
    share: str

    @property
    def follow(self) -> str:
        return f"{self.rule.per}.{self.rule.then}"


def forms_of(rules: Sequence[Rule]) -> list[RuleForm]:
    """Rules whose check is not known are left out: publishing them is refused."""
    return [_form(number, rule, CHECKS[rule.check]) for number, rule in enumerate(rules) if rule.check in CHECKS]


def _form(number: int, rule: Rule, check: Check) -> RuleForm:
    only = Reads.SOURCE if check.reads is Reads.SOURCE else None
    follows = {key: said for key, said in FOLLOWS.items() if only is None or key.startswith("source")}
    times = 100 if check.unit in _SHARES else 1
    return RuleForm(
        number, rule, check, follows, _said(rule.least, times), _said(rule.most, times), _said(rule.share, 100)
    )


def _said(value: float | None, times: int) -> str:
    return "" if value is None else f"{value * times:.10g}"


def rules_of(form: FormData) -> list[Rule]:
    """The rules that a form says. Raises `NotANumber`; what makes no sense is refused when it is tried."""
    return [_rule(form, number, code) for number, code in enumerate(many(form, "check")[:MOST_RULES])]


def _rule(form: FormData, number: int, code: str) -> Rule:
    check = CHECKS.get(code)
    times = 100 if check and check.unit in _SHARES else 1
    per, _, then = field(form, f"r{number}.follow", required=False).partition(".")
    least, most = (_number(form, f"r{number}.{name}") for name in ("least", "most"))
    given = many(form, f"r{number}.values")
    values = given if check and check.known else [part for one in given for part in _SPLIT.split(one)]
    return Rule(
        field(form, f"r{number}.name", required=False, limit=200),
        code,
        None if least is None else least / times,
        None if most is None else most / times,
        tuple(value.strip() for value in values if value.strip()),
        field(form, f"r{number}.column", required=False, limit=200),
        Per(per) if per in [*Per] else Per.ITEM,
        (_number(form, f"r{number}.share") or 0.0) / 100,
        Then(then) if then in [*Then] else Then.TELL,
    )


def _number(form: FormData, name: str) -> float | None:
    text = field(form, name, required=False, limit=40).replace(",", "").replace("，", "").removesuffix("%")
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise NotANumber(field=name.partition(".")[2], value=text, low="−∞", high="∞") from error


def rearranged(rules: Sequence[Rule], act: str, t: Words) -> list[Rule]:
    """The rules after one was added (`add:length`) or removed (`remove:3`)."""
    kept = list(rules)
    what, _, which = act.partition(":")
    if what == "add" and which in CHECKS and len(kept) < MOST_RULES:
        kept.append(new_rule(which, {rule.name for rule in kept}, t))
    elif what == "remove" and which.isdecimal() and int(which) < len(kept):
        del kept[int(which)]
    return kept


def new_rule(code: str, taken: set[str], t: Words) -> Rule:
    """A rule as it is when it is added: a name that no other has, and values that make sense."""
    check = CHECKS[code]
    name = t(check.name)
    name = next(one for one in (name, *(f"{name} {n}" for n in range(2, MOST_RULES + 2))) if one not in taken)
    values = {"language": ("zh", "en"), "state": ("whole", "unmeasured")}.get(code, ())
    per = Per.SOURCE if check.reads is Reads.SOURCE else Per.ITEM
    return Rule(name, code, values=values, per=per, share=0.05 if per is Per.SOURCE else 0.0)

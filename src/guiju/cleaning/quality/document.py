"""Quality rules as plain YAML, read and written."""

from typing import Any

import msgspec

from guiju.briefs.plain import Node, read_yaml, write_yaml
from guiju.cleaning.quality.errors import RulesUnreadable
from guiju.cleaning.quality.model import Per, Rule, Then
from guiju.cleaning.quality.rules import checked
from guiju.kit import Refusal

MOST_CHARACTERS = 200_000
_KEYS = ("name", "check", "least", "most", "values", "column", "per", "share", "then")


def read_rules(text: str) -> tuple[Rule, ...]:
    """Raises `RulesUnreadable`, `CheckUnknown`, `RuleWrong`."""
    if len(text) > MOST_CHARACTERS:
        raise RulesUnreadable(fault=f"> {MOST_CHARACTERS:,}")
    try:
        rules = [_rule(node) for node in read_yaml(text).only("rules").need("rules").items()]
    except Refusal as refusal:
        raise RulesUnreadable(fault=_said(refusal)) from refusal
    return checked(rules)


def _said(refusal: Refusal) -> str:
    return f"{refusal.code}: " + ", ".join(f"{key} {value}" for key, value in refusal.details.items())[:200]


def _rule(node: Node) -> Rule:
    node.only(*_KEYS)
    numbers = {name: found.number() for name in ("least", "most") if (found := node.find(name))}
    values, column, share = node.find("values"), node.find("column"), node.find("share")
    per, then = node.find("per"), node.find("then")
    return Rule(
        node.need("name").text(),
        node.need("check").text(),
        numbers.get("least"),
        numbers.get("most"),
        values.texts() if values else (),
        column.text() if column else "",
        Per(per.one_of([*Per])) if per else Per.ITEM,
        share.number() if share else 0.0,
        Then(then.one_of([*Then])) if then else Then.TELL,
    )


def write_rules(rules: tuple[Rule, ...]) -> str:
    """The document that `read_rules` reads: what is as it is by default is left out."""
    plain: list[dict[str, Any]] = [msgspec.to_builtins(rule) for rule in rules]
    return write_yaml({"rules": [{key: _whole(one[key]) for key in _KEYS if key in one} for one in plain]})


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value

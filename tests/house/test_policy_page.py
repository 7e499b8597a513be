"""The page on people shows the policy as it is."""

import re

from guiju.people.policy import POLICY, Act, Role
from tests.house.tree import ROOT

_ROW = re.compile(r"^\| `([a-z-]+)` \|(.+)\|$", re.MULTILINE)
_HEAD = re.compile(r"^\| act \| what \|(.+)\|$", re.MULTILINE)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def test_the_table_of_roles_is_the_policy() -> None:
    text = (ROOT / "docs/people.md").read_text(encoding="utf-8")
    head = _HEAD.search(text)
    assert head is not None
    roles = [Role[name.upper()] for name in _cells(head[1])]
    shown: dict[Act, Role] = {}
    for act, row in _ROW.findall(text):
        marks = _cells(row)[1:]
        held = [role for role, mark in zip(roles, marks, strict=True) if mark == "●"]
        shown[Act(act)] = Role(sum(held))
    assert shown == POLICY

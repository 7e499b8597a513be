"""The page on the client calls what the client has, as it takes it."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from guiju.sdk import Client
from tests.house.tree import ROOT

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CLIENTS = {"guiju", "xu", "inspector"}


def _calls() -> Iterator[ast.Call]:
    for block in _BLOCK.findall((ROOT / "docs/sdk.md").read_text(encoding="utf-8")):
        yield from (node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call))


def _calls_of_clients() -> list[tuple[str, ast.Call]]:
    return [
        (call.func.attr, call)
        for call in _calls()
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in _CLIENTS
    ]


def test_the_page_calls_the_client() -> None:
    assert len(_calls_of_clients()) > 10, "no call was found: the rule has lost its sight"


@pytest.mark.parametrize(("name", "call"), _calls_of_clients(), ids=lambda each: each if isinstance(each, str) else "")
def test_a_call_on_the_page_fits_the_client(name: str, call: ast.Call) -> None:
    method: Callable[..., Any] = getattr(Client, name)
    named = {keyword.arg: None for keyword in call.keywords if keyword.arg}
    inspect.signature(method).bind(None, *call.args, **named)

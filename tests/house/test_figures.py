"""Figures are explained where they are defined: formula, assumptions, source, and an example that runs."""

import ast
import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.tree import HOUSE, ROOT

STATS = HOUSE / "stats"
PAGES = sorted((ROOT / "docs/statistics").glob("*.md"))
SAID = ("Formula", "Assumes", "Source")


class Public(NamedTuple):
    """A public function of the figures' room, with its own words and those of its module."""

    module: str
    name: str
    own: str
    around: str


def _modules() -> list[Path]:
    return sorted(path for path in STATS.rglob("*.py") if path.name not in {"__init__.py", "errors.py"})


def _name(path: Path) -> str:
    return ".".join(("guiju", *path.relative_to(HOUSE).with_suffix("").parts))


def _public() -> Iterator[Public]:
    for path in _modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        around = ast.get_docstring(tree) or ""
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not _is_kernel(node):
                yield Public(_name(path), node.name, ast.get_docstring(node) or "", around)


def _is_kernel(node: ast.FunctionDef) -> bool:
    """A part of a method, called over shards and blocks by the method itself: explained with it."""
    return (ast.get_docstring(node) or "").startswith("Kernel:")


FUNCTIONS = list(_public())


def test_there_are_figures() -> None:
    assert len(FUNCTIONS) > 100


@pytest.mark.parametrize("public", FUNCTIONS, ids=lambda public: f"{public.module}.{public.name}")
def test_a_public_function_says_formula_assumptions_and_source_and_shows_an_example(public: Public) -> None:
    missing = [word for word in SAID if word not in public.own + public.around]
    assert not missing, f"say {', '.join(missing)} in the docstring of the function or of its module"
    assert ">>>" in public.own, "show an example that runs"


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_the_examples_in_the_source_run(path: Path) -> None:
    assert doctest.testmod(importlib.import_module(_name(path)), optionflags=_flags()).failed == 0


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs/statistics.md"], ids=lambda page: page.stem)
def test_the_examples_on_a_page_run(page: Path) -> None:
    done = doctest.testfile(str(page), module_relative=False, optionflags=_flags(), encoding="utf-8")
    assert done.failed == 0
    assert done.attempted > 0, "show an example that runs"


def _flags() -> int:
    return doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_guide_leads_to_every_page(page: Path) -> None:
    assert f"(statistics/{page.name})" in (ROOT / "docs/statistics.md").read_text(encoding="utf-8")

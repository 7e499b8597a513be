"""What the documents say about the source is there: paths, names, tables, and what the journal says."""

import importlib
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from guiju.storage import metadata
from guiju.web import routes
from tests.house.tree import HOUSE, ROOT

PAGES = [ROOT / "docs/tour.md", ROOT / "docs/extending.md", *sorted((ROOT / "docs/design").glob("*.md"))]
TOUR = ROOT / "docs/tour.md"
_PATH = re.compile(r"`((?:src|frontend|tests|bench|docs)/[^`\s<]+)`")
_NAME = re.compile(r"`([a-z_]+(?:\.\w+)+)`")
_EVENT = re.compile(r"`\"([a-z.-]+)\"`")
_WRITTEN = re.compile(r"^\| written \|(.*)\|$", re.MULTILINE)
_COLUMNS = {"revision", "decided_event"}


def _pairs(pattern: re.Pattern[str]) -> list[tuple[Path, str]]:
    return [(page, found) for page in PAGES for found in pattern.findall(page.read_text(encoding="utf-8"))]


def _shown(pair: object) -> str:
    return pair.stem if isinstance(pair, Path) else str(pair)


@pytest.mark.parametrize(("page", "path"), _pairs(_PATH), ids=_shown)
def test_a_path_in_the_documents_exists(page: Path, path: str) -> None:
    assert (ROOT / path).exists(), page.name


@pytest.mark.parametrize(("page", "name"), _pairs(_NAME), ids=_shown)
def test_a_name_in_the_documents_is_in_the_source(page: Path, name: str) -> None:
    if (HOUSE / name.partition(".")[0]).is_dir():
        assert _find(name) is not None, f"{page.name}: there is no guiju.{name}"
    else:
        assert re.search(r"\.(py|md|ts|tsx|json|db|jpg)$", name) or name in _SAID, f"{page.name}: {name} is in no room"


_SAID = {"lot.rejected"}
"""Dotted words that are no names: an action of the journal that the source puts together."""


def _find(name: str) -> object | None:
    """What `room.module.Class.method` names: as deep a module as there is, then attributes."""
    found: object = importlib.import_module("guiju")
    for part in name.split("."):
        inner = getattr(found, part, None)
        found = inner if inner is not None else _module(found, part)
        if found is None:
            return None
    return found


def _module(package: object, part: str) -> ModuleType | None:
    if not isinstance(package, ModuleType):
        return None
    name = f"{package.__name__}.{part}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


def test_a_name_that_is_not_there_is_noticed() -> None:
    assert _find("work.submit_annotation") is not None
    assert _find("work.submit_everything") is None
    assert _find("work.nowhere.at_all") is None


@cache
def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))


@pytest.mark.parametrize("event", sorted({event for _, event in _pairs(_EVENT)}))
def test_what_the_journal_says_on_the_tour_is_written_by_the_source(event: str) -> None:
    assert f'"{event}"' in _source()


def test_the_tour_visits_the_tables_that_it_names() -> None:
    assert routes, "with the routes every slice is imported, and with it every table"
    said = {name for row in _WRITTEN.findall(TOUR.read_text(encoding="utf-8")) for name in re.findall(r"`(\w+)`", row)}
    assert len(said) > 20, "no table was found: the rule has lost its sight"
    assert said - _COLUMNS <= set(metadata.tables)

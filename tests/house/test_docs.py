"""The documents are true: their commands exist, their pages are found, every kind has one."""

import re
from pathlib import Path

import pytest

from scripts.commands import PAGE, render_commands
from tests.house.commands import commands_in, find_fault, pages
from tests.house.tree import HOUSE, ROOT

_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_NOT_A_PAGE_OF_ITS_OWN = {"README.md", "README.zh-CN.md"}


def _shown_commands() -> list[tuple[str, str]]:
    return [(str(page.relative_to(ROOT)), line) for page in pages() for line in commands_in(page)]


def test_the_readme_shows_commands() -> None:
    assert any(page == "README.md" for page, _ in _shown_commands()), (
        "no command was found: the rule has lost its sight"
    )


@pytest.mark.parametrize(("page", "line"), _shown_commands())
def test_a_command_in_the_documents_exists(page: str, line: str) -> None:
    assert find_fault(line) is None


@pytest.mark.parametrize(
    "line",
    ["fly", "demo --wings", "demo one two three", "agreement"],
)
def test_a_command_that_does_not_exist_is_noticed(line: str) -> None:
    assert find_fault(line)


def test_every_page_is_linked_from_a_front_page() -> None:
    front = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "docs/README.md"]
    linked = {target for page in front if page.exists() for target in _links(page)}
    assert not [str(page) for page in pages() if page.name not in _NOT_A_PAGE_OF_ITS_OWN and page not in linked]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert not [str(target) for target in _links(page) if not target.exists()]


def _links(page: Path) -> set[Path]:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    return {
        (page.parent / target).resolve()
        for target in targets
        if "://" not in target and not target.startswith("mailto:")
    }


def _kinds() -> list[str]:
    return sorted(folder.parent.name for folder in HOUSE.glob("kinds/*/__init__.py"))


def test_there_are_kinds() -> None:
    assert {"box", "choice"} <= set(_kinds())


@pytest.mark.parametrize("kind", _kinds())
def test_every_kind_has_a_page(kind: str) -> None:
    assert (ROOT / f"docs/kinds/{kind}.md").is_file()


def test_the_reference_of_commands_is_the_program_s_own() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_commands(), "`make docs` writes it anew"

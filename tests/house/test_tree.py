"""What is committed mentions no machine and no registry, and what is shipped has a licence that allows it."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, files

_TEXT_BYTES = 2_000_000
# Written in pieces, so that this file does not find itself.
_FORBIDDEN = {
    "a path of one machine": r"/work/(main|shared|\.library)\b|/ro" r"ot/|/op" r"t/pypi|/tm" r"p/w/",
    "a package registry": r"pythonho"
    r"sted\.org|pypi\.o"
    r"rg/simple|registry\.npm"
    r"js\.org|registry\.npmm"
    r"irror|deb\.deb"
    r"ian\.org",
    "a lock file's download address": r'"resol' r'ved": ?"ht',
}
_LGPL_AS_A_WHEEL_OF_ITS_OWN = {"psycopg", "psycopg-binary", "psycopg-pool"}


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_the_tree_does_not_mention(what: str) -> None:
    pattern = re.compile(_FORBIDDEN[what])
    found = [str(path.relative_to(ROOT)) for path in files() if pattern.search(_text(path))]
    assert not found


def _text(path: Path) -> str:
    content = path.read_bytes()[:_TEXT_BYTES]
    return "" if b"\0" in content else content.decode(errors="replace")


def test_nothing_that_is_built_is_committed() -> None:
    built = re.compile(r"^(frontend/)?(node_modules|dist|build|\.venv)/|^src/guiju/web/static/app/")
    assert not [name for path in files() if built.match(name := str(path.relative_to(ROOT)))]


def test_every_pin_is_exact_and_names_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[\w.+!]+", line)]


def test_what_is_shipped_with_guiju_is_neither_gpl_nor_agpl() -> None:
    closure = _requirements("guiju", {})
    assert "litestar" in closure, "the requirements were not found: the rule has lost its sight"
    copyleft = {name for name, licence in closure.items() if re.search(r"GPL|General Public", licence)}
    assert copyleft <= _LGPL_AS_A_WHEEL_OF_ITS_OWN


def _requirements(name: str, found: dict[str, str]) -> dict[str, str]:
    """What installing `name` installs here, each with what it says of its licence."""
    for text in distribution(name).requires or []:
        requirement = Requirement(text)
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": "binary"})
        if wanted and requirement.name not in found and (licence := _licence(requirement.name)) is not None:
            found[requirement.name] = licence
            _requirements(requirement.name, found)
    return found


def _licence(name: str) -> str | None:
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        return None
    said: list[str] = [
        line for field in ("License-Expression", "License", "Classifier") for line in about.get_all(field) or []
    ]
    return " ".join(line[:80] for line in said)

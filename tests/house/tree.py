"""The source tree as the house rules see it: rooms, modules, and what stands in them."""

import ast
import importlib
import pkgutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import guiju

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src/guiju"
# Their modules do something when they are imported: the command starts, the migration line is read by Alembic alone.
_NOT_IMPORTED = ("guiju.__main__", "guiju.storage.migrations")


@cache
def rooms() -> tuple[str, ...]:
    """The folders of the house that hold Python."""
    return tuple(sorted(folder.name for folder in HOUSE.iterdir() if any(folder.rglob("*.py"))))


@cache
def rooms_on_the_map() -> frozenset[str]:
    """The rooms that the import contract names, `sdk` beside them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    house = next(contract for contract in settings["contracts"] if contract["type"] == "layers")
    names = (name.strip(" ()") for layer in house["layers"] for name in layer.split("|"))
    return frozenset(names) | frozenset(house["exhaustive_ignores"])


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the house, imported."""
    found = pkgutil.walk_packages(guiju.__path__, "guiju.")
    return tuple(importlib.import_module(module.name) for module in found if not module.name.startswith(_NOT_IMPORTED))


def source_of(module: ModuleType) -> ast.Module:
    """The syntax tree of a module."""
    return _parse(Path(str(module.__file__)))


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def room_of(module: str) -> str:
    """The room of a dotted module name: `guiju.work.tables` stands in `work`."""
    return module.removeprefix("guiju.").partition(".")[0]


def all_subclasses(base: type) -> Iterator[type]:
    """The subclasses of `base`, theirs too."""
    for child in base.__subclasses__():
        yield child
        yield from all_subclasses(child)


@cache
def files() -> tuple[Path, ...]:
    """The files that are, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())

"""The page on the API names every route, and no other."""

import re
from pathlib import Path
from typing import Any

from guiju.storage import open_house
from guiju.web import create_app
from tests.house.tree import ROOT

PREFIX = "/api/v1"
_ROUTE = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`]+)`")


def _served(home: Path) -> set[tuple[str, str]]:
    app = create_app(house := open_house(home))
    paths: dict[str, dict[str, Any]] = app.openapi_schema.to_schema()["paths"]
    house.close()
    return {(method.upper(), path) for path, operations in paths.items() for method in operations}


def test_every_route_is_on_the_page(tmp_path: Path) -> None:
    table = (ROOT / "docs/api.md").read_text(encoding="utf-8").partition("## Routes")[2]
    rows = "\n".join(line for line in table.splitlines() if line.startswith("|"))
    told = {(method, PREFIX + path) for method, path in _ROUTE.findall(rows)}
    assert told == _served(tmp_path)

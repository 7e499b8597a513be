"""What axe-core finds on a page: the rules of WCAG A and AA, and its best practices."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.needs import do_without

_SCRIPT = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
_RUN = """() => axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(
  ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" … ")}`))"""


@cache
def _axe() -> str:
    if not _SCRIPT.exists():
        do_without("axe-core is not here (cd frontend && npm ci)")
    return _SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Each with what is wrong and where."""
    page.evaluate(_axe())
    found: Any = page.evaluate(_RUN)
    return [str(each) for each in found]

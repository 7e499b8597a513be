"""Every slice's routes, in the order of a label's life."""

from importlib import import_module

from litestar.types import ControllerRouterHandler

PAGES: list[ControllerRouterHandler] = []
API: list[ControllerRouterHandler] = []

for _slice in ("people projects briefs data rulebooks annotations rulings work inspection delivery bank").split():
    import_module(f"guiju.{_slice}.tables")  # temporary: until every slice is mounted here

"""Every slice's routes, in the order of a label's life."""

from importlib import import_module

from litestar.types import ControllerRouterHandler

from guiju.people import api as people_api
from guiju.people import pages as people_pages
from guiju.projects import api as projects_api
from guiju.projects import pages as projects_pages

PAGES: list[ControllerRouterHandler] = [
    *people_pages.PAGES,
    *projects_pages.PAGES,
]
API: list[ControllerRouterHandler] = [
    *people_api.API,
    *projects_api.API,
]

for _slice in ("people projects briefs data rulebooks annotations rulings work inspection delivery bank").split():
    import_module(f"guiju.{_slice}.tables")  # temporary: until every slice is mounted here

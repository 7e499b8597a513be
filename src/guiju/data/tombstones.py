"""SQL of what stays of items that were taken back: empty rows, to which lots, pay and figures still refer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, update

from guiju.data.tables import item, source
from guiju.kit import new_secret, sha256_hex
from guiju.storage import Tx


def put_tombstones(tx: Tx, items: Sequence[int]) -> None:
    """Nothing of these items is left but that there was one: an empty text under a hash of chance."""
    blank: dict[str, Any] = {"body": "", "media": "text", "size": 0}
    blank |= dict.fromkeys(("media_type", "meta", "speakers", "width", "height", "parts", "duration"))
    named: dict[str, Any] = {"name": bindparam("new_name"), "hash": bindparam("new_hash")}
    mine = update(item).where(item.c.id == bindparam("gone")).values(**blank, **named)
    fresh = [{"gone": each, "new_name": f"– {each}", "new_hash": sha256_hex(new_secret().encode())} for each in items]
    tx.execute(mine, fresh)


def unname_sources(tx: Tx, sources: Sequence[int]) -> None:
    """Sources of which nothing is left are named no more after their files."""
    gone: dict[str, Any] = {"name": "–", "read_from": None, "mapping": None, "owner": None}
    tx.execute(update(source).where(source.c.id.in_(sources)).values(**gone))

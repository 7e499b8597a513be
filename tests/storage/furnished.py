"""A house with something of everything that a backup must carry, and what stands in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from guiju.annotations import annotator_table
from guiju.data import item_table, source_table
from guiju.kit import sha256_hex
from guiju.storage import Event, House, Tx
from guiju.storage.rows import columns_of, tables
from tests.support.cast import Cast

CONTENTS = [b"\x89PNG one", b"two" * 100_000, "三".encode() * 40]


def furnish(cast: Cast) -> House:
    """Items with and without a blob, rows of every plain type, a journal longer than one seal."""
    house = cast.house
    keys = [house.blobs.put(content) for content in CONTENTS]
    house.write(lambda tx: _put_items(tx, cast, keys))
    house.write(lambda tx: [tx.journal(_event(cast, number)) for number in range(1_200)])
    house.write(lambda tx: tx.once("request-of-a-client", cast.zhou.id, "test", lambda: {"n": 1}))
    return house


def _event(cast: Cast, number: int) -> Event:
    return Event(cast.zhou.id, "test.rare" if number % 100 == 0 else "test.happened", subject_id=number)


def _put_items(tx: Tx, cast: Cast, keys: list[str]) -> None:
    source = tx.insert(
        insert(source_table),
        {
            "project_id": cast.project,
            "name": "钢板 “一”\n",
            "state": "landed",
            "rights": "customer",
            "created_by": cast.zhou.id,
            "created_at": tx.at,
        },
    )
    common = {"project_id": cast.project, "source_id": source, "media_type": None, "meta": '{"a": "\\u0000"}'}
    for number, key in enumerate(keys):
        content = {"hash": key, "media": "image", "name": f"{number}.png", "body": None, "size": 1, "width": 2**31 - 1}
        tx.insert(insert(item_table), {**common, **content})
    text = "不以规矩，不能成方圆。\n'\"\\ 😀"
    tx.insert(
        insert(item_table),
        {**common, "hash": sha256_hex(text.encode()), "media": "text", "name": "t", "body": text, "size": 2**40},
    )
    tx.insert(insert(annotator_table), {"kind": "person", "account_id": cast.alice.id, "name": "Alice"})


def everything(house: House) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with house.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(*columns_of(table)).order_by(*table.primary_key.columns))
            ]
            for table in tables()
        }


def whole_folder(folder: Path) -> set[str]:
    """What lies in a folder, however deep."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")} if folder.exists() else set()

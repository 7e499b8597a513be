"""A contribution comes for an item in hand: by whom, for which field; its bytes go to scratch as they come."""

import asyncio
import shutil
from collections.abc import AsyncIterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from guiju.cleaning.profiles.model import LANGUAGE_NAMES
from guiju.collecting import Place, Received, receive
from guiju.collecting.actions import most_bytes, sweep
from guiju.collecting.errors import ContributionTooLarge
from guiju.collecting.model import MODE_NAMES
from guiju.collecting.rules import MEGABYTE
from guiju.data.uploads.actions import receive_body, receiving
from guiju.kit import Words
from guiju.storage import Actor, House, Tx
from guiju.work import store
from guiju.work.actions import working_place
from guiju.work.errors import AnswerSealed, LeaseLapsed, SlotNotFound
from guiju.work.gold.mixing import slot_named, standing_of
from guiju.work.rules import LEASE_MICROS, Standing, check_open


def place_of(house: House, actor: Actor, round_id: int, slot_id: int, *, lease: str, field: str) -> Place:
    """For what a contribution comes; the item stays in hand a while longer. An empty lease corrects an earlier answer.

    Raises `SlotNotFound`, `LeaseLapsed`, `AnswerSealed`, `RoundClosed`, `RoundNotFound`.
    """

    def write(tx: Tx) -> Place:
        round_, annotator_id = working_place(tx, actor, round_id)
        slot, asks, gold = slot_named(tx.connection, round_, slot_id)
        standing = standing_of(tx, slot, asks, annotator_id, lease, gold)
        if slot is None or standing is Standing.FOREIGN:
            raise SlotNotFound(slot=slot_id)
        if standing is Standing.SEALED:
            raise AnswerSealed(slot=slot_id)
        if standing is Standing.LAPSED:
            raise LeaseLapsed(slot=slot_id)
        check_open(round_, tx.at)
        if standing is Standing.HELD:
            store.extend_lease(tx, slot.id, tx.at + LEASE_MICROS)
        return Place(round_.project_id, round_id, slot.item_id, annotator_id, round_.rulebook_id, field)

    return house.write(write)


async def give(house: House, actor: Actor, place: Place, token: str, stream: AsyncIterable[bytes]) -> Received:
    """Take a contribution's bytes and measure them. Raises what `receive` raises, too many bytes as they come."""
    mode, most = await asyncio.to_thread(most_bytes, house, place)
    async with receiving(house) as upload:
        try:
            await receive_body(upload, "contribution", _bounded(stream, mode, most))
            await asyncio.to_thread(sweep, house)
            return await asyncio.to_thread(partial(receive, house, actor, place, token, upload.files[0]))
        finally:
            await asyncio.to_thread(shutil.rmtree, upload.folder, ignore_errors=True)


def told_of(received: Received, words: Words) -> list[dict[str, Any]]:
    """Everything that is wrong, in the reader's language: languages and modes by their names."""
    return [replace(one, details=_named(one.details, words)).describe(words) for one in received.problems]


def _named(details: Mapping[str, object], words: Words) -> dict[str, object]:
    def name(code: str) -> str:
        return words(LANGUAGE_NAMES.get(code) or MODE_NAMES.get(code) or code)

    coded = {key: str(details[key]) for key in ("language", "wanted", "expected", "given") if key in details}
    return {**details, **{key: ", ".join(map(name, value.split(", "))) for key, value in coded.items()}}


async def _bounded(stream: AsyncIterable[bytes], mode: str, most: int) -> AsyncIterable[bytes]:
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > most:
            raise ContributionTooLarge(limit=most // MEGABYTE, mode=mode)
        yield chunk

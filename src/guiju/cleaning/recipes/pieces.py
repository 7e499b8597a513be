"""From an item to the piece that goes through the steps, and from a piece to the record that a source takes in."""

import msgspec

from guiju.cleaning.recipes.errors import ContentMissing
from guiju.cleaning.recipes.model import Piece
from guiju.data import Item, Media, read_text
from guiju.data.intake.model import ComparisonRecord, DialogueRecord, PictureRecord, Record, SoundRecord, TextRecord
from guiju.storage import House
from guiju.storage.blobs import BlobMissing


def piece_of(house: House, item: Item, media: frozenset[Media]) -> Piece:
    """The item as a piece; its file is read only where a step wants such items. Raises `ContentMissing`."""
    meta = msgspec.json.decode(item.meta) if item.meta else None
    if item.media not in media:
        return Piece(item.media, item.name, meta=meta)
    try:
        if not item.media.is_written:
            return Piece(item.media, item.name, content=house.blobs.read(item.hash), meta=meta)
        text = read_text(house, item)
    except BlobMissing as error:
        raise ContentMissing from error
    if item.media is Media.TEXT:
        return Piece(item.media, item.name, text=text, meta=meta)
    return Piece(item.media, item.name, document=msgspec.json.decode(text), meta=meta)


def record_of(piece: Piece, position: int) -> Record:
    """The piece as something that a source takes in."""
    meta = msgspec.json.encode(piece.meta).decode() if piece.meta else None
    content = piece.content or b""
    if piece.media is Media.IMAGE:
        return PictureRecord(position, piece.name, lambda: content)
    if piece.media is Media.AUDIO:
        return SoundRecord(position, piece.name, lambda: iter([content]))
    if piece.media is Media.TEXT:
        return TextRecord(position, piece.name, piece.text or "", meta, "utf-8")
    document = piece.document or {}
    body = msgspec.json.encode(document).decode()
    if piece.media is Media.DIALOGUE:
        return DialogueRecord(position, piece.name, body, tuple(turn["speaker"] for turn in document["turns"]), meta)
    return ComparisonRecord(position, piece.name, body, len(document["answers"]), meta, "utf-8")

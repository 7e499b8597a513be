"""From a record to the row that it would become, or the reason why it does not; long content goes to the blobs."""

from hashlib import sha256

from guiju.data.intake.errors import NameTooLong, RecordRefused, TextUndecodable
from guiju.data.intake.model import (
    BODY_CHARACTERS,
    NAME_CHARACTERS,
    Candidate,
    ComparisonRecord,
    DialogueRecord,
    PictureRecord,
    Record,
    RefusedRecord,
    SoundRecord,
    TextRecord,
)
from guiju.data.intake.rules import find_text_fault
from guiju.data.media.sounds import keep_wave
from guiju.data.media.tiles import cut_tiles
from guiju.data.model import Media, NewItem, is_tiled, spoken
from guiju.data.readers.pictures import check_picture, read_header
from guiju.storage import House

PICTURE_WEIGHT = 80_000
REFUSED_WEIGHT = 100


def look_at(house: House, record: Record) -> tuple[Candidate | RefusedRecord, int]:
    """What a record could become, and its weight: about how many bytes it holds in memory."""
    try:
        if isinstance(record, TextRecord):
            return _look_at_text(house, record)
        if isinstance(record, ComparisonRecord | DialogueRecord):
            return _look_at_document(house, record)
        if isinstance(record, PictureRecord):
            return _look_at_picture(house, record), PICTURE_WEIGHT
        if isinstance(record, SoundRecord):
            return _look_at_sound(house, record), PICTURE_WEIGHT
    except RecordRefused as refusal:
        return RefusedRecord(record.position, record.name, refusal), REFUSED_WEIGHT
    return record, REFUSED_WEIGHT


def _look_at_text(house: House, record: TextRecord) -> tuple[Candidate, int]:
    fault = find_text_fault(record)
    if fault is not None:
        raise fault
    text = record.text
    content = _encoded(record)
    is_long = len(text) > BODY_CHARACTERS
    item = NewItem(
        house.blobs.put(content) if is_long else sha256(content).hexdigest(),
        Media.TEXT,
        record.name,
        None if is_long else text,
        "text/plain",
        len(content),
        meta=record.meta,
    )
    return Candidate(record.position, item, record.keyed), len(content)


def _look_at_document(house: House, record: ComparisonRecord | DialogueRecord) -> tuple[Candidate, int]:
    """Several texts in one: what is short is kept with the row, anything longer in a blob."""
    if len(record.name) > NAME_CHARACTERS:
        raise NameTooLong(limit=NAME_CHARACTERS)
    content = record.body.encode()
    is_long = len(record.body) > BODY_CHARACTERS
    item = NewItem(
        house.blobs.put(content) if is_long else sha256(content).hexdigest(),
        Media.COMPARISON if isinstance(record, ComparisonRecord) else Media.DIALOGUE,
        _plain(record.name),
        None if is_long else record.body,
        "application/json",
        len(content),
        meta=record.meta,
        parts=record.parts if isinstance(record, ComparisonRecord) else len(record.speakers),
        speakers=spoken(record.speakers) if isinstance(record, DialogueRecord) else None,
    )
    return Candidate(record.position, item, record.keyed), len(content)


def _encoded(record: TextRecord) -> bytes:
    """The text's bytes in UTF-8. A byte that was no character in its file shows here: it came as a lone surrogate."""
    try:
        record.name.encode()
        content = record.text.encode()
    except UnicodeEncodeError as error:
        raise TextUndecodable(encoding=record.encoding) from error
    if record.encoding.startswith("utf-16") and "\ufffd" in record.text:
        raise TextUndecodable(encoding=record.encoding)
    return content


def _look_at_picture(house: House, record: PictureRecord) -> Candidate:
    if len(record.name) > NAME_CHARACTERS:
        raise NameTooLong(limit=NAME_CHARACTERS)
    content = record.read()
    picture = read_header(content)
    if is_tiled(picture.width, picture.height):
        cut_tiles(house, content, sha256(content).hexdigest())
    else:
        picture = check_picture(content)
    key, media_type = house.blobs.put(content), picture.media_type
    size = (picture.width, picture.height)
    item = NewItem(key, Media.IMAGE, _plain(record.name), None, media_type, len(content), *size)
    return Candidate(record.position, item)


def _look_at_sound(house: House, record: SoundRecord) -> Candidate:
    """Written to the disk and decoded from there, since it may be larger than the memory."""
    from guiju.data.sounds.waves import Sound, look_through  # noqa: PLC0415 - NumPy, which only sounds need

    if len(record.name) > NAME_CHARACTERS:
        raise NameTooLong(limit=NAME_CHARACTERS)
    seen: list[Sound] = []
    key, size = house.blobs.put_stream(record.stream(), lambda path: seen.append(look_through(path)))
    sound = seen[0]
    keep_wave(house, key, sound.wave)
    item = NewItem(key, Media.AUDIO, _plain(record.name), None, sound.media_type, size, duration=sound.duration)
    return Candidate(record.position, item)


def _plain(name: str) -> str:
    """A file's name as text: what its file system could not say in UTF-8 becomes U+FFFD."""
    return name.encode("utf-8", errors="replace").decode()

"""Contributions come, are measured at once, and are bound to the answer that uses them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from guiju.annotations import find_annotator, find_resolutions
from guiju.collecting import store
from guiju.collecting.consents.store import find_consent
from guiju.collecting.errors import (
    ConsentNeeded,
    ContributionEmpty,
    ContributionGone,
    ContributionNotFound,
    ContributionTooLarge,
    NotAContributionField,
    SameBytes,
    UploadElsewhere,
)
from guiju.collecting.model import Contribution, Place, Received, State
from guiju.collecting.rules import MEGABYTE, MOST_BYTES, WAITS_MICROS, longest_sound
from guiju.data.media.sounds import keep_wave
from guiju.data.media.store import place_of
from guiju.kinds import (
    Answer,
    ContributionOptions,
    Contributions,
    FieldShape,
    Given,
    check_one,
    decode_answers,
)
from guiju.kit import NotFound, Refusal
from guiju.people import Act, NotAllowed
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.storage import Actor, Event, House, Tx

SWEPT_AT_ONCE = 200
DRAWN = ("wave", "flac", "webp", "png")
"""What the home's cache may hold of a content beside it."""


class Measured(NamedTuple):
    """What was found out about an upload; `wave` is what is drawn of a sound."""

    given: Given
    wave: bytes


def field_of(connection: Connection, rulebook_id: int, name: str) -> FieldShape:
    """The field for contributions of that name. Raises `NotAContributionField`."""
    found = next((one for one in get_published(connection, rulebook_id).fields if one.id == name), None)
    if found is None or found.kind != "contribution":
        raise NotAContributionField(field=name[:64])
    return found


def most_bytes(house: House, place: Place) -> tuple[str, int]:
    """The mode that the field asks for, and how large such a thing may be. Raises `ConsentNeeded` before it comes."""
    with house.reading() as connection:
        told = field_of(connection, place.rulebook_id, place.field).option(ContributionOptions)
        _consent_for(connection, place, told)
    return told.mode, MOST_BYTES[told.mode]


def _consent_for(connection: Connection, place: Place, told: ContributionOptions) -> int:
    found = find_consent(connection, place.project_id, place.annotator_id, told.consent.hash)
    if found is None:
        raise ConsentNeeded(version=told.consent.version)
    return found


def receive(house: House, actor: Actor, place: Place, token: str, path: Path) -> Received:
    """Measure an upload and keep it, or say everything that is wrong with it and keep nothing but that.

    The same token again answers the same. Takes the file at `path` for read and leaves it. Raises `ConsentNeeded`,
    `UploadElsewhere`, `ContributionEmpty`, `ContributionTooLarge`, and what measuring refuses by name: content of
    another sort, bombs, what is cut off.
    """
    with house.reading() as connection:
        field = field_of(connection, place.rulebook_id, place.field)
    told = field.option(ContributionOptions)
    known = house.write(partial(_begin, token=token, place=place, told=told))
    if known is not None and known.given is not None and known.state is not State.COMING:
        if known.state not in {State.KEPT, State.USED, State.REFUSED}:
            raise ContributionGone(id=token)
        return Received(known.given, check_one(known.given, field))
    try:
        measured = _measure(house, token, told, path)
    except Refusal as refusal:
        house.write(partial(_refuse, actor=actor, place=place, token=token, mode=told.mode, code=refusal.code))
        raise
    return _finish(house, actor, place, field, measured)


def _begin(tx: Tx, *, token: str, place: Place, told: ContributionOptions) -> Contribution | None:
    """Note that it comes, so that nothing is left lying when the measuring does not end."""
    known = store.find(tx.connection, token)
    if known is None:
        store.insert_coming(tx, token, place, told.mode, _consent_for(tx.connection, place, told))
        return None
    mine = (known.project_id, known.item_id, known.annotator_id, known.field)
    if mine != (place.project_id, place.item_id, place.annotator_id, place.field):
        raise UploadElsewhere(id=token)
    return known


def _measure(house: House, token: str, told: ContributionOptions, path: Path) -> Measured:
    """Raises `ContributionEmpty`, `ContributionTooLarge` and what the mode's own measuring raises."""
    size = path.stat().st_size
    if size == 0:
        raise ContributionEmpty
    if size > MOST_BYTES[told.mode]:
        raise ContributionTooLarge(limit=MOST_BYTES[told.mode] // MEGABYTE, mode=told.mode)
    if told.mode == "sound":
        from guiju.collecting.measuring import sounds  # noqa: PLC0415 - NumPy, which only measuring needs

        media_type, measures, wave = sounds.measure(path, longest_sound(told))
        with path.open("rb") as file:
            key, size = house.blobs.put_stream(iter(lambda: file.read(1 << 20), b""))
        return Measured(Given(token, told.mode, key, media_type, size, "", measures), wave)
    content, language = path.read_bytes(), ""
    if told.mode == "picture":
        from guiju.collecting.measuring import pictures  # noqa: PLC0415

        content, media_type, measures = pictures.measure(content, keep_metadata=told.keep_metadata)
    else:
        from guiju.collecting.measuring import texts  # noqa: PLC0415

        content, language, measures = texts.measure(content)
        media_type = "text/plain"
    key = house.blobs.put(content)
    return Measured(Given(token, told.mode, key, media_type, len(content), language, measures), b"")


def _finish(house: House, actor: Actor, place: Place, field: FieldShape, measured: Measured) -> Received:
    """Compare it with what was given before, then keep it or let it go."""
    from guiju.collecting.measuring import marks  # noqa: PLC0415 - NumPy, which only measuring needs

    given, told = measured.given, field.option(ContributionOptions)
    size = (int(given.measures.get("width", 0)), int(given.measures.get("height", 0)))
    print_ = marks.fingerprint(house, given.mode, given.hash, size)
    with house.reading() as connection:
        others = store.find_alike(connection, place, print_.marks, but=given.id, own=told.most > 1)
    if given.mode == "text":
        said = [house.blobs.read(row.hash).decode() for row in others if house.blobs.exists(row.hash)]
        alike = marks.likeness_of_texts(house.blobs.read(given.hash).decode(), said)
    else:
        alike = marks.likeness(print_.signature, [row.signature for row in others if row.signature])
    measures = {name: round(value, 2) for name, value in {**given.measures, "alike": 100 * alike}.items()}
    given = msgspec.structs.replace(given, measures=measures)
    problems = check_one(given, field)

    def write(tx: Tx) -> str | None:
        same = store.find_same(tx.connection, place, given.hash, but=given.id, own=told.most > 1)
        is_kept = not problems and (same is None or told.max_alike >= 100)
        codes = [problem.code for problem in problems] or ([] if is_kept else [SameBytes.code])
        store.finish(
            tx,
            given.id,
            given=given,
            state=State.KEPT if is_kept else State.REFUSED,
            signature=print_.signature,
            problems=codes,
            marks=print_.marks,
        )
        facts: dict[str, object] = {"contribution": given.id, "digest": given.hash, "problems": codes}
        name = "collecting.received" if is_kept else "collecting.refused"
        tx.journal(Event(actor.id, name, place.project_id, place.item_id, facts=facts))
        return None if is_kept or problems else same

    same = house.write(write)
    if same is not None or problems:
        forget(house, [given.hash])
    if same is not None:
        raise SameBytes
    if measured.wave and not problems:
        keep_wave(house, given.hash, measured.wave)
    return Received(given, problems)


def _refuse(tx: Tx, *, actor: Actor, place: Place, token: str, mode: str, code: str) -> None:
    nothing = Given(token, "sound", "", "", 0, "", {})
    given = msgspec.structs.replace(nothing, mode=mode)
    store.finish(tx, token, given=given, state=State.REFUSED, signature=b"", problems=[code], marks=[])
    facts: dict[str, object] = {"contribution": token, "problems": [code]}
    tx.journal(Event(actor.id, "collecting.refused", place.project_id, place.item_id, facts=facts))


def forget(house: House, hashes: Iterable[str | None]) -> None:
    """Remove contents that nothing refers to any more: inside a write, so that nothing can come to meanwhile."""
    wanted = sorted({key for key in hashes if key})

    def write(tx: Tx) -> None:
        for key in store.find_unheld(tx.connection, wanted):
            house.blobs.delete(key)
            for ending in DRAWN:
                place_of(house, key, ending).unlink(missing_ok=True)

    if wanted:
        house.write(write)


def settle(
    connection: Connection, place: tuple[int, int, int], answers: Mapping[str, Answer]
) -> tuple[dict[str, Answer], list[str]]:
    """The answers with what the server measured written into them, and the uploads that they use.

    `place` is project, item and annotator. An answer may use what its annotator gave for the item, and what the answer
    of record has already, as an answer that is reworked does. Raises `ContributionNotFound`, `ContributionGone`.
    """
    given = [one.id for answer in answers.values() if isinstance(answer, Contributions) for one in answer.given]
    if not given:
        return dict(answers), []
    project_id, item_id, annotator_id = place
    known = store.find_many(connection, given)
    mine = {
        token for token, one in known.items() if (one.item_id, one.annotator_id) == (item_id, annotator_id)
    } | _on_record(connection, project_id, item_id)
    for token in given:
        found = known.get(token)
        if found is None or found.project_id != project_id or token not in mine:
            raise ContributionNotFound(id=token)
        if not found.state.holds:
            raise ContributionGone(id=token)
    return {name: _settled(answer, name, known) for name, answer in answers.items()}, given


def _settled(answer: Answer, field: str, known: Mapping[str, Contribution]) -> Answer:
    if not isinstance(answer, Contributions):
        return answer
    found = [known[one.id] for one in answer.given]
    return Contributions(tuple(one.given for one in found if one.given is not None and one.field == field))


def _on_record(connection: Connection, project_id: int, item_id: int) -> set[str]:
    held = find_resolutions(connection, project_id, item_ids=[item_id])
    return {
        one.id
        for resolution in held
        for answer in decode_answers(resolution.answers).values()
        if isinstance(answer, Contributions)
        for one in answer.given
    }


def mark_used(tx: Tx, tokens: Sequence[str], annotation_id: int) -> None:
    """The uploads belong to an answer from now on, and are swept away no more."""
    if tokens:
        store.mark_used(tx, tokens, annotation_id)


def sweep(house: House) -> int:
    """Let go of uploads that no answer used within a day; returns how many."""

    def write(tx: Tx) -> list[str | None]:
        stale = store.find_stale(tx.connection, tx.at - WAITS_MICROS, SWEPT_AT_ONCE)
        store.end(tx, [row.id for row in stale], State.SWEPT)
        return [row.hash for row in stale]

    swept = 0
    while hashes := house.write(write):
        forget(house, hashes)
        swept += len(hashes)
    return swept


def get_contribution(house: House, actor: Actor, token: str) -> Contribution:
    """A contribution whose content is there, for its giver and for those who see the project's items.

    Raises `ContributionNotFound`, `ContributionGone`.
    """
    with house.reading() as connection:
        found = store.find(connection, token)
        if found is None:
            raise ContributionNotFound(id=token[:64])
        if find_annotator(connection, actor.id) != found.annotator_id:
            try:
                authorise(connection, actor, found.project_id, Act.SEE_ITEMS)
            except (NotAllowed, NotFound) as refusal:
                raise ContributionNotFound(id=token[:64]) from refusal
    if not found.state.holds or found.hash is None:
        raise ContributionGone(id=token)
    return found

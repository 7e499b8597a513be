"""A delivery is asked for, and read."""

from collections.abc import Sequence

import msgspec

from guiju.delivery import store
from guiju.delivery.errors import (
    DeliveryNotFound,
    DeliveryNotReady,
    FormatDoesNotFit,
    FormatNeedsExtra,
    LotNotAccepted,
    LotsAreAccepted,
    LotUnknown,
    NothingToDeliver,
)
from guiju.delivery.formats import FORMATS, Format, get_format
from guiju.delivery.model import Asked, Delivery, DeliveryState, Frozen, Include, Loss, Terms
from guiju.delivery.splits import check_splits
from guiju.delivery.splits.errors import SplitDeliveryUnknown
from guiju.inspection import LotState
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, NoRulebook, latest_published
from guiju.storage import Actor, Event, House, Tx, ask_for_job

BUILD = "delivery.build"


def deliver(  # noqa: PLR0913 - what a package is asked to be
    house: House,
    actor: Actor,
    project_id: int,
    request_id: str,
    *,
    format: str,  # noqa: A002 - the word of the command and the API
    include: Include = Include.ACCEPTED,
    with_media: bool = False,
    terms: Terms | None = None,
) -> Asked:
    """Freeze the project as it stands and ask for the package that holds it.

    Raises `UnknownFormat`, `FormatNeedsExtra`, `FormatDoesNotFit`, `NoRulebook`, `NothingToDeliver`, `LotUnknown`,
    `LotNotAccepted`, `LotsAreAccepted`, `DeliveryNotFound`, `DeliveryNotReady`, `BadSplits`, `SplitFieldUnknown`,
    `SplitDeliveryUnknown`.
    """
    chosen, said = get_format(format), terms or Terms()
    if extra := chosen.lacks():
        raise FormatNeedsExtra(format=chosen.name, extra=extra)

    def ask(tx: Tx) -> list[int]:
        rulebook = latest_published(tx.connection, project_id)
        if rulebook is None:
            raise NoRulebook
        _check_fit(rulebook, chosen.name, chosen.holds)
        agreed = _agree(tx, project_id, include, said, rulebook)
        wanted: dict[str, object] = {"format": chosen.name, "include": include, "with_media": with_media}
        return _ask(tx, actor, project_id, rulebook.id, wanted, agreed)

    def write(tx: Tx) -> Asked:
        authorise(tx.connection, actor, project_id, Act.DELIVER)
        return Asked(*tx.once(request_id, actor.id, f"delivery.ask.{project_id}", lambda: ask(tx)))

    return house.write(write)


def _check_fit(rulebook: CompiledRulebook, name: str, holds: frozenset[str]) -> None:
    kinds = {field.kind for field in rulebook.fields}
    if not kinds & holds:
        raise FormatDoesNotFit(format=name, kinds=", ".join(sorted(kinds)))


def _agree(tx: Tx, project_id: int, include: Include, terms: Terms, rulebook: CompiledRulebook) -> Terms:
    """The terms, checked against what there is, with what was left open filled in."""
    if terms.lots:
        if include is not Include.ACCEPTED:
            raise LotsAreAccepted
        _check_lots(tx, project_id, terms.lots)
    if terms.since is not None:
        _earlier(tx, project_id, terms.since)
    if terms.splits is None:
        return terms
    splits = check_splits(terms.splits, rulebook.fields)
    if splits.keep is not None:
        before = _earlier(tx, project_id, splits.keep).terms.splits
        if before is None or not {*before.shares} & {*splits.shares}:
            raise SplitDeliveryUnknown(delivery=splits.keep)
    return msgspec.structs.replace(terms, splits=splits)


def _check_lots(tx: Tx, project_id: int, numbers: Sequence[int]) -> None:
    found = store.find_lots(tx.connection, project_id, numbers)
    for number in numbers:
        if number not in found:
            raise LotUnknown(lot=number)
        if (state := found[number][1]) is not LotState.ACCEPTED:
            raise LotNotAccepted(lot=number, state=state.value)


def _earlier(tx: Tx, project_id: int, number: int) -> Delivery:
    found = store.find_by_number(tx.connection, project_id, number)
    if found is None:
        raise DeliveryNotFound(delivery=number)
    if found.ledger is None:
        raise DeliveryNotReady(number=number, state=found.state.value)
    return found


def _ask(  # noqa: PLR0917 - one row, and what it is made of
    tx: Tx, actor: Actor, project_id: int, rulebook_id: int, wanted: dict[str, object], terms: Terms
) -> list[int]:
    # The journal's row is the frozen moment, so it is written before the delivery that it is about.
    said = msgspec.to_builtins(terms)
    event = tx.journal(Event(actor.id, "delivery.asked", project_id, facts={**wanted, **said}))
    wanted = {**wanted, "terms": msgspec.json.encode(terms).decode()}
    last = store.last_resolution(tx.connection, project_id)
    if not last or (wanted["include"] is Include.ACCEPTED and not store.has_accepted(tx.connection, project_id, event)):
        raise NothingToDeliver
    delivery_id, number = store.insert_delivery(
        tx, project_id=project_id, rulebook_id=rulebook_id, as_of=event, created_by=actor.id, **wanted
    )
    frozen = Frozen(delivery_id, last, tx.at, store.count_open_questions(tx.connection, project_id))
    job = ask_for_job(tx, BUILD, as_payload(frozen), project_id=project_id, actor_id=actor.id)
    store.update_delivery(tx, delivery_id, job_id=job)
    return [delivery_id, number, job]


def as_payload(frozen: Frozen) -> dict[str, object]:
    return {name: getattr(frozen, name) for name in Frozen.__struct_fields__}


def list_deliveries(house: House, actor: Actor, project_id: int, wanted: PageRequest | None = None) -> Page[Delivery]:
    """The project's deliveries, the newest first."""
    wanted = wanted or PageRequest()
    key = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rows = store.list_deliveries(connection, project_id, key if isinstance(key, int) else None, wanted.size + 1)
    more, rows = len(rows) > wanted.size, rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].number]) if more else None)


def list_formats(house: House, actor: Actor, project_id: int) -> list[tuple[Format, tuple[Loss, ...]]]:
    """The formats that fit what is annotated, each with what it would lose; the last is offered first.

    Raises `NoRulebook`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = latest_published(connection, project_id)
    if rulebook is None:
        raise NoRulebook
    kinds = {field.kind for field in rulebook.fields}
    return [(one, one.losses(rulebook.fields)) for one in FORMATS.values() if one.holds & kinds]


def get_delivery(house: House, actor: Actor, project_id: int, number: int) -> Delivery:
    """A delivery in whatever state, for whoever may see reports. Raises `DeliveryNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        found = store.find_by_number(connection, project_id, number)
    if found is None:
        raise DeliveryNotFound(delivery=number)
    return found


def get_package(house: House, actor: Actor, project_id: int, number: int) -> Delivery:
    """A delivery that is ready, for whoever may download. Raises `DeliveryNotFound`, `DeliveryNotReady`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DOWNLOAD)
        found = store.find_by_number(connection, project_id, number)
    if found is None:
        raise DeliveryNotFound(delivery=number)
    if found.state is not DeliveryState.READY or found.blob is None:
        raise DeliveryNotReady(number=number, state=found.state.value)
    return found

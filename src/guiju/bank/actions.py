"""The bank is searched, and drawn from into a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy import Connection

from guiju.annotations import Origin, RoundKind, RoundState, insert_annotation, insert_round, named_annotator, resolve
from guiju.bank import store
from guiju.bank.errors import BankClosed, NothingFound, NothingToSearch
from guiju.bank.model import Drawn, Find, Reader, Wanted
from guiju.bank.rules import may_use, reader_of
from guiju.bank.store import Usable
from guiju.data import Counts, insert_drawn_items, land_source, open_source, shape_of_item
from guiju.data import Rights as SourceRights
from guiju.data.words import query_tokens
from guiju.kinds import decode_answers
from guiju.kit import N_, Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act, find_account, may
from guiju.projects import Project, authorise, list_projects_of
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.storage import Actor, Event, House, Tx

MOST_DRAWN = 2_000
FROM_BANK = N_("From the data bank")


def get_reader(connection: Connection, actor: Actor) -> Reader:
    """How far the actor sees into the bank. Raises `BankClosed`."""
    standings = list_projects_of(connection, actor.id)
    leads = [(one.project.id, one.project.customer) for one in standings if may(one.roles, Act.DRAW_FROM_BANK)]
    account = find_account(connection, actor.id)
    opens = account is not None and (account.may_open_projects or account.is_admin)
    if not (actor.trusted or leads or opens):
        raise BankClosed
    return reader_of(leads, trusted=actor.trusted)


def search_bank(
    house: House, actor: Actor, query: str = "", label: str = "", wanted: PageRequest | None = None
) -> Page[Find]:
    """What the bank has with all these words and this label (its id or its name), as far as the actor may see.

    Raises `BankClosed`, `NothingToSearch`.
    """
    wanted = wanted or PageRequest()
    sought = Wanted(query_tokens(query), label.strip()[:60])
    key = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    with house.reading() as connection:
        reader = get_reader(connection, actor)
        if sought.is_empty:
            raise NothingToSearch
        before = key if isinstance(key, int) else None
        rows = store.search(connection, sought, reader, before=before, limit=wanted.size + 1)
    more, rows = len(rows) > wanted.size, rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].id]) if more else None)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be drawn: these deposits, or all that a search finds (at most `MOST_DRAWN`)."""

    deposits: tuple[int, ...] = ()
    query: str = ""
    label: str = ""


def draw_from_bank(house: House, actor: Actor, project_id: int, request_id: str, chosen: Choice) -> Drawn:
    """Copy deposits into a project, with their answers where its rulebook allows them; provenance is kept.

    Content that the project has already is counted as a duplicate and left alone. Raises `BankClosed`,
    `NothingToSearch`, `NothingFound`.
    """
    sought = Wanted(query_tokens(chosen.query), chosen.label.strip()[:60])
    if sought.is_empty and not chosen.deposits:
        raise NothingToSearch
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.DRAW_FROM_BANK).project
        reader = get_reader(connection, actor)
        found = store.find_usable(connection, sought, chosen.deposits or None, reader, MOST_DRAWN)
        rulebook = latest_published(connection, project_id)
    usable = _usable(found, project)
    answers = {each.item_id: each.answers for each in usable if rulebook and _fits(each, rulebook)}

    def write(tx: Tx) -> Drawn:
        authorise(tx.connection, actor, project_id, Act.DRAW_FROM_BANK)
        return Drawn(
            *tx.once(
                request_id,
                actor.id,
                f"bank.draw.{project_id}",
                lambda: _draw(tx, actor, project, usable, answers, rulebook),
            )
        )

    return house.write(write)


def _usable(found: Sequence[Usable], project: Project) -> list[Usable]:
    """What the project may use, each once, in the order in which it was deposited."""
    allowed = [
        each
        for each in found
        if each.project_id != project.id
        and may_use(each.rights, each.customer, each.project_id, project.id, project.customer)
    ]
    return sorted(allowed, key=lambda each: each.id)


def _fits(each: Usable, rulebook: CompiledRulebook) -> bool:
    length = len(each.body or "") or each.size
    measures = {"parts": each.parts, "duration": each.duration}
    shape = shape_of_item(each.media, length, each.width, each.height, **measures, speakers=each.speakers)
    return not rulebook.check_answers(decode_answers(each.answers), shape)


def _draw(  # noqa: PLR0917 - what was read before the write
    tx: Tx,
    actor: Actor,
    project: Project,
    usable: Sequence[Usable],
    answers: dict[int, str],
    rulebook: CompiledRulebook | None,
) -> list[int]:
    if not usable:
        raise NothingFound
    rights = SourceRights.GENERAL if all(each.rights == "general" for each in usable) else SourceRights.CUSTOMER
    source = open_source(tx, project.id, FROM_BANK, created_by=actor.id, rights=rights)
    became = insert_drawn_items(tx, project.id, source, [each.item_id for each in usable])
    fresh = store.items_of_source(tx.connection, source)
    drawn = [each for each in usable if became.get(each.item_id) in fresh]
    counts = Counts(len(usable), len(fresh), len(usable) - len(fresh))
    land_source(tx, source, counts)
    store.insert_draws(
        tx,
        [
            {"deposit_id": each.id, "project_id": project.id, "item_id": became[each.item_id], "drawn_by": actor.id}
            for each in drawn
        ],
    )
    known = [(became[each.item_id], each) for each in drawn if each.item_id in answers]
    if known and rulebook is not None:
        _bring_answers(tx, actor, project, rulebook, known)
    facts = {"source": source, "items": len(fresh), "answers": len(known)}
    tx.journal(Event(actor.id, "bank.drawn", project.id, source, facts=facts))
    return [source, len(fresh), len(known), len(usable) - len(fresh)]


def _bring_answers(
    tx: Tx, actor: Actor, project: Project, rulebook: CompiledRulebook, known: Sequence[tuple[int, Usable]]
) -> None:
    """What was accepted before enters as imported work: it holds, and waits for inspection like anybody's."""
    round_id = insert_round(
        tx,
        project_id=project.id,
        kind=RoundKind.IMPORT,
        rulebook_id=rulebook.id,
        state=RoundState.CLOSED,
        created_by=actor.id,
    )
    for item_id, each in known:
        annotator = named_annotator(tx, project.id, f"{FROM_BANK}: {each.project_name}")
        keys: dict[str, Any] = {
            "project_id": project.id,
            "round_id": round_id,
            "item_id": item_id,
            "annotator_id": annotator,
        }
        annotation = insert_annotation(tx, **keys, rulebook_id=rulebook.id, revision=1, answers=each.answers)
        resolve(
            tx,
            **keys,
            rulebook_id=rulebook.id,
            origin=Origin.ANNOTATION,
            answers=each.answers,
            annotation_id=annotation,
        )


def list_bank_labels(house: House, actor: Actor) -> list[str]:
    """Label ids that a search may name."""
    with house.reading() as connection:
        return store.known_labels(connection, get_reader(connection, actor))


def read_thumbnail(house: House, actor: Actor, deposit_id: int) -> bytes:
    """A small JPEG of a deposit's picture, for those who may see the deposit. Raises `BankClosed`, `NothingFound`."""
    with house.reading() as connection:
        found = store.find_visible(connection, deposit_id, get_reader(connection, actor))
    if found is None or found[0] != "image":
        raise NothingFound
    return _small(house.blobs.read(found[1]))


def _small(content: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only pictures need it

    with Image.open(BytesIO(content)) as picture:
        picture.draft("RGB", (640, 640))
        small = ImageOps.exif_transpose(picture).convert("RGB")
    small.thumbnail((320, 320))
    out = BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()

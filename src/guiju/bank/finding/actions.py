"""The bank is searched, counted and looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from sqlalchemy import Connection, Select

from guiju.bank.errors import BankClosed, NothingFound, NothingToSearch
from guiju.bank.finding import store
from guiju.bank.finding.errors import DepositNotFound
from guiju.bank.finding.model import Counts, Facet, Find, Search
from guiju.bank.finding.rules import merged, ordered
from guiju.bank.likeness import point_of
from guiju.bank.model import Reader
from guiju.bank.rules import reader_of
from guiju.bank.tables import deposit as deposit_table
from guiju.data.words import query_tokens
from guiju.kinds import decode_answers
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act, find_account, may
from guiju.projects import list_projects_of
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.storage import Actor, House
from guiju.work.trial.beside import Case, lay_beside

COUNTED = 10_000
COUNTED_ALIKE = 1_000
DEPTHS = (200, 2_000, 20_000)
FEW = 20_000


@dataclass(frozen=True, slots=True)
class Laid:
    """A deposit's answers, ready to be shown, with the rulebook that names their labels."""

    case: Case
    rulebook: CompiledRulebook


def get_reader(connection: Connection, actor: Actor, at: int) -> Reader:
    """How far the actor sees into the bank at a moment. Raises `BankClosed`."""
    standings = list_projects_of(connection, actor.id)
    leads = [(one.project.id, one.project.customer) for one in standings if may(one.roles, Act.DRAW_FROM_BANK)]
    account = find_account(connection, actor.id)
    opens = account is not None and (account.may_open_projects or account.is_admin)
    if not (actor.trusted or leads or opens):
        raise BankClosed
    return reader_of(leads, trusted=actor.trusted, at=at)


def search_bank(
    house: House, actor: Actor, search: Search, wanted: PageRequest | None = None, *, browse: bool = False
) -> Page[Find]:
    """What the bank has that fits, as far as the actor may see: the newest first, or the most alike.

    What is most alike comes on one page. Without `browse` an empty search is refused. Raises `BankClosed`,
    `NothingToSearch`, `DepositNotFound`, and what `point_of` raises.
    """
    wanted = wanted or PageRequest()
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
    if not (browse or search.label or search.facets or search.like or query_tokens(search.q)):
        raise NothingToSearch
    if search.like:
        near = find_alike(house, reader, search, wanted.size)
        with house.reading() as connection:
            rows = store.read_finds(connection, [number for number, _ in near], reader)
        close = dict(near)
        return Page([replace(one, closeness=close[one.id]) for one in rows], None)
    key = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    with house.reading() as connection:
        before = key if isinstance(key, int) else None
        ids = store.newest(connection, search, reader, before=before, limit=wanted.size + 1)
        rows = store.read_finds(connection, ids[: wanted.size], reader)
    return Page(rows, encode_cursor([rows[-1].id]) if len(ids) > wanted.size else None)


def find_alike(house: House, reader: Reader, search: Search, count: int) -> list[tuple[int, float]]:
    """The deposits most like what is said among those that fit, with their cosines; never the one that is compared."""
    own = int(search.like) if search.like.isdecimal() else 0
    if own:
        with house.reading() as connection:
            if store.find_visible(connection, own, reader) is None:
                raise DepositNotFound
    point, found = point_of(house, search.like), list[tuple[int, float]]()
    for depth in DEPTHS:
        found = _kept(house, reader, search, point.all(min(depth, len(point))), own)
        if len(found) >= count or depth >= len(point):
            return found[:count]
        few = _few(house, reader, search)
        if few is not None:
            return _kept(house, reader, search, point.among(few, count + 1), own)[:count]
    return found


def _kept(
    house: House, reader: Reader, search: Search, near: Sequence[tuple[int, float]], own: int
) -> list[tuple[int, float]]:
    """Those that stand in the database, may be seen, and fit."""
    with house.reading() as connection:
        held = store.keep_fitting(connection, search, reader, [number for number, _ in near])
    return [(number, close) for number, close in near if number in held and number != own]


def _few(house: House, reader: Reader, search: Search) -> list[int] | None:
    """All that fits, where that is not much."""
    with house.reading() as connection:
        found = store.newest(connection, search, reader, before=None, limit=FEW + 1)
    return found if len(found) <= FEW else None


def count_bank(house: House, actor: Actor, search: Search) -> Counts:
    """How many deposits have each value, of what the actor may see; a facet's own choice does not narrow it."""
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
    near = None
    if search.like:
        alike = find_alike(house, reader, Search(like=search.like), COUNTED_ALIKE)
        near = [number for number, _ in alike]
    most = COUNTED if near is None else COUNTED_ALIKE
    with house.reading() as connection:

        def chosen(without: Facet | None = None) -> Select[int]:
            found = store.fitting(connection, search, reader, without)
            if near is not None:
                found = found.where(deposit_table.c.id.in_(near))
            return found.order_by(deposit_table.c.id.desc()).limit(most)

        free = [facet for facet in Facet if facet not in search.facets]
        pages = [store.count_facets(connection, chosen(), reader, free)]
        pages += [store.count_facets(connection, chosen(facet), reader, [facet]) for facet in search.facets]
        total = store.count_up_to(connection, chosen())
    return Counts(total, most, ordered(search, merged(pages)))


def name_values(house: House, actor: Actor, counts: Counts) -> dict[Facet, dict[str, str]]:
    """What the values that are numbers are called."""
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        return {
            each.facet: store.names_of(connection, each.facet, [value for value, _, _ in each.values], reader)
            for each in counts.facets
            if each.facet in {Facet.PROJECT, Facet.RULEBOOK}
        }


def get_deposit(house: House, actor: Actor, deposit_id: int) -> Find:
    """Raises `BankClosed`, `DepositNotFound`."""
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        if store.find_visible(connection, deposit_id, reader) is None:
            raise DepositNotFound
        return store.read_finds(connection, [deposit_id], reader)[0]


def find_shown(house: House, actor: Actor, ids: Sequence[int]) -> list[Find]:
    """These deposits as a list shows them, as far as the actor may see them. Raises `BankClosed`."""
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        return store.read_finds(connection, store.keep_permitted(connection, reader, ids), reader)


def read_thumbnail(house: House, actor: Actor, deposit_id: int, side: int = 320) -> bytes:
    """A small JPEG of a deposit's picture, for those who may see the deposit. Raises `BankClosed`, `NothingFound`."""
    with house.reading() as connection:
        found = store.find_visible(connection, deposit_id, get_reader(connection, actor, house.clock()))
    if found is None or found[0] != "image":
        raise NothingFound
    return _small(house.blobs.read(found[1]), side)


def _small(content: bytes, side: int) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only pictures need it

    with Image.open(BytesIO(content)) as picture:
        picture.draft("RGB", (2 * side, 2 * side))
        small = ImageOps.exif_transpose(picture).convert("RGB")
    small.thumbnail((side, side))
    out = BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()


def lay_answers(house: House, finds: Sequence[Find]) -> dict[int, Laid]:
    """The answers of what was found, as a page shows them: by field, over the picture, in the text."""
    with house.reading() as connection:
        held = store.read_answered(connection, [one.id for one in finds])
        laid: dict[int, Laid] = {}
        for number, (item, rulebook_id, answers) in held.items():
            rulebook = get_published(connection, rulebook_id)
            case = lay_beside(item, 1.0, [(0, rulebook.today(decode_answers(answers)))], rulebook)
            laid[number] = Laid(case, rulebook)
    return laid


def read_origins(house: House, actor: Actor, deposit_id: int) -> list[Find]:
    """The deposits that this one came through, the first deposit last; what the reader may not see is left out.

    Raises `BankClosed`.
    """
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        above = store.chains_of(connection, [deposit_id])[deposit_id][1:]
        seen = store.keep_fitting(connection, Search(), reader, above)
        return store.read_finds(connection, [each for each in above if each in seen], reader)

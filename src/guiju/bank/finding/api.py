"""JSON routes of searching the bank."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from guiju.bank.finding.actions import count_bank, get_deposit, search_bank
from guiju.bank.finding.model import Counts, Find, Search
from guiju.bank.finding.rules import read_search
from guiju.bank.likeness import ask_to_index, choose_way, keep_picture, read_likeness
from guiju.bank.merging import Source, read_sources
from guiju.bank.model import Rights
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

MOST_ENCODED = 28_000_000


class FindAnswer(msgspec.Struct):
    """`closeness` is a cosine where something was compared; of a stranger's deposit `item`, `project` and their names
    say nothing."""

    deposit: int
    item: int
    project: int
    project_name: str
    rulebook: str
    rights: Rights
    media: str
    name: str
    text: str | None
    labels: list[str]
    at: str
    grade: str
    answers: msgspec.Raw
    closeness: float | None
    doubt: str | None = None


class SourceAnswer(msgspec.Struct):
    """One source of a deposit; of a stranger's `project`, `lot`, `consent` and `paper` say nothing."""

    deposit: int
    project: int
    project_name: str
    lot: int
    accepted_at: str | None
    rulebook: str
    grade: str
    rights: str
    consent: int
    paper: str
    consent_until: str | None
    at: str
    likeness: float
    stands: bool


class DepositAnswer(FindAnswer):
    """With every source of it, the one that stands first."""

    sources: list[SourceAnswer] = []


class SearchAnswer(msgspec.Struct):
    """`counts` where they were asked for: `{facet: {value: n}}` of at most `counted` deposits."""

    found: list[FindAnswer]
    cursor: str | None
    total: int | None = None
    counted: int | None = None
    counts: dict[str, dict[str, int]] | None = None


class PictureRequest(msgspec.Struct):
    """`content` is the file in base64."""

    id: str
    content: bytes
    name: str = ""


class PictureAnswer(msgspec.Struct):
    like: str


class LikenessAnswer(msgspec.Struct):
    """One medium: by which way it is compared, how many deposits it has, how many are compared and by an index."""

    medium: str
    way: str
    ways: list[str]
    deposits: int
    compared: int
    indexed: int
    recall: float | None
    bytes: int


class WayRequest(msgspec.Struct):
    """A medium and its way; with neither, the vectors that are missing are made now."""

    id: str
    medium: str = ""
    way: str = ""


def find_answer(one: Find) -> FindAnswer:
    named = (one.id, one.item_id, one.project_id, one.project, one.rulebook, one.rights, one.media, one.name, one.text)
    rest = (one.grade, msgspec.Raw(one.answers.encode()), None if one.closeness is None else round(one.closeness, 4))
    return FindAnswer(*named, list(one.labels), iso(one.at), *rest, one.doubt)


def source_answer(one: Source) -> SourceAnswer:
    accepted, until = (iso(at) if at else None for at in (one.accepted_at, one.consent_until))
    where = (one.deposit_id, one.project_id, one.project, one.lot, accepted, one.rulebook, one.grade, one.rights)
    return SourceAnswer(*where, one.consent_id, one.paper, until, iso(one.at), one.likeness, one.stands)


def deposit_answer(one: Find, sources: Sequence[Source]) -> DepositAnswer:
    told = find_answer(one)
    said = {name: getattr(told, name) for name in FindAnswer.__struct_fields__}
    return DepositAnswer(**said, sources=[source_answer(each) for each in sources])


def counts_of(counts: Counts) -> dict[str, dict[str, int]]:
    return {each.facet.value: {value: n for value, n, _ in each.values} for each in counts.facets}


@get("/bank", sync_to_thread=True)
def get_bank(  # noqa: PLR0913, PLR0917 - what can be asked
    request: AnyRequest,
    q: FromQuery[str] = "",
    label: FromQuery[str] = "",
    facet: FromQuery[list[str] | None] = None,
    like: FromQuery[str] = "",
    into: FromQuery[int] = 0,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
    counts: Annotated[bool, QueryParameter()] = False,
) -> SearchAnswer:
    """Deposits with all these words, this label and these facets (`grade:A`), the newest first; with `like` (a
    deposit's number, a text, or what `POST /bank/pictures` answers) the most alike; with `into`, a project's number,
    what it may use and has not drawn."""
    search = read_search(q, label, facet or (), like, into)
    return answer_search(request, search, PageRequest(limit, cursor), counts=counts)


def answer_search(request: AnyRequest, search: Search, wanted: PageRequest, *, counts: bool) -> SearchAnswer:
    house, actor = house_of(request), actor_of(request)
    found = search_bank(house, actor, search, wanted, browse=counts)
    told = count_bank(house, actor, search) if counts else None
    rows = [find_answer(one) for one in found.rows]
    if told is None:
        return SearchAnswer(rows, found.cursor)
    return SearchAnswer(rows, found.cursor, told.total, told.most, counts_of(told))


@get("/bank/{deposit_id:int}", sync_to_thread=True)
def get_one(request: AnyRequest, deposit_id: FromPath[int]) -> DepositAnswer:
    """One deposit, with its answers and every source of it."""
    house, actor = house_of(request), actor_of(request)
    return deposit_answer(get_deposit(house, actor, deposit_id), read_sources(house, actor, deposit_id))


@post("/bank/pictures", sync_to_thread=True, request_max_body_size=MOST_ENCODED)
def post_picture(request: AnyRequest, data: JSONBody[PictureRequest]) -> PictureAnswer:
    """Something to say as `like` for a picture that is not in the house. The picture is not kept."""
    return PictureAnswer(keep_picture(house_of(request), actor_of(request), data.name, data.content))


@get("/bank/likeness", sync_to_thread=True)
def get_likeness(request: AnyRequest) -> list[LikenessAnswer]:
    """How each medium is compared and how far that is done; for admins."""
    return [likeness_answer(one) for one in read_likeness(house_of(request), actor_of(request))]


def likeness_answer(one: Any) -> LikenessAnswer:
    told = (one.deposits, one.compared, one.indexed, one.recall, one.bytes)
    return LikenessAnswer(one.medium, one.way, [name for name, _ in one.ways], *told)


@post("/bank/likeness", sync_to_thread=True, status_code=202)
def post_likeness(request: AnyRequest, data: JSONBody[WayRequest]) -> None:
    """Compare a medium another way from now on, or make the vectors that are missing now; for admins."""
    house, actor = house_of(request), actor_of(request)
    if data.medium or data.way:
        choose_way(house, actor, data.medium, data.way, data.id)
    else:
        ask_to_index(house, actor, data.id)


API = [get_bank, get_one, post_picture, get_likeness, post_likeness]

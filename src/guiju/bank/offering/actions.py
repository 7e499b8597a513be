"""What the bank offers a project, read anew each time it is asked."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from guiju.bank.drawing.settling import is_compatible
from guiju.bank.finding.actions import get_reader
from guiju.bank.finding.store import fitting
from guiju.bank.mapping.model import How
from guiju.bank.mapping.store import find_mapping
from guiju.bank.offering import store
from guiju.bank.offering.model import Offer
from guiju.bank.offering.rules import grades_of, search_for, split
from guiju.briefs import get_current_brief
from guiju.briefs.checks import volume_of
from guiju.kit import Refusal
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, compile_document, get_published, latest_published
from guiju.rulebooks.store import find_draft
from guiju.storage import Actor, House

MOST = 50_000
SAMPLED, SHOWN = 200, 3
CHINESE = frozenset({"zh", "zh-Hans", "zh-Hant"})


def read_offer(house: House, actor: Actor, project_id: int) -> Offer:
    """For who may draw into the project. Raises `BankClosed` and what `authorise` raises."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DRAW_FROM_BANK)
        reader = get_reader(connection, actor, house.clock())
        brief, rulebook = get_current_brief(connection, project_id), _rulebook(connection, project_id)
        texts = store.sample_texts(connection, project_id, SAMPLED)
        kinds = {field.kind for field in rulebook.fields} if rulebook else set[str]()
        labels = rulebook.labels.keys() | store.mapped_labels(connection, project_id) if rulebook else set[str]()
        search = search_for(brief.trade if brief else "", kinds, labels, _languages(texts), project_id)
        chosen = fitting(connection, search, reader)
        found = store.count_found(connection, chosen, MOST)
        own = store.count_same_content(connection, chosen, project_id, MOST)
        same = {
            each: rulebook is not None and _means_the_same(connection, each, rulebook)
            for each in {one.rulebook_id for one in found}
        }
        drawn, rechecking = (count(connection, project_id) for count in (store.count_drawn, store.count_rechecking))
    sure, recheck = split(found, lambda each: same[each], search)
    volume = volume_of(brief) if brief else None
    return Offer(
        wanted=int(volume.high) if volume else None,
        sure=sure,
        recheck=recheck,
        grades=grades_of(found, sure),
        own=own,
        drawn=drawn,
        samples=tuple(text[:300] for text in texts[:SHOWN]),
        has_rulebook=rulebook is not None,
        doubtful=sum(each.count for each in found if each.is_doubtful),
        is_cut=sum(each.count for each in found) >= MOST,
        rechecking=rechecking,
    )


def _means_the_same(connection: Connection, rulebook_id: int, rulebook: CompiledRulebook) -> bool:
    """By itself, or by a mapping that leaves nothing to be looked at again."""
    if is_compatible(get_published(connection, rulebook_id), rulebook):
        return True
    mapping = find_mapping(connection, rulebook_id, rulebook.id) if rulebook.id else None
    return mapping is not None and all(line.how is How.BECOMES for line in mapping.lines.values())


def _languages(texts: Sequence[str]) -> set[str]:
    """Those of a fifth of the texts and more; whoever wants one kind of Chinese wants what is either."""
    from guiju.cleaning.profiles.figures.languages import find_languages  # noqa: PLC0415 - NumPy, only where asked

    counts = Counter(find_languages([text[:400] for text in texts]))
    found = {each for each, n in counts.items() if n * 5 >= len(texts) and each != "none"}
    return found | CHINESE if found & CHINESE else found


def _rulebook(connection: Connection, project_id: int) -> CompiledRulebook | None:
    """The published one, else the draft as far as it has no errors."""
    published = latest_published(connection, project_id)
    draft = None if published else find_draft(connection, project_id)
    if draft is None:
        return published
    try:
        return compile_document(draft.document)
    except Refusal:
        return None


def count_drawn(connection: Connection, project_id: int) -> int:
    """How many items hold an answer that came from the bank; the caller has authorised."""
    return store.count_drawn(connection, project_id)

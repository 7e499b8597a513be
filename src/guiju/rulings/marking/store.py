"""SQL of what is known."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, false, or_, select, update

from guiju.data import AsideReason, aside_table, item_table, source_table
from guiju.kinds import BadAnswer, FieldShape, decode_answers, get_kind, kind_of
from guiju.rulebooks import CompiledRulebook
from guiju.rulebooks.tables import rulebook as rulebook_table
from guiju.rulings import tables as t
from guiju.rulings.marking.model import Known
from guiju.rulings.marking.rules import labels_in
from guiju.rulings.model import SHARED, ReferenceOrigin
from guiju.storage import Tx

MOST_KNOWN = 5_000
TEXT_CHARACTERS = 8_000
SLICE = 1_000
_r = t.reference.c
_KNOWN = (_r.id, _r.origin, _r.origin_id, _r.item_id, _r.text, _r.answers, _r.polarity, _r.clause)
# What nobody may be shown any more: personal data, and what was given by somebody who withdrew.
_WITHDRAWN = [AsideReason.PERSONAL.value, AsideReason.CONSENT.value]
# What is said last about an item is right: a ruling, else an example, else what a file brought.
_RANK = {
    ReferenceOrigin.RULING: 0,
    ReferenceOrigin.EXAMPLE: 1,
    ReferenceOrigin.GOLD: 2,
    ReferenceOrigin.VERDICT: 3,
}


def list_known(
    connection: Connection,
    rulebook: CompiledRulebook,
    origins: Collection[ReferenceOrigin] = SHARED,
    own: int | None = None,
) -> list[Known]:
    """What can be asked about under this version: its examples that have an answer, and what was ruled, or brought as
    known, under the same major version. One for an item, the newest `MOST_KNOWN` of these origins; and what verdicts
    corrected in the answers of the account `own`.

    Left out is what is not in the house any more, what is withheld, and answers that this version does not know.
    """
    major = rulebook.version.split(".", maxsplit=1)[0]
    same = select(rulebook_table.c.id).where(
        rulebook_table.c.project_id == rulebook.project_id, rulebook_table.c.version.like(f"{major}.%")
    )
    is_example = _r.origin == ReferenceOrigin.EXAMPLE
    kept_back = (
        select(aside_table.c.item_id).where(aside_table.c.item_id == _r.item_id, aside_table.c.reason.in_(_WITHDRAWN))
    ).exists()
    wanted = (
        select(*_KNOWN)
        .outerjoin_from(t.reference, item_table, item_table.c.id == _r.item_id)
        .outerjoin(source_table, source_table.c.id == item_table.c.source_id)
        .where(
            _r.project_id == rulebook.project_id, _r.answers.is_not(None), or_(_r.origin.in_(list(origins)), _own(own))
        )
        .where(or_(is_example & (_r.rulebook_id == rulebook.id), ~is_example & _r.rulebook_id.in_(same)))
        .where(or_(_r.item_id.is_(None) & _r.text.is_not(None), (source_table.c.state == "landed") & ~kept_back))
        .order_by(_r.id.desc())
        .limit(MOST_KNOWN)
    )
    found = [known for row in connection.execute(wanted) if (known := _known(row, rulebook)) is not None]
    return _one_each(found)


def _own(account: int | None) -> ColumnElement[bool]:
    if account is None:
        return false()
    return (_r.origin == ReferenceOrigin.VERDICT) & _r.origin_id.like(f"{account}-%")


def known_of(connection: Connection, ids: Sequence[int]) -> dict[int, Known]:
    """These references, by id, whatever became of the rulebook since."""
    found: dict[int, Known] = {}
    for start in range(0, len(ids), SLICE):
        rows = connection.execute(select(*_KNOWN).where(_r.id.in_(ids[start : start + SLICE])))
        found.update((row.id, _as_known(row)) for row in rows)
    return found


def explain(connection: Connection, rulebook: CompiledRulebook, known: Sequence[Known]) -> dict[int, Mapping[str, str]]:
    """Why each is right, in the languages that somebody wrote it in: an example's note, or the ruling's sentence."""
    notes = {example.id[:40]: example.note for example in rulebook.rulebook.examples}
    ruled = {int(one.origin_id): one.id for one in known if one.origin is ReferenceOrigin.RULING}
    told: dict[int, Mapping[str, str]] = {
        one.id: notes[one.origin_id]
        for one in known
        if one.origin is ReferenceOrigin.EXAMPLE and one.origin_id in notes
    }
    rulings = select(t.ruling.c.id, t.ruling.c.text).where(t.ruling.c.id.in_(list(ruled)))
    told |= {ruled[row.id]: {"zh": row.text, "en": row.text} for row in connection.execute(rulings)}
    return told


def set_item(tx: Tx, reference_id: int, item_id: int) -> None:
    tx.execute(update(t.reference).where(_r.id == reference_id).values(item_id=item_id))


def _known(row: Row[*tuple[Any, ...]], rulebook: CompiledRulebook) -> Known | None:
    try:
        known = _as_known(row)
    except BadAnswer:
        return None
    asked = {field.id: field for field in rulebook.fields}
    answers = decode_answers(known.answers)
    fits = bool(answers) and all(name in asked and _fits(asked[name], one) for name, one in answers.items())
    if known.item_id is None:
        fits = fits and len(known.text or "") <= TEXT_CHARACTERS and all(map(_reads_text, rulebook.fields))
    return known if fits else None


def _as_known(row: Row[*tuple[Any, ...]]) -> Known:
    labels = labels_in(decode_answers(row.answers))
    told = (row.id, ReferenceOrigin(row.origin), row.origin_id, row.item_id, row.text, row.answers)
    return Known(*told, labels, row.polarity, row.clause)


def _fits(field: FieldShape, answer: Any) -> bool:
    kind = kind_of(answer)
    return (kind.name in {field.kind, "each"}) and kind.labels_of(answer).keys() <= set(field.labels or ())


def _reads_text(field: FieldShape) -> bool:
    return "text" in get_kind(field.kind).media


def _one_each(found: Sequence[Known]) -> list[Known]:
    """One for an item; of two of one rank the newer."""
    best: dict[tuple[str, object], Known] = {}
    for known in found:
        of = ("item", known.item_id) if known.item_id is not None else ("text", known.text)
        there = best.get(of)
        if there is None or _RANK[known.origin] < _RANK[there.origin]:
            best[of] = known
    return sorted(best.values(), key=lambda known: known.id)

"""A trial's report as a document: the gate and why, then what is behind it, in the order in which it is read."""

from collections.abc import Iterator

from guiju.kit import N_, Words, bilingual, iso
from guiju.site.documents import Block, Bullets, Column, Document, Heading, Paragraph, Table, Tone, right
from guiju.site.documents import Facts as Pairs
from guiju.work.drawing.model import BY_NAMES, EARLIER_NAMES, SHARE_NAMES
from guiju.work.trial.model import FieldReport, Measured
from guiju.work.trial.paper.model import Facts
from guiju.work.trial.rounds.rules import VERDICTS
from guiju.work.trial.rules import CAUSE_NAMES, drivers_of

COSTLY = 20
SHOWN_ITEMS = 4
CONFUSIONS = 30
LINES = 60
MATRIX_LABELS = 14
NONE = "–"
MATRIX_SAID = N_(
    "Pairs of answers about the same thing: one said the row, the other the column; the diagonal is agreement."
)


def document_of(facts: Facts, t: Words, kind: str) -> Document:
    """The report in the words of `t`; `kind` is what the round is called."""
    title = t(N_("{kind} {number}: what the answers say about the rules"), kind=kind, number=facts.round.number)
    subtitle = " · ".join(each for each in (facts.customer, facts.project, facts.rulebook.version) if each)
    blocks = (*_gate(facts, t), *_held(facts, t), *_fields(facts, t), *_change(facts, t), *_people(facts, t))
    return Document(title, blocks, t.locale, subtitle=subtitle, header=facts.project, footer=title)


def _gate(facts: Facts, t: Words) -> Iterator[Block]:
    gate, decision = facts.report.gate, facts.decision
    yield Heading(t(N_("The gate")))
    yield Paragraph(gate.sentence(t), Tone.GOOD if gate.passed else Tone.BAD)
    if decision is None:
        yield Paragraph(t(N_("It is not decided yet.")), Tone.QUIET)
        return
    passed = t(N_("passed")) if decision.passed else t(N_("opened with a signed reason"))
    told = [(t(N_("Decided")), f"{passed} · {facts.decided_by} · {iso(decision.at)}")]
    yield Pairs(tuple(told))
    if decision.reason:
        yield Paragraph(decision.reason, Tone.QUOTE)


def _held(facts: Facts, t: Words) -> Iterator[Block]:
    report = facts.report
    yield Heading(t(N_("How it was held")))
    told = [
        (t(N_("Answers")), f"{report.annotations:,}"),
        (t(N_("Annotators")), str(report.annotators)),
        (t(N_("Items")), f"{report.items:,}"),
        (t(N_("Rulebook")), facts.rulebook.version),
    ]
    if facts.draw is not None:
        wish = facts.draw.wish
        drawn = t(N_("{items} of {pool} items that could be drawn."), items=wish.size, pool=f"{facts.draw.pool:,}")
        by = t(BY_NAMES[wish.by]) + ("" if len(facts.draw.strata) < 2 else f"; {t(SHARE_NAMES[wish.share])}")
        told += [(t(N_("Drawn")), f"{drawn} {by}; {t(EARLIER_NAMES[wish.earlier])}"), (t(N_("Seed")), wish.seed)]
    yield Pairs(tuple(told))
    if facts.is_pseudonymous:
        yield Paragraph(t(N_("The annotators have letters for their names, drawn for this report alone.")), Tone.QUIET)


def _fields(facts: Facts, t: Words) -> Iterator[Block]:
    titles = {one.id: bilingual(one.title, t.locale) for one in facts.rulebook.rulebook.fields}
    for field in facts.report.fields:
        if len(facts.report.fields) > 1:
            yield Heading(titles.get(field.field) or field.field)
        yield from _agreement(facts, field, t)
        yield from _confusions(facts, field, t)
        yield from _matrix(facts, field, t)
        yield from _labels(facts, field, t)
        yield from _standing(facts, field, t)
        yield from _pairs(facts, field, t)
        yield from _clauses(field, t)
        yield from _costly(facts, field, t)


def _agreement(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    told = [(t(N_("Observed agreement")), _with_ends(field.observed))]
    if field.exact is not None:
        told.append((t(N_("with exact ends")), _with_ends(field.exact)))
    yield Pairs((*told, (t(N_("Krippendorff’s alpha")), _with_ends(field.alpha))))
    drivers = drivers_of(field, facts.names, lambda label: _label(facts, label, t))
    if drivers:
        yield Heading(t(N_("What drives agreement down")), 2)
        yield Bullets(tuple(sentence.spoken(t) for sentence in drivers))


def _confusions(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Taken for one another")), 2)
    if not field.confusions:
        yield Paragraph(t(N_("No two annotators contradict each other.")), Tone.QUIET)
        return
    rows = [
        (
            _label(facts, line.a or line.b, t),
            _label(facts, line.b if line.a else "", t),
            f"{line.count:,} ({line.share:.0%})",
            f"{t(CAUSE_NAMES[line.cause.name])}: {line.cause.sentence(t, facts.names)}" if line.cause else "",
            line.clause or "",
            ", ".join(facts.items.get(item, str(item)) for item in line.items[:SHOWN_ITEMS]),
        )
        for line in field.confusions[:CONFUSIONS]
    ]
    columns = (
        Column(t(N_("One said")), weight=1.6),
        Column(t(N_("another said")), weight=1.6),
        right(t(N_("Pairs of answers"))),
        Column(t(N_("Cause")), weight=3),
        Column(t(N_("Clause to amend"))),
        Column(t(N_("Items to look at")), weight=2),
    )
    yield Table(columns, tuple(rows), _more(len(field.confusions), CONFUSIONS, t))


def _matrix(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    matrix = field.matrix
    if matrix is None or not field.confusions or len(matrix.labels) > MATRIX_LABELS:
        return
    names = [_label(facts, label, t) for label in matrix.labels]
    yield Heading(t(N_("Confusion matrix")), 2)
    columns = (Column("", weight=2), *(right(name) for name in names))
    rows = tuple(
        (name, *(f"{n:,}" if n else "·" for n in counts)) for name, counts in zip(names, matrix.counts, strict=True)
    )
    said = t(
        N_("Pairs of answers about the same thing: one said the row, the other the column; the diagonal is agreement.")
    )
    yield Table(columns, rows, said)


def _labels(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    if not field.labels:
        return
    yield Heading(t(N_("By label")), 2)
    columns = (
        Column(t(N_("Label")), weight=2),
        right(t(N_("Answers"))),
        right(t(N_("Alpha")), 2),
        right(t(N_("Alpha without it"))),
    )
    rows = [
        (_label(facts, one.label, t), f"{one.n:,}", _ends(one.alpha, one.low, one.high), _figure(one.without))
        for one in field.labels[:LINES]
    ]
    yield Table(columns, tuple(rows), _more(len(field.labels), LINES, t))


def _standing(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    if not field.standing:
        return
    yield Heading(t(N_("By annotator")), 2)
    columns = (
        Column(t(N_("Name")), weight=2),
        right(t(N_("With the others")), 2),
        right(t(N_("Items"))),
        right(t(N_("missed"))),
        right(t(N_("extra"))),
        right(t(N_("Alpha without them"))),
    )
    rows = [
        (
            _who(facts, one.annotator_id),
            _with_ends(one.observed),
            f"{one.observed.n:,}",
            f"{one.missed:,}",
            f"{one.extra:,}",
            _figure(one.without),
        )
        for one in field.standing[:LINES]
    ]
    yield Table(columns, tuple(rows), _more(len(field.standing), LINES, t))


def _pairs(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    if not field.pairs:
        return
    yield Heading(t(N_("By pair")), 2)
    columns = (
        Column(t(N_("Pair")), weight=3),
        right(t(N_("Items"))),
        right(t(N_("Agreement")), 2),
        right(t(N_("Cohen’s kappa"))),
    )
    rows = [
        (
            f"{_who(facts, one.a)} – {_who(facts, one.b)}",
            f"{one.n:,}",
            _ends(one.observed, one.low, one.high),
            _figure(one.kappa),
        )
        for one in field.pairs[:LINES]
    ]
    yield Table(columns, tuple(rows), _more(len(field.pairs), LINES, t))


def _clauses(field: FieldReport, t: Words) -> Iterator[Block]:
    if not field.clauses:
        return
    yield Heading(t(N_("By clause")), 2)
    columns = (
        Column(t(N_("Clause"))),
        right(t(N_("Answers"))),
        right(t(N_("Agreement")), 2),
        right(t(N_("With answers that do not cite it"))),
    )
    rows = (
        (one.clause, f"{one.answers:,}", _with_ends(one.observed), _figure(one.against_others)) for one in field.clauses
    )
    yield Table(columns, tuple(rows))


def _costly(facts: Facts, field: FieldReport, t: Words) -> Iterator[Block]:
    if not field.worst:
        return
    yield Heading(t(N_("The items that cost most")), 2)
    columns = (Column(t(N_("Item")), weight=3), right(t(N_("Agreement"))), right(t(N_("Answers"))))
    rows = (
        (facts.items.get(one.item_id, str(one.item_id)), f"{one.observed:.2f}", str(one.answers))
        for one in field.worst[:COSTLY]
    )
    yield Table(columns, tuple(rows))


def _change(facts: Facts, t: Words) -> Iterator[Block]:
    change = facts.change
    if change is None:
        return
    yield Heading(t(N_("Did the amendment help?")))
    told = t(
        N_("Against trial {n} under version {version}; {shared} items stand in both."),
        n=change.before.number,
        version=change.before.version,
        shared=change.shared,
    )
    yield Paragraph(told, Tone.QUIET)
    for field in change.fields:
        yield Paragraph(" ".join(sentence.spoken(t) for sentence in field.moved.meaning))
        if field.labels:
            columns = (
                Column(t(N_("Label")), weight=2),
                Column(t(N_("Change"))),
                right(t(N_("Difference")), 2),
                right("p"),
            )
            rows = (
                (
                    _label(facts, one.label, t),
                    t(VERDICTS[one.moved.verdict]),
                    _ends(one.moved.difference, one.moved.low, one.moved.high),
                    _figure(one.moved.p, 4),
                )
                for one in field.labels[:LINES]
            )
            yield Table(columns, tuple(rows))


def _people(facts: Facts, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Annotators")))
    columns = (
        Column(t(N_("Name")), weight=2),
        right(t(N_("Answers"))),
        right(t(N_("of"))),
        right(t(N_("Median seconds"))),
    )
    rows = (
        (
            _who(facts, one.annotator_id),
            f"{one.answers:,}",
            f"{one.items:,}",
            NONE if one.median_ms is None else f"{one.median_ms / 1000:.1f}",
        )
        for one in facts.report.people
    )
    yield Table(columns, tuple(rows))


def _who(facts: Facts, annotator_id: int) -> str:
    return facts.names.get(annotator_id, str(annotator_id))


def _label(facts: Facts, label: str, t: Words) -> str:
    known = facts.rulebook.labels.get(label)
    if known is not None:
        return bilingual(known.name, t.locale) or label
    return label or t(N_("nothing marked"))


def _figure(value: float | None, digits: int = 3) -> str:
    return NONE if value is None else f"{value:.{digits}f}"


def _ends(value: float | None, low: float | None, high: float | None) -> str:
    ends = "" if low is None or high is None else f" ({low:.3f} – {high:.3f})"
    return _figure(value) + ends


def _with_ends(one: Measured) -> str:
    return _ends(one.value, one.low, one.high)


def _more(count: int, shown: int, t: Words) -> str:
    return "" if count <= shown else t(N_("The first {shown} of {n}."), shown=shown, n=f"{count:,}")

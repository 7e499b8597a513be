"""A retrospective as a document: for its page, and on paper."""

from collections.abc import Callable, Iterator

from guiju.inspection.model import DEFECT_NAMES
from guiju.inspection.model import WEIGHT_NAMES as SEVERITY_NAMES
from guiju.kit import N_, Words, iso
from guiju.planning.estimate.model import BASIS_NAMES, Basis
from guiju.planning.retrospective.model import (
    LINE_NAMES,
    REASON_NAMES,
    SECTION_NAMES,
    SPENT_NAMES,
    Change,
    Figures,
    Line,
    Retrospective,
    Section,
)
from guiju.planning.stages import STAGE_NAMES
from guiju.planning.stages.model import Stage
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.site.documents import Block, Bullets, Column, Document, Facts, Heading, Paragraph, Table, Tone, right

NONE = "–"
SHOWN = 20
_DEFECTS = {one.value: name for one, name in DEFECT_NAMES.items()}
_SEVERITIES = {one.value: name for one, name in SEVERITY_NAMES.items()}
_WEIGHTS = {weight.name.lower(): name for weight, name in WEIGHT_NAMES.items()}


def document_of(one: Retrospective, t: Words, signed_by: str = "") -> Document:
    """The whole of a version in the words of `t`."""
    figures = one.figures
    title = t(N_("Retrospective: {project}"), project=figures.project)
    kind = t(N_("interim")) if one.is_interim else ""
    said = " · ".join(part for part in (figures.customer, t(N_("version {n}"), n=one.version), kind) if part)
    blocks: list[Block] = [*head_of(one, t, signed_by)]
    for section in Section:
        blocks += [Heading(t(SECTION_NAMES[section])), *blocks_of(section, figures, t)]
        blocks += [Paragraph(text, Tone.QUOTE) for text in one.words.get(section, "").split("\n") if text.strip()]
    return Document(title, tuple(blocks), t.locale, subtitle=said, header=figures.project, footer=title)


def head_of(one: Retrospective, t: Words, signed_by: str = "") -> Iterator[Block]:
    """When it was, and who signed."""
    f = one.figures
    told = [(t(N_("Worked")), f"{f.first_day or NONE} – {f.last_day or NONE}"), (t(N_("Wanted by")), f.due or NONE)]
    if f.late_days:
        late = N_("{n} working days late") if f.late_days > 0 else N_("{n} working days early")
        told.append((t(N_("Done")), t(late, n=abs(f.late_days))))
    if one.signed_at is not None:
        told.append((t(N_("Signed")), f"{signed_by} · {iso(one.signed_at)[:10]}"))
    yield Facts(tuple(told))
    if one.is_interim:
        yield Paragraph(t(N_("Written while work was going on: no estimate learns from it.")), Tone.WARN)


def blocks_of(section: Section, figures: Figures, t: Words) -> list[Block]:
    """What the program found about a section."""
    return list(_SECTIONS[section](figures, t))


def _estimate(f: Figures, t: Words) -> Iterator[Block]:
    columns = (
        Column(t(N_("Figure")), weight=2.4),
        right(t(N_("planned"))),
        right(t(N_("after the trial"))),
        right(t(N_("actual"))),
        right(t(N_("against the plan"))),
    )
    yield Table(columns, tuple(_line(one, f, t) for one in f.lines))
    if f.basis:
        yield Paragraph(t(N_("Planned from {basis}."), basis=t(BASIS_NAMES[Basis(f.basis)])), Tone.QUIET)
    for of, said in (("hours", N_("Why the hours differ")), ("days", N_("Why the days differ"))):
        parts = [one for one in f.reasons if one.of == of]
        if parts:
            yield Heading(t(said), 2)
            rows = tuple((t(REASON_NAMES[one.why]), f"{one.amount:+,.1f}") for one in parts)
            unit = t(N_("hours")) if of == "hours" else t(N_("days"))
            yield Table((Column(t(N_("Reason")), weight=3), right(unit)), rows)
    yield Paragraph(
        t(N_("The parts of a product add up to the whole difference (logarithmic mean Divisia index).")), Tone.QUIET
    )


def _line(one: Line, f: Figures, t: Words) -> tuple[str, ...]:
    name = t(LINE_NAMES[one.what]) + (f", {f.currency}" if one.what == "cost" else "")
    share = one.what == "rework"
    change = NONE
    if one.planned and one.actual is not None:
        change = f"{one.actual / one.planned - 1:+.0%}"
    return name, _figure(one.planned, share), _figure(one.after_trial, share), _figure(one.actual, share), change


def _figure(value: float | None, is_share: bool = False) -> str:
    if value is None:
        return NONE
    if is_share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"


def _time(f: Figures, t: Words) -> Iterator[Block]:
    whole = sum(one.hours for one in f.spent) or 1.0
    columns = (Column(t(N_("Work")), weight=3), right(t(N_("hours"))), right(t(N_("share"))), right(t(N_("acts"))))
    rows = tuple(
        (
            t(SPENT_NAMES[one.what]) + ("" if one.is_measured else " *"),
            f"{one.hours:,.1f}",
            f"{one.hours / whole:.0%}",
            f"{one.answers:,}",
        )
        for one in f.spent
    )
    yield Table(columns, rows, t(N_("* from the time between one and the next, pauses of over ten minutes left out")))
    if f.waited:
        yield Heading(t(N_("Where it waited")), 2)
        columns = (Column(t(N_("From, until")), weight=3), right("n"), right(t(N_("median"))), right(t(N_("9 of 10"))))
        rows = tuple(
            (t(STAGE_NAMES[Stage(one.stage)]), f"{one.n:,}", _span(one.median, t), _span(one.p90, t))
            for one in f.waited
        )
        yield Table(columns, rows)


def _span(micros: int, t: Words) -> str:
    minutes = micros / 60e6
    if minutes < 120:
        return t(N_("{n} min"), n=f"{minutes:.0f}")
    return t(N_("{n} h"), n=f"{minutes / 60:.1f}") if minutes < 2880 else t(N_("{n} days"), n=f"{minutes / 1440:.1f}")


def _defects(f: Figures, t: Words) -> Iterator[Block]:
    if not f.judged or f.interval is None:
        yield Paragraph(t(N_("Nothing was inspected.")), Tone.QUIET)
        return
    places = {"defective": f"{f.defective:,}", "judged": f"{f.judged:,}", "rate": f"{f.defective / f.judged:.2%}"}
    ends = {"low": f"{f.interval[0]:.2%}", "high": f"{f.interval[1]:.2%}"}
    said = N_("{defective} of {judged} judged items defective: {rate} (95%: {low} – {high}); {disputes} were disputed.")
    yield Paragraph(t(said, **places, **ends, disputes=f.disputes))
    if not f.defects:
        return
    columns = (
        Column(t(N_("Defect")), weight=2),
        Column(t(N_("Clause"))),
        Column(t(N_("Severity"))),
        right(t(N_("n"))),
        right(t(N_("share"))),
        right(t(N_("hours of rework"))),
        right(t(N_("cost, {currency}"), currency=f.currency) if f.currency else t(N_("cost"))),
    )
    rows = tuple(
        (
            t(_DEFECTS.get(one.type, one.type)),
            one.clause or NONE,
            t(_SEVERITIES.get(one.severity, one.severity)),
            f"{one.count:,}",
            f"{one.count / max(1, f.defective):.0%}",
            f"{one.hours:,.2f}",
            NONE if one.cost is None else f"{one.cost:,.2f}",
        )
        for one in f.defects[:SHOWN]
    )
    yield Table(columns, rows, t(N_("A lot's rework is shared among its defects; its cost by the brief's unit price.")))


def _rules(f: Figures, t: Words) -> Iterator[Block]:
    if not f.changes:
        yield Paragraph(t(N_("The rules were not changed after the first version.")), Tone.QUIET)
        return
    columns = (
        Column(t(N_("Version"))),
        Column(t(N_("Change"))),
        Column(t(N_("Clauses")), weight=1.4),
        right(t(N_("rechecked"))),
        right(t(N_("hours"))),
        right(t(N_("defects before"))),
        right(t(N_("since"))),
        right(t(N_("difference (95%)")), 1.8),
    )
    yield Table(columns, tuple(_change(one, t) for one in f.changes))
    yield Paragraph(
        t(N_("Defects that cite the clauses which the version changed, of the items judged (Newcombe's interval).")),
        Tone.QUIET,
    )


def _change(one: Change, t: Words) -> tuple[str, ...]:
    difference = NONE
    if one.difference is not None:
        point, low, high = (f"{value * 100:+.1f}" for value in one.difference)
        difference = f"{point} ({low} – {high})"
    return (
        one.version,
        t(_WEIGHTS.get(one.weight, one.weight)),
        ", ".join(one.clauses) or NONE,
        f"{one.rechecked:,}",
        f"{one.hours:,.1f}",
        f"{one.before[0]:,} / {one.before[1]:,}",
        f"{one.after[0]:,} / {one.after[1]:,}",
        difference,
    )


def _next(f: Figures, t: Words) -> Iterator[Block]:
    worst: dict[str, int] = {}
    for one in f.defects:
        if one.clause:
            worst[one.clause] = worst.get(one.clause, 0) + one.count
    if worst:
        yield Heading(t(N_("Clauses with most defects")), 2)
        rows = sorted(worst.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        columns = (Column(t(N_("Clause")), weight=3), right(t(N_("n"))))
        yield Table(columns, tuple((clause, f"{count:,}") for clause, count in rows))
    if f.confused:
        yield Heading(t(N_("Labels most often taken for one another")), 2)
        nothing = t(N_("nothing marked"))
        yield Bullets(tuple(f"{one.a or nothing} – {one.b or nothing}: {one.count:,}" for one in f.confused))
    if f.rulings:
        yield Heading(t(N_("Rulings that stand in no clause and no example")), 2)
        columns = (Column(t(N_("Ruling")), weight=4), Column(t(N_("Clause"))), right(t(N_("asked"))))
        yield Table(columns, tuple((one.text[:400], one.clause or NONE, str(one.asked)) for one in f.rulings))
    if not (worst or f.confused or f.rulings):
        yield Paragraph(t(N_("Nothing is left to take over.")), Tone.QUIET)


_SECTIONS: dict[Section, Callable[[Figures, Words], Iterator[Block]]] = {
    Section.ESTIMATE: _estimate,
    Section.TIME: _time,
    Section.DEFECTS: _defects,
    Section.RULES: _rules,
    Section.NEXT: _next,
}

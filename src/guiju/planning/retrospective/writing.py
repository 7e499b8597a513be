"""A retrospective as a document: for its page, and on paper."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from guiju.inspection.causes.model import By
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
    Confused,
    Defect,
    Figures,
    Line,
    Retrospective,
    Section,
    Spent,
)
from guiju.planning.stages import STAGE_NAMES
from guiju.planning.stages.model import Stage
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.site.documents import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Span,
    Table,
    Tone,
    right,
)

NONE = "–"
SHOWN = 20
MANY_TIMES = 3
"""From so many times as much on, a difference is said in times: +1,059% is not read by anybody."""
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


def blocks_of(section: Section, figures: Figures, t: Words, here: str = "") -> list[Block]:
    """What the program found about a section; on the page of the project at `here` each figure leads to its rows."""
    return list(_SECTIONS[section](figures, t, Rows(here)))


@dataclass(frozen=True, slots=True)
class Rows:
    """Where figures come from, under the project's address; on paper nowhere."""

    here: str

    def at(self, path: str, said: str) -> Inline:
        return Span(said, link=self.here + path) if self.here and said != NONE else said

    def causes(self, by: By, of: str, said: str) -> Inline:
        return self.at("/causes?" + urlencode({"by": by.value, "of": of}), said)

    def each(self, pattern: str, of: Sequence[tuple[int, int]]) -> Inline:
        """Several rounds or lots, by their numbers."""
        return listed([self.at(pattern.format(one), str(number)) for one, number in of])


def listed(said: Sequence[Inline]) -> Inline:
    """One after the other, with commas."""
    pieces = [piece for one in said for piece in (", ", one)][1:]
    return tuple(piece for one in pieces for piece in (one if isinstance(one, tuple) else (one,))) or NONE


LINE_ROWS: Mapping[str, str] = {
    "items": "/rounds",
    "answers_an_item": "/rounds",
    "seconds": "/progress#people",
    "rework": "/rounds",
    "hours": "/progress#rounds",
    "people": "/progress#people",
    "hours_a_day": "/progress#people",
    "days": "/progress",
    "price": "/lots",
}
ROUND_ROWS: Mapping[str, str] = {"trial": "/rounds/{}/trial", "recheck": "/rounds/{}/recheck"}
SPENT_ROWS: Mapping[str, str] = {"inspection": "/lots", "ruling": "/questions"}


def _estimate(f: Figures, t: Words, rows: Rows) -> Iterator[Block]:
    columns = (
        Column(t(N_("Figure")), weight=2.4),
        right(t(N_("planned"))),
        right(t(N_("after the trial"))),
        right(t(N_("actual"))),
        right(t(N_("against the plan"))),
    )
    yield Table(columns, tuple(_line(one, f, t, rows) for one in f.lines))
    if (said := _costing(f, t)) is not None:
        yield Paragraph(said, Tone.QUIET)
    if f.basis:
        yield Paragraph(t(N_("Planned from {basis}."), basis=t(BASIS_NAMES[Basis(f.basis)])), Tone.QUIET)
    for of, said in (("hours", N_("Why the hours differ")), ("days", N_("Why the days differ"))):
        parts = [one for one in f.reasons if one.of == of]
        if parts:
            yield Heading(t(said), 2)
            lines = tuple((t(REASON_NAMES[one.why]), f"{one.amount:+,.1f}") for one in parts)
            unit = t(N_("hours")) if of == "hours" else t(N_("days"))
            yield Table((Column(t(N_("Reason")), weight=3), right(unit)), lines)
    yield Paragraph(
        t(N_("The parts of a product add up to the whole difference (logarithmic mean Divisia index).")), Tone.QUIET
    )


def _costing(f: Figures, t: Words) -> str | None:
    """Where the actual cost comes from."""
    if f.costing is None:
        return None
    places = {"currency": f.costing.currency, "paid": f"{f.costing.paid:,.2f}", "unpaid": f"{f.costing.unpaid:,.2f}"}
    if f.costing.basis == "statements":
        said = N_("The actual cost is what pay paid: {paid} {currency} in {n} closed statements, {unpaid} since then.")
        return t(said, n=f.costing.statements, **places)
    if f.costing.basis == "cards":
        return t(
            N_("The actual cost is what was earned by the rate card: {unpaid} {currency}, not closed yet."), **places
        )
    return t(N_("The actual cost is the brief's unit price for what was accepted: the project has no rate card."))


def _currency(f: Figures) -> str:
    return f.costing.currency if f.costing else f.currency


def _line(one: Line, f: Figures, t: Words, rows: Rows) -> tuple[Inline, ...]:
    is_money = one.what in {"cost", "price"}
    name = t(LINE_NAMES[one.what])
    if is_money:
        name += f", {_currency(f) if one.what == 'cost' else f.currency}"
    figure = _money if is_money else _share if one.what == "rework" else _figure
    path = LINE_ROWS.get(one.what, "/pay" if f.costing and f.costing.basis != "price" else "/lots")
    return (
        name,
        rows.at("/estimate", figure(one.planned)),
        rows.at(f"/rounds/{f.trial}/trial" if f.trial else "/rounds", figure(one.after_trial)),
        rows.at(path, figure(one.actual)),
        _against(one, f),
    )


def _against(one: Line, f: Figures) -> str:
    """How the actual figure compares; of something that became several times as much, how many times."""
    other = one.what == "cost" and f.costing is not None and f.costing.currency != f.currency
    if not one.planned or one.actual is None or other:
        return NONE
    times = one.actual / one.planned
    return f"× {times:,.1f}" if times >= MANY_TIMES else f"{times - 1:+.0%}"


def _money(value: float | None) -> str:
    return NONE if value is None else f"{value:,.2f}"


def _share(value: float | None) -> str:
    return NONE if value is None else f"{value:.1%}"


def _figure(value: float | None) -> str:
    """Three digits that say something: 1,234 and 12.5, but 0.08 as well."""
    if value is None:
        return NONE
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.1f}" if value >= 1 else f"{value:,.2f}"


def _time(f: Figures, t: Words, rows: Rows) -> Iterator[Block]:
    whole, paid = sum(one.hours for one in f.spent) or 1.0, any(one.cost is not None for one in f.spent)
    columns = [Column(t(N_("Work")), weight=2.4), Column(t(N_("Rounds")))]
    columns += [right(t(N_("hours"))), right(t(N_("share"))), right(t(N_("acts")))]
    columns += [right(t(N_("paid, {currency}"), currency=_currency(f)))] if paid else []
    lines = tuple(_spent(one, whole, t, rows, has_pay=paid) for one in f.spent)
    yield Table(
        tuple(columns), lines, t(N_("* from the time between one and the next, pauses of over ten minutes left out"))
    )
    if f.waited:
        yield Heading(t(N_("Where it waited")), 2)
        columns = (Column(t(N_("From, until")), weight=3), right("n"), right(t(N_("median"))), right(t(N_("9 of 10"))))
        lines = tuple(
            (
                t(STAGE_NAMES[Stage(one.stage)]),
                rows.at("/progress#waits", f"{one.n:,}"),
                _span(one.median, t),
                _span(one.p90, t),
            )
            for one in f.waited
        )
        yield Table(columns, lines)


def _spent(one: Spent, whole: float, t: Words, rows: Rows, *, has_pay: bool) -> tuple[Inline, ...]:
    told: tuple[Inline, ...] = (
        t(SPENT_NAMES[one.what]) + ("" if one.is_measured else " *"),
        rows.each(ROUND_ROWS.get(one.what, "/rounds/{}/pace"), one.rounds),
        _figure(one.hours),
        f"{one.hours / whole:.0%}",
        rows.at(SPENT_ROWS.get(one.what, "/rounds"), f"{one.answers:,}"),
    )
    return (*told, rows.at("/pay", _money(one.cost))) if has_pay else told


def _span(micros: int, t: Words) -> str:
    minutes = micros / 60e6
    if minutes < 120:
        return t(N_("{n} min"), n=f"{minutes:.0f}")
    return t(N_("{n} h"), n=f"{minutes / 60:.1f}") if minutes < 2880 else t(N_("{n} days"), n=f"{minutes / 1440:.1f}")


def _defects(f: Figures, t: Words, rows: Rows) -> Iterator[Block]:
    if not f.judged or f.interval is None:
        yield Paragraph(t(N_("Nothing was inspected.")), Tone.QUIET)
        return
    places = {"defective": f"{f.defective:,}", "judged": f"{f.judged:,}", "rate": f"{f.defective / f.judged:.2%}"}
    ends = {"low": f"{f.interval[0]:.2%}", "high": f"{f.interval[1]:.2%}"}
    said = N_("{defective} of {judged} judged items defective: {rate} (95%: {low} – {high}); {disputes} were disputed.")
    yield Paragraph(t(said, **places, **ends, disputes=f.disputes))
    if not f.defects:
        return
    currency = _currency(f)
    columns = (
        Column(t(N_("Defect")), weight=2),
        Column(t(N_("Clause"))),
        Column(t(N_("Severity"))),
        Column(t(N_("Lots"))),
        right(t(N_("n"))),
        right(t(N_("share"))),
        right(t(N_("hours of rework"))),
        right(t(N_("cost, {currency}"), currency=currency) if currency else t(N_("cost"))),
    )
    shared = N_("A lot's rework is shared among its defects; its cost by the brief's unit price.")
    if f.costing is not None and f.costing.basis != "price":
        shared = N_("A lot's rework is shared among its defects; its cost is what pay says of its rounds.")
    yield Table(columns, tuple(_defect(one, f, t, rows) for one in f.defects[:SHOWN]), t(shared))


def _defect(one: Defect, f: Figures, t: Words, rows: Rows) -> tuple[Inline, ...]:
    return (
        rows.causes(By.TYPE, one.type, t(_DEFECTS.get(one.type, one.type))),
        rows.causes(By.CLAUSE, one.clause, one.clause) if one.clause else NONE,
        t(_SEVERITIES.get(one.severity, one.severity)),
        rows.each("/lots/{}", one.lots),
        f"{one.count:,}",
        f"{one.count / max(1, f.defective):.0%}",
        f"{one.hours:,.2f}",
        _money(one.cost),
    )


def _rules(f: Figures, t: Words, rows: Rows) -> Iterator[Block]:
    if not f.changes:
        yield Paragraph(t(N_("The rules were not changed after the first version.")), Tone.QUIET)
        return
    paid = any(one.cost is not None for one in f.changes)
    columns = [Column(t(N_("Version"))), Column(t(N_("Change"))), Column(t(N_("Clauses")), weight=1.4)]
    columns += [Column(t(N_("Rechecks"))), right(t(N_("rechecked"))), right(t(N_("hours")))]
    columns += [right(t(N_("paid, {currency}"), currency=_currency(f)))] if paid else []
    columns += [right(t(N_("defects before"))), right(t(N_("since"))), right(t(N_("difference (95%)")), 1.8)]
    yield Table(tuple(columns), tuple(_change(one, t, rows, has_pay=paid) for one in f.changes))
    yield Paragraph(
        t(N_("Defects that cite the clauses which the version changed, of the items judged (Newcombe's interval).")),
        Tone.QUIET,
    )


def _change(one: Change, t: Words, rows: Rows, *, has_pay: bool) -> tuple[Inline, ...]:
    difference = NONE
    if one.difference is not None:
        point, low, high = (f"{value * 100:+.1f}" for value in one.difference)
        difference = f"{point} ({low} – {high})"
    clauses: list[Inline] = [rows.causes(By.CLAUSE, each, each) for each in one.clauses]
    told: list[Inline] = [
        rows.at(f"/rulebook/{one.rulebook}", one.version) if one.rulebook else one.version,
        t(_WEIGHTS.get(one.weight, one.weight)),
        listed(clauses),
        rows.each("/rounds/{}/recheck", one.rounds),
        f"{one.rechecked:,}",
        _figure(one.hours),
    ]
    told += [rows.at("/pay", _money(one.cost))] if has_pay else []
    return (*told, f"{one.before[0]:,} / {one.before[1]:,}", f"{one.after[0]:,} / {one.after[1]:,}", difference)


def _next(f: Figures, t: Words, rows: Rows) -> Iterator[Block]:
    worst: dict[str, int] = {}
    for one in f.defects:
        if one.clause:
            worst[one.clause] = worst.get(one.clause, 0) + one.count
    if worst:
        yield Heading(t(N_("Clauses with most defects")), 2)
        most = sorted(worst.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        columns = (Column(t(N_("Clause")), weight=3), right(t(N_("n"))))
        yield Table(columns, tuple((rows.causes(By.CLAUSE, each, each), f"{count:,}") for each, count in most))
    if f.confused:
        yield Heading(t(N_("Labels most often taken for one another")), 2)
        path = f"/rounds/{f.trial}/trial" if f.trial else "/rounds"
        columns = (Column(t(N_("Labels")), weight=3), right(t(N_("n"))))
        yield Table(columns, tuple((_pair(one, t), rows.at(path, f"{one.count:,}")) for one in f.confused))
    if f.rulings:
        yield Heading(t(N_("Rulings that stand in no clause and no example")), 2)
        columns = (Column(t(N_("Ruling")), weight=4), Column(t(N_("Clause"))), right(t(N_("asked"))))
        yield Table(
            columns,
            tuple(
                (
                    rows.at(f"/questions/{one.question}", one.text[:400]) if one.question else one.text[:400],
                    one.clause or NONE,
                    str(one.asked),
                )
                for one in f.rulings
            ),
        )
    if not (worst or f.confused or f.rulings):
        yield Paragraph(t(N_("Nothing is left to take over.")), Tone.QUIET)


def _pair(one: Confused, t: Words) -> str:
    """Both labels by their names in the reader's language."""
    language = "zh" if t.locale.startswith("zh") else "en"
    said = [(one.names.get(each, {}).get(language) or each) for each in (one.a, one.b)]
    return " – ".join(each or t(N_("nothing marked")) for each in said)


_SECTIONS: dict[Section, Callable[[Figures, Words, Rows], Iterator[Block]]] = {
    Section.ESTIMATE: _estimate,
    Section.TIME: _time,
    Section.DEFECTS: _defects,
    Section.RULES: _rules,
    Section.NEXT: _next,
}

"""The quality report as a document, in the reader's words: what a customer reads before the data is used."""

from collections import Counter
from collections.abc import Iterator, Mapping

from guiju.briefs import SAMPLING_NAMES, Sampling
from guiju.cleaning.personal import KIND_NAMES, PersonalKind
from guiju.delivery.issues import known_issues
from guiju.delivery.model import CHANGE_NAMES, LEFT_OUT_NAMES, ChangeKind, LeftOut
from guiju.delivery.report import AcceptanceResult, GateResult, LotResult, Report
from guiju.inspection import DEFECT_NAMES, LOT_STATE_NAMES, STRICTNESS_NAMES, WEIGHT_NAMES, DefectType, Weight
from guiju.inspection.acceptance import ACCEPTANCE_NAMES, AcceptanceState
from guiju.inspection.acceptance.model import Counted
from guiju.kit import N_, Words
from guiju.site.documents import (
    Bar,
    Bars,
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    Table,
    Tone,
    code,
    right,
)

SHOWN_LOTS = 500


def document_of(report: Report, t: Words) -> Document:
    """The report, in the order in which a customer asks: what is it, what is lacking, what was looked at."""
    return Document(
        t(N_("Quality report: {project}"), project=report.project),
        tuple(_blocks(report, t)),
        t.locale,
        subtitle=report.customer,
        header=t(N_("Quality report")),
        footer=report.project,
    )


def _blocks(report: Report, t: Words) -> Iterator[Block]:
    yield from _summary(report, t)
    yield from _issues(report, t)
    yield from _inspection(report, t)
    yield from _acceptance(report, t)
    yield from _agreement(report, t)
    yield from _versions(report, t)
    yield from _parts(report, t)
    yield from _changes(report, t)
    yield from _personal(report, t)
    yield Heading(t(N_("Signed")))
    yield Signatures(((t(N_("Inspector")), ""), (t(N_("Requester")), "")), t(N_("Signature")), t(N_("Date")))


def _summary(report: Report, t: Words) -> Iterator[Block]:
    yield Paragraph(_found(report, t), Tone.GOOD if report.inspected.judged else Tone.WARN)
    yield Facts(
        (
            (t(N_("Items delivered")), f"{report.items:,}"),
            (t(N_("Format")), code(report.format)),
            (t(N_("Rulebook version")), report.rulebook["version"]),
            (t(N_("Rulebook's SHA-256")), code(report.rulebook["digest"])),
            (t(N_("What goes in")), t(N_("accepted lots only") if report.include == "accepted" else _ALL)),
        )
    )


_ALL = N_("everything resolved, marked")


def _found(report: Report, t: Words) -> str:
    said = report.inspected
    low, high = said.interval
    sentence = N_(
        "In {lots} accepted lots {judged} items were looked at and {defective} were defective: "
        "{rate}, 95% interval {low} to {high} (Wilson)."
    )
    counts = {"lots": f"{said.lots:,}", "judged": f"{said.judged:,}", "defective": f"{said.defective:,}"}
    return t(sentence, **counts, rate=share(said.rate), low=share(low), high=share(high))


def share(value: object) -> str:
    return f"{value:.2%}" if isinstance(value, float | int) else "–"


def _issues(report: Report, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Known issues")))
    found = tuple(issue.spoken(t) for issue in known_issues(report))
    yield Bullets(found) if found else Paragraph(t(N_("None is known.")), Tone.QUIET)


def _inspection(report: Report, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Inspection")))
    if not report.lots:
        yield Paragraph(t(N_("No lot was decided.")), Tone.QUIET)
        return
    columns = (
        Column(t(N_("Lot")), weight=1.4),
        Column(t(N_("State"))),
        right(t(N_("Items"))),
        Column(t(N_("Plan")), weight=2.6),
        right(t(N_("Defective"))),
        right(t(N_("95% interval"))),
    )
    yield Table(columns, tuple(_lot_row(lot, t) for lot in report.lots[:SHOWN_LOTS]))
    yield Paragraph(
        t(N_("Every sample can be drawn again from its seed, which stands in quality_report.json.")), Tone.QUIET
    )
    yield from _defects(report, t)


def _acceptance(report: Report, t: Words) -> Iterator[Block]:
    if not report.acceptances:
        return
    yield Heading(t(N_("The customer's acceptance")))
    columns = (
        Column(t(N_("Acceptance"))),
        Column(t(N_("Decision")), weight=1.6),
        Column(t(N_("Lots"))),
        Column(t(N_("Signed by")), weight=1.4),
        right(t(N_("Our sample"))),
        right(t(N_("The customer's"))),
    )
    yield Table(columns, tuple(_acceptance_row(one, t) for one in report.acceptances))
    for one in report.acceptances:
        yield Paragraph(t(N_("Acceptance {number}: what was signed has the SHA-256"), number=one.number), Tone.QUIET)
        yield Paragraph(code(one.digest), Tone.QUIET)


def _acceptance_row(one: AcceptanceResult, t: Words) -> tuple[str, ...]:
    decision = t(ACCEPTANCE_NAMES[AcceptanceState(one.decision)])
    if one.conditions:
        closed = sum(bool(each["closed"]) for each in one.conditions)
        decision += t(N_(" ({closed} of {n} closed)"), closed=closed, n=len(one.conditions))
    lots = ", ".join(str(lot) for lot in one.lots)
    return (str(one.number), decision, lots, f"{one.name}, {one.at[:10]}", _counted(one.ours), _counted(one.theirs))


def _counted(found: Counted) -> str:
    if not found.judged:
        return "–"
    return f"{found.defective}/{found.judged} ({share(found.low)} – {share(found.high)})"


def _lot_row(lot: LotResult, t: Words) -> tuple[str, ...]:
    plan = lot.plan
    state = next(name for known, name in LOT_STATE_NAMES.items() if known.value == lot.state)
    planned = f"{_way(plan, t)}, n {plan['n']}, Ac {plan['accept']}, Re {plan['reject']}"
    again = t(N_(" (lot {number} again)"), number=lot.resubmits) if lot.resubmits else ""
    low, high = lot.interval
    counts = (str(plan["lot"]), planned, f"{lot.defective}/{lot.judged}", f"{share(low)} – {share(high)}")
    return (f"{lot.number}{again}", t(state), *counts)


def _way(plan: Mapping[str, object], t: Words) -> str:
    """How a lot was sampled: by which AQL and how strictly where it was one of the tables' plans."""
    way = SAMPLING_NAMES[Sampling(str(plan["sampling"]))]
    if not plan["letter"]:
        return t(way)
    strictness = next(name for known, name in STRICTNESS_NAMES.items() if known.value == plan["severity"])
    return f"AQL {plan['aql']}%, {t(strictness)}"


def _defects(report: Report, t: Words) -> Iterator[Block]:
    found: Counter[tuple[str, str, str]] = Counter()
    for lot in report.lots:
        for one in lot.defects:
            found[str(one["type"]), str(one["severity"]), str(one["clause"] or "")] += int(str(one["items"]))
    if not found:
        return
    bars = [
        Bar(
            " · ".join(filter(None, (t(DEFECT_NAMES[DefectType(kind)]), t(WEIGHT_NAMES[Weight(weight)]), clause))),
            count,
            f"{count:,}",
        )
        for (kind, weight, clause), count in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:40]
    ]
    yield Bars(tuple(bars), t(N_("Defects found, in all lots, the commonest first")))


def _agreement(report: Report, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Agreement")))
    if not report.gates:
        yield Paragraph(t(N_("No trial's gate was decided.")), Tone.QUIET)
        return
    yield Bullets(tuple(_gate_line(gate, t) for gate in report.gates))


def _gate_line(gate: GateResult, t: Words) -> str:
    passed = N_("Trial {trial}: {measure} {figure}, gate {at_least}: passed.")
    overridden = N_(
        "Trial {trial}: {measure} {figure}, gate {at_least}: not passed; overridden with the signed reason “{reason}”."
    )
    failed = N_("Trial {trial}: {measure} {figure}, gate {at_least}: not passed.")
    said = passed if gate.passed else overridden if gate.override_reason else failed
    places = {"trial": gate.trial, "measure": gate.measure, "figure": f"{gate.figure:.3f}"}
    return t(said, **places, at_least=f"{gate.at_least:.2f}", reason=gate.override_reason or "")


def _versions(report: Report, t: Words) -> Iterator[Block]:
    if len(report.versions) > 1:
        yield Heading(t(N_("Versions of the rulebook")))
        rows = tuple((version, f"{count:,}") for version, count in report.versions.items())
        yield Table((Column(t(N_("Version"))), right(t(N_("Items")))), rows)


def _parts(report: Report, t: Words) -> Iterator[Block]:
    if report.parts:
        yield Heading(t(N_("Parts")))
        total = sum(part.items for part in report.parts)
        rows = tuple(
            (part.name, f"{part.items:,}", share(part.items / total if total else None)) for part in report.parts
        )
        yield Table((Column(t(N_("Part"))), right(t(N_("Items"))), right(t(N_("Share")))), rows)
        kept = N_("{groups} groups of items that belong together were kept whole.")
        yield Paragraph(t(kept, groups=f"{report.groups:,}"), Tone.QUIET)
    if report.left_out:
        yield Heading(t(N_("Not delivered")))
        lines = ((LEFT_OUT_NAMES[LeftOut(why)], count) for why, count in report.left_out.items())
        yield Bullets(tuple(f"{count:,} · {t(name)}" for name, count in lines))


def _changes(report: Report, t: Words) -> Iterator[Block]:
    if report.changes:
        yield Heading(t(N_("What changed since delivery {n}"), n=report.terms.get("since", "")))
        lines = ((CHANGE_NAMES[ChangeKind(kind)], count) for kind, count in report.changes.items())
        yield Bullets(tuple(f"{count:,} · {t(name)}" for name, count in lines))
        yield Paragraph(t(N_("Each change with its reason stands in changes.jsonl.")), Tone.QUIET)


def _personal(report: Report, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Personal data")))
    said = report.personal
    if said is None:
        yield Paragraph(t(N_("Nobody looked for personal data.")), Tone.WARN)
        return
    counted = N_("{items} of {looked} items say something about a real person.")
    yield Paragraph(t(counted, items=f"{said.items:,}", looked=f"{said.looked:,}"))
    if said.unseen:
        yield Paragraph(
            t(N_("{n} of them are pictures or sounds: of these only the columns were read."), n=said.unseen)
        )
    if said.found:
        columns = (
            Column(t(N_("Kind")), weight=2),
            right(t(N_("Items"))),
            right(t(N_("Places"))),
            right(t(N_("Certain"))),
            Column(t(N_("The first items")), weight=3),
        )
        rows = (
            (
                t(KIND_NAMES[PersonalKind(one.kind)]),
                f"{one.items:,}",
                f"{one.places:,}",
                f"{one.certain:,}",
                ", ".join(one.examples),
            )
            for one in said.found
        )
        yield Table(columns, tuple(rows))

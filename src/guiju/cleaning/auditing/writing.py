"""An audit as a document, in the reader's words."""

from collections.abc import Iterator

from guiju.cleaning.auditing.model import CAUSE_NAMES, Audit, Cause, SourceFacts
from guiju.cleaning.auditing.parts import (
    checked_part,
    duplicates_part,
    profile_part,
    recipes_part,
    remarks_part,
    when,
)
from guiju.cleaning.auditing.rules import broken_results, unchecked
from guiju.data.model import RIGHTS_NAMES
from guiju.kit import N_, Words
from guiju.site.documents import (
    Bar,
    Bars,
    Block,
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
from guiju.site.filters import size


def document_of(audit: Audit, t: Words) -> Document:
    """The report, in the order in which an auditor asks: is it fit, what is it, what was done, what is open."""
    one = audit.sources[0] if audit.only is not None else None
    title = t(N_("Audit of data: {name}"), name=one.source.name if one else audit.project.name)
    version = audit.version
    rules = t(N_("Quality rules v{n}"), n=version.number) if version else t(N_("no quality rules"))
    return Document(
        title,
        tuple(_blocks(audit, t)),
        t.locale,
        subtitle=f"{audit.project.name} · {audit.project.customer} · {rules}",
        header=t(N_("Audit report")),
        footer=audit.project.name,
    )


def _blocks(audit: Audit, t: Words) -> Iterator[Block]:
    yield from _verdict(audit, t)
    yield from _summary(audit, t)
    for facts in audit.sources:
        yield from _source(audit, facts, t)
    yield from recipes_part(audit, t)
    yield from duplicates_part(audit, t)
    yield from remarks_part(audit, t)
    yield Heading(t(N_("Signed")))
    roles = [(t(N_("AI trainer")), ""), (t(N_("Inspector")), ""), (t(N_("Requester")), "")]
    yield Signatures(tuple(roles), t(N_("Signature")), t(N_("Date")))


def _verdict(audit: Audit, t: Words) -> Iterator[Block]:
    """What an auditor must know if they read nothing else."""
    broken, open_ = broken_results(audit.sources), unchecked(audit.sources)
    held = [one.source.name for one in audit.sources if one.check and one.check.is_holding]
    if audit.version is None:
        yield Paragraph(
            t(N_("No quality rules were in force: this report says what is there, not whether it is fit.")), Tone.WARN
        )
    elif held:
        yield Paragraph(t(N_("Held, given out to nobody: {names}."), names=", ".join(held)), Tone.BAD)
    if audit.version and open_:
        yield Paragraph(t(N_("Not checked by the rules yet: {n} sources."), n=len(open_)), Tone.WARN)
    if broken:
        yield Paragraph(
            t(N_("{n} rules are not fulfilled; each is told below with its items."), n=len(broken)), Tone.WARN
        )
    elif audit.version and not open_:
        yield Paragraph(t(N_("Every quality rule is fulfilled.")), Tone.GOOD)


def _summary(audit: Audit, t: Words) -> Iterator[Block]:
    items, aside = (sum(counts) for counts in zip(*((one.items, one.aside) for one in audit.sources), strict=True))
    pairs = [
        (t(N_("Project")), audit.project.name),
        (t(N_("Customer")), audit.project.customer),
        (t(N_("Sources")), f"{len(audit.sources):,}"),
        (t(N_("Items")), f"{items:,}"),
        (t(N_("Set aside")), f"{aside:,} ({aside / items:.1%})" if items else "0"),
        (t(N_("Given out")), f"{items - aside:,}"),
    ]
    if version := audit.version:
        by = audit.people.get(version.by, "–")
        pairs.append((t(N_("Quality rules")), f"v{version.number} · {by} · {when(version.at)}"))
        if version.note:
            pairs.append((t(N_("Why they changed")), version.note))
    yield Facts(tuple(pairs))
    if len(audit.sources) > 1:
        yield _sources(audit, t)


def _sources(audit: Audit, t: Words) -> Table:
    rows = [
        (
            one.source.name,
            f"{one.source.counts.records:,}",
            f"{one.items:,}",
            f"{one.source.counts.duplicates:,}",
            f"{one.source.counts.refused:,}",
            f"{one.aside:,}",
            t(RIGHTS_NAMES[one.source.rights]),
        )
        for one in audit.sources
    ]
    columns = (
        Column(t(N_("Source")), weight=3),
        right(t(N_("Records"))),
        right(t(N_("Items"))),
        right(t(N_("Duplicates"))),
        right(t(N_("Refused"))),
        right(t(N_("Set aside"))),
        Column(t(N_("Rights")), weight=1.6),
    )
    return Table(columns, tuple(rows), t(N_("Sources")))


def _source(audit: Audit, one: SourceFacts, t: Words) -> Iterator[Block]:
    source = one.source
    yield Heading(t(N_("Source: {name}"), name=source.name))
    counts = source.counts
    found = t(
        N_("{records} records: {taken} taken, {duplicates} duplicates, {refused} refused"),
        records=f"{counts.records:,}",
        taken=f"{counts.taken:,}",
        duplicates=f"{counts.duplicates:,}",
        refused=f"{counts.refused:,}",
    )
    landed = when(source.landed_at) if source.landed_at else "–"
    yield Facts(
        (
            (t(N_("Whose data it is")), source.owner or "–"),
            (t(N_("Licence")), source.licence or "–"),
            (t(N_("Rights")), t(RIGHTS_NAMES[source.rights])),
            (t(N_("Collected on")), source.collected_on or "–"),
            (t(N_("Imported")), f"{landed} · {audit.people.get(source.created_by, '–')}"),
            (t(N_("Records")), found),
            (t(N_("Fingerprint of its items")), (code(one.fingerprint), " (SHA-256)")),
        )
    )
    if one.files:
        yield _files(one, t)
    yield from profile_part(one, t)
    yield from checked_part(audit, one, t)
    yield from _asides(one, t)


def _files(one: SourceFacts, t: Words) -> Table:
    rows = [(file.name, size(file.size), code(file.sha256) if file.sha256 else "–") for file in one.files[:200]]
    columns = (Column(t(N_("File")), weight=2), right(t(N_("Size"))), Column("SHA-256", weight=4))
    more = len(one.files) - len(rows)
    caption = t(N_("Read from")) + (" · " + t(N_("and {n} more files"), n=f"{more:,}") if more else "")
    return Table(columns, tuple(rows), caption)


def _asides(one: SourceFacts, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("What was set aside, and why")), 2)
    if not one.by_cause:
        yield Paragraph(t(N_("Nothing is set aside.")), Tone.QUIET)
        return
    bars = [Bar(t(CAUSE_NAMES[cause]), count, f"{count:,}") for cause, count in _ranked(one)]
    places = {"aside": f"{one.aside:,}", "items": f"{one.items:,}"}
    caption = t(N_("{aside} of {items} items; one with two causes is counted for both."), **places)
    yield Bars(tuple(bars), caption, of=one.items)


def _ranked(one: SourceFacts) -> list[tuple[Cause, int]]:
    return sorted(one.by_cause.items(), key=lambda entry: (-entry[1], entry[0]))

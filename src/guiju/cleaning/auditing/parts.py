"""Parts of an audit report: what is in a source, its rules, recipes, near-duplicates, what is open."""

from collections.abc import Iterator

from guiju.cleaning.auditing.model import Audit, SourceFacts
from guiju.cleaning.auditing.rules import EXAMPLES_SHOWN
from guiju.cleaning.personal import KIND_NAMES
from guiju.cleaning.profiles.model import AMOUNTS, LANGUAGE_NAMES, REMARK_NAMES, Amount, Choice, Profile
from guiju.cleaning.profiles.rules import told
from guiju.cleaning.quality.model import Per, Result, Then
from guiju.cleaning.quality.rules import consequence, demand
from guiju.cleaning.recipes.model import RUN_STATE_NAMES, RunState
from guiju.kit import N_, Words, iso
from guiju.site.documents import (
    Bar,
    Bars,
    Block,
    Bullets,
    Column,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Table,
    Tone,
    quiet,
    right,
    strong,
)

_PERSONAL = {kind.value: name for kind, name in KIND_NAMES.items()}
MOST_COLUMNS = 100


def when(at: int) -> str:
    """A minute, in UTC: the same on whatever machine the report is written."""
    return iso(at)[:16].replace("T", " ") + " UTC"


def profile_part(one: SourceFacts, t: Words) -> Iterator[Block]:
    """Amounts, languages, personal data, the records' own columns."""
    yield Heading(t(N_("What is in it")), 2)
    if one.profile is None:
        yield Paragraph(t(N_("No profile was taken.")), Tone.WARN)
        return
    if one.profile.amounts:
        yield _amounts(one.profile.amounts, t)
    for choice in one.profile.choices:
        if choice.figure == "language":
            yield _languages(choice, t)
    yield from _personal(one.profile, t)
    if one.profile.meta:
        yield _columns(one.profile, t)


def _amounts(amounts: list[Amount], t: Words) -> Table:
    columns = (
        Column(t(N_("Figure")), weight=1.6),
        right(t(N_("Items"))),
        right(t(N_("Least"))),
        right(t(N_("Median"))),
        right(t(N_("9 of 10 lie in")), 1.6),
        right(t(N_("Greatest"))),
        right(t(N_("Outliers"))),
    )
    return Table(columns, tuple(_amount(amount, t) for amount in amounts))


def _amount(amount: Amount, t: Words) -> tuple[Inline, ...]:
    least, q05, median, q95, most = (
        told(amount.figure, value) for value in (amount.least, amount.q05, amount.median, amount.q95, amount.most)
    )
    name, outliers = t(AMOUNTS[amount.figure].name), amount.below + amount.above
    return name, f"{amount.count:,}", least, median, f"{q05} – {q95}", most, f"{outliers:,}"


def _languages(choice: Choice, t: Words) -> Bars:
    bars = [
        Bar(t(LANGUAGE_NAMES[one.value]), one.count, f"{one.count:,} ({one.count / choice.count:.1%})")
        for one in choice.values
    ]
    return Bars(tuple(bars), t(N_("Language")), of=choice.count)


def _personal(profile: Profile, t: Words) -> Iterator[Block]:
    choice = next((one for one in profile.choices if one.figure == "personal"), None)
    if choice is None:
        return
    found = [one for one in choice.values if one.value != "none"]
    looked = t(
        N_("Looked for in {n} texts, evenly apart; of a text the surest kind is counted."), n=f"{choice.count:,}"
    )
    yield Heading(t(N_("Personal data")), 3)
    if found:
        bars = [
            Bar(t(_PERSONAL[one.value]), one.count, f"{one.count:,} ({one.count / choice.count:.1%})", Tone.WARN)
            for one in found
        ]
        yield Bars(tuple(bars), looked, of=choice.count)
    else:
        yield Paragraph(t(N_("None was found.")) + " " + looked, Tone.QUIET)


def _columns(profile: Profile, t: Words) -> Table:
    columns = (
        Column(t(N_("Column")), weight=2),
        right(t(N_("Filled"))),
        right(t(N_("Missing or empty"))),
        right(t(N_("Different values"))),
        right(t(N_("Range")), 1.6),
    )
    rows = [
        (
            one.name,
            f"{one.filled:,}",
            f"{one.missing + one.empty:,}",
            ("≈ " if one.is_guess else "") + f"{one.distinct:,}",
            f"{one.least:g} – {one.most:g}" if one.least is not None and one.most is not None else "–",
        )
        for one in profile.meta[:MOST_COLUMNS]
    ]
    return Table(columns, tuple(rows), t(N_("The records' own columns")))


def checked_part(audit: Audit, one: SourceFacts, t: Words) -> Iterator[Block]:
    """Each rule with its outcome, and items that do not fulfil it."""
    yield Heading(t(N_("Quality rules")), 2)
    check = one.check
    if check is None or check.outcome is None:
        yield Paragraph(t(N_("No check of this source is in force.")), Tone.WARN)
        return
    outcome = check.outcome
    said = t(
        N_(
            "Checked by version {version} on {when}: {items} items looked at, {aside} set aside by rules,"
            " {beside} set aside before and not asked."
        ),
        version=check.version,
        when=when(check.created_at),
        items=f"{outcome.items:,}",
        aside=f"{outcome.aside:,}",
        beside=f"{outcome.beside:,}",
    )
    yield Paragraph(said)
    if check.is_holding:
        yield Paragraph(t(N_("The source is held: none of its items is given out.")), Tone.BAD)
    if check.released_at:
        name, at = audit.people.get(check.released_by or 0, "–"), when(check.released_at)
        yield Paragraph(
            t(N_("Released by {name} on {when}: “{reason}”"), name=name, when=at, reason=check.reason or ""), Tone.WARN
        )
    yield _results(outcome.results, t)
    for result in outcome.results:
        yield from _examples(audit, result, t)


def _results(results: list[Result], t: Words) -> Table:
    columns = (
        Column(t(N_("Quality rule")), weight=3.4),
        right(t(N_("Asked of"))),
        right(t(N_("Not fulfilled")), 1.3),
        right(t(N_("Set aside"))),
        Column(t(N_("Outcome")), weight=1.1),
    )
    return Table(columns, tuple(_result(one, t) for one in results))


def _result(one: Result, t: Words) -> tuple[Inline, ...]:
    name: Inline = (strong(one.rule.name), "\n", quiet(f"{demand(one.rule, t)}; {consequence(one.rule).spoken(t)}"))
    failed = f"{one.failed:,}" + (f" ({one.share:.1%})" if one.share is not None else "")
    aside = f"{one.aside:,}" if one.rule.then is Then.ASIDE else "–"
    return name, f"{one.asked:,}", failed, aside, _judged(one, t)


def _judged(one: Result, t: Words) -> Inline:
    if not one.asked:
        return quiet(t(N_("not asked")))
    if one.broken:
        return strong(t(N_("broken")))
    within = one.failed and one.rule.per is Per.SOURCE
    return t(N_("within its share")) if within else t(N_("fulfilled"))


def _examples(audit: Audit, one: Result, t: Words) -> Iterator[Block]:
    shown = [audit.examples[item] for item in one.examples[:EXAMPLES_SHOWN] if item in audit.examples]
    if not shown:
        return
    more = one.failed - len(shown)
    yield Heading(one.rule.name, 3)
    lines: list[Inline] = [(strong(f"#{item.item_id} {item.name}"), f"  {item.begins}") for item in shown]
    if more > 0:
        lines.append(quiet(t(N_("and {n} more"), n=f"{more:,}")))
    yield Bullets(tuple(lines))


def recipes_part(audit: Audit, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Recipes run")))
    if not audit.recipe_runs:
        yield Paragraph(t(N_("No recipe was run.")), Tone.QUIET)
        return
    columns = (
        Column(t(N_("Recipe")), weight=2.4),
        Column(t(N_("State")), weight=1.2),
        *(right(t(name)) for name in (N_("Changed"), N_("Split"), N_("Dropped"), N_("Unchanged"), N_("Not cleaned"))),
    )
    rows = [
        (
            (f"{run.recipe_name} v{run.version}\n", quiet(when(run.created_at))),
            t(RUN_STATE_NAMES[run.state]),
            *(f"{n:,}" if run.state is RunState.DONE else "–" for n in _counted(run.counts)),
        )
        for run in audit.recipe_runs
    ]
    yield Table(columns, tuple(rows))


def _counted(counts: object) -> list[int]:
    return [int(getattr(counts, name)) for name in ("changed", "split", "dropped", "unchanged", "failed")]


def duplicates_part(audit: Audit, t: Words) -> Iterator[Block]:
    yield Heading(t(N_("Near-duplicates")))
    search = audit.search
    if search is None:
        yield Paragraph(t(N_("They were not searched.")), Tone.WARN)
        return
    near = sum(one.near for one in audit.sources)
    yield Facts(
        (
            (t(N_("Searched")), f"{when(search.at)} · {search.at_least:.0%}"),
            (t(N_("Items compared")), f"{search.items:,}"),
            (t(N_("Items of this report in a group")), f"{near:,}"),
            (t(N_("Groups decided")), f"{audit.decided:,}"),
            (t(N_("Groups that wait")), f"{audit.waiting:,}"),
        )
    )


def remarks_part(audit: Audit, t: Words) -> Iterator[Block]:
    """What is worth a look and nobody has decided."""
    yield Heading(t(N_("Open remarks")))
    lines: list[Inline] = []
    for one in audit.sources:
        if one.profile is None:
            continue
        for remark in one.profile.remarks:
            about = _about(remark.about, t)
            said = f"{t(REMARK_NAMES[remark.code])}{about}: {remark.count:,}"
            lines.append((said, quiet(f"  {one.source.name}")) if len(audit.sources) > 1 else said)
    if audit.waiting:
        lines.append(t(N_("Groups of near-duplicates that nobody has decided on: {n}"), n=f"{audit.waiting:,}"))
    yield Bullets(tuple(lines)) if lines else Paragraph(t(N_("None.")), Tone.QUIET)


def _about(about: str, t: Words) -> str:
    if not about:
        return ""
    known = {**LANGUAGE_NAMES, **{code: figure.name for code, figure in AMOUNTS.items()}}
    return f" ({t(known[about]) if about in known else about})"

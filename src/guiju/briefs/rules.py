"""What a brief lacks: facets, figures, open questions, and words that two people would read differently."""

import re
from collections.abc import Iterator
from datetime import date
from math import isfinite

from guiju.briefs.model import (
    FACET_NAMES,
    FACET_QUESTIONS,
    MEASURES,
    RIGHTS,
    RULES,
    Brief,
    Facet,
    Figures,
    Gap,
    Level,
    Severity,
)
from guiju.kit import N_, Words
from guiju.kit.words import Bilingual

# The acceptable quality levels of MIL-STD-105E, in percent or defects per hundred.
AQLS = (
    *(0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65),
    *(1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0, 25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0),
)
LEAST_ZH, LEAST_EN = 8, 20
"""Characters below which a facet cannot have answered its questions."""


def find_gaps(brief: Brief, today: date | None = None) -> list[Gap]:
    """Every gap, in the order of the document; `today` is needed to see what is overdue."""
    return [
        *_title_gaps(brief),
        *(gap for facet in Facet for gap in _facet_gaps(facet, brief.facets.get(facet, {}))),
        *_figure_gaps(brief.figures, today),
        *_contradictions(brief),
        *_question_gaps(brief, today),
    ]


def describe_gap(gap: Gap, words: Words) -> dict[str, object]:
    """A gap in the reader's language."""
    facet = str(gap.details.get("facet", ""))
    named = FACET_NAMES[Facet(facet)] if facet in set(Facet) else facet
    places = {**gap.details, "facet": words(named)}
    said, ask = words(gap.sentence, **places), words(gap.ask, **places)
    return {"code": gap.code, "severity": gap.severity.value, "place": gap.place, "message": said, "ask": ask}


def blocking(gaps: list[Gap]) -> list[Gap]:
    """The gaps that keep a brief from being signed."""
    return [gap for gap in gaps if gap.severity is Severity.BLOCKING]


def _title_gaps(brief: Brief) -> Iterator[Gap]:
    if not any(brief.title.values()):
        yield _block("title-missing", "title", N_("The brief has no title."), N_("What do both sides call this work?"))


def _facet_gaps(facet: Facet, text: Bilingual) -> Iterator[Gap]:
    zh, en = text.get("zh", "").strip(), text.get("en", "").strip()
    if not (zh or en):
        yield _block("facet-missing", facet, N_("“{facet}” is not answered."), FACET_QUESTIONS[facet])
    elif len(zh) < LEAST_ZH and len(en) < LEAST_EN:
        yield _block("facet-too-short", facet, N_("“{facet}” is too short to act on."), FACET_QUESTIONS[facet])
    for pattern, ask in AMBIGUOUS:
        found = pattern.search(zh) or pattern.search(en)
        if found:
            said = N_("“{word}” in “{facet}” can be read in two ways.")
            yield _warn("ambiguous-word", facet, said, ask, word=found.group().strip())


AMBIGUOUS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), ask)
    for pattern, ask in (
        (r"尽量|尽可能|\bas (?:much|far|well) as possible\b|\bif possible\b", N_("How far exactly, and what if not?")),
        (r"等等|等(?=[。，、；,.;）)]|$)|\betc\b|\band so on\b", N_("What else is in the list? Name all of it.")),
        (r"清晰|清楚可见|\bclear(?:ly)? visible\b|\bsharp enough\b", N_("Visible to whom, at what size and zoom?")),
        (r"适当|合理|酌情|\breasonabl[ey]\b|\bappropriate(?:ly)?\b", N_("Who decides, and by which figure?")),
        (r"明显|严重的?程度|\bobvious(?:ly)?\b|\bsignificant(?:ly)?\b", N_("From which size or count on is it so?")),
        (r"尽快|及时|\bas soon as possible\b|\basap\b|\bin time\b", N_("On which date?")),
        (r"大概|大约|\d ?\D?左右|若干|\bapproximately\b|\ba few\b|\bsome \d", N_("Between which two numbers?")),
        (r"高质量|准确标注|\bhigh[- ]quality\b", N_("Which figure, measured how, is high enough?")),
    )
)


def _figure_gaps(figures: Figures, today: date | None) -> Iterator[Gap]:
    yield from _volume_gaps(figures)
    gate = figures.agreement
    if not 0 < gate.at_least <= 1 or gate.measure not in MEASURES or gate.rule not in RULES:
        said = N_("The agreement gate {value} is not a share above 0 and at most 1.")
        yield _block(
            "gate-outside",
            "agreement",
            said,
            N_("Which agreement opens production? 0.80 is usual."),
            value=gate.at_least,
        )
    if figures.aql not in AQLS or figures.level not in tuple(Level):
        said = N_("AQL {value} at level {level} is not in the sampling tables.")
        ask = N_("Which share of defects is acceptable in the long run? Take one of 0.010 … 1.0, 1.5, 2.5, 4.0 … 1000.")
        yield _block("aql-not-in-table", "aql", said, ask, value=f"{figures.aql:g}", level=figures.level)
    if figures.rights not in RIGHTS:
        said = N_("“{value}” does not say who may use the data later.")
        yield _block("rights-unknown", "rights", said, N_("This customer only, or anybody?"), value=figures.rights)
    yield from _due_gaps(figures, today)
    yield from _price_gaps(figures)


def _volume_gaps(figures: Figures) -> Iterator[Gap]:
    ask = N_("How many items are to be delivered?")
    if figures.volume is None:
        yield _block("volume-missing", "volume", N_("The volume is missing."), ask)
    elif figures.volume <= 0:
        yield _block("volume-not-positive", "volume", N_("A volume of {value} is no work."), ask, value=figures.volume)


def _due_gaps(figures: Figures, today: date | None) -> Iterator[Gap]:
    if figures.due is None:
        yield _warn("due-missing", "due", N_("There is no date of delivery."), N_("On which date is all of it due?"))
    elif today is not None and figures.due < today:
        said = N_("The date of delivery, {value}, has passed.")
        yield _block("due-passed", "due", said, N_("What is the new date, and who agreed to it?"), value=figures.due)


def _price_gaps(figures: Figures) -> Iterator[Gap]:
    price = figures.unit_price
    if price is None:
        yield _warn(
            "price-missing",
            "unit_price",
            N_("There is no unit price."),
            N_("What is one item paid, and what is in it?"),
        )
    elif not (isfinite(price) and price >= 0):
        said = N_("A unit price of {value} cannot be.")
        yield _block("price-negative", "unit_price", said, N_("What is one item paid, and what is in it?"), value=price)


_SAID_AQL = re.compile(r"AQL\s*[:=：]?\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_SAID_AGREEMENT = re.compile(r"(?:一致率[^\d]{0,6}|agreement of (?:at least )?)(0?\.\d+|1\.0+)", re.IGNORECASE)


def _contradictions(brief: Brief) -> Iterator[Gap]:
    """Where the words of a facet name another number than the figures do."""
    kept = (("aql", _SAID_AQL, brief.figures.aql), ("agreement", _SAID_AGREEMENT, brief.figures.agreement.at_least))
    for place, pattern, value in kept:
        for facet in Facet:
            said = {float(number) for text in brief.facets.get(facet, {}).values() for number in pattern.findall(text)}
            for other in sorted(said - {value}):
                sentence = N_("“{facet}” says {said}, the figure says {value}.")
                details = {"facet": facet.value, "said": f"{other:g}", "value": f"{value:g}"}
                yield Gap(
                    "figures-contradict", Severity.BLOCKING, place, sentence, N_("Which of the two holds?"), details
                )


def _question_gaps(brief: Brief, today: date | None) -> Iterator[Gap]:
    for question in brief.questions:
        if question.answer.strip():
            continue
        late = today is not None and question.due is not None and question.due < today
        said = N_("Overdue since {due}: “{question}”") if late else N_("Still open: “{question}”")
        details = {"question": question.text, "due": question.due, "owner": question.owner or "–"}
        yield Gap("question-open", Severity.WARNING, "questions", said, N_("{owner} is to answer."), details)


def _block(code: str, place: str, sentence: str, ask: str, **details: object) -> Gap:
    return Gap(code, Severity.BLOCKING, str(place), sentence, ask, {"facet": str(place), **details})


def _warn(code: str, place: str, sentence: str, ask: str, **details: object) -> Gap:
    return Gap(code, Severity.WARNING, str(place), sentence, ask, {"facet": str(place), **details})


def is_stale(current: tuple[int, int] | None, started_from: tuple[int, int] | None) -> bool:
    """Whether a save that started from (version, revision) would overwrite somebody else's."""
    return current != started_from

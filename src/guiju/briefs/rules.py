"""What a brief lacks, told in the reader's language; a question answered into its facet."""

import re
from dataclasses import replace
from datetime import date

from guiju.briefs.checks import AQLS, facet_gaps, figure_gaps, question_gaps, sum_gaps, title_gaps
from guiju.briefs.errors import QuestionGone
from guiju.briefs.model import FACET_NAMES, Brief, Facet, Gap, Severity
from guiju.kit import Words

__all__ = ["AQLS", "blocking", "describe_gap", "find_gaps", "settle_question"]

_CHINESE = re.compile("[\u3400-\u9fff]")


def find_gaps(brief: Brief, today: date | None = None) -> list[Gap]:
    """Every gap, in the order of the document; `today` is needed to see what is overdue."""
    return [
        *title_gaps(brief),
        *(gap for facet in Facet for gap in facet_gaps(facet, brief.facets.get(facet, {}))),
        *figure_gaps(brief, today),
        *sum_gaps(brief, today),
        *question_gaps(brief, today),
    ]


def describe_gap(gap: Gap, words: Words) -> dict[str, object]:
    """A gap in the reader's language: `message`, what to `ask`, and the `arithmetic` where there is one."""
    facet = str(gap.details.get("facet", ""))
    named = FACET_NAMES[Facet(facet)] if facet in set(Facet) else facet
    own = {
        key.removeprefix("named_"): words(str(name)) for key, name in gap.details.items() if key.startswith("named_")
    }
    if "named" in gap.details:
        own["name"] = words(str(gap.details["named"]))
    places = {**gap.details, **own, "facet": words(named)}
    said, ask = words(gap.sentence, **places), words(gap.ask, **places)
    arithmetic = words(gap.arithmetic, **places) if gap.arithmetic else ""
    return {
        "code": gap.code,
        "severity": gap.severity.value,
        "place": gap.place,
        "message": said,
        "ask": ask,
        "arithmetic": arithmetic,
    }


def blocking(gaps: list[Gap]) -> list[Gap]:
    """The gaps that keep a brief from being signed."""
    return [gap for gap in gaps if gap.severity is Severity.BLOCKING]


def settle_question(brief: Brief, question: str, answer: str, facet: str) -> Brief:
    """The brief with the question answered, and the answer at the end of its facet, in the language it is written in.

    Raises `QuestionGone`.
    """
    if not any(each.text == question for each in brief.questions):
        raise QuestionGone(question=question)
    told, kept = answer.strip(), Facet(facet) if facet in set(Facet) else Facet.HOW
    language = "zh" if _CHINESE.search(told) else "en"
    text = brief.facets.get(kept, {"zh": "", "en": ""})
    before = text.get(language, "").rstrip()
    after = before if told in before else f"{before}\n{told}".strip()
    questions = (
        replace(each, answer=told, facet=kept.value) if each.text == question else each for each in brief.questions
    )
    facets = {**brief.facets, kept: {**text, language: after}} if told else brief.facets
    return replace(brief, facets=facets, questions=tuple(questions))

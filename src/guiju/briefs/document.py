"""The brief as a YAML document: parsed with named refusals, rendered so that the same brief gives the same text."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from guiju.briefs.editing import edit_yaml
from guiju.briefs.errors import NotNumeric, NotOneOf
from guiju.briefs.model import MEASURES, RIGHTS, RULES, Brief, Facet, Figures, Gate, Level, OpenQuestion, Plan, Sampling
from guiju.briefs.plain import Node, items_of, read_yaml, text_of, two_of, write_yaml
from guiju.kit import Refusal
from guiju.kit.words import Bilingual

_ENTRIES = ("title", "customer", "trade", "facets", "figures", "mix", "plan", "questions")
_PLAN = ("start", "trial", "people", "hours_a_day", "days_a_week", "seconds", "overlap", "budget")
_FIGURES = (
    *("volume", "agreement", "aql", "level", "sampling", "aql_critical", "aql_minor"),
    *("due", "unit_price", "currency", "rights"),
)


@lru_cache(maxsize=256)
def parse_brief(text: str) -> Brief:
    """The brief in a YAML document; every page of a project asks for it, so the last ones are kept.

    Raises the refusals of `guiju.briefs.plain`, which name line and field.
    """
    return _brief(read_yaml(text))


def brief_of(plain: Mapping[str, Any]) -> Brief:
    """The brief that plain values say, as `plain_brief` writes them. Raises the same refusals."""
    return _brief(Node(plain, "", 1))


def edit_brief(text: str, brief: Brief) -> str:
    """`text` changed so that it says `brief`: only what differs is written anew, every other byte stays."""
    now = parse_brief(text)
    if now == brief:
        return text
    edited = edit_yaml(text, plain_brief(now), plain_brief(brief))
    try:
        return edited if parse_brief(edited) == brief else render_brief(brief)
    except Refusal:  # a document of anchors, whose places are not its own: it is written anew
        return render_brief(brief)


def _brief(node: Node) -> Brief:
    root = node.only(*_ENTRIES)
    facets = root.find("facets")
    figures, plan, mix = root.find("figures"), root.find("plan"), root.find("mix")
    return Brief(
        title=root.need("title").two(),
        customer=text_of(root.find("customer")),
        facets=_facets(facets) if facets else {},
        figures=_figures(figures) if figures else Figures(),
        plan=_plan(plan) if plan else Plan(),
        trade=text_of(root.find("trade")),
        mix={str(name): mix.need(str(name)).number() for name in mix.mapping()} if mix else {},
        questions=tuple(_question(entry) for entry in items_of(root.find("questions"))),
    )


def _facets(node: Node) -> dict[Facet, Bilingual]:
    node.only(*Facet)
    return {facet: two_of(found) for facet in Facet if (found := node.find(facet))}


def _figures(node: Node) -> Figures:
    node.only(*_FIGURES)
    plain = Figures()
    agreement, rights, level = node.find("agreement"), node.find("rights"), node.find("level")
    sampling = node.find("sampling")
    return Figures(
        volume=_whole(node.find("volume")),
        agreement=_gate(agreement) if agreement else plain.agreement,
        aql=_number(node.find("aql"), plain.aql),
        level=level.one_of(tuple(Level)) if level else plain.level,
        sampling=Sampling(sampling.one_of(tuple(Sampling))) if sampling else plain.sampling,
        aql_critical=_maybe(node.find("aql_critical")),
        aql_minor=_maybe(node.find("aql_minor")),
        due=_date(node.find("due")),
        unit_price=_maybe(node.find("unit_price")),
        currency=text_of(node.find("currency"), plain.currency),
        rights=rights.one_of(RIGHTS) if rights else plain.rights,
    )


def _plan(node: Node) -> Plan:
    node.only(*_PLAN)
    plain = Plan()
    overlap = _whole(node.find("overlap"))
    return Plan(
        start=_date(node.find("start")),
        trial=_date(node.find("trial")),
        people=_whole(node.find("people")),
        hours_a_day=_number(node.find("hours_a_day"), plain.hours_a_day),
        days_a_week=_number(node.find("days_a_week"), plain.days_a_week),
        seconds=_maybe(node.find("seconds")),
        overlap=plain.overlap if overlap is None else overlap,
        budget=_maybe(node.find("budget")),
    )


def _gate(node: Node) -> Gate:
    node.only("measure", "at_least", "rule")
    plain = Gate()
    measure, rule = node.find("measure"), node.find("rule")
    return Gate(
        measure=measure.one_of(MEASURES) if measure else plain.measure,
        at_least=_number(node.find("at_least"), plain.at_least),
        rule=rule.one_of(RULES) if rule else plain.rule,
    )


def _question(node: Node) -> OpenQuestion:
    node.only("text", "facet", "owner", "due", "answer")
    facet = node.find("facet")
    return OpenQuestion(
        node.need("text").text(),
        text_of(node.find("owner")),
        _date(node.find("due")),
        text_of(node.find("answer")),
        facet.one_of(tuple(Facet)) if facet else "",
    )


def _number(node: Node | None, default: float) -> float:
    return default if node is None else node.number()


def _maybe(node: Node | None) -> float | None:
    return None if node is None else node.number()


def _whole(node: Node | None) -> int | None:
    if node is None:
        return None
    value = node.number()
    if not isfinite(value) or value != value // 1:
        raise NotNumeric(line=node.line, place=node.place, value=str(node.value)[:40])
    return int(value)


def _date(node: Node | None) -> date | None:
    if node is None:
        return None
    try:
        return date.fromisoformat(node.text())
    except ValueError as error:
        value = node.text()[:40]
        raise NotOneOf(line=node.line, place=node.place, value=value, known="2027-03-28 (YYYY-MM-DD)") from error


def render_brief(brief: Brief) -> str:
    """The brief as YAML. `parse_brief(render_brief(b)) == b`."""
    return write_yaml(plain_brief(brief))


def plain_brief(brief: Brief) -> dict[str, Any]:
    """The brief as plain values, in the document's order; a plan or trade that says nothing is left out."""
    plan = {name: value for name in _PLAN if (value := getattr(brief.plan, name)) != getattr(Plan(), name)}
    return {
        "title": _ordered(brief.title),
        "customer": brief.customer,
        **({"trade": brief.trade} if brief.trade else {}),
        "facets": {facet.value: _ordered(text) for facet, text in _in_order(brief.facets)},
        "figures": _render_figures(brief.figures),
        **({"mix": dict(brief.mix)} if brief.mix else {}),
        **({"plan": plan} if plan else {}),
        "questions": [_render_question(question) for question in brief.questions],
    }


def _ordered(text: Bilingual) -> dict[str, str]:
    return {language: text.get(language, "") for language in ("zh", "en")}


def _in_order(facets: Mapping[Facet, Bilingual]) -> list[tuple[Facet, Bilingual]]:
    return [(facet, facets[facet]) for facet in Facet if facet in facets]


def _render_figures(figures: Figures) -> dict[str, object]:
    gate = figures.agreement
    return {
        "volume": figures.volume,
        "agreement": {"measure": gate.measure, "at_least": gate.at_least, "rule": gate.rule},
        "aql": figures.aql,
        "level": figures.level,
        **_render_sampling(figures),
        "due": figures.due,
        "unit_price": figures.unit_price,
        "currency": figures.currency,
        "rights": figures.rights,
    }


def _render_sampling(figures: Figures) -> dict[str, object]:
    """How lots are sampled, where it is not the usual way."""
    sampling = {} if figures.sampling is Sampling.SINGLE else {"sampling": figures.sampling.value}
    of_weights = {"aql_critical": figures.aql_critical, "aql_minor": figures.aql_minor}
    return {**sampling, **{name: aql for name, aql in of_weights.items() if aql is not None}}


def _render_question(question: OpenQuestion) -> dict[str, object]:
    about = {"facet": question.facet} if question.facet else {}
    kept = {"owner": question.owner, "due": question.due, "answer": question.answer or None}
    return {"text": question.text, **about, **kept}

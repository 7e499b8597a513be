"""The guided form read back: a brief from its fields, and the acts that change it before it is saved."""

from dataclasses import replace
from datetime import date

from guiju.briefs.model import Brief, Facet, Figures, Gap, Gate, OpenQuestion, Plan, Sampling
from guiju.briefs.rules import describe_gap, find_gaps
from guiju.briefs.trades import find_trade
from guiju.kit import Words
from guiju.kit.words import bilingual
from guiju.site import FormData, field, number
from guiju.site.forms import NotANumber, many


def brief_of_form(data: FormData) -> Brief:
    """The words of the form; figures that are none are left at their usual values. Raises nothing."""
    facets = {facet: _both(data, facet) for facet in Facet}
    return Brief(
        title=_both(data, "title"),
        customer=field(data, "customer", required=False, limit=120),
        facets={facet: text for facet, text in facets.items() if any(text.values())},
        trade=field(data, "trade", required=False, limit=40),
        mix=_mix_of(data),
        questions=tuple(_questions_of(data)),
    )


def with_figures(data: FormData, brief: Brief) -> Brief:
    """The brief with the form's figures and plan. Raises `NotANumber`."""
    return replace(
        brief, figures=_figures_of(data), plan=_plan_of(data), questions=tuple(_questions_of(data, strict=True))
    )


def _both(data: FormData, name: str) -> dict[str, str]:
    return {language: _lines(field(data, f"{name}.{language}", required=False)) for language in ("zh", "en")}


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _questions_of(data: FormData, *, strict: bool = False) -> list[OpenQuestion]:
    columns = [many(data, f"question.{name}") for name in ("text", "owner", "due", "answer", "facet")]
    length = max(map(len, columns), default=0)
    rows = zip(*([*column, *[""] * (length - len(column))] for column in columns), strict=True)
    return [
        OpenQuestion(
            text.strip(), owner.strip(), _date(due, strict=strict), answer.strip(), facet if facet in set(Facet) else ""
        )
        for text, owner, due, answer, facet in rows
        if text.strip()
    ]


def _mix_of(data: FormData) -> dict[str, float]:
    """Shares are written in percent; a row without a share takes the name out, what is no number is left out."""
    rows = zip(many(data, "mix.name"), many(data, "mix.share"), strict=False)
    return {
        " ".join(name.split())[:120]: round(float(share) / 100, 4)
        for name, share in rows
        if name.strip() and share.strip().replace(".", "", 1).isdecimal()
    }


def _figures_of(data: FormData) -> Figures:
    volume = field(data, "volume", required=False)
    price = field(data, "unit_price", required=False)
    gate = Gate(field(data, "measure"), number(data, "at_least", high=1), field(data, "rule"))
    return Figures(
        volume=int(number(data, "volume", high=1e9)) if volume else None,
        agreement=gate,
        aql=number(data, "aql", low=0.01, high=1000),
        level=field(data, "level"),
        sampling=_sampling(field(data, "sampling", required=False)),
        aql_critical=_maybe(data, "aql_critical"),
        aql_minor=_maybe(data, "aql_minor"),
        due=_date(field(data, "due", required=False)),
        unit_price=number(data, "unit_price") if price else None,
        currency=field(data, "currency", required=False, limit=3) or "CNY",
        rights=field(data, "rights"),
    )


def _plan_of(data: FormData) -> Plan:
    plain = Plan()
    return Plan(
        start=_date(field(data, "start", required=False)),
        trial=_date(field(data, "trial", required=False)),
        people=_whole(_maybe(data, "people")),
        hours_a_day=_maybe(data, "hours_a_day") or plain.hours_a_day,
        days_a_week=_maybe(data, "days_a_week") or plain.days_a_week,
        seconds=_maybe(data, "seconds"),
        overlap=_whole(_maybe(data, "overlap")) or plain.overlap,
        budget=_maybe(data, "budget"),
    )


def _sampling(text: str) -> Sampling:
    return Sampling(text) if text in set(Sampling) else Sampling.SINGLE


def _maybe(data: FormData, name: str) -> float | None:
    return number(data, name, low=-1e12) if field(data, name, required=False) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _date(text: str, *, strict: bool = True) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        if not strict:
            return None
        raise NotANumber(field="due", value=text[:20], low="2000-01-01", high="2999-12-31") from error


def gap_key(gap: Gap) -> str:
    """What a button says to name a finding."""
    return "|".join((gap.code, gap.place, str(gap.details.get("word", ""))))


def act_on(brief: Brief, act: str, today: date, words: Words) -> Brief:
    """What a button of the form does before anything is saved: `ask:what:2` asks the trade's question, `gap:KEY` what
    a finding asks, `drop:3` takes a question out. An act that is none changes nothing."""
    verb, _, rest = act.partition(":")
    if verb == "ask":
        facet, _, number_ = rest.partition(":")
        return _ask(brief, _trade_question(brief, facet, number_, words.locale), facet)
    if verb == "gap":
        found = next((gap for gap in find_gaps(brief, today) if gap_key(gap) == rest), None)
        return _ask(brief, _question_of(found, words), found.place) if found else brief
    if verb == "drop" and rest.isdigit():
        kept = (each for n, each in enumerate(brief.questions) if n != int(rest))
        return replace(brief, questions=tuple(kept))
    return brief


def _question_of(gap: Gap, words: Words) -> str:
    asked = str(describe_gap(gap, words)["ask"])
    return f"“{gap.details['word']}”: {asked}" if "word" in gap.details else asked


def _trade_question(brief: Brief, facet: str, number_: str, locale: str) -> str:
    trade = find_trade(brief.trade)
    asked = trade.questions.get(Facet(facet), ()) if trade and facet in set(Facet) else ()
    return bilingual(asked[int(number_)], locale) if number_.isdigit() and int(number_) < len(asked) else ""


def _ask(brief: Brief, text: str, place: str) -> Brief:
    if not text or any(each.text == text for each in brief.questions):
        return brief
    facet = place if place in set(Facet) else ""
    return replace(brief, questions=(*brief.questions, OpenQuestion(text, facet=facet)))

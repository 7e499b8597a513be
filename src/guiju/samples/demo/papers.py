"""What the cast writes: briefs that are not overdue, questions, a ruling, a signed reason."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from guiju.bank import Given
from guiju.briefs import Facet, parse_brief, render_brief
from guiju.samples.documents import brief_text

CUSTOMERS = {"service": "暖屋家居（虚构客户）", "steel": "北辰钢铁（虚构客户）"}
LEAST_DAYS, USUAL_DAYS = 30, 90
"""A brief with fewer days left is given the usual ones: nobody signs a date that has passed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an annotator asks where two `labels` are near each other, the clause in doubt, and what is ruled."""

    labels: tuple[str, str]
    clause: str
    question: str
    ruling: str


DOUBTS = {
    "service": (
        Doubt(
            ("refund", "complaint"),
            "C2.2",
            "又要退款又在骂人，标退款还是投诉？ | Wants a refund and scolds: refund or complaint?",
            "明说投诉的标投诉，其余标退款。 | A complaint only where it says so, else a refund.",
        ),
        Doubt(
            ("exchange", "refund"),
            "C2.4",
            "又说换又说退，标哪个？ | Speaks of an exchange and of a refund: which one?",
            "标客户的第一选择。 | The customer's first choice counts.",
        ),
        Doubt(
            ("product", "exchange"),
            "C4.3",
            "只问是不是坏了，没说要换，算商品咨询吗？ | Only asks whether it is broken: a product question?",
            "没有要求换或退的，标商品咨询。 | Without a request it is a product question.",
        ),
        Doubt(
            ("logistics", "complaint"),
            "C2.2",
            "催了好几次、语气很重，算投诉吗？ | Chases a parcel in anger: is it a complaint?",
            "问的是包裹就标查询物流，语气不算。 | Asking for the parcel is logistics, whatever the tone.",
        ),
    ),
    "steel": (
        Doubt(
            ("scratch", "crack"),
            "C3.3",
            "这条线是划痕还是裂纹？ | Is this line a scratch or a crack?",
            "按走向和两端判断，框与标签以此为准。 | By its course and its ends; box and label as given here.",
        ),
        Doubt(
            ("scale", "inclusion"),
            "C5.4",
            "这片暗斑是氧化皮还是夹杂？ | Is this dark patch scale or an inclusion?",
            "看深浅和是否沿轧制方向拉长。 | By how dark it is, and whether it is drawn out along the rolling.",
        ),
        Doubt(
            ("scale", "rolled_in"),
            "C5.3",
            "看不出凹凸，是氧化皮还是压入？ | No relief to be seen: scale, or rolled-in?",
            "一侧暗一侧亮的是压入，否则是氧化皮。 | One side dark and the other bright is rolled-in, else scale.",
        ),
    ),
}

OVERRIDE = (
    "分歧集中在已裁定的边界情形，规则条款已讲解，先开生产，首批加严看。 | "
    "The differences are boundary cases that have been ruled on; production opens, and the first lot is watched."
)

PAID = {"service": "0.06", "steel": "0.2"}
"""What an item is paid, in yuan: half of what the customer pays for it, or a little less."""

SIGNER = "林岚 Lin Lan"
GENERAL = frozenset({"service"})
"""Whose customers let others use what they leave in the bank."""
CONDITION = (
    "样本中发现的不合格条目，请改正后随下一批增量交付。 | "
    "Put right what our sample found defective, and bring it with the next increment."
)
CONSENT = Given(
    purpose="训练与评测客服模型 | Training and testing of service models",
    words=(
        "暖屋家居同意其他客户的项目使用这些已去标识的消息及其意图标注。 | "
        "Nuanwu Home allows projects of other customers to use these de-identified messages with their intents."
    ),
    document="NW-2026-017",
)
RETROSPECTIVE = {
    "estimate": (
        "估算只看了单价；新人比老手慢一倍，下次按人估。 | "
        "The estimate looked at the price alone; a newcomer takes twice as long: next time plan by person."
    ),
    "defects": (
        "返修多半出在退款与投诉；开工前应先讲 C2.2。 | "
        "Most rework was refund against complaint; C2.2 should have been explained before work began."
    ),
    "next": "把四条裁定写进规则，作为边界示例。 | The four rulings go into the rules, as boundary examples.",
}


def day_after(at: int, days: int) -> date:
    """So many days after `at` (µs)."""
    return datetime.fromtimestamp(at // 1_000_000, UTC).date() + timedelta(days=days)


def brief_for(document: str, at: int, items: int | None = None) -> str:
    """The sample brief as it can be signed at `at` (µs): with a later date if its own has come too near.

    With `items` it asks for as many instead of as many as written, for the same price each.
    """
    text, today = brief_text(document), datetime.fromtimestamp(at // 1_000_000, UTC).date()
    brief = parse_brief(text)
    if items is not None:
        facets = {**brief.facets, Facet.HOW_MUCH: _how_much(items, brief.figures.unit_price)}
        brief = replace(brief, facets=facets, figures=replace(brief.figures, volume=items))
        text = render_brief(brief)
    if brief.figures.due is None or brief.figures.due >= today + timedelta(days=LEAST_DAYS):
        return text
    due = today + timedelta(days=USUAL_DAYS)
    facets = {**brief.facets, Facet.WHEN: _when(due)}
    return render_brief(replace(brief, facets=facets, figures=replace(brief.figures, due=due)))


def _how_much(items: int, price: float | None) -> dict[str, str]:
    return {
        "zh": f"{items} 条，单价每条 {price} 元，含质检与返修。",
        "en": f"{items:,} items at CNY {price} each, inspection and rework included.",
    }


def _when(due: date) -> dict[str, str]:
    return {
        "zh": f"{due.year} 年 {due.month} 月 {due.day} 日前交付；开生产前先完成试标。",
        "en": f"Delivered by {due.isoformat()}; the trial is done before production opens.",
    }

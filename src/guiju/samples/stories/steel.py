"""The story of a line whose rolls are worn: is a flake scale, or is it rolled in?"""

from guiju.kit.words import Bilingual
from guiju.samples.documents import rulebook_text
from guiju.samples.stories.amending import without
from guiju.samples.stories.model import Remedy, Story

REQUEST: Bilingual = {
    "zh": "2 号冷轧线换了辊以后，钢板上的缺陷要尽量都框出来，氧化皮、压入等要分清楚。大概五千张图，越快越好。",
    "en": (
        "Since the rolls of cold mill no. 2 wore, please box the defects on our plates as far as possible, scale, "
        "rolled-in etc. About five thousand images, as soon as possible."
    ),
}
"""What the customer wrote: nothing in it can be signed."""

BETWEEN = """
### C5.3 两者之间 | Between the two
labels: scale, rolled_in

有亮边就是压入，没有亮边就是氧化皮。放大到 200% 看受光的对侧：亮边连成一段才算，零星亮点不算。只凭颜色深浅不能判为压入。

> en: A bright edge makes it rolled-in; none makes it scale. Look at 200% on the side away from the light: an edge that runs counts, single bright dots do not. Darkness alone never makes it rolled-in.
"""  # noqa: E501 - a paragraph of a document is one line
WITH_INCLUSION = """
### C5.4 氧化皮与夹杂 | Scale or inclusion
labels: scale, inclusion

长度不足厚度 2 倍的是氧化皮。长度够、颜色深、内部均匀的是夹杂；长度够但内部斑驳、边缘剥落的仍是氧化皮。

> en: Less than twice as long as thick is scale. Long, dark and even inside is an inclusion; long but mottled and flaking is still scale.
"""  # noqa: E501

REMEDIES = (
    Remedy(
        frozenset({"scale", "rolled_in"}),
        "C5.3",
        "C5.2",
        BETWEEN,
        {"zh": "亮边淡，但连成一段：看亮边，不看深浅。", "en": "A faint bright edge: it decides, not how dark it is."},
    ),
    Remedy(
        frozenset({"scale", "inclusion"}),
        "C5.4",
        "C5.3",
        WITH_INCLUSION,
        {"zh": "看长厚比和内部。", "en": "Proportion decides, and what it is like inside."},
    ),
)


def first_rulebook() -> str:
    """The rules as they were before anybody had annotated by them: what each label is, and not where it ends."""
    return without(rulebook_text("steel"), clauses=("C1.1", "C5.3"), examples=("E8",))


def steel_story(name: str, customer: str, brief: str, size: int) -> Story:
    """The story of the worn rolls; `brief` is what the customer's answers came to."""
    return Story(name, customer, "inspection", REQUEST, brief, first_rulebook(), REMEDIES, size)

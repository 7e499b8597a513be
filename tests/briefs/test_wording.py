"""Words that two people read differently are asked about; the same characters with one meaning are not."""

import pytest

from guiju.briefs.checks import vague_words
from guiju.briefs.checks.lexicon_en import EN
from guiju.briefs.checks.lexicon_zh import ZH
from guiju.briefs.checks.vague import Vague

ASKED = [
    ("尽量贴边", "尽量"),
    ("标出划痕、裂纹等。", "等"),
    ("划痕、裂纹等缺陷都要标", "等"),
    ("行人车辆等等", "等等"),
    ("图像清晰的才标", "清晰"),
    ("字迹模糊", "模糊"),
    ("轮廓可见", "可见"),
    ("留出合理的边距", "合理"),
    ("必要时上报", "必要时"),
    ("明显的划痕", "明显"),
    ("划痕较长", "较长"),
    ("比较严重的一类", "比较严"),
    ("尽快交付", "尽快"),
    ("及时答复", "及时"),
    ("大概五千张", "大概"),
    ("约 500 张", "约"),
    ("500 张左右", "500 张左右"),
    ("若干条", "若干"),
    ("几个样本", "几"),
    ("大部分图像", "大部分"),
    ("标注要准确", "准确"),
    ("高质量数据", "高质量"),
    ("特殊情况另议", "特殊情况"),
    ("标出相关内容", "相关"),
    ("由专人裁定", "专人"),
    ("划痕和/或裂纹", "和/或"),
    ("定期同步", "定期"),
    ("5 毫米以上", "5 毫米以上"),
    ("3 天内答复", "3 天内"),
    ("格式待定", "待定"),
    ("最好双人标", "最好"),
    ("as much as possible", "as much as possible"),
    ("if possible", "if possible"),
    ("cracks, scratches, etc.", "etc"),
    ("cats, dogs and so on", "and so on"),
    ("clearly visible", "clearly"),
    ("a reasonable margin", "reasonable"),
    ("where necessary", "where necessary"),
    ("obvious defects", "obvious"),
    ("fairly large", "fairly"),
    ("as soon as possible", "as soon as possible"),
    ("reply promptly", "promptly"),
    ("about 500 images", "about"),
    ("several labels", "several"),
    ("many images", "many"),
    ("accurate boxes", "accurate"),
    ("edge cases", "edge cases"),
    ("similar objects", "similar"),
    ("ask someone", "someone"),
    ("cracks and/or scratches", "and/or"),
    ("meet regularly", "regularly"),
    ("between 5 and 9", "between 5 and 9"),
    ("within 3 days", "within 3 days"),
    ("format TBD", "TBD"),
    ("boxes should be tight", "should"),
]
LET_PASS = [
    "等级按国标划分",
    "等待三秒",
    "宽度等于高度",
    "中等大小用 M 表示",
    "一等品",
    "同等对待",
    "价值相等",
    "等离子切割",
    "缺陷、污渍等六类",
    "清晰度不低于 300 dpi",
    "模糊查询",
    "可见光相机",
    "说清楚边界在哪",
    "统计显著性 p < 0.05",
    "严重程度分三级",
    "相对路径",
    "比较大小",
    "按时间排序",
    "左右两侧都要框",
    "多数票决定",
    "第几帧",
    "几何中心",
    "准确率不低于 0.95",
    "精确到 1 毫米",
    "关键点与关键词",
    "相关系数",
    "有人驾驶",
    "定期存款意图",
    "5 毫米（含）以上",
    "3 个工作日内",
    "暂时性故障",
    "建议类意图",
    "clear of obstacles",
    "visible light camera",
    "proper nouns",
    "statistically significant",
    "major version",
    "just-in-time",
    "immediately above the line",
    "how many labels",
    "many-to-many",
    "accurate to 2 px",
    "have in common",
    "how often it occurs",
    "between 5 and 9 inclusive",
    "no later than 3 March",
    "two seconds later",
    "in time order",
    "property names",
    "at most 5 labels",
    "scratches and cracks",
    "the goods arrive",
]


@pytest.mark.parametrize(("text", "word"), ASKED)
def test_a_word_with_two_readings_is_found(text: str, word: str) -> None:
    assert word in [found for found, _ in vague_words(text)]


@pytest.mark.parametrize("text", LET_PASS)
def test_a_word_with_one_reading_is_let_pass(text: str) -> None:
    assert vague_words(text) == []


@pytest.mark.parametrize("lexicon", [ZH, EN])
def test_each_language_has_several_dozen_words_and_a_question_for_each(lexicon: tuple[Vague, ...]) -> None:
    assert sum(len(vague.words) for vague in lexicon) >= 60
    assert all(vague.ask.endswith("?") or vague.ask.endswith(".") for vague in lexicon)


def test_a_word_said_in_both_languages_texts_is_asked_about_once() -> None:
    assert [word for word, _ in vague_words("尽量小，尽量快", "尽量")] == ["尽量"]

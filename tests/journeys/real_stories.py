"""Two stories of real data: intents on the turns of Chinese service dialogues, and what headlines make people feel."""

import csv
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.samples.demo.papers import brief_for
from guiju.samples.stories import Doubt, Remedy, Story, label_in_doubt
from tests.journeys.offices import Json, Mind, ServedOffice, compiled, nobody

# Dialogues: people who read the rules as the demo's do, and real turns that both tell and ask

DIALOGUES = 24
BETWEEN_TWO = 0.9
"""Somebody who tells and asks in one breath wants both: nothing in the turn says which counts."""
ASK, TELL, CHOOSE, SOCIAL = "ask", "tell", "choose", "social"

INTENTS = """---
title: {zh: "客服对话意图标注规则", en: "Intents of service dialogues"}
version: 1.0.0
fields:
  - {id: intent, kind: choice, target: turn, when: 'speaker == "usr"', title: {zh: 意图, en: Intent}, labels: [ask, tell, choose, social]}
labels:
  - {id: ask, name: {zh: 询问, en: Asks}, definition: {zh: "用户向客服要一条信息。", en: "The user wants to be told something."}}
  - {id: tell, name: {zh: 说条件, en: Tells}, definition: {zh: "用户说出自己的要求或条件。", en: "The user says what they want or need."}}
  - {id: choose, name: {zh: 选定, en: Chooses}, definition: {zh: "用户在客服给的里面选一个。", en: "The user takes one of what was offered."}}
  - {id: social, name: {zh: 寒暄, en: Small talk}, definition: {zh: "问好、道谢、告别。", en: "Hello, thanks, goodbye."}}
---

## C1 每句一个意图 | One intent a turn

只看用户这一句，标一个意图。前面说过的不算。

> en: Look at this turn of the user alone and give it one intent. What was said before does not count.

## C2 两可的句子 | Turns that could be two

### C2.1 道谢后面还有话 | Thanks, and more
labels: social

道谢或问好之后还有别的，标别的。

> en: What stands beside a hello or thanks counts.
"""  # noqa: E501 - a label is one line

ASKING = """
### C2.2 又说条件又问 | Tells and asks
labels: ask, tell

一句里既说条件又提问，标询问：问了就要答。只有条件、没有问句也没有“请推荐”的，才标说条件。

> en: Where one turn tells and asks, it asks: a question wants its answer. It tells only where nothing is asked.
"""
CHOOSING = """
### C2.3 选定还是说条件 | Chooses or tells
labels: choose, tell

说出客服刚给过的名字，是选定。

> en: Naming what was just offered is choosing.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a user's turn is by the rule, and what else is in it."""

    label: str
    doubt: Doubt


def read_turn(acts: list[list[str]]) -> Turn:
    """A turn by the acts that the data set gives it: a question counts most, then a choice, then a condition."""
    kinds = {act[0] for act in acts}
    present = [label for act, label in (("Request", ASK), ("Select", CHOOSE), ("Inform", TELL)) if act in kinds]
    if len(present) > 1 and TELL in present:
        return Turn(present[0], Doubt(TELL, BETWEEN_TWO))
    return Turn(present[0] if present else SOCIAL, Doubt(SOCIAL, 0.0))


def read_dialogues(path: Path, count: int) -> tuple[dict[str, dict[str, Turn]], list[Json]]:
    """The users' turns of each dialogue by number, and the dialogues as records to be imported."""
    turns: dict[str, dict[str, Turn]] = {}
    records: list[Json] = []
    with path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(count), strict=False):
            told = json.loads(line)
            name, messages = f"d{told['id']}", told["messages"]
            said = [{"speaker": each["role"], "text": each["content"]} for each in messages]
            records.append({"name": name, "turns": said})
            turns[name] = {
                str(n): read_turn(each["dialog_act"]) for n, each in enumerate(messages, 1) if each["role"] == "usr"
            }
    return turns, records


def dialogue_story(name: str) -> Story:
    request = {
        "zh": "我们的旅游客服机器人老是答非所问，请把对话里用户的意图标一下，大概两百段。尽快，意图分得合理一点。",
        "en": "Our travel assistant misses the point; please label what users want, about two hundred dialogues, asap.",
    }
    pair, other = frozenset({ASK, TELL}), frozenset({CHOOSE, TELL})
    remedies = (
        Remedy(pair, "C2.2", "C2.1", ASKING, {"zh": "又说条件又问：询问。", "en": "Tells and asks: it asks."}),
        Remedy(other, "C2.3", "C2.2", CHOOSING, {"zh": "说出给过的名字：选定。", "en": "Names an offer: chooses."}),
    )
    brief = brief_for("service", time.time_ns() // 1000)
    return Story(name, "途安旅行", "customer-service", request, brief, INTENTS, remedies, DIALOGUES)


def _intents(labels: Mapping[str, str]) -> Json:
    chosen = {number: {"kind": "choice", "labels": [label]} for number, label in labels.items()}
    return {"intent": {"kind": "each", "of": "turn", "answers": chosen}}


def dialogue_office(town: Any, source: Path, folder: Path) -> ServedOffice:
    turns, records = read_dialogues(source, DIALOGUES)
    file = folder / "dialogues.jsonl"
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in records), encoding="utf-8")

    def answer(mind: Mind, document: str, item: Json) -> Json:
        borders, rng = mind.borders(document), mind.rng(document, item)
        return _intents(
            {
                number: label_in_doubt(mind.skill, turn.label, turn.doubt, borders, rng)
                for number, turn in turns[item["name"]].items()
            }
        )

    def right(name: str) -> Json:
        return _intents({number: turn.label for number, turn in turns[name].items()})

    return ServedOffice(town, file, answer, right)


# Feelings: the strengths that real workers gave, read under the rule of the day

EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
NOTHING = "none"

_LABEL = "  - {{id: {0}, name: {{zh: {1}, en: {2}}}, definition: {{zh: {1}。, en: A reader feels {0}.}}}}\n"
_IN_CHINESE = ("愤怒", "厌恶", "恐惧", "喜悦", "悲伤", "惊讶", "没有")
FEELINGS = """---
title: {zh: "新闻标题的情绪", en: "What headlines make people feel"}
version: 1.0.0
fields:
  - {id: mood, kind: soft, title: {zh: 情绪, en: Mood}, labels: [anger, disgust, fear, joy, sadness, surprise, none]}
labels:
LABELS---

## C1 读者的感受 | What a reader feels

读完标题，各种感受各占几成。不猜写标题的人怎么想。

> en: After reading the headline, how much of each feeling there is. It is not asked what the writer felt.
""".replace(
    "LABELS",
    "".join(_LABEL.format(a, zh, a.title()) for a, zh in zip((*EMOTIONS, NOTHING), _IN_CHINESE, strict=True)),
)
NEWS = """
## C2 惊讶 | Surprise
labels: none

新闻总有新东西：只是意外，不算感受，归入“没有”。

> en: News is always something new: being surprised alone is no feeling, and its part goes to none.
"""
MOODS = """title: {zh: "新闻标题情绪数据", en: "Feelings of headlines"}
customer: "Morning Ledger"
trade: content-safety
facets:
  what: {en: "For each of 100 English headlines, the share of each of six feelings in what a reader feels, and of none.", zh: "100 条英文标题，读者的六种感受和“没有”各占几成。"}
  why: {en: "To choose which headlines open the evening letter; a headline that frightens is kept out of it.", zh: "决定哪些标题放在晚报开头；让人恐惧的标题不放。"}
  who: {en: "Anna Holt of the letter's desk signs and answers; ten readers answer each headline.", zh: "晚报编辑 Anna Holt 签字并答疑；每条标题由十位读者回答。"}
  when: {en: "Delivered three weeks after the trial has passed; the trial ends in its first week.", zh: "试标通过后三周交付；试标在第一周完成。"}
  where: {en: "Headlines of January 2007 as they stood on the front pages; no article is shown.", zh: "2007 年 1 月的头版标题，不给正文。"}
  how: {en: "Ten points are given out among the feelings; production opens at an agreement of 0.60.", zh: "十分分给各种感受；一致率达到 0.60 再开生产。"}
  how_much: {en: "100 headlines with 10 answers each, at CNY 0.30 an answer, inspection included.", zh: "100 条标题，每条 10 个答案，每个答案 0.30 元，含质检。"}
figures:
  volume: 100
  agreement: {measure: observed, at_least: 0.60, rule: point}
  aql: 2.5
  level: II
  unit_price: 3.0
  currency: CNY
  rights: general
"""  # noqa: E501 - a facet is one line


def feelings_story(name: str) -> Story:
    request = {
        "en": "Could you label the emotions of our headlines, reasonably fine-grained? We need it soon.",
        "zh": "请把我们的标题情绪标一下，尽量细一点。尽快要。",
    }
    pair = frozenset({"surprise", NOTHING})
    note = {"zh": "只是意外：没有。", "en": "Only unexpected: none."}
    remedy = Remedy(pair, "C2", "C1", NEWS, note, merges="surprise")
    return Story(name, "Morning Ledger", "content-safety", request, MOODS, FEELINGS, (remedy,), 100)


@dataclass
class Readers(ServedOffice):
    """The workers of Snow et al.: what they said of a headline holds, and is read under the labels that there are."""

    strengths: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict[Any, Any])
    folder: Path = Path()

    def run_trial(self, size: int) -> int:
        assert size >= len(self.items)  # everything there is
        labels = compiled(self.document).rulebook.fields[0].labels
        file = self.folder / f"trial-{len(self.rounds) + 1}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(("item", "annotator", *labels))
            rows.writerows((item, who, *_read(given, labels)) for (item, who), given in self.strengths.items())
        with self.client("gao") as gao:
            started = gao.import_annotations(
                self.project, file, format="csv", round="trial", label="|".join(labels), item="item"
            )
            outcome = gao.wait_for_job(started["job"])["outcome"]
        assert outcome["refused"] == 0, outcome
        self.rounds.append(started["round"])
        return started["round"]


def none_of_it(name: str) -> Json:
    """What the trainer says of a boundary example of news that merely surprise."""
    assert name
    return {"mood": {"kind": "soft", "weights": {NOTHING: 1.0}}}


def _read(given: Mapping[str, float], labels: tuple[str, ...]) -> Iterator[float]:
    """Strengths of the labels that there are; what has no label of its own, and no feeling at all, is none."""
    kept = {label: given.get(label, 0.0) for label in labels}
    left = sum(strength for one, strength in given.items() if one not in kept)
    kept[NOTHING] = left or (0.0 if any(kept.values()) else 100.0)
    return iter(kept.values())


def feelings_office(town: Any, source: Path, folder: Path) -> Readers:
    strengths: dict[tuple[str, str], dict[str, float]] = {}
    for emotion in EMOTIONS:
        with (source / f"{emotion}.standardized.tsv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows, delimiter="\t"):
                given = strengths.setdefault((row["orig_id"], row["!amt_worker_ids"]), {})
                given[emotion] = float(row["response"])
    asked = {item for item, _ in strengths}
    file = folder / "headlines.csv"
    with (source / "texts_affect.tsv").open(encoding="utf-8") as rows, file.open("w", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(("name", "text"))
        headlines = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        table.writerows((row["id"], row["headline"]) for row in headlines if row["id"] in asked)
    options = {"text": "text", "name_column": "name"}
    return Readers(town, file, nobody, none_of_it, options=options, strengths=strengths, folder=folder)

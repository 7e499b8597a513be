"""What the pictures in `docs/pictures` show: of each kind a field, an item that this file makes, and an answer."""

import io
import json
import math
import struct
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pycocotools import mask as coco

from guiju.samples.steel import draw_surface


@dataclass(frozen=True)
class Scene:
    """A rulebook's fields and labels in YAML, the item as a file, and the answer that is shown in hand."""

    fields: str
    labels: Mapping[str, tuple[str, str]]
    item: tuple[str, bytes]
    answers: Mapping[str, Any]
    keys: tuple[str, ...] = ("Tab",)


def _surface() -> tuple[str, bytes]:
    return "plate.png", draw_surface(11).image_bytes


def _lines(**row: object) -> tuple[str, bytes]:
    return "items.jsonl", json.dumps({"name": "A-1042", **row}, ensure_ascii=False).encode()


def _sound() -> tuple[str, bytes]:
    """Two voices in turns: bursts of harmonics with pauses between."""
    rate, out = 16_000, io.BytesIO()
    samples: list[int] = []
    for n in range(6 * rate):
        at = n / rate
        speaks = (at % 1.5) < 1.1
        pitch = 120 if at < 3 else 210
        swell = math.sin(math.pi * ((at % 1.5) / 1.1)) if speaks else 0
        loud = 0.5 * (1 + math.sin(2 * math.pi * 3.1 * at)) * swell
        samples.append(int(9_000 * loud * sum(math.sin(2 * math.pi * pitch * h * at) / h for h in (1, 2, 3, 5))))
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *(max(-32_000, min(32_000, one)) for one in samples)))
    return "call.wav", out.getvalue()


def _run_lengths() -> str:
    y, x = np.mgrid[0:400, 0:640]
    blot = ((x - 300) / 110) ** 2 + ((y - 190 - 18 * np.sin(x / 25)) / 60) ** 2 < 1
    encoded: Any = coco.encode(np.asfortranarray(blot.astype(np.uint8)))
    return encoded["counts"].decode()


TALK = [
    ("客户", "你好，我上周买的杯子到现在还没发货。"),
    ("客服", "您好，请把订单号发我，我马上查。"),
    ("客户", "订单号 20261114-88。如果今天还不发，我就退款了。"),
    ("客服", "查到了，仓库今天下午发出，送您一张优惠券表示歉意。"),
]
TEXT = "李雷上周三在北京西站丢了一只黑色背包，里面有一台联想电脑；车站派出所的王警官当天晚上就联系了他。"
DEFECTS = {"scratch": ("划痕", "Scratch"), "pit": ("凹坑", "Pit")}
FEELINGS = {"joy": ("喜悦", "Joy"), "fear": ("担忧", "Worry"), "anger": ("恼火", "Anger")}
INTENTS = {"refund": ("退款", "Refund"), "delivery": ("物流", "Delivery"), "thanks": ("致谢", "Thanks")}


def _drawn(kind: str, *shapes: Mapping[str, object]) -> dict[str, Any]:
    named = [{"id": f"{kind[0]}{number}", **shape} for number, shape in enumerate(shapes, 1)]
    return {"answer": {"kind": kind, "shapes": named}}


def _field(kind: str, zh: str, en: str, more: str = "") -> str:
    return f"  - {{id: answer, kind: {kind}, title: {{zh: {zh}, en: {en}}}, labels: LABELS{more}}}"


BODY = (
    "options: {points: [{id: head, zh: 头, en: Head}, {id: neck, zh: 颈, en: Neck}, {id: hip, zh: 髋, en: Hip}, "
    "{id: left, zh: 左脚, en: Left foot}, {id: right, zh: 右脚, en: Right foot}], "
    "skeleton: [[head, neck], [neck, hip], [hip, left], [hip, right]]}"
)
CASE = (
    "病人服用华法林三年，上周因牙痛自行加服布洛芬，三天后出现牙龈出血和黑便。入院后停用布洛芬，给予奥美拉唑，"
    "黑便第二天停止；牙痛由补牙治好，没有再用止痛药。"
)


def _marked(text: str, *places: tuple[str, str, int]) -> list[dict[str, object]]:
    """Spans of these words, each its `n`th time in the text (from 0)."""
    found: list[dict[str, object]] = []
    for number, (words, label, nth) in enumerate(places, 1):
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        found.append({"id": f"s{number}", "label": label, "start": start, "end": start + len(words)})
    return found


def _joined(*links: tuple[str, int, int]) -> list[dict[str, object]]:
    return [
        {"id": f"r{number}", "label": label, "from": f"s{one}", "to": f"s{other}"}
        for number, (label, one, other) in enumerate(links, 1)
    ]


ANSWERS = [
    "**可以退。** 未拆封七天内：\n\n1. 在订单里点“退货”\n2. 上门取件\n3. 三天内到账",
    "一般不能退，除非有质量问题。",
]

SCENES: dict[str, Scene] = {
    "choice": Scene(
        _field("choice", "意图", "Intent"),
        INTENTS,
        _lines(text="杯子还没发货，今天再不发我就退款了。"),
        {"answer": {"kind": "choice", "labels": ["refund"]}},
        (),
    ),
    "rating": Scene(
        _field(
            "rating",
            "通顺",
            "Fluency",
            ", options: {low: 1, high: 5, anchors: [{at: 1, zh: 读不懂, en: unreadable}, "
            "{at: 5, zh: 像母语, en: like a native}]}",
        ),
        {},
        _lines(text="The parcel will arrive to you tomorrow in the afternoon."),
        {"answer": {"kind": "rating", "value": 4}},
        (),
    ),
    "text": Scene(
        _field("text", "回复", "Reply"),
        {},
        _lines(text="杯子还没发货，今天再不发我就退款了。"),
        {"answer": {"kind": "text", "text": "非常抱歉！您的杯子今天下午发出，明天送达；如仍需退款，回复“退款”即可。"}},
        (),
    ),
    "soft": Scene(
        _field("soft", "情绪", "Feeling"),
        FEELINGS,
        _lines(text="终于到了！就是盒子有点压坏了，希望里面没事。"),
        {"answer": {"kind": "soft", "weights": {"joy": 0.6, "fear": 0.3, "anger": 0.1}}},
        (),
    ),
    "span": Scene(
        _field("span", "实体", "Entities"),
        {"person": ("人", "Person"), "place": ("地点", "Place"), "thing": ("物品", "Thing")},
        _lines(text=TEXT),
        {
            "answer": {
                "kind": "span",
                "spans": [
                    {"id": "s1", "label": "person", "start": 0, "end": 2},
                    {"id": "s2", "label": "place", "start": 6, "end": 10},
                    {"id": "s3", "label": "place", "start": 6, "end": 8},
                    {"id": "s4", "label": "thing", "start": 14, "end": 18},
                    {"id": "s5", "label": "thing", "start": 24, "end": 28},
                    {"id": "s6", "label": "person", "start": 35, "end": 38},
                ],
            }
        },
    ),
    "pieces": Scene(
        _field("span", "症状", "Symptoms", ", options: {pieces: true}"),
        {"sign": ("症状", "Symptom"), "drug": ("药物", "Drug")},
        _lines(text="服用布洛芬两天后，左手和右手的手腕都出现红肿，膝盖也有轻微疼痛；停药后第三天，上述症状完全消失。"),
        {
            "answer": {
                "kind": "span",
                "spans": [
                    {"id": "s1", "label": "sign", "start": 9, "end": 22, "pieces": [[9, 11], [15, 17], [18, 22]]},
                    {"id": "s2", "label": "drug", "start": 2, "end": 5},
                    {"id": "s3", "label": "sign", "start": 23, "end": 31, "pieces": [[23, 25], [29, 31]]},
                ],
            }
        },
        ("Tab", "Tab"),
    ),
    "relation": Scene(
        "  - {id: things, kind: span, title: {zh: 药与病, en: Drugs and illnesses}, labels: [drug, illness]}\n"
        "  - {id: facts, kind: relation, title: {zh: 关系, en: Relations}, labels: [treats, causes, same], "
        "options: {of: things, ends: {treats: {from: [drug], to: [illness]}, causes: {from: [drug], to: [illness]}, "
        "same: {symmetric: true}}}}",
        {
            "drug": ("药物", "Drug"),
            "illness": ("疾病", "Illness"),
            "treats": ("治疗", "treats"),
            "causes": ("引起", "causes"),
            "same": ("同一", "same as"),
        },
        _lines(text=CASE),
        {
            "things": {
                "kind": "span",
                "spans": _marked(
                    CASE,
                    ("华法林", "drug", 0),
                    ("牙痛", "illness", 0),
                    ("布洛芬", "drug", 0),
                    ("牙龈出血", "illness", 0),
                    ("黑便", "illness", 0),
                    ("布洛芬", "drug", 1),
                    ("奥美拉唑", "drug", 0),
                    ("黑便", "illness", 1),
                    ("牙痛", "illness", 1),
                ),
            },
            "facts": {
                "kind": "relation",
                "links": _joined(
                    ("treats", 3, 2),
                    ("causes", 3, 4),
                    ("causes", 3, 5),
                    ("causes", 1, 4),
                    ("same", 3, 6),
                    ("treats", 7, 8),
                    ("same", 5, 8),
                    ("same", 2, 9),
                ),
            },
        },
        ("f",),
    ),
    "vertical": Scene(
        _field("span", "专名", "Names", ", options: {direction: vertical}"),
        {"person": ("人", "Person"), "place": ("地点", "Place"), "work": ("书", "Work")},
        _lines(
            text="昔者庄周梦为胡蝶，栩栩然胡蝶也，自喻适志与！不知周也。俄然觉，则蘧蘧然周也。"
            "不知周之梦为胡蝶与，胡蝶之梦为周与？周与胡蝶，则必有分矣。此之谓物化。语出《庄子·齐物论》。"
        ),
        {
            "answer": {
                "kind": "span",
                "spans": [
                    {"id": "s1", "label": "person", "start": 2, "end": 4},
                    {"id": "s2", "label": "person", "start": 24, "end": 25},
                    {"id": "s3", "label": "work", "start": 76, "end": 82},
                    {"id": "s4", "label": "person", "start": 76, "end": 78},
                ],
            }
        },
    ),
    "ranking": Scene(
        _field("ranking", "哪个更好", "Which is better"),
        {},
        _lines(prompt="买的杯子可以退吗？", answers=ANSWERS),
        {"answer": {"kind": "ranking", "order": [[0], [1]]}},
        (),
    ),
    "each": Scene(
        "  - {id: intent, kind: choice, target: turn, title: {zh: 意图, en: Intent}, labels: LABELS, required: false}",
        INTENTS,
        _lines(turns=[{"speaker": who, "text": said} for who, said in TALK]),
        {
            "intent": {
                "kind": "each",
                "of": "turn",
                "answers": {
                    "1": {"kind": "choice", "labels": ["delivery"]},
                    "3": {"kind": "choice", "labels": ["refund"]},
                },
            }
        },
        ("ArrowDown", "ArrowDown"),
    ),
    "box": Scene(
        _field("box", "缺陷", "Defects"),
        DEFECTS,
        _surface(),
        _drawn(
            "box",
            {"label": "scratch", "x": 90, "y": 60, "w": 200, "h": 46},
            {"label": "pit", "x": 400, "y": 210, "w": 90, "h": 70},
        ),
    ),
    "turned-box": Scene(
        _field("box", "缺陷", "Defects", ", options: {rotate: true}"),
        DEFECTS,
        _surface(),
        _drawn(
            "box",
            {"label": "scratch", "x": 240, "y": 150, "w": 220, "h": 46, "angle": -35},
            {"label": "scratch", "x": 60, "y": 250, "w": 180, "h": 34, "angle": 12.5},
            {"label": "pit", "x": 470, "y": 230, "w": 90, "h": 70},
            {"label": "pit", "x": 90, "y": 60, "w": 80, "h": 60, "angle": 45},
        ),
    ),
    "polygon": Scene(
        _field("polygon", "缺陷", "Defects"),
        DEFECTS,
        _surface(),
        _drawn(
            "polygon",
            {"label": "pit", "points": [[320, 120], [430, 100], [470, 190], [400, 260], [310, 220]]},
            {"label": "scratch", "points": [[80, 60], [220, 70], [215, 95], [85, 90]]},
        ),
    ),
    "polyline": Scene(
        _field("polyline", "裂纹", "Cracks"),
        DEFECTS,
        _surface(),
        _drawn(
            "polyline",
            {"label": "scratch", "points": [[60, 300], [160, 250], [250, 265], [380, 180], [520, 190]]},
            {"label": "pit", "points": [[100, 60], [230, 110], [300, 90]]},
        ),
    ),
    "keypoint": Scene(
        _field("keypoint", "姿态", "Pose", f", {BODY}"),
        {"person": ("人", "Person"), "robot": ("机器人", "Robot")},
        _surface(),
        _drawn(
            "keypoint",
            {"label": "person", "points": [[300, 60, 2], [302, 120, 2], [296, 210, 2], [250, 330, 2], [345, 325, 1]]},
        ),
    ),
    "mask": Scene(
        _field("mask", "缺陷", "Defects"),
        DEFECTS,
        _surface(),
        _drawn("mask", {"label": "pit", "size": [400, 640], "counts": _run_lengths()}),
    ),
    "segment": Scene(
        _field("segment", "说话人", "Speakers"),
        {"agent": ("客服", "Agent"), "customer": ("客户", "Customer")},
        _sound(),
        {
            "answer": {
                "kind": "segment",
                "segments": [
                    {"id": "s1", "label": "agent", "start": 0, "end": 1100},
                    {"id": "s2", "label": "agent", "start": 1500, "end": 2600},
                    {"id": "s3", "label": "customer", "start": 3000, "end": 4100},
                    {"id": "s4", "label": "customer", "start": 4500, "end": 5600},
                ],
            }
        },
    ),
}

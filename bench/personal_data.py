"""Personal data found in texts: how many texts a second, and how much of what was planted, kind by kind.

    python -m bench.personal_data [TEXTS]

Planted: service messages of our own wording with data made up by a fixed seed, among decoys (order numbers, dates,
versions, numbers with a wrong check digit). A place counts as found
where it overlaps what was planted by more than half.
The speed is also taken on real texts (COLD, CrossWOZ), where they lie beside the project; the floor is one compiled
pattern that matches nothing, searched in the same texts.
"""

import csv
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.table import Row, show
from guiju.cleaning.personal import PersonalKind, find_personal
from guiju.cleaning.personal.finders.documents import is_credit_code, is_luhn

TEXTS = 20_000
WANTED = 5_000
SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
Planted = list[tuple[PersonalKind, int, int]]
_FAMILY = "王李张刘陈杨赵黄周吴徐孙朱马郭林何罗梁宋"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚玲浩宇欣怡子轩梓涵雨桐佳琪志远"
_FRAMES = (
    "您好，{name}的订单已经发货，请保持电话{mobile}畅通。",
    "我叫{name_said}，身份证号{id_card}，麻烦帮我查一下贷款进度",
    "收件人：{name_said}，手机：{mobile}，地址：{address}",
    "请把发票寄到{address}，谢谢",
    "退款打到这张卡 {bank_card} 就行，户名{name_said}",
    "加我微信{wechat}或者QQ{qq}聊",
    "公司座机{landline}，传真同号，邮箱{email}",
    "车牌{plate}的车挡住消防通道了，请联系{name_polite}",
    "护照号码{passport}，下周飞东京",
    "登录IP是{ip}，不是我本人操作的，请冻结账户",
    "开票信息：某某科技有限公司，税号{social_credit}，电话{landline}",
    "这个手机 {mobile} 打不通，换 {mobile} 试试；或者发邮件到 {email}",
    "My name is {name_english}, call me at {world} or write to {email}.",
)
_DECOYS = (
    "订单号202403051234567890什么时候能到？",
    "2024年3月5日下单，花了1,299.00元，积分138001",
    "升级到版本 10.2.33.4 以后就闪退了",
    "3号楼的电梯又坏了，我知道12号才有人修",
    "快递单号 SF1234567890123，已经三天没有更新",
    "这种情况一般24小时内处理，请您耐心等待",
    "好的，马上给您办理，感谢您的高度关注",
    "型号 iPhone 15 Pro 256G，价格8999，今天下午3:30:45取货",
    "流水号110105194912310021（校验不通过的号码）",
    "请问高级会员怎么开通？方便的话告诉我一下",
)


def main(texts: int = TEXTS) -> None:
    chance = random.Random(20)
    made = [_planted(chance) if n % 2 else (chance.choice(_DECOYS), Planted()) for n in range(texts)]
    show(f"Personal data: {texts:,} texts of our own, half of them with some", [*_speeds(made), *_figures(made)])


def _speeds(made: Sequence[tuple[str, Planted]]) -> list[Row]:
    rows: list[Row] = []
    for name, lines in (("our own texts", [text for text, _ in made]), *_real()):
        length = sum(map(len, lines)) / len(lines)
        speed, floor = _a_second(find_personal, lines), _a_second(re.compile(r"[\uE000-\uE010]").search, lines)
        rows.append(Row(f"{name}, {length:.0f} characters", f"{speed:,.0f} texts/s", f"≥ {WANTED:,}", f"{floor:,.0f}"))
    return rows


def _a_second(look: Callable[[str], object], lines: Sequence[str]) -> float:
    begun = time.perf_counter()
    for line in lines:
        look(line)
    return len(lines) / (time.perf_counter() - begun)


def _real() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    cold, talks = SHARED / "cold_zh_offensive" / "test.csv", SHARED / "crosswoz_zh_dialogue" / "test_200.jsonl"
    if cold.exists():
        with cold.open(encoding="utf-8-sig") as file:
            found.append(("COLD", [row["TEXT"] for row in csv.DictReader(file)]))
    if talks.exists():
        with talks.open(encoding="utf-8") as file:
            found.append(("CrossWOZ, whole dialogues", ["\n".join(_said(json.loads(line))) for line in file]))
    return found


def _said(node: object) -> list[str]:
    """Every utterance in a dialogue, however it is nested."""
    if isinstance(node, dict):
        return [text for key, value in node.items() for text in ([value] if key == "content" else _said(value))]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return [text for value in node for text in _said(value)] if isinstance(node, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _figures(made: Sequence[tuple[str, Planted]]) -> list[Row]:
    planted: Counter[PersonalKind] = Counter()
    claimed: Counter[PersonalKind] = Counter()
    right: Counter[PersonalKind] = Counter()
    hit: Counter[PersonalKind] = Counter()
    for text, truth in made:
        found = find_personal(text)
        planted.update(kind for kind, _, _ in truth)
        claimed.update(place.kind for place in found)
        right.update(
            f.kind for f in found if any(f.kind is kind and _shares(f.start, f.end, *at) for kind, *at in truth)
        )
        hit.update(k for k, *at in truth if any(f.kind is k and _shares(f.start, f.end, *at) for f in found))
    return [
        Row(
            kind.value,
            f"precision {right[kind] / max(claimed[kind], 1):.3f}  recall {hit[kind] / max(planted[kind], 1):.3f}",
            "",
            f"{planted[kind]:,} planted",
        )
        for kind in PersonalKind
    ]


def _shares(start: int, end: int, other_start: int, other_end: int) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return 2 * shared > max(end - start, other_end - other_start)


def _planted(chance: random.Random) -> tuple[str, Planted]:
    frame, text, truth = chance.choice(_FRAMES), "", Planted()
    for piece in re.split(r"(\{\w+\})", frame):
        if piece.startswith("{"):
            kind, said, tail = _make(piece[1:-1], chance)
            truth.append((kind, len(text), len(text) + len(said)))
            text += said + tail
        else:
            text += piece
    if chance.random() < 0.1:
        text = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    return text, truth


def _make(what: str, chance: random.Random) -> tuple[PersonalKind, str, str]:
    """A made-up value of a kind, and what follows it outside of it."""
    name = chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, chance.choice((1, 2))))
    if what == "name_polite":
        return PersonalKind.NAME, name, chance.choice(("先生", "女士"))
    if what == "name":
        return PersonalKind.NAME, name[0], chance.choice(("先生", "女士"))
    if what == "name_said":
        return PersonalKind.NAME, name, ""
    if what == "name_english":
        return PersonalKind.NAME, f"{chance.choice(('Anna', 'Peter', 'Mary'))} {chance.choice(('Smith', 'Jones'))}", ""
    if what == "world":
        return PersonalKind.LANDLINE, f"+44 20 7946 {chance.randrange(10_000):04}", ""
    kind = PersonalKind(what.replace("_", "-"))
    return kind, _VALUES[kind](chance), ""


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _mobile(chance: random.Random) -> str:
    whole = f"1{chance.choice('3456789')}{_digits(chance, 9)}"
    spaced = f"{whole[:3]}{chance.choice(' -')}{whole[3:7]}{chance.choice(' -')}{whole[7:]}"
    return chance.choice((whole, whole, spaced, f"+86 {whole}"))


def _id_card(chance: random.Random) -> str:
    head = f"{chance.choice(('110105', '330106', '440305', '510104'))}{chance.randrange(1950, 2010)}"
    head += f"{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{_digits(chance, 3)}"
    weighed = sum(pow(2, 17 - place, 11) * int(digit) for place, digit in enumerate(head))
    return head + "0123456789X"[(1 - weighed) % 11]


def _bank_card(chance: random.Random) -> str:
    head = chance.choice(("622202", "621700", "436742")) + _digits(chance, 9)
    head += "" if head[0] == "4" else _digits(chance, 3)
    whole = next(head + last for last in "0123456789" if is_luhn(head + last))
    return chance.choice((whole, re.sub(r"(\d{4})(?=\d)", r"\1 ", whole)))


def _social_credit(chance: random.Random) -> str:
    head = f"91{chance.choice(('330106', '440305'))}MA{''.join(chance.choice('0123456789ABCDEFGH') for _ in range(7))}"
    return next(head + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(head + last))


def _plate(chance: random.Random) -> str:
    head = chance.choice("京沪浙粤苏川") + chance.choice("ABCDEF")
    return head + chance.choice((_digits(chance, 5), f"D{_digits(chance, 5)}", f"·{_digits(chance, 4)}K"))


def _address(chance: random.Random) -> str:
    where = chance.choice(
        ("浙江省杭州市西湖区", "北京市朝阳区", "上海市浦东新区", "广东省深圳市南山区", "成都市武侯区", "")
    )
    road = chance.choice(("文三路", "建国门外大街", "张杨路", "科技南十二路", "人民大道"))
    return f"{where}{road}{chance.randrange(1, 999)}号" + chance.choice(
        (
            "",
            f"{chance.randrange(1, 30)}栋{chance.randrange(101, 2000)}室",
            f"阳光花园{chance.randrange(1, 9)}号楼2单元501",
        )
    )


_VALUES: dict[PersonalKind, Callable[[random.Random], str]] = {
    PersonalKind.MOBILE: _mobile,
    PersonalKind.ID_CARD: _id_card,
    PersonalKind.BANK_CARD: _bank_card,
    PersonalKind.SOCIAL_CREDIT: _social_credit,
    PersonalKind.PLATE: _plate,
    PersonalKind.ADDRESS: _address,
    PersonalKind.LANDLINE: lambda c: f"{c.choice(('010-', '0571-', '(021)'))}{c.randrange(2, 9)}{_digits(c, 7)}",
    PersonalKind.EMAIL: lambda c: f"user.{_digits(c, 4)}@{c.choice(('qq.com', '163.com', 'mail.example.cn'))}",
    PersonalKind.WECHAT: lambda c: f"wxid_{_digits(c, 8)}",
    PersonalKind.QQ: lambda c: f"{c.randrange(1, 9)}{_digits(c, 8)}",
    PersonalKind.PASSPORT: lambda c: f"{c.choice(('E', 'G', 'EA'))}{_digits(c, 8)}"[:9],
    PersonalKind.IP: lambda c: ".".join(str(c.randrange(1, 255)) for _ in range(4)),
}

if __name__ == "__main__":
    main(*(int(said) for said in sys.argv[1:]))

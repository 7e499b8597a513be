"""Patterns from which thousands of further messages are composed, each an intent, a second intent or "", and a text.

`{order}`, `{product}`, `{day}` and the like are filled from the slots; a greeting before and a particle behind come
and go as they do in real chats.
"""

import random
import re
from collections.abc import Callable, Mapping
from typing import Final

_PRODUCTS: Final = [
    "保温杯",
    "电饭煲",
    "台灯",
    "扫地机器人",
    "空气炸锅",
    "加湿器",
    "吹风机",
    "电水壶",
    "行李箱",
    "折叠椅",
    "不粘锅",
    "豆浆机",
    "体重秤",
    "电动牙刷",
    "挂烫机",
    "除螨仪",
    "儿童水杯",
    "落地扇",
    "烤箱",
    "收纳箱",
    "破壁机",
    "养生壶",
    "露营灯",
]
_COLOURS: Final = ["白色", "灰色", "黑色", "米色", "墨绿", "浅蓝", "粉色", "原木色"]
_CITIES: Final = [
    "成都",
    "沈阳",
    "佛山",
    "合肥",
    "乌鲁木齐",
    "昆明",
    "石家庄",
    "南昌",
    "宁波",
    "襄阳",
    "呼和浩特",
    "泉州",
]
_FAULTS: Final = [
    "用两天就坏了",
    "少了个配件",
    "有裂缝",
    "有异味",
    "外壳磕坏了",
    "跟图片不一样",
    "掉漆了",
    "里面有一块脏的",
    "做工很粗糙",
    "没用就变形了",
]
_GREETINGS: Final = ("", "", "", "", "你好，", "您好，", "亲，", "在吗？", "客服你好，", "打扰一下，", "那个，")
_ENDINGS: Final = ("", "", "", "", "，谢谢", "，麻烦了", "，急", "~", "，在线等", "，辛苦啦")

_BARE: Final = ("complaint", "chitchat")
"""Nobody scolds with a greeting in front, or chats with "urgent" behind."""

_SLOTS: Final[Mapping[str, Callable[[random.Random], str]]] = {
    "order": lambda rng: f"{rng.randrange(10**9, 10**10)}",
    "tail": lambda rng: f"{rng.randrange(10**4):04d}",
    "product": lambda rng: rng.choice(_PRODUCTS),
    "other": lambda rng: rng.choice(_PRODUCTS),
    "colour": lambda rng: rng.choice(_COLOURS),
    "city": lambda rng: rng.choice(_CITIES),
    "fault": lambda rng: rng.choice(_FAULTS),
    "day": lambda rng: f"{rng.randint(1, 12)}月{rng.randint(1, 28)}号",
    "days": lambda rng: rng.choice("两三四五六七八九十"),
    "money": lambda rng: str(rng.choice((9, 15, 20, 38, 50, 66, 88, 120, 199, 260))),
    "count": lambda rng: str(rng.choice((2, 3, 5, 6, 8, 10, 20, 30, 50))),
}

PATTERNS: Final = tuple(
    tuple(line.split("|", 2))
    for line in """\
logistics||订单 {order} 到哪里了？
logistics||{day}买的{product}怎么还没发货
logistics||寄到{city}的{product}要几天
logistics||尾号 {tail} 的快递停在{city}{days}天没动了
logistics||{product}显示签收了，可我没拿到，单号尾号 {tail}
logistics||{order} 这单帮我改一下地址，改到{city}
refund||{product}不想要了，订单 {order}，帮我退款
refund||{day}寄回去的{product}，退款怎么还没到
refund||{order} 还没发货就取消吧，钱退回来
refund||{product}退款少退了 {money} 块
refund||{product}{fault}，我想退货退款
exchange||{product}{fault}，给我换一个
exchange||{product}想换成{colour}的，还没拆
exchange||订单 {order} 发成{colour}的了，换回我拍的颜色
exchange||{day}申请换的{product}什么时候寄出
exchange||{product}拿错了，想换成{other}，差价我补
invoice||订单 {order} 开一张发票，公司抬头
invoice||{day}那单{product}的发票抬头写错了，能重开吗
invoice||{count} 个{product}开一张专票可以吗
invoice||{order} 的电子发票没收到
complaint||{product}{fault}，这种东西也敢卖！
complaint||{day}就说给我回复，到今天{days}天了没人理，我要投诉
complaint||{city}送货的师傅态度太恶劣了，尾号 {tail} 的单
complaint||{product}跟页面写的完全两样，欺骗消费者
product||{product}有{colour}的吗
product||{product}和{other}哪个更适合送人
product||{product}保修几年，{city}有维修点吗
product||{product}怎么清洗，能不能用水冲
product||刚到的{product}{fault}，这是正常的吗
promotion||{product}买 {count} 个有没有优惠
promotion||满 {money} 减的券{product}能用吗
promotion||{product}{day}买的，现在便宜了 {money}，能补差价吗
promotion||{day}的活动{product}还会再降吗
chitchat||{product}收到啦，挺喜欢的，给你们点个赞
chitchat||好的，那我{day}再来看看{product}
chitchat||我在{city}，你们那边冷不冷
refund|complaint|{product}{fault}，问了{days}天没人管，赶紧退钱
complaint|refund|{product}的退款一拖再拖，{days}天了，我要去投诉你们
exchange|refund|{product}{fault}，能换就换，不能换就退
refund|exchange|{product}换了一次还是{fault}，不换了，退款
logistics|complaint|{days}天了{product}还没到，你们怎么发的货，到底到哪了
logistics|refund|{order} 再不到我就不要了，先查查在哪
promotion|refund|{product}降了 {money} 块，不补差价我就退了重买
product|exchange|{product}{fault}，是坏了还是我没用对""".splitlines()
)


def compose(rng: random.Random) -> tuple[str, str, str]:
    """One (intent, second intent or "", text) by chance."""
    intent, second, pattern = rng.choice(PATTERNS)
    body = re.sub(r"\{(\w+)\}", lambda slot: _SLOTS[slot[1]](rng), pattern)
    return intent, second, body if intent in _BARE else rng.choice(_GREETINGS) + body + _ending(rng, body)


def _ending(rng: random.Random, body: str) -> str:
    return "" if body[-1] in "？！" else rng.choice(_ENDINGS)

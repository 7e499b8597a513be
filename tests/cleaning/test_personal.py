"""What a text says about a real person is found, what only looks like it is not."""

import random
import time
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from guiju.cleaning.personal import KIND_NAMES, KIND_TAGS, Found, PersonalKind, find_personal, half_width
from guiju.cleaning.personal.finders import FINDERS


def told(text: str) -> list[tuple[str, str, bool]]:
    return [(hit.kind.value, text[hit.start : hit.end], hit.certain) for hit in find_personal(text)]


SURE = {
    "身份证号11010519491231002X请核对": ("id-card", "11010519491231002X"),
    "证件 110105 19491231 002X": ("id-card", "110105 19491231 002X"),
    "身份證 A123456(3)": ("id-card", "A123456(3)"),
    "税号91350100M000100Y43": ("social-credit", "91350100M000100Y43"),
    "打到4111 1111 1111 1111吧": ("bank-card", "4111 1111 1111 1111"),
    "银联6222021152449390929": ("bank-card", "6222021152449390929"),
    "手机13800138000": ("mobile", "13800138000"),
    "call +86 138-0013-8000 now": ("mobile", "+86 138-0013-8000"),
    "电话１３８００１３８０００。": ("mobile", "１３８００１３８０００"),
    "座机010-62345678转801": ("landline", "010-62345678转801"),
    "传真(0571)87654321": ("landline", "(0571)87654321"),
    "call +44 20 7946 0018": ("landline", "+44 20 7946 0018"),
    "邮箱：zhang.san+1@mail.example.com。": ("email", "zhang.san+1@mail.example.com"),
    "发到ｚｓ＠qq.com": ("email", "ｚｓ＠qq.com"),
    "车牌浙A12345": ("plate", "浙A12345"),
    "新能源车粤BD12345停着": ("plate", "粤BD12345"),
    "沪A·12345挂了": ("plate", "沪A·12345"),
    "护照E12345678": ("passport", "E12345678"),
    "微信号：wxid_abc123": ("wechat", "wxid_abc123"),
    "加我qq 123456789": ("qq", "123456789"),
    "来自192.168.1.20的登录": ("ip", "192.168.1.20"),
    "地址 fe80::1ff:fe23:4567:890a 异常": ("ip", "fe80::1ff:fe23:4567:890a"),
    "寄到浙江省杭州市西湖区文三路100号3栋502室吧": ("address", "浙江省杭州市西湖区文三路100号3栋502室"),
    "住臺北市信義區市府路1號": ("address", "臺北市信義區市府路1號"),
}
LIKELY = {
    "姓名：王小明，男": ("name", "王小明"),
    "我叫李雷，想问一下": ("name", "李雷"),
    "收件人：欧阳修": ("name", "欧阳修"),
    "请张先生接电话": ("name", "张"),
    "Dear Dr. John Smith, thanks": ("name", "John Smith"),
    "就在文三路100号": ("address", "文三路100号"),
    "at 12 Baker Street tomorrow": ("address", "12 Baker Street"),
    "卡号6222021152449390921": ("bank-card", "6222021152449390921"),
    "身份证110105194912310021": ("id-card", "110105194912310021"),
}
NOTHING = (
    "110105194912310021",  # its check digit is wrong, and nothing says what it is
    "11010519491331002X",  # there is no 13th month
    "订单号202403051234567890什么时候到",
    "升级到版本10.2.33.4",
    "我知道3号楼怎么走",
    "会议在12:30:45开始",
    "999.999.999.999",
    "您好，我是高兴的客户",
    "小数3.13800138000",
    "a@b 或 @张三 都不是邮箱",
    "快递SF1234567890123",
    "客服热线400-666-5353",
    "",
)


@pytest.mark.parametrize("text", SURE)
def test_what_a_checksum_a_form_or_a_word_tells_is_certain(text: str) -> None:
    assert (*SURE[text], True) in told(text)


@pytest.mark.parametrize("text", LIKELY)
def test_names_and_half_told_things_are_left_for_a_person_to_look_at(text: str) -> None:
    assert (*LIKELY[text], False) in told(text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_places_are_told_in_order_and_share_no_character() -> None:
    found = find_personal(
        "张先生 13800138000，邮箱13800138000@139.com，QQ:123456，住杭州市文三路1号，卡4111111111111111"
    )
    assert [hit.kind for hit in found] == [
        PersonalKind.NAME,
        PersonalKind.MOBILE,
        PersonalKind.EMAIL,
        PersonalKind.QQ,
        PersonalKind.ADDRESS,
        PersonalKind.BANK_CARD,
    ]
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_places_are_code_points_of_the_text_as_it_stands() -> None:
    text = "😀𠮷：１３８００１３８０００"
    assert find_personal(text) == [Found(PersonalKind.MOBILE, 3, 14, certain=True)]
    assert len(half_width(text)) == len(text)


def test_only_the_kinds_that_are_asked_for_are_told() -> None:
    text = "13800138000 a@b.cn"
    assert [hit.kind for hit in find_personal(text, {PersonalKind.EMAIL})] == [PersonalKind.EMAIL]


def test_every_kind_has_a_name_and_a_tag() -> None:
    assert set(KIND_NAMES) == set(KIND_TAGS) == set(PersonalKind)


def test_every_family_of_finders_stands_in_the_registry() -> None:
    files = Path(import_module("guiju.cleaning.personal.finders").__file__ or "").parent.glob("*.py")
    homes = {finder.__module__.rpartition(".")[2] for finder in FINDERS}
    assert {file.stem for file in files} - {"__init__", "gazetteer"} == homes


HOSTILE = (
    "1",
    "1 ",
    "1-",
    "(",
    "+",
    "((((1",
    "@",
    "a@",
    "a.",
    "a@a.",
    "a-",
    ":",
    "a:",
    "1.",
    "路1",
    "市区",
    "省市",
    "省市区路",
    "路1号",
    "路1号,",
    "花园",
    "王先生",
    "姓名:",
    "姓名: ",
    "京A1",
    "Mr A",
    "1 Aa ",
    "微信",
    "QQ1",
    "卡号1",
    "13800138000",
    "138 ",
    "\ud800",
    "０",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begun = time.process_time()
        find_personal(text)
        return time.process_time() - begun

    short = min(seconds(4_000) for _ in range(3))
    assert seconds(40_000) < 40 * short + 0.05


def test_any_mixture_of_signs_is_taken_without_a_fault() -> None:
    chance = random.Random(3)
    signs = "0123456789Xx.-@:()+ 京A浙省市区路号王先生姓名微信qQ，\n😀\ud800Mr"
    for _ in range(3_000):
        text = "".join(chance.choice(signs) for _ in range(60))
        for hit in find_personal(text):
            assert 0 <= hit.start < hit.end <= len(text)

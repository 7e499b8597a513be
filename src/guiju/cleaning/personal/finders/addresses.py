"""Postal addresses: Chinese ones (province, city, district, road, number, building, room), English ones.

A road with a number is found first; what stands before it is then read from right to left for where the address begins.
"""

import re
from collections.abc import Iterator

from guiju.cleaning.personal.finders.gazetteer import LONGEST_PLACE, PLACES
from guiju.cleaning.personal.model import Found, PersonalKind

_NUMBER = (
    r"(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z][0-9]{0,4}|[一二三四五六七八九十百零〇两甲乙丙丁东西南北]{1,5})"
    r"(?:[-之][0-9A-Za-z]{1,5}){0,3}"
)
_UNIT = r"(?:号院|號院|号楼|號樓|支弄|单元|單元|号|號|弄|栋|棟|幢|座|楼|樓|室|层|層|组|組|门|房|户)"
_HOUSE = re.compile(
    r"(?<![知味这那哪心夜频公渠难报通人])(?:道|路|街|巷|弄|胡同|村|里|园|園|区|區"
    r"|大厦|大廈|广场|廣場|苑|庄|莊|屯|段|镇|鎮|乡|鄉|城)"
    rf"[东南西北中]?[路街段]?\(?(?:{_NUMBER})\)? ?{_UNIT}"
)
_NAMED = r"(?:小区|小區|花园|花園|公寓|大厦|大廈|广场|廣場|中心|新村|家园|家園|苑|城|园|院|村|庄)"
_REST = re.compile(
    rf"[ ,，]?(?:[A-Za-z\u4e00-\u9fff]{{2,10}}?{_NAMED} ?)?"
    rf"(?:{_NUMBER} ?{_UNIT}|[0-9]{{2,5}}(?![0-9A-Za-z年月日元个人次天块万千号號栋棟幢楼樓室层層点時时分]))"
)
_ESTATE = re.compile(r" ?[\u4e00-\u9fff]{2,8}?(?:小区|小區|花园|花園|公寓|大厦|大廈|家园|家園)")
_CHAIN = re.compile(
    r"(?:省|市|自治区|自治區|县|縣) ?[\u4e00-\u9fff]{1,6}?(?:区|區|县|縣|旗|市) ?[\u4e00-\u9fff]{1,10}?"
    r"(?:路|街道|街|大道|镇|鎮|乡|鄉|村|小区|小區|花园|花園|公寓|大厦|大廈)"
)
_DISTRICT = re.compile(r"(?:省|市|区|區|县|縣|州|旗|镇|鎮|乡|鄉|街道)")
_WRITTEN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z ()-]+")
_STOPS = re.compile(r"[在住是到址为為寄送去给給我你您他她它的了吧找叫把将從从往至位有往]| {2,}|(?<=[0-9A-Za-z]) ")
_ENGLISH = re.compile(
    r"(?<![\w-])\d{1,5}[A-Za-z]? (?:[NSEW]\. )?(?:[A-Z][A-Za-z'.-]{0,20} ){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Square|Place|Pl|Terrace|Crescent)\b\.?"
)
_LEFT = 40
_ROAD = 7
_RESTS = 6


def find_addresses(text: str) -> Iterator[Found]:
    if text.isascii():
        for match in _ENGLISH.finditer(text):
            yield Found(PersonalKind.ADDRESS, match.start(), match.end(), certain=False)
        return
    behind = 0
    for match in _HOUSE.finditer(text):
        if match.start() < behind:
            continue
        start, sure = _beginning(text, match.start(), behind)
        if match.start() - start < 1:
            continue
        behind = _ending(text, match.end())
        yield Found(PersonalKind.ADDRESS, start, behind, sure)
    behind = 0
    for match in _CHAIN.finditer(text):
        start, known = _beginning(text, match.start(), behind)
        if known or match.start() - start >= 2:
            estate = _ESTATE.match(text, match.end())
            behind = estate.end() if estate else match.end()
            yield Found(PersonalKind.ADDRESS, start, behind, certain=False)


def _beginning(text: str, end: int, behind: int) -> tuple[int, bool]:
    """Where the address begins that goes on at `end`, and whether a known place or a district says that it is one."""
    low = max(end - _LEFT, behind)
    window = text[low:end]
    for start in range(len(window)):
        if any(window[start : start + size] in PLACES for size in range(2, LONGEST_PLACE + 1)):
            rest = window[start:]
            if _WRITTEN.fullmatch(rest) and (_DISTRICT.search(rest) or len(rest) <= 2 * _ROAD):
                return low + start, True
    cut = _last(_STOPS, window)
    written = _tail(window[cut:])
    first = end - len(written)
    return (first, True) if _DISTRICT.search(written) else (max(first, end - _ROAD), False)


def _tail(window: str) -> str:
    """What of the window is written without a stop up to its end."""
    start = len(window)
    while start and (
        "\u4e00" <= window[start - 1] <= "\u9fff" or window[start - 1].isalnum() or window[start - 1] == " "
    ):
        start -= 1
    return window[start:].lstrip()


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Behind the last place where the pattern is met; 0 without one."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _ending(text: str, end: int) -> int:
    for _ in range(_RESTS):
        match = _REST.match(text, end)
        if match is None:
            return end
        end = match.end()
    return end

"""Licence plates of China: blue and yellow ones, and the longer ones of new energy."""

import re
from collections.abc import Iterator

from guiju.cleaning.personal.model import Found, PersonalKind

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬雲遼魯蘇贛陝閩貴粵寧瓊"
_GAP = r"[ ·•・.\-]?"
_PLATE = re.compile(
    rf"[{_PROVINCE}][A-HJ-NP-Za-hj-np-z]{_GAP}"
    rf"((?:[A-KDFa-kdf][A-HJ-NP-Za-hj-np-z0-9]\d{{4}}|\d{{5}}[A-Ka-k])|[A-HJ-NP-Za-hj-np-z0-9]{{4}}(?:[A-HJ-NP-Za-hj-np-z0-9]|[挂学警港澳領领使掛學]))"
    r"(?![A-Za-z0-9])"
)
_LEAST_DIGITS = 3


def find_plates(text: str) -> Iterator[Found]:
    for match in _PLATE.finditer(text):
        if sum(map(str.isdigit, match.group(1))) >= _LEAST_DIGITS:
            yield Found(PersonalKind.PLATE, match.start(), match.end(), certain=True)

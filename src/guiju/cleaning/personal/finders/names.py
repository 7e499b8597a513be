"""Names of persons: Chinese ones by family name and what stands beside them, English ones by how people are addressed.

No list knows every name and no pattern tells a name from a word for sure: all of them are marked as uncertain.
"""

import re
from collections.abc import Iterator

from guiju.cleaning.personal.finders.gazetteer import COMPOUND_SURNAMES, NOT_NAMES, SURNAMES, WORDLIKE
from guiju.cleaning.personal.model import Found, PersonalKind

_LABEL = re.compile(
    r"(?:姓名|名字|联系人|聯絡人|收件人|收货人|收貨人|寄件人|发件人|户主|户名|戶名|开户人|法定代表人|法人代表|法人|负责人|患者|持卡人"
    r"|申请人|被保险人|投保人|车主|业主|经办人|紧急联系人|监护人|我叫|名叫|叫做)"
    r"(?:[:是为叫]| ){0,3}"
)
# Much else follows these: only a name that ends its clause is taken for one.
_WEAK = re.compile(r"(?:我是|本人|这里是) ?")
_HONORIFIC = re.compile(
    r"先生|女士|小姐|太太|老师|老師|医生|醫生|大夫|教授|经理|經理|同学|同學|师傅|師傅|律师|律師|主任|阿姨|叔叔|护士"
    r"|院长|董事长|总监|教练|校长|警官"
)
_ENGLISH = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Madam|Sir)\b\.? "
    r"(?P<a>[A-Z][A-Za-z'-]{1,20}(?: [A-Z]\.?(?= ))?(?: [A-Z][A-Za-z'-]{1,20}){0,2})"
    r"|(?:\b[Mm]y name is|\b[Nn]ame:|\b[Tt]his is|\bI am|\bI'm) "
    r"(?P<b>[A-Z][a-z'-]{1,20}(?: [A-Z]\.?(?= ))?(?: [A-Z][a-z'-]{1,20}){1,2})\b"
)
# What does not end a given name: after two signs it is the sentence that goes on.
_ENDS = frozenset(
    "今的是在了和与来说住有从身电手家想要也就到我你他她吗呢吧啊,及给去很这那被让向对为年男女岁不没请先女老医教经同师律主"
)
_HAN = ("\u4e00", "\u9fff")


def find_names(text: str) -> Iterator[Found]:
    if not text.isascii():
        for match in _LABEL.finditer(text):
            size = _name_at(text, match.end())
            if size:
                yield Found(PersonalKind.NAME, match.end(), match.end() + size, certain=False)
        for match in _WEAK.finditer(text):
            end = match.end() + _name_at(text, match.end())
            if end > match.end() and text[end - 1] != "人" and not _is_han(text[end : end + 1] or " "):
                yield Found(PersonalKind.NAME, match.end(), end, certain=False)
        for match in _HONORIFIC.finditer(text):
            size = _name_before(text, match.start())
            if size:
                yield Found(PersonalKind.NAME, match.start() - size, match.start(), certain=False)
    for match in _ENGLISH.finditer(text):
        group = "a" if match["a"] else "b"
        yield Found(PersonalKind.NAME, match.start(group), match.end(group), certain=False)


def _is_han(sign: str) -> bool:
    return _HAN[0] <= sign <= _HAN[1]


def _name_at(text: str, start: int) -> int:
    """How many signs from `start` are a name: a family name and one or two more. 0 for none."""
    family = 2 if text[start : start + 2] in COMPOUND_SURNAMES else 1
    if family == 1 and (text[start : start + 1] not in SURNAMES or text[start : start + 2] in NOT_NAMES):
        return 0
    given = 0
    while given < 2 and _is_han(text[start + family + given : start + family + given + 1] or " "):
        if text[start + family + given] in _ENDS:
            break
        given += 1
    return family + given if given else 0


def _name_before(text: str, end: int) -> int:
    """How many signs up to `end` are a name: a family name alone (王先生), or with one or two more."""
    for size in (4, 3, 2, 1):
        said = text[end - size : end] if end >= size else ""
        if len(said) != size or not all(map(_is_han, said)) or said[:2] in NOT_NAMES:
            continue
        compound = said[:2] in COMPOUND_SURNAMES
        if compound or (size < 4 and said[0] in SURNAMES and (size == 1 or said[0] not in WORDLIKE)):
            if size > 1 and not compound and _closes(said):
                continue
            if size == 1 and said in WORDLIKE:
                continue
            return size
    return 0


def _closes(said: str) -> bool:
    """Whether within `said` a sentence goes on, so that the name begins later: 是王 is no name."""
    return any(sign in _ENDS for sign in said[1:])

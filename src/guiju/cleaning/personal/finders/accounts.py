"""Accounts by which a person is reached: e-mail, WeChat, QQ."""

import re
from collections.abc import Iterator

from guiju.cleaning.personal.model import Found, PersonalKind

_LOCAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-"
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])")
_LOCAL_SIGNS = 64
_SIGNS = ("微", "薇", "威", "v", "V", "w", "W", "q", "Q", "扣", "鹅")
_BETWEEN = r"(?:账号|号码|號碼|号|號|ID|id)?[是为為:同 ]{0,3}"
_WECHAT = re.compile(
    rf"(?:微信|薇信|威信|加微|加[vV]|[vV]信|(?<![A-Za-z])(?:[wW]e[cC]hat|[wW]eixin|WX|wx|VX|vx|Vx)){_BETWEEN}"
    r"([A-Za-z][-_A-Za-z0-9]{5,19}|1[3-9]\d{9})(?![-_A-Za-z0-9@])"
)
_QQ = re.compile(rf"(?:(?<![A-Za-z])[qQ][qQ]|扣扣|企鹅)(?:群)?{_BETWEEN}([1-9]\d{{4,10}})(?![\dA-Za-z@])")


def find_mails(text: str) -> Iterator[Found]:
    at, behind = text.find("@"), 0
    while at >= 0:
        before = text[max(at - _LOCAL_SIGNS, behind) : at]
        start = at - (len(before) - len(before.rstrip(_LOCAL)))
        while start < at and text[start] in ".-%+":
            start += 1
        domain = _DOMAIN.match(text, at + 1) if start < at else None
        if domain is not None:
            behind = domain.end()
            yield Found(PersonalKind.EMAIL, start, behind, certain=True)
        at = text.find("@", at + 1)


def find_accounts(text: str) -> Iterator[Found]:
    if not any(sign in text for sign in _SIGNS):
        return
    for kind, pattern in ((PersonalKind.WECHAT, _WECHAT), (PersonalKind.QQ, _QQ)):
        for match in pattern.finditer(text):
            yield Found(kind, match.start(1), match.end(1), certain=True)

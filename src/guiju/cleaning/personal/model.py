"""What personal data is told apart, and where it was found."""

import enum
from typing import NamedTuple

from guiju.kit import N_


class PersonalKind(enum.StrEnum):
    """In the order in which they win where two claim the same characters."""

    EMAIL = "email"
    ID_CARD = "id-card"
    SOCIAL_CREDIT = "social-credit"
    BANK_CARD = "bank-card"
    WECHAT = "wechat"
    QQ = "qq"
    MOBILE = "mobile"
    LANDLINE = "landline"
    PASSPORT = "passport"
    PLATE = "plate"
    IP = "ip"
    ADDRESS = "address"
    NAME = "name"


KIND_NAMES = {
    PersonalKind.EMAIL: N_("E-mail address"),
    PersonalKind.ID_CARD: N_("Identity card"),
    PersonalKind.SOCIAL_CREDIT: N_("Social credit code"),
    PersonalKind.BANK_CARD: N_("Bank card"),
    PersonalKind.WECHAT: N_("WeChat account"),
    PersonalKind.QQ: N_("QQ account"),
    PersonalKind.MOBILE: N_("Mobile phone"),
    PersonalKind.LANDLINE: N_("Landline phone"),
    PersonalKind.PASSPORT: N_("Passport"),
    PersonalKind.PLATE: N_("Licence plate"),
    PersonalKind.IP: N_("IP address"),
    PersonalKind.ADDRESS: N_("Postal address"),
    PersonalKind.NAME: N_("Person's name"),
}
# What stands in the data instead, where it is masked: the data's own words, in no reader's language.
KIND_TAGS = {
    PersonalKind.EMAIL: ("邮箱", "EMAIL"),
    PersonalKind.ID_CARD: ("身份证", "ID"),
    PersonalKind.SOCIAL_CREDIT: ("信用代码", "ORGANISATION"),
    PersonalKind.BANK_CARD: ("银行卡", "CARD"),
    PersonalKind.WECHAT: ("微信", "WECHAT"),
    PersonalKind.QQ: ("QQ", "QQ"),
    PersonalKind.MOBILE: ("电话", "PHONE"),
    PersonalKind.LANDLINE: ("电话", "PHONE"),
    PersonalKind.PASSPORT: ("护照", "PASSPORT"),
    PersonalKind.PLATE: ("车牌", "PLATE"),
    PersonalKind.IP: ("IP", "IP"),
    PersonalKind.ADDRESS: ("地址", "ADDRESS"),
    PersonalKind.NAME: ("姓名", "NAME"),
}


class Found(NamedTuple):
    """Characters `start` to `end` (code points, the end not included) of a text.

    `certain`: a checksum, a fixed form or the words before it say so; otherwise a person should look.
    """

    kind: PersonalKind
    start: int
    end: int
    certain: bool

"""Numbers of documents: identity cards, organisations' social credit codes, bank cards, passports."""

import re
from collections.abc import Iterator
from datetime import date

from guiju.cleaning.personal.model import Found, PersonalKind

# GB/T 2260: the first two digits of every region code
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91]
)
_BEFORE = 16
_MANY_DIGITS = re.compile(r"\d{4}")
_ZONE = re.compile(r"\d[\d -]{11,}[Xx]?")
_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])")
_OLD_ID = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14}(?![0-9A-Za-z.])")
_ID_WORDS = re.compile(r"身份证|身分證|身份證|证件号|證件號|ID card|ID number|ID no", re.IGNORECASE)
_HONG_KONG = re.compile(r"(?<![0-9A-Za-z])([A-Z]{1,2})(\d{6})\(([0-9A])\)")
_TAIWAN = re.compile(r"(?<![0-9A-Za-z])[A-Z][1289]\d{8}(?![0-9A-Za-z])")
_CREDIT = re.compile(r"(?<![0-9A-Za-z])[1-9A-GNY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CARD = re.compile(
    r"(?<![0-9A-Za-z.])\d{4}(?:\d{9,15}|(?:[ -]\d{4}){2,3}(?:[ -]?\d{1,4})?|[ -]\d{6}[ -]\d{4,5})(?![0-9A-Za-z])"
)
_CARD_WORDS = re.compile(
    r"卡号|卡號|银行卡|銀行卡|信用卡|储蓄卡|借记卡|账号|帐号|账户|賬號|帳號|\bcard\b", re.IGNORECASE
)
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[CDEGHKMPSW]\d{8}|[CE][A-HJ-NP-Z]\d{7}|14\d{7}|15\d{7})(?![0-9A-Za-z])")
_PASSPORT_WORDS = re.compile(r"护照|護照|通行证|通行證|passport", re.IGNORECASE)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def find_documents(text: str) -> Iterator[Found]:
    if _MANY_DIGITS.search(text) is None:
        return
    for zone in _ZONE.finditer(text):
        yield from _cards_of_identity(text, zone.start(), zone.end() + 1)
        yield from _bank_cards(text, zone.start(), zone.end() + 1)
    yield from _other_identities(text)
    for match in _CREDIT.finditer(text):
        if is_credit_code(match.group()):
            yield Found(PersonalKind.SOCIAL_CREDIT, match.start(), match.end(), certain=True)
    for match in _PASSPORT.finditer(text):
        said = _said_before(text, match.start(), _PASSPORT_WORDS)
        if said or match.group()[0].isalpha():
            yield Found(PersonalKind.PASSPORT, match.start(), match.end(), said)


def _cards_of_identity(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _ID.finditer(text, start, end):
        whole = is_id_number(re.sub("[ -]", "", match.group()))
        if whole or _said_before(text, match.start(), _ID_WORDS):
            yield Found(PersonalKind.ID_CARD, match.start(), match.end(), whole)
    for match in _OLD_ID.finditer(text, start, end):
        number = match.group()
        if int(number[:2]) in _PROVINCES and _is_date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12])):
            said = _said_before(text, match.start(), _ID_WORDS)
            if said or not is_luhn(number):
                yield Found(PersonalKind.ID_CARD, match.start(), match.end(), said)


def _other_identities(text: str) -> Iterator[Found]:
    for match in _HONG_KONG.finditer(text):
        if is_hong_kong_id(*match.groups()):
            yield Found(PersonalKind.ID_CARD, match.start(), match.end(), certain=True)
    for match in _TAIWAN.finditer(text):
        if is_taiwan_id(match.group()):
            said = _said_before(text, match.start(), _ID_WORDS)
            yield Found(PersonalKind.ID_CARD, match.start(), match.end(), said)


def _bank_cards(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _CARD.finditer(text, start, end):
        number = re.sub("[ -]", "", match.group())
        if not 13 <= len(number) <= 19 or len(set(number)) == 1:
            continue
        sound = is_luhn(number)
        if sound and is_issued(number):
            yield Found(PersonalKind.BANK_CARD, match.start(), match.end(), certain=True)
        elif (sound and len(number) != len(match.group())) or _said_before(text, match.start(), _CARD_WORDS):
            yield Found(PersonalKind.BANK_CARD, match.start(), match.end(), certain=False)


def _said_before(text: str, start: int, words: re.Pattern[str]) -> bool:
    return words.search(text, max(start - _BEFORE, 0), start) is not None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_id_number(number: str) -> bool:
    """Whether 18 signs are a number of the People's Republic's identity cards: region, birthday and check digit.

    GB 11643-1999: ISO 7064 MOD 11-2.

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    if int(number[:2]) not in _PROVINCES or not 1850 <= int(number[6:10]) <= 2100:
        return False
    if not _is_date(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        return False
    weighed = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return "10X98765432"[weighed % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """Whether 18 signs are an organisation's unified social credit code, by its check sign (GB 32100-2015).

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44")
    (True, False)
    """
    if any(sign not in _CREDIT_SIGNS for sign in code) or int(code[2:4]) not in _PROVINCES | {10}:
        return False
    weighed = sum(pow(3, place, 31) * _CREDIT_SIGNS.index(sign) for place, sign in enumerate(code[:17]))
    return _CREDIT_SIGNS[-weighed % 31] == code[17]


def is_luhn(number: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B).

    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    doubled = "0246813579"
    total = sum(map(int, number[-1::-2])) + sum(int(doubled[int(digit)]) for digit in number[-2::-2])
    return total % 10 == 0


def is_issued(number: str) -> bool:
    """Whether a card's first digits and its length are of a scheme that issues such cards."""
    size, head = len(number), number[:4]
    if head[:2] in {"62", "81"}:  # UnionPay
        return 16 <= size <= 19
    if head in {"9558", "9559", "4000", "6013", "6029", "6091", "6251"} or head[:2] == "60":
        return size in {16, 18, 19}
    if head[0] == "4":
        return size in {13, 16, 19}
    if "51" <= head[:2] <= "55" or "2221" <= head <= "2720" or head[:2] == "35" or head[:2] == "65":
        return size == 16
    return (head[:2] in {"34", "37"} and size == 15) or (head[:2] in {"30", "36", "38"} and size == 14)


def is_hong_kong_id(letters: str, digits: str, check: str) -> bool:
    """
    >>> is_hong_kong_id("A", "123456", "3"), is_hong_kong_id("A", "123456", "4")
    (True, False)
    """
    values = [36, *(ord(letter) - 55 for letter in letters)] if len(letters) == 1 else [ord(s) - 55 for s in letters]
    values += [int(digit) for digit in digits]
    weighed = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return (weighed + (10 if check == "A" else int(check))) % 11 == 0


def is_taiwan_id(number: str) -> bool:
    """
    >>> is_taiwan_id("A123456789"), is_taiwan_id("A123456788")
    (True, False)
    """
    region = _TAIWAN_LETTERS.index(number[0]) + 10
    digits = [region // 10, region % 10, *(int(digit) for digit in number[1:])]
    return sum(w * d for w, d in zip((1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), digits, strict=True)) % 10 == 0

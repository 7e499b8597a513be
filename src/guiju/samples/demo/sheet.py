"""Whom to sign in as, for what: the sheet that the demo prints."""

import unicodedata
from collections.abc import Mapping

from guiju.kit import N_, Words
from guiju.samples.cast import CAST, Person
from guiju.samples.demo.crew import called
from guiju.samples.demo.midlife import NAMES

WHAT_FOR: Mapping[str, str] = {
    "admin": N_("accounts, storage, backups"),
    "linlan": N_("signs the brief of “{young}”; reads what was signed for and delivered in “{finished}”"),
    "zhouzheng": N_("amends the rule that “{gate}” fails on, as “{agreed}” did; reads the look back at “{finished}”"),
    "hean": N_("progress of every project; delivers “{finished}”"),
    "xinghe": N_("rules on the open questions"),
    "shenyan": N_("goes on judging the lot of “{going}”"),
    "xuxi": N_("annotates “{going}”: the careful one"),
    "madahu": N_("annotates “{going}”: the careless one"),
    "xiaoxin": N_("annotates “{going}”: the new one, with questions of their own"),
    "qianjin": N_("what the work costs; the closed statements of “{finished}”"),
    "gongcheng": N_("data in, packages out"),
    "lujia": N_("a stranger: sees no project"),
}


def sign_in_sheet(passwords: Mapping[str, str], words: Words, lang: str) -> str:
    """A table with a line for each of the cast: who, the address to sign in with, the password, what for."""
    names = {key: name[lang] for key, name in NAMES.items()}
    rows = [[called(one), one.email, passwords[one.key], _what_for(one, words, names)] for one in CAST]
    rows = [[words(N_("Who")), words(N_("E-mail")), words(N_("Password")), words(N_("Sign in for"))], *rows]
    wide = [max(_width(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join([*map(_padded, row, wide), row[3]]) for row in rows) + "\n"


def _what_for(one: Person, words: Words, names: Mapping[str, str]) -> str:
    return words(WHAT_FOR[one.key], **names)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)

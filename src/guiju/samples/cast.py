"""The demo's people. Tests and tours use them by name; the stranger must be refused everywhere.

Passwords are not here: each home makes its own.
"""

from dataclasses import dataclass
from typing import Final

from guiju.samples.crowd import CAREFUL, CARELESS, NEW, Skill

DOMAIN: Final = "demo.guiju.test"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast: an account, the roles they hold in the sample projects, and how they work if they annotate."""

    key: str
    name_zh: str
    name_en: str
    roles: tuple[str, ...] = ()
    is_admin: bool = False
    skill: Skill | None = None

    @property
    def email(self) -> str:
        """The sign-in; the domain ends in `.test`, so that no mail can ever leave for it."""
        return f"{self.key}@{DOMAIN}"


CAST: Final = (
    Person("admin", "管理员", "Site Admin", is_admin=True),
    Person("linlan", "林岚", "Lin Lan", ("requester",)),
    Person("zhouzheng", "周正", "Zhou Zheng", ("trainer",)),
    Person("hean", "何安", "He An", ("manager",)),
    Person("xinghe", "星河", "Xing He", ("expert",)),
    Person("shenyan", "沈严", "Shen Yan", ("inspector",)),
    Person("xuxi", "许细", "Xu Xi", ("annotator",), skill=CAREFUL),
    Person("madahu", "马大虎", "Ma Dahu", ("annotator",), skill=CARELESS),
    Person("xiaoxin", "辛小新", "Xin Xiaoxin", ("annotator",), skill=NEW),
    Person("qianjin", "钱谨", "Qian Jin", ("manager",)),
    Person("gongcheng", "程工", "Cheng Gong", ("engineer",)),
    Person("lujia", "路甲", "Lu Jia"),
)
"""Admin, requester, trainer, manager, expert, inspector, the careful, the careless and the new annotator, the manager
who pays, the engineer, and last the stranger, who has an account and no project."""


def person(key: str) -> Person:
    """The one of the cast with this key; `KeyError` if there is none."""
    return {one.key: one for one in CAST}[key]


def annotators() -> tuple[Person, ...]:
    """The three who annotate, from the careful to the new."""
    return tuple(one for one in CAST if one.skill is not None)

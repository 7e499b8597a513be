"""Decisions about projects: which roles are meant, and who must stay."""

from collections.abc import Collection, Iterable, Mapping

from guiju.kit import N_
from guiju.people import Act, Role, may
from guiju.projects.errors import LastLead, NameNotTyped, ProjectNameMissing, RightsUnknown, RoleUnknown

RIGHTS = ("customer", "general")


def clean_project_name(name: str) -> str:
    """A name as it is kept: on one line, at most 120 characters. Raises `ProjectNameMissing`."""
    cleaned = " ".join(name.split())[:120]
    if not cleaned:
        raise ProjectNameMissing
    return cleaned


def check_rights(rights: str) -> str:
    """Raises `RightsUnknown`."""
    if rights not in RIGHTS:
        raise RightsUnknown(rights=rights[:40])
    return rights


def check_typed(name: str, typed: str) -> None:
    """Raises `NameNotTyped`."""
    if " ".join(typed.split()) != " ".join(name.split()):
        raise NameNotTyped(name=name, typed=typed[:120])


def roles_named(names: Iterable[str]) -> Role:
    """Roles by their names (`trainer`, `inspector` …) as one value. Raises `RoleUnknown`."""
    roles = Role(0)
    for name in names:
        if name.upper() not in Role.__members__:
            raise RoleUnknown(role=name[:40], roles=", ".join(role_names(Role(127))))
        roles |= Role[name.upper()]
    return roles


def role_names(roles: Role) -> list[str]:
    """The names of `roles`, in the order of the policy."""
    return [str(role.name).lower() for role in Role if role in roles]


def check_a_lead_stays(roles: Mapping[int, Role], account_id: int, wanted: Role) -> None:
    """Refuse to take the last member away who may manage members. Raises `LastLead`."""
    leads = {member for member, held in roles.items() if may(held, Act.MANAGE_MEMBERS)}
    if leads == {account_id} and not may(wanted, Act.MANAGE_MEMBERS):
        raise LastLead


# A project's pages, and what one must be allowed to do to see each: nobody is shown a way to a closed door.
TABS: tuple[tuple[str, str, Act], ...] = (
    ("", N_("Overview"), Act.SEE_PROJECT),
    ("/brief", N_("Brief"), Act.SEE_PROJECT),
    ("/data", N_("Data"), Act.SEE_ITEMS),
    ("/scenes", N_("Scenes"), Act.SEE_ITEMS),
    ("/search", N_("Search"), Act.SEE_ITEMS),
    ("/rulebook", N_("Rulebook"), Act.SEE_RULEBOOK),
    ("/exams", N_("Exams"), Act.SEE_PROJECT),
    ("/practice", N_("Practice"), Act.PRACTISE),
    ("/rounds", N_("Rounds"), Act.SEE_PROJECT),
    ("/findings", N_("Findings"), Act.SEE_REPORTS),
    ("/lots", N_("Inspection"), Act.SEE_REPORTS),
    ("/deliveries", N_("Delivery"), Act.SEE_REPORTS),
    ("/acceptances", N_("Acceptance"), Act.ACCEPT),
    ("/pay", N_("Pay"), Act.SEE_PROJECT),
    ("/questions", N_("Questions"), Act.SEE_REPORTS),
    ("/members", N_("Members"), Act.SEE_PROJECT),
    ("/settings", N_("Settings"), Act.CHANGE_PROJECT),
)

# Pages that a tab leads to on the way, by the first part of their path.
_WITHIN = {
    "/brief": {"estimate"},
    "/data": {
        "audit",
        "bring",
        "cleaning",
        "collecting",
        "duplicates",
        "feeds",
        "items",
        "profile",
        "quality",
        "sources",
    },
    "/exams": {"sittings"},
    "/practice": {"lessons", "skills"},
    "": {"progress", "retrospective"},
    "/rounds": {"annotations", "my-findings"},
    "/lots": {"amendments", "causes", "control", "disputes", "inspectors", "streams"},
    "/findings": {"picks"},
    "/deliveries": {"label-maps", "left"},
}


def tab_of(path: str) -> str | None:
    """The tab that a page of a project lies behind, by its path.

    >>> tab_of("/projects/3/quality/rules"), tab_of("/projects/3"), tab_of("/projects/3/lots/4"), tab_of("/bank")
    ('/data', '', '/lots', None)
    """
    parts = path.split("/")
    if len(parts) < 3 or parts[1] != "projects":
        return None
    first = parts[3] if len(parts) > 3 else ""
    return next((tab for tab, within in _WITHIN.items() if first in within), f"/{first}" if first else "")


def shown_tab(path: str, shown: Collection[str]) -> str | None:
    """As `tab_of`, for somebody with these tabs: the customer's acceptance lies behind delivery for all others.

    >>> shown_tab("/projects/3/acceptances", ["", "/deliveries"])
    '/deliveries'
    """
    tab = tab_of(path)
    return "/deliveries" if tab == "/acceptances" and tab not in shown else tab


def tabs_for(roles: Role, *, trusted: bool) -> list[tuple[str, str]]:
    """The pages of a project that a member may open, as `(path under the project, name)`."""
    return [(path, name) for path, name, act in TABS if trusted or may(roles, act)]

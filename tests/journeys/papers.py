"""What the journeys' projects are founded on: a signed brief and a rulebook of one field."""

from pathlib import Path

from guiju.samples.documents import brief_text
from guiju.sdk import Client
from tests.annotations.moving import ENTRY, RULEBOOK, SHARED
from tests.journeys.served import Served
from tests.support.needs import do_without

ROLES = {
    "zhou": ("trainer", "manager"),
    "lin": ("requester",),
    "gao": ("engineer",),
    "hu": ("inspector",),
    "xing": ("expert",),
}


def shared(path: str) -> Path:
    """A file or folder of the shared data, or a skip."""
    found = SHARED / path
    if not found.exists():
        do_without(f"the shared data {path} is not here")
    return found.resolve()


def rulebook_of(kind: str, labels: list[str]) -> str:
    """A rulebook that asks for one field of `kind`; a label `WBC` gets the id `wbc`."""
    ids = ", ".join(f"'{label.lower()}'" for label in labels)
    entries = "\n".join(ENTRY.format(id=label.lower(), name=label) for label in labels)
    return RULEBOOK.format(kind=kind, labels=ids, entries=entries)


def found_project(town: Served, name: str, rulebook: str, annotators: list[str] | None = None) -> int:
    """zhou opens a project, takes the others in, writes the brief that lin signs, and publishes the rulebook."""
    with town.client("zhou") as zhou, town.client("lin") as lin:
        project = int(zhou.create_project(name)["id"])
        others = {**ROLES, **dict.fromkeys(annotators or [], ("annotator",))}
        for who, roles in sorted(others.items(), key=lambda entry: entry[0] == "zhou"):
            zhou.set_member(project, f"{who}@guiju.test", roles)
        sign_brief(zhou, lin, project)
        zhou.publish_rulebook(project, rulebook)
    return project


def sign_brief(zhou: Client, lin: Client, project: int) -> None:
    """The sample brief: agreement ≥ .80, AQL 2.5, level II."""
    written = zhou.save_brief(project, brief_text("service"))
    signed = lin.sign_brief(project, written["version"], written["revision"])
    assert signed["signed_by"] == lin.me()["id"]

"""The plain documents that ship with the samples: briefs, rulebooks and the hand-written messages."""

from importlib.resources import files
from typing import Final

PROJECTS: Final = ("steel", "service")


def brief_text(project: str) -> str:
    """The brief (YAML) of sample project `steel` or `service`."""
    return sample_text(f"{project}.brief.yaml")


def rulebook_text(project: str) -> str:
    """The rulebook (YAML front matter, then Markdown clauses) of sample project `steel` or `service`."""
    return sample_text(f"{project}.rulebook.md")


def sample_text(name: str) -> str:
    """A file of `samples/documents/`; `FileNotFoundError` is a bug of the caller, since the names are ours."""
    return files("guiju.samples").joinpath("documents", name).read_text(encoding="utf-8")

"""Whatever the journal says of a project has words on its page, and every background job a name."""

import re

from guiju.planning.events import EVENT_NAMES, JOB_NAMES
from guiju.web.jobs import HANDLERS
from tests.house.tree import ROOT

_EVENT = re.compile(r'Event\([^"]*?"([a-z-]+\.[a-z-]+)"', re.DOTALL)
# What is said of the house, and stands on no project's page.
HOUSE = ("people.", "connection.")


def test_every_event_of_a_project_has_words() -> None:
    files = sorted((ROOT / "src/guiju").rglob("*.py"))
    said = {kind for file in files for kind in _EVENT.findall(file.read_text(encoding="utf-8"))}
    assert len(said) > 100
    assert [kind for kind in sorted(said) if not kind.startswith(HOUSE) and kind not in EVENT_NAMES] == []


def test_every_job_has_a_name() -> None:
    assert [kind for kind in HANDLERS if kind not in JOB_NAMES] == []

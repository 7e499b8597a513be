"""From a finding as it is named to its items."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from guiju.findings.analysis import Analysis, look_at_analysis
from guiju.findings.marks import bring_up
from guiju.findings.picks import store
from guiju.findings.picks.errors import FindingUnknown
from guiju.findings.picks.model import Of
from guiju.findings.picks.rules import MOST_ITEMS
from guiju.findings.search.actions import choose_all
from guiju.findings.search.rules import read_search
from guiju.storage import Actor, House

# One more than can be acted on is looked up, so that too many are refused and never cut in silence.
MOST = MOST_ITEMS + 1


def items_of(house: House, actor: Actor, project_id: int, of: Of, details: Mapping[str, str]) -> list[int]:
    """The items of a finding as it stands now. Raises `FindingUnknown`; the caller has authorised."""
    if of in {Of.DOUBTS, Of.CONTRARY, Of.FAR}:
        analysis = look_at_analysis(house, actor, project_id).analysis
        return _of_analysis(analysis, of, details) if analysis else []
    if of is Of.SEARCH:
        wanted = read_search(dict(parse_qsl(details.get("link", ""))))
        return choose_all(house, project_id, wanted)[:MOST]
    bring_up(house, project_id)
    field, label = details.get("field", ""), details.get("label", "")
    with house.reading() as connection:
        if of is Of.SCENE:
            return store.items_with(connection, project_id, field, label, MOST, _number(of, details, "scene_id"))
        if of is Of.LABEL and label:
            return store.items_with(connection, project_id, field, label, MOST)
        if of is Of.TOGETHER and label and details.get("other"):
            return store.items_with_both(connection, project_id, label, details["other"], MOST)
    raise FindingUnknown(of=of.value, part=label or field or "–")


def _of_analysis(analysis: Analysis, of: Of, details: Mapping[str, str]) -> list[int]:
    if of is Of.FAR:
        known = [each for each in analysis.missing if each.view == details.get("view", each.view)]
        scene = details.get("scene_id")
        rows = [row for each in known for row in each.scenes if scene in {None, "", str(row.id or 0)}]
        return [item for row in rows for item in row.items]
    field = next((each for each in analysis.fields if each.field == details.get("field")), None)
    if field is None:
        raise FindingUnknown(of=of.value, part=details.get("field", "–"))
    if of is Of.DOUBTS:
        return [each.item for each in field.doubts.listed] if field.doubts else []
    return [item for group in field.contrary for item in group.items]


def _number(of: Of, details: Mapping[str, str], name: str) -> int:
    said = details.get(name, "")
    if not said.isdecimal() or len(said) > 18:
        raise FindingUnknown(of=of.value, part=said[:40] or "–")
    return int(said)

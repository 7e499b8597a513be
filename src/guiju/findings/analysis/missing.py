"""What is missing: items that nobody has labelled and that are far from all that is labelled."""

from typing import Any

from guiju.findings.analysis import store
from guiju.findings.analysis.model import FarScene, Missing
from guiju.scenes import View
from guiju.storage import JobRun

MOST_STANDING = 120_000
MOST_LABELLED = 20_000
MOST_LISTED = 200
# Of fewer labelled items nobody can say which distance is usual.
FEWEST_LABELLED = 20


def find_missing(run: JobRun, project_id: int) -> list[Missing]:
    """By view, what of its map lies farther from all labelled items than these lie from each other."""
    from guiju.scenes.making.alike import standing_of  # noqa: PLC0415 - NumPy, which only the job needs

    with run.house.reading() as connection:
        touched = store.touched_items(connection, project_id)
    found: list[Missing] = []
    for view in View if touched else ():
        standing = standing_of(run.house, project_id, view, MOST_STANDING)
        one = _missing(view, standing, touched) if standing else None
        found += [one] if one else []
    return found


def _missing(view: View, standing: Any, touched: set[int]) -> Missing | None:
    import numpy as np  # noqa: PLC0415 - only a job computes

    from guiju.findings.analysis.guessing import USUAL, far_from  # noqa: PLC0415 - the same
    from guiju.vectors.model import one_core  # noqa: PLC0415 - the same

    is_labelled = np.array([item in touched for item in standing.items])
    known, rest = np.flatnonzero(is_labelled), np.flatnonzero(~is_labelled)
    if len(known) < FEWEST_LABELLED or not len(rest):
        return None
    asked = known[:: max(1, -(-len(known) // MOST_LABELLED))]
    # The same content twice is no neighbour: it would make every distance that is usual look like nothing.
    rows = np.unique(standing.rows[asked], axis=0)
    if len(rows) < FEWEST_LABELLED:
        return None
    with one_core():
        distances, usual = far_from(rows, standing.rows[rest])
    is_far = distances > usual + 1e-4
    scenes = _by_scene(standing, rest.tolist(), distances, is_far)
    expected = (1 - USUAL) * len(rest)
    return Missing(view.value, len(known), len(rest), usual, int(is_far.sum()), expected, scenes)


def _by_scene(standing: Any, rest: list[int], distances: Any, is_far: Any) -> list[FarScene]:
    """The scene with the most far items first."""
    inside: dict[int | None, list[int]] = {}
    for row, at in enumerate(rest):
        inside.setdefault(standing.scenes[at], []).append(row)
    scenes: list[FarScene] = []
    for scene, members in inside.items():
        far = sorted((row for row in members if is_far[row]), key=lambda row: -distances[row])
        if far:
            middle = float(sorted(distances[row] for row in members)[len(members) // 2])
            items = [standing.items[rest[row]] for row in far[:MOST_LISTED]]
            scenes.append(FarScene(scene, standing.names.get(scene, ""), len(members), len(far), middle, items))
    return sorted(scenes, key=lambda row: (-row.far, -row.distance))

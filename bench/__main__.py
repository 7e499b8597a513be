"""`make bench`: every table, or those named: `make bench ARGS="annotating lists"`."""

import sys
from collections.abc import Callable

from bench import (
    annotating,
    bare,
    delivering,
    depositing,
    drawing,
    enduring,
    export_annotations,
    flipped_labels,
    floors,
    impact,
    import_annotations,
    import_texts,
    killing,
    lists,
    maps,
    moving,
    near_duplicates,
    personal_data,
    profile,
    project_page,
    queueing,
    rulebook,
    scenes,
    searching,
    stats_agreement,
    stats_consensus,
    stats_glad_mace,
    stats_label_errors,
    stats_shapes,
    stats_shards,
    trial_report,
    until_confident,
    workbench,
)
from bench.table import Row, show

ROWS = 100_000


def _floors() -> None:
    rows = [
        Row("bare uvicorn, 8 clients", f"{bare.requests_a_second():,.0f} requests/s"),
        Row("an fsync after 4 kB", f"{floors.fsync_milliseconds():.3f} ms"),
        Row("durable commits of one row", f"{floors.commits_a_second(1):,.0f} rows/s"),
        Row("durable commits of 1,000 rows", f"{floors.commits_a_second(1000):,.0f} rows/s"),
    ]
    show("This machine's floors", rows)


TABLES: dict[str, Callable[[], None]] = {
    "floors": _floors,
    "annotating": annotating.main,
    "lists": lists.main,
    "searching": searching.main,
    "impact": impact.main,
    "import": import_texts.main,
    "import-annotations": lambda: import_annotations.main(ROWS),
    "deliveries": delivering.main,
    "depositing": depositing.main,
    "drawing": drawing.main,
    "export": lambda: export_annotations.main(ROWS),
    "project-page": project_page.main,
    "killing": killing.main,
    "flipped-labels": flipped_labels.main,
    "enduring": enduring.main,
    "workbench": workbench.main,
    "agreement": stats_agreement.main,
    "consensus": stats_consensus.main,
    "abilities": stats_glad_mace.main,
    "label-errors": stats_label_errors.main,
    "shapes": stats_shapes.main,
    "personal-data": personal_data.main,
    "shards": stats_shards.main,
    "profile": profile.main,
    "near-duplicates": near_duplicates.main,
    "rulebook": rulebook.main,
    "scenes": scenes.main,
    "map": maps.main,
    "trial": trial_report.main,
    "queue": queueing.main,
    "moving": moving.main,
    "until": until_confident.main,
}


def main(names: list[str]) -> None:
    """Print the named tables, all when none is named."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise SystemExit(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}")
    for name in names or TABLES:
        TABLES[name]()


main(sys.argv[1:])

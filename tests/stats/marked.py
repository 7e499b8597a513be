"""Marks: of real people (Chinese opinions by a crowd with gold, translation errors by three raters), and drawn ones."""

import csv
import json
from collections import defaultdict
from collections.abc import Hashable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from guiju.stats.agreement.marks import MarkColumns, Span
from tests.stats.published import shared


@st.composite
def drawn_marks(draw: st.DrawFn, furthest: int, longest: int) -> Span:
    """A mark that starts at most at `furthest` and is at most `longest` long, labelled X or Y."""
    start = draw(st.integers(0, furthest))
    return Span(start, start + draw(st.integers(1, longest)), draw(st.sampled_from("XY")))


class Marked(NamedTuple):
    """Columns of a real data set, its gold and its items' lengths."""

    columns: MarkColumns
    gold: dict[Hashable, list[Span]]
    lengths: dict[Hashable, float]


def _spans(annotations: list[dict[str, Any]]) -> list[Span]:
    """Offsets of -1 stand for "nothing to mark here"."""
    found = [(a["start_offset"], a["end_offset"], a["label"]) for a in annotations]
    return [Span(start, end, label) for start, end, label in found if start >= 0]


def crowd_oei() -> Marked:
    """803 sentences, 2-6 annotators each, POS and NEG."""
    columns = MarkColumns([], [], [])
    lengths: dict[Hashable, float] = {}
    for line in shared("data/crowd_oei/dev-crowd.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        lengths[one["id"]] = len(one["text"])
        by_user: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for annotation in one["annotations"]:
            by_user[annotation["user"]].append(annotation)
        for user, annotations in by_user.items():
            columns.item.append(one["id"])
            columns.annotator.append(user)
            columns.marks.append(tuple(_spans(annotations)))
    gold = [json.loads(line) for line in shared("data/crowd_oei/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return Marked(columns, {one["id"]: _spans(one["annotations"]) for one in gold}, lengths)


def three_raters() -> MarkColumns:
    """1,890 translated segments, three raters each: marked target tokens with the error's main category."""
    found: dict[tuple[Hashable, Hashable], set[Span]] = {}
    with shared("data/wmt23_mqm_zhen_3raters/mqm_zhen_3ratings_half1.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["severity"] == "HOTW-test":  # a planted attention check, not an error of the translation
                continue
            item = f"{row['system']} {row['doc']} {row['seg']}"
            marks = found.setdefault((item, row["rater"]), set())
            tokens = json.loads(row["target_spans"] or "[]")
            marks |= {Span(a, b + 1, row["category"].split("/")[0]) for a, b in tokens if a >= 0}
    return MarkColumns([k[0] for k in found], [k[1] for k in found], [tuple(v) for v in found.values()])

"""Segments of sounds: RTTM with its UEM, and TextGrids of Praat, one an item in a zip. docs/formats/segments.md."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.zipped import zipped
from guiju.delivery.model import Row
from guiju.kinds import Segment, Segments, decode_answers
from guiju.kit import N_

# What would end a word of a line; everything else of a name stands as it is.
_SAFE = "".join(chr(code) for code in range(33, 127) if chr(code) != "%")


def segments_of(row: Row) -> dict[str, tuple[Segment, ...]]:
    """The segments of an item by the field that they answer."""
    answers = decode_answers(row.answers)
    return {field: answer.segments for field, answer in sorted(answers.items()) if isinstance(answer, Segments)}


def one_word(name: str) -> str:
    """A name without white space: that and `%` are written as a web address writes them."""
    return "".join(quote(sign, safe=_SAFE) if sign.isspace() or sign == "%" else sign for sign in name)


def write_rttm(source: Source) -> Iterator[bytes]:
    """`SPEAKER file 1 begin length <NA> <NA> label <NA> <NA>`, times in seconds."""
    for row in source.rows():
        for one in sorted((one for found in segments_of(row).values() for one in found), key=lambda one: one.start):
            place = f"{one.start / 1000:.3f} {(one.end - one.start) / 1000:.3f}"
            yield f"SPEAKER {one_word(row.name)} 1 {place} <NA> <NA> {one_word(one.label)} <NA> <NA>\n".encode()


def write_uem(source: Source) -> Iterator[bytes]:
    """Every item that was listened to, with its length: where RTTM has no line for it, nothing was marked."""
    for row in source.rows():
        yield f"{one_word(row.name)} 1 0.000 {(row.duration or 0) / 1000:.3f}\n".encode()


def write_textgrids(source: Source) -> Iterator[bytes]:
    """A zip with a TextGrid for each item, named by the item."""
    yield from zipped((f"{row.name}.TextGrid", textgrid_of(row)) for row in source.rows())


def textgrid_of(row: Row) -> str:
    """One tier a field; what overlaps stands on further tiers of the same field (`turns`, `turns #2`)."""
    duration = row.duration or 0
    tiers = [
        (field if number == 1 else f"{field} #{number}", lane)
        for field, found in segments_of(row).items()
        for number, lane in enumerate(lanes_of(found) or [[]], start=1)
    ]
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_seconds(duration)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, lane) in enumerate(tiers, start=1):
        lines += [f"    item [{number}]:", *_tier(name, lane, duration)]
    return "\n".join(lines) + "\n"


def lanes_of(found: Sequence[Segment]) -> list[list[Segment]]:
    """Segments in their order, each on the first lane that is free where it begins."""
    lanes: list[list[Segment]] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        free = next((lane for lane in lanes if lane[-1].end <= one.start), None)
        if free is None:
            lanes.append([one])
        else:
            free.append(one)
    return lanes


def _tier(name: str, lane: Sequence[Segment], duration: int) -> list[str]:
    """Its intervals cover the whole, as Praat wants it: where nothing is marked their text is empty."""
    intervals: list[tuple[int, int, str]] = []
    until = 0
    for one in lane:
        intervals += [(until, one.start, "")] if one.start > until else []
        intervals.append((one.start, one.end, one.label))
        until = one.end
    intervals += [(until, duration, "")] if until < duration else []
    lines = ['        class = "IntervalTier"', f"        name = {_quoted(name)}", "        xmin = 0"]
    lines += [f"        xmax = {_seconds(duration)}", f"        intervals: size = {len(intervals)}"]
    for number, (start, end, text) in enumerate(intervals, start=1):
        lines += [f"        intervals [{number}]:", f"            xmin = {_seconds(start)}"]
        lines += [f"            xmax = {_seconds(end)}", f"            text = {_quoted(text)}"]
    return lines


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


RTTM = Format(
    "rttm",
    N_("RTTM: who speaks when, with the UEM of what was listened to"),
    "annotations.rttm",
    frozenset({"segment"}),
    write_rttm,
    {"annotations.uem": write_uem},
)
TEXTGRID = Format(
    "textgrid",
    N_("TextGrids of Praat: a zip with one an item"),
    "annotations.textgrids.zip",
    frozenset({"segment"}),
    write_textgrids,
)

"""Spans and the relations between them as brat's standoff: a .txt and an .ann an item. docs/formats/relations.md."""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Row
from guiju.delivery.packing import EPOCH, UNIX
from guiju.kinds import FieldShape, RelationOptions, Relations, Spans, TextSpan, decode_answers
from guiju.kit import N_

PIECE = 1 << 20
_LINE_END = re.compile(r"[\r\n]+")
_ODD = re.compile(r"[\\\x00-\x1f]")


def write(source: Source) -> Iterator[bytes]:
    """A zip that brat opens as a collection: its configuration, and two files for each item."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, "annotation.conf", configuration(source.fields))
            taken: set[str] = set()
            for row in source.rows():
                name = _unused(safe_name(row.name), taken)
                _put(archive, f"{name}.txt", row.text or "")
                _put(archive, f"{name}.ann", standoff(row))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = UNIX
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8", "surrogatepass"))


def safe_name(name: str) -> str:
    """A name that stays in the folder that it is unpacked in.

    >>> safe_name("../a/./b.txt"), safe_name("")
    ('a/b', 'item')
    """
    steps = [step for step in _ODD.sub("_", name).split("/") if step not in {"", ".", ".."}]
    return "/".join(steps).removesuffix(".txt") or "item"


def _unused(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name} #{number}", number + 1
    taken.add(found)
    return found


def configuration(fields: Sequence[FieldShape]) -> str:
    """What brat is told of the labels: which there are, and which relations may join which."""
    spans = [field for field in fields if field.kind == "span"]
    labels = {field.id: field.labels for field in spans}
    relations = [line for field in fields if field.kind == "relation" for line in _relations(field, labels)]
    entities = dict.fromkeys(label for field in spans for label in field.labels)
    parts = ("[entities]", *entities, "", "[relations]", *relations, "", "[events]", "", "[attributes]")
    return "\n".join(parts) + "\n"


def _relations(field: FieldShape, labels: dict[str, tuple[str, ...]]) -> Iterator[str]:
    options = field.option(RelationOptions)
    for label in field.labels:
        rule, any_end = options.ends.get(label), labels.get(options.of, ())
        origin, goal = (rule.origin, rule.goal) if rule else ((), ())
        way = ", <REL-TYPE>:symmetric" if rule and rule.symmetric else ""
        yield f"{label}\tArg1:{'|'.join(origin or any_end)}, Arg2:{'|'.join(goal or any_end)}{way}"


def standoff(row: Row) -> str:
    """`T` lines for spans and `R` lines for links, of all fields of the item together."""
    answers, text = decode_answers(row.answers), row.text or ""
    numbers: dict[tuple[str, str], str] = {}
    lines: list[str] = []
    for field, answer in sorted(answers.items()):
        for span in answer.spans if isinstance(answer, Spans) else ():
            numbers[field, span.id] = f"T{len(numbers) + 1}"
            lines.append(f"{numbers[field, span.id]}\t{placed(span, text)}\n")
    links = [
        (link, answer.of)
        for _, answer in sorted(answers.items())
        if isinstance(answer, Relations)
        for link in answer.links
    ]
    for number, (link, of) in enumerate(links, start=1):
        ends = f"Arg1:{numbers[of, link.origin]} Arg2:{numbers[of, link.goal]}"
        lines.append(f"R{number}\t{link.label} {ends}\t\n")
    return "".join(lines)


def placed(span: TextSpan, text: str) -> str:
    """Label, pieces and words; what runs over the end of a line is several pieces, since brat's words are one line."""
    pieces = [piece for start, end in span.stretches for piece in _in_lines(start, end, text)]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{span.label} {places}\t{' '.join(text[start:end] for start, end in pieces)}"


def _in_lines(start: int, end: int, text: str) -> list[tuple[int, int]]:
    found, at = list[tuple[int, int]](), start
    for line_end in _LINE_END.finditer(text, start, end):
        found += [(at, line_end.start())] if line_end.start() > at else []
        at = line_end.end()
    return found + ([(at, end)] if end > at else []) or [(start, end)]


BRAT = Format(
    "brat",
    N_("brat’s standoff: spans and relations, a zip with a .txt and an .ann an item"),
    "annotations.brat.zip",
    frozenset({"span", "relation"}),
    write,
)

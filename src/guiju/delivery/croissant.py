"""The data card for programs: Croissant 1.0, as dataset search and loaders of others read it.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. It says no day: a package knows nothing but its content.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from guiju.delivery.issues import known_issues
from guiju.delivery.report import Report
from guiju.kinds import ITEM, FieldShape

CROISSANT = "http://mlcommons.org/croissant/"
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": CROISSANT,
    "rai": f"{CROISSANT}RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    ".jsonl": "application/jsonlines",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".md": "text/markdown",
    ".html": "text/html",
    ".parquet": "application/x-parquet",
}
_VALUES = {
    "choice": ("labels", "sc:Text", True),
    "rating": ("value", "sc:Float", False),
    "text": ("text", "sc:Text", False),
}
_OWN = ("name", "sha256", "media", "status", "rulebook")
_TEXT = ("text",)


class Described(NamedTuple):
    """What is said of the data beside its files: the rulebook's title, the sources' `licences`, texts or not."""

    title: str
    rights: str
    licences: Sequence[str]
    texts: bool


def write_croissant(
    report: Report, about: Described, files: Mapping[str, Mapping[str, object]], fields: Sequence[FieldShape]
) -> bytes:
    """`files` by name with `sha256` and `size`, but the manifest and this one itself."""
    rules = f"{about.title} {report.rulebook['version']}"
    card: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{CROISSANT}1.0",
        "name": report.project,
        "description": f"{report.items} items annotated under “{about.title}” {report.rulebook['version']}.",
        "license": list(about.licences) or [about.rights],
        "version": report.rulebook["version"],
        **({"creator": {"@type": "sc:Organization", "name": report.customer}} if report.customer else {}),
        "rai:dataAnnotationProtocol": f"{rules}, SHA-256 {report.rulebook['digest']}",
        **_said(report),
        "distribution": [_file(name, told) for name, told in files.items() if not name.startswith("media/")],
        "recordSet": list(_records(report, about, files, fields)),
    }
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"


def _said(report: Report) -> dict[str, Any]:
    issues = [str(issue) for issue in known_issues(report)]
    said: dict[str, Any] = {"rai:dataLimitations": issues} if issues else {}
    if report.gates:
        figures = (f"{gate.measure} {gate.figure:.3f} (trial {gate.trial})" for gate in report.gates)
        said["rai:dataAnnotationAnalysis"] = list(figures)
    if report.personal and report.personal.found:
        kinds = [f"{one.kind}: {one.items}" for one in report.personal.found]
        said["rai:personalSensitiveInformation"] = kinds
    return said


def _file(name: str, told: Mapping[str, object]) -> dict[str, Any]:
    ending = "." + name.rpartition(".")[2]
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{told['size']} B",
        "encodingFormat": _TYPES.get(ending, "text/plain"),
        "sha256": told["sha256"],
    }


def _records(
    report: Report, about: Described, files: Mapping[str, Mapping[str, object]], fields: Sequence[FieldShape]
) -> Iterator[dict[str, Any]]:
    """A record set for each file of JSON Lines: other formats have readers of their own."""
    if report.format != "jsonl":
        return
    for name in files:
        if name.startswith("annotations.") and name.endswith(".jsonl"):
            part = name.removeprefix("annotations.").removesuffix("jsonl").rstrip(".")
            own = f"items-{part}" if part else "items"
            yield {
                "@type": "cr:RecordSet",
                "@id": own,
                "name": own,
                "key": {"@id": f"{own}/name"},
                "field": [
                    *(_column(own, name, column, column) for column in (*_OWN, *_TEXT[: about.texts])),
                    *_answers(own, name, fields),
                ],
            }


def _answers(own: str, file: str, fields: Sequence[FieldShape]) -> Iterator[dict[str, Any]]:
    for field in fields:
        if field.target == ITEM and field.kind in _VALUES:
            inner, data_type, repeated = _VALUES[field.kind]
            told = _column(own, file, "answers", f"answers.{field.id}", data_type)
            told["source"]["transform"] = {"jsonPath": f"$.{field.id}.{inner}"}
            yield {**told, "repeated": True} if repeated else told


def _column(own: str, file: str, column: str, name: str, data_type: str = "sc:Text") -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{own}/{name}",
        "name": name,
        "dataType": data_type,
        "source": {"fileObject": {"@id": file}, "extract": {"column": column}},
    }

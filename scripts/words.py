"""Collect the words of the interface into the catalogue: `python -m scripts.words [TRANSLATIONS.json …]`.

English is the source. Each JSON file is one object `{"English": "简体中文"}` and fills in what is not translated yet.
Sentences that nothing says any more leave the catalogue; 繁體 is made from 简体 by the program and has none.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg  # pyright: ignore[reportUnknownVariableType] - Babel gives no types
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src/guiju/site/locales/zh_Hans/LC_MESSAGES/guiju.po"
_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "t": None}
# The same call that frontend/src/msgids.ts looks for, so that both sides know the same sentences.
_SCRIPT_CALL = re.compile(r'\bt\(\s*("(?:[^"\\]|\\.)*")')


def extract_script(file: IO[bytes], *_: Any, **__: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extractor for TypeScript: the sentence in each `t("…")`; keywords and options are fixed."""
    text = file.read().decode()
    for match in _SCRIPT_CALL.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, "gettext", json.loads(match[1]), []


def _mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """What babel.cfg says: (pattern, method) pairs, and the options of each pattern."""
    parse = cast("Callable[..., Any]", parse_mapping_cfg)
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        return parse(config, "babel.cfg")


def collect_words() -> Catalog:
    """All that the program says, each with the files that say it."""
    found = Catalog(project="Guiju", version="", fuzzy=False)
    methods, options = _mapping()
    # Only these two are walked: the environment and node_modules are large and say nothing of ours.
    for folder in ("src", "frontend/src"):
        ours = [
            (pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if pattern.startswith(folder)
        ]
        settings = {pattern.removeprefix(f"{folder}/"): value for pattern, value in options.items()}
        for path, line, message, comments, context in extract_from_dir(ROOT / folder, ours, settings, _KEYWORDS):
            found.add(message, None, [(f"{folder}/{path}", line)], auto_comments=comments, context=context)
    return found


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """The Chinese catalogue, or an empty one where there is none yet."""
    if not path.exists():
        return Catalog("zh_Hans", project="Guiju", version="", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, "zh_Hans")


def _fill(catalogue: Catalog, sources: Iterable[Path]) -> None:
    for source in sources:
        for english, chinese in json.loads(source.read_text(encoding="utf-8")).items():
            message = catalogue.get(english)
            if message and not message.string:
                message.string = chinese


def _content(catalogue: Catalog) -> dict[Any, Any]:
    return {
        message.id: (message.string, [name for name, _ in message.locations]) for message in catalogue if message.id
    }


def main(sources: list[Path]) -> None:
    """Bring the catalogue up to date and say what it lacks."""
    catalogue = read_catalogue()
    before = _content(catalogue)
    catalogue.update(collect_words(), no_fuzzy_matching=True)
    _fill(catalogue, sources)
    if _content(catalogue) != before:  # else the header's date alone would change
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lacking = [message.id for message in catalogue if message.id and not message.string]
    print(f"{len(catalogue)} sentences, {len(lacking)} not translated")
    for sentence in lacking:
        print(f"  {json.dumps(sentence, ensure_ascii=False)}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

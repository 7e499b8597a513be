"""The words of the interface: one gettext catalogue for pages, errors, the command line and the browser's script.

English is the source, 简体中文 is written by hand, 繁體中文 is made from it by OpenCC with a file of overrides.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
DEFAULT_LOCALE = "zh-Hans"
CATALOGUES = Path(__file__).parent / "locales"


class CatalogueWords:
    """A reader's language, from a mapping of English to theirs."""

    def __init__(self, locale: str, messages: dict[str, str]) -> None:
        self.locale = locale
        self._messages = messages

    def __call__(self, msgid: str, /, **places: object) -> str:
        said = self._messages.get(msgid) or msgid
        return said.format_map(_Places(places)) if places else said


class _Places(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def words_for(locale: str) -> CatalogueWords:
    """The words of `locale`, one of `LOCALES`; any other is the default."""
    if locale == "en":
        return CatalogueWords("en", {})
    if locale == "zh-Hant":
        return CatalogueWords("zh-Hant", _traditional())
    return CatalogueWords("zh-Hans", _messages(CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "guiju.po"))


@cache
def catalogue_for_script(locale: str) -> dict[str, str]:
    """The part of the catalogue that the browser's script uses: entries found under `frontend/`."""
    if locale == "en":
        return {}
    wanted = {
        str(message.id)
        for message in _catalogue(CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "guiju.po")
        if message.id and any(name.startswith("frontend/") for name, _ in message.locations)
    }
    words = words_for(locale)
    return {msgid: words(msgid) for msgid in sorted(wanted)}


@cache
def known_sentences() -> frozenset[str]:
    """Every sentence of the catalogue: what an address may ask a page to say, and nothing else."""
    return frozenset(_messages(CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "guiju.po"))


def negotiate(accept_language: str) -> str:
    """The locale that an `Accept-Language` header asks for first; Simplified Chinese when it names none of ours."""
    ranked: list[tuple[float, str]] = []
    for part in accept_language.lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag))
        except ValueError:
            continue
    for _, tag in sorted(ranked, key=lambda entry: entry[0]):
        if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
            return "zh-Hant"
        if tag.startswith("zh"):
            return "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return DEFAULT_LOCALE


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def _messages(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    return {str(m.id): str(m.string) for m in _catalogue(path) if m.id and m.string and not m.fuzzy}


def _traditional() -> dict[str, str]:
    from opencc import OpenCC  # noqa: PLC0415 - its dictionaries take 30 MB that only readers of 繁體 need

    simplified = _messages(CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "guiju.po")
    overrides = _messages(CATALOGUES / "zh_Hant" / "LC_MESSAGES" / "overrides.po")
    convert: Callable[[str], str] = cast(Any, OpenCC("s2twp")).convert  # OpenCC types nothing
    return {msgid: overrides.get(msgid) or convert(said) for msgid, said in simplified.items()}

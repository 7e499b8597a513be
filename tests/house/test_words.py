"""Every sentence that the program says is there in Chinese, with the same places to fill."""

import re

import pytest

from scripts.words import CATALOGUE, ROOT, collect_words, read_catalogue

_PLACE = re.compile(r"\{(\w+)")


@pytest.fixture(autouse=True)
def catalogue_exists() -> None:
    if not CATALOGUE.exists():
        pytest.skip(f"there is no {CATALOGUE.relative_to(ROOT)} yet")


def test_every_sentence_is_translated() -> None:
    catalogue = read_catalogue()
    lacking = [message.id for message in collect_words() if message.id and not _chinese(catalogue.get(message.id))]
    assert not lacking, "`make words` adds them to the catalogue"


def test_a_translation_fills_the_same_places() -> None:
    wrong = [
        message.id
        for message in read_catalogue()
        if message.id
        and isinstance(message.string, str)
        and message.string
        and _places(str(message.id)) != _places(message.string)
    ]
    assert not wrong


def test_no_translation_is_doubtful() -> None:
    assert not [message.id for message in read_catalogue() if message.id and message.fuzzy]


def _chinese(message: object) -> object:
    return getattr(message, "string", None)


def _places(sentence: str) -> set[str]:
    return set(_PLACE.findall(sentence))

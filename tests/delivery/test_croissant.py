"""The data card for programs is valid Croissant, and others' loader finds the items by it."""

import logging
from pathlib import Path

import pytest

from guiju.delivery import Splits, Terms
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import accept_a_lot, make_pictures, make_texts
from tests.support.cast import Cast

# Theirs, in the parser of RDF that the validator brings.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
    # A card knows no database.
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]


def unpack(package: bytes, folder: Path) -> Path:
    for name, content in files_of(package).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_mlcroissant_validates_the_card_and_reads_the_items_of_a_part(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    terms = Terms(Splits({"train": 0.8, "test": 0.2}))
    folder = unpack(build(cast, made.project, "jsonl", terms=terms), tmp_path)
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    # How it is to be cited is the customer's to say, and a package says no day.
    assert caplog.text.count("is recommended") == 2
    assert dataset.metadata.name == "钢板表面缺陷"
    records = list(dataset.records("items-test"))
    assert len(records) == 4
    assert {record["items-test/answers.label"][0] for record in records} == {b"a", b"b"}
    assert {record["items-test/status"] for record in records} == {b"accepted"}


def test_a_card_of_pictures_is_valid_too(cast: Cast, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    made = make_pictures(cast, 4)
    accept_a_lot(cast, made)
    folder = unpack(build(cast, made.project, "coco", with_media=True), tmp_path)
    metadata = mlcroissant.Dataset(jsonld=str(folder / "croissant.json")).metadata
    assert "annotations.coco.json" in {one.name for one in metadata.distribution}

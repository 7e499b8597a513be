"""Models that an administrator put into the home: what is taken, what is refused, and one put in another's place."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from guiju.kit import new_id
from guiju.scenes import View, ask_to_make, ask_to_place, list_scene_items
from guiju.scenes.shaping import describe_scene
from guiju.storage import JobState
from guiju.vectors.backends import own, own_text
from guiju.vectors.errors import BackendUnreadable
from guiju.vectors.names import ways
from tests.scenes.conftest import Finder, texts

onnx = pytest.importorskip("onnx", reason="the models of these tests are made by it")
tokenizers = pytest.importorskip("tokenizers", reason="the extra `embed`")
pytest.importorskip("onnxruntime", reason="the extra `images`")
WIDTH = 12
FLOAT, INT = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64


def write_model(path: Path, nodes: list[Any], takes: list[Any], gives: list[Any], *constants: Any) -> None:
    graph = onnx.helper.make_graph(nodes, "embedder", takes, gives, list(constants))
    path.parent.mkdir(parents=True, exist_ok=True)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, path)


def put_text_model(home: Path, lines: list[str], *, seed: int = 0, spoil: float = 0.0, also: str = "") -> Path:
    """A vector for each word: what an encoder answers, and no more."""
    folder = home / "embedders" / "text"
    words = {word: at for at, word in enumerate(dict.fromkeys(["[UNK]", *" ".join(lines).lower().split()]))}
    table = np.random.default_rng(seed).normal(size=(len(words), WIDTH)).astype(np.float32)
    table[1] += spoil
    write_model(
        folder / "model.onnx",
        [onnx.helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        [
            onnx.helper.make_tensor_value_info(name, INT, ["batch", "length"])
            for name in ("input_ids", "attention_mask", *([also] if also else []))
        ],
        [onnx.helper.make_tensor_value_info("last_hidden_state", FLOAT, ["batch", "length", WIDTH])],
        onnx.numpy_helper.from_array(table, "table"),
    )
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made.save(str(folder / "tokenizer.json"))
    return folder


def test_a_model_with_its_tokenizer_becomes_a_way_to_compare_texts(tmp_path: Path) -> None:
    lines = ["where is my parcel", "the parcel is late", "x"]
    folder = put_text_model(tmp_path, lines)
    assert "own-text" in dict(ways("text", tmp_path))
    rows = own_text.embed([*lines, "", "late the is parcel", "word " * 9_000], {}, tmp_path)
    assert rows.shape == (6, WIDTH)
    assert np.allclose(np.linalg.norm(rows[[0, 1, 2, 4]], axis=1), 1, atol=1e-5)
    assert not rows[3].any()
    # the mean of the words, whatever stood beside it in the batch; where its settings say so, the first word alone
    assert np.allclose(rows[1], rows[4], atol=1e-6)
    assert np.allclose(rows[1], own_text.embed([lines[1]], {}, tmp_path)[0], atol=1e-6)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    first, second = own_text.embed(["parcel late", "parcel"], {}, tmp_path)
    assert np.allclose(first, second, atol=1e-6)


def test_a_model_that_does_something_else_is_refused_by_what_it_does(tmp_path: Path) -> None:
    lines = ["where is my parcel"]
    folder = put_text_model(tmp_path, lines, also="pixel_values")
    with pytest.raises(BackendUnreadable) as refused:
        own_text.embed(lines, {}, tmp_path)
    assert refused.value.details["reason"] == "it asks for attention_mask, input_ids, pixel_values"
    put_text_model(tmp_path, lines, spoil=float("nan"))
    with pytest.raises(BackendUnreadable, match="NaN"):
        own_text.embed(lines, {}, tmp_path)
    value = onnx.helper.make_tensor_value_info
    takes = [value(name, INT, ["batch", "length"]) for name in ("input_ids", "attention_mask")]
    same = onnx.helper.make_node("Identity", ["input_ids"], ["logits"])
    write_model(folder / "model.onnx", [same], takes, [value("logits", INT, ["batch", "length"])])
    with pytest.raises(BackendUnreadable, match="which is no vector a text"):
        own_text.embed(lines, {}, tmp_path)
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(BackendUnreadable):
        own_text.embed(lines, {}, tmp_path)
    put_text_model(tmp_path, lines)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(BackendUnreadable, match=r"tokenizer\.json"):
        own_text.embed(lines, {}, tmp_path)


def test_one_put_in_its_place_is_noticed_and_what_people_named_stays(finder: Finder) -> None:
    lines = texts(12)
    put_text_model(finder.house.home, lines)
    finder.bring(lines)
    house, zhou, project = finder.house, finder.cast.zhou, finder.project

    def items_of(scene: int) -> set[int]:
        shown = list_scene_items(house, zhou, project, View.TEXT, scene, limit=100)
        return {each.item_id for each in shown.placed}

    def make() -> JobState:
        told: dict[str, Any] = {"request_id": new_id(), "backend": "own-text", "count": 4}
        return finder.work(ask_to_make(house, zhou, project, View.TEXT, **told)).state

    assert make() is JobState.DONE
    line = finder.read().tree.lines[0]
    describe_scene(house, zhou, project, View.TEXT, line.scene.id, request_id=new_id(), name="Mine")
    before = items_of(line.scene.id)
    put_text_model(house.home, lines, seed=1)
    job = finder.work(ask_to_place(house, zhou, project, View.TEXT, request_id=new_id()))
    assert (job.outcome or {})["error"]["code"] == "embedder-changed"
    assert make() is JobState.DONE
    kept = finder.read().tree.find(line.scene.id)
    assert kept is not None
    assert kept.scene.name == "Mine"
    assert before <= items_of(line.scene.id)


def test_a_model_of_pictures_answers_a_vector_or_a_map_that_is_averaged(tmp_path: Path) -> None:
    place = tmp_path / own.FOLDER / own.FILE
    value = onnx.helper.make_tensor_value_info
    takes = [value("shown", FLOAT, [1, 3, 8, 8])]
    write_model(place, [onnx.helper.make_node("Identity", ["shown"], ["map"])], takes, [value("map", FLOAT, None)])
    picture = tmp_path / "red.png"
    Image.new("RGB", (20, 10), "red").save(picture)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    rows = own.embed([picture, tmp_path / "broken.png"], {}, tmp_path)
    assert rows.shape == (2, 3)
    assert rows[0][0] > 2
    assert rows[0][1] < 0
    assert not rows[1].any()
    before = own.BACKEND.variant(tmp_path)
    takes = [value("shown", FLOAT, ["batch", 64])]
    write_model(place, [onnx.helper.make_node("Identity", ["shown"], ["out"])], takes, [value("out", FLOAT, None)])
    assert own.BACKEND.variant(tmp_path) != before
    with pytest.raises(BackendUnreadable, match="one picture"):
        own.embed([picture], {}, tmp_path)

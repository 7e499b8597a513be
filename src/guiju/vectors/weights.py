"""Weights out of a file that PyTorch saved before 1.6, without PyTorch, and without running what stands in it.

Such a file is a few pickles and then the numbers, one run a storage. A pickle can name any function; here it gets the
five names that weights need, and everything else is refused.
"""

import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_NUMBERS: dict[str, Any] = {"FloatStorage": np.float32, "LongStorage": np.int64}


class WeightsUnreadableError(Exception):
    """Why the file is not what is expected."""


class _Tensor(NamedTuple):
    storage: str
    start: int
    shape: tuple[int, ...]
    steps: tuple[int, ...]


def read_weights(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays by name. Raises `WeightsUnreadableError`."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except (OSError, pickle.UnpicklingError, struct.error, EOFError, LookupError, ValueError, TypeError) as error:
        raise WeightsUnreadableError(f"{path.name}: {error}") from error


def _read(file: BinaryIO) -> dict[str, NDArray[Any]]:
    if _Careful(file).load() != _MAGIC:
        raise WeightsUnreadableError("it was not saved by PyTorch before 1.6")
    for _ in ("protocol", "system"):
        _Careful(file).load()
    told = _Careful(file)
    tensors: dict[str, _Tensor] = told.load()
    storages: dict[str, NDArray[Any]] = {}
    for key in _Careful(file).load():
        [size] = struct.unpack("<q", file.read(8))
        kind = np.dtype(told.kinds[key])
        storages[key] = np.frombuffer(file.read(size * kind.itemsize), kind)
    return {name: _shaped(storages[each.storage], each) for name, each in tensors.items()}


def _shaped(numbers: NDArray[Any], tensor: _Tensor) -> NDArray[Any]:
    """The numbers in the order in which the tensor walks over its storage, which need not be theirs."""
    places = np.full(tensor.shape, tensor.start, np.int64)
    for axis, (size, step) in enumerate(zip(tensor.shape, tensor.steps, strict=True)):
        along = np.arange(size) * step
        places += along.reshape([-1 if each == axis else 1 for each in range(len(tensor.shape))])
    return numbers[places]


def _tensor(storage: str, start: int, shape: tuple[int, ...], steps: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, start, shape, steps)


class _Careful(pickle.Unpickler):
    """Knows tensors and nothing that acts."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.kinds: dict[str, Any] = {}

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module_name, global_name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module_name == "torch" and global_name in _NUMBERS:
            return _NUMBERS[global_name]
        raise pickle.UnpicklingError(f"it names {module_name}.{global_name}")

    def persistent_load(self, pid: Any) -> str:
        _, kind, key, *_ = pid
        self.kinds[key] = kind
        return key

"""ONNX models that the house's administrator put there: opened once, and told apart by their bytes."""

import hashlib
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from guiju.vectors.errors import BackendNotInstalled, BackendUnreadable


def session(path: Path, name: str) -> Any:
    """Raises `BackendNotInstalled`, `BackendUnreadable`."""
    return _session(path, path.stat().st_mtime_ns, name)


def fingerprint(*paths: Path) -> str:
    """Twelve signs of what stands in files; those that are missing count as missing."""
    return hashlib.sha256("".join(_digest(path, *_state(path)) for path in paths).encode()).hexdigest()[:12]


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]


def _state(path: Path) -> tuple[int, int]:
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (0, 0)


@lru_cache(maxsize=16)
def _digest(path: Path, changed: int, size: int) -> str:
    if not changed and not size:
        return "-"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=2)
def _session(path: Path, _changed: int, name: str) -> Any:
    try:
        runtime = import_module("onnxruntime")
    except ImportError as error:
        raise BackendNotInstalled(name=name, package="onnxruntime", extra="images") from error
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise BackendUnreadable(reason=first_line(error), folder=str(path.parent)) from error

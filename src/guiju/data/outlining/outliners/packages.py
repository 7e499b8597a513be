"""Packages that an extra brings."""

from importlib import import_module
from typing import Any

from guiju.data.outlining.errors import OutlinerNotInstalled


def need(module: str, package: str, extra: str) -> Any:
    """The module. Raises `OutlinerNotInstalled`."""
    try:
        return import_module(module)
    except ImportError as error:
        raise OutlinerNotInstalled(package=package, extra=extra) from error

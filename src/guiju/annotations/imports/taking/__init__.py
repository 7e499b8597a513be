"""The import at work: marks matched to items, checked, written in chunks into a round not seen before its end."""

from guiju.annotations.imports.taking.actions import KeepGold, run_import

__all__ = ["KeepGold", "run_import"]

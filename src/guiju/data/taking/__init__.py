"""The import at work: records looked at one by one, written in chunks, landed by one row's update."""

from guiju.data.taking.actions import run_import

__all__ = ["run_import"]

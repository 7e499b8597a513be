"""The command line: one file a noun, calling the same actions as the pages."""

from guiju.cli.main import app, main

__all__ = ["app", "main"]

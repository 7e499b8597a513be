"""A demo's home: made beside its place and put there whole, known again by the sheet of sign-ins that lies in it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from guiju.samples.demo.calendar import Calendar
from guiju.samples.demo.errors import NotADemoHome
from guiju.storage import House, opened_house

SIGN_INS = "demo-sign-ins.txt"


def find_sign_ins(home: Path) -> str | None:
    """The sheet of a demo's home, or `None` where one can be made. Raises `NotADemoHome`."""
    sheet = home / SIGN_INS
    if sheet.is_file():
        return sheet.read_text(encoding="utf-8")
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise NotADemoHome(home=str(home))
    return None


def make_home(home: Path, database: str | None, make: Callable[[House], str]) -> str:
    """Make a demo's home: `make` fills the house and returns the sheet, which is kept for its owner alone.

    It begins some days ago, so that the demo has a past (`Calendar`). Raises `NotADemoHome`. What was interrupted
    leaves no home, and what it left is cleared away by the next start.
    """
    find_sign_ins(home)
    home = home.resolve()
    half = home.with_name(f".{home.name}.being-made")
    shutil.rmtree(half, ignore_errors=True)
    try:
        with opened_house(half, database=database, clock=Calendar()) as house:
            sheet = make(house)
        _keep(half / SIGN_INS, sheet)
        if home.exists():
            home.rmdir()
        half.rename(home)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return sheet


def _keep(path: Path, sheet: str) -> None:
    path.touch(mode=0o600)
    path.write_text(sheet, encoding="utf-8")

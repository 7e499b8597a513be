"""The browser of the journeys: the Chromium that the machine has, never one that a test tool downloads."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

NONE = "no Chromium (Debian: apt-get install chromium fonts-noto-cjk)"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser under test reports to nobody, updates nothing and asks no name server.
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> str | None:
    """The path of Chromium: what `GUIJU_CHROMIUM` names, else the first on the PATH."""
    return os.environ.get("GUIJU_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def launch(playwright: Playwright, *more: str) -> Browser | None:
    """A headless browser with a profile of its own, told `more`; `None` where there is no Chromium."""
    executable = find_chromium()
    if executable is None:
        return None
    # Chromium's sandbox refuses to run as root, as tests in a container do.
    args = [*_QUIET, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=executable, headless=True, args=args)

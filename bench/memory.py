"""How large a process became, in memory of its own."""

import re
import threading
from pathlib import Path

EVERY_SECONDS = 0.02


class OwnMemory:
    """The largest anonymous memory of this process, in MiB, from now until `stop`, looked at fifty times a second.

    A process's whole residence counts the pages of files that it maps too, which the system takes back as it needs.
    """

    def __init__(self) -> None:
        self._peak, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while True:
            self._peak = max(self._peak, _anonymous())
            if self._over.wait(EVERY_SECONDS):
                return


def _anonymous() -> float:
    found = re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0

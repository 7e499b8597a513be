"""Hatch runs this before it packs: the wheel carries the built front end, and needs no Node where it is installed."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NO_SOURCE = "The front end is neither built (src/guiju/web/static/app) nor here to be built (frontend/package.json)."
NO_NODE = (
    "The front end is not built yet, and building it needs Node.js 20 or newer with npm, which are not on the PATH. "
    "Install Node.js and try again, or install a wheel of Guiju, which needs none."
)


class FrontEndHook(BuildHookInterface[Any]):
    """Builds frontend/ into the package, unless it is built already or the install is an editable one."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        if version == "editable":
            return  # a developer's browser files come from `make`, and change while one works
        root = Path(self.root)
        if not is_built(root):
            build(root, self.app.abort)


def is_built(root: Path) -> bool:
    """Whether a script for the browser lies where the site serves it from."""
    return any((root / "src/guiju/web/static/app").rglob("*.js"))


def build(root: Path, abort: Any) -> None:
    """Run npm in frontend/. Calls `abort(sentence)` when it cannot or did not."""
    frontend = root / "frontend"
    npm = shutil.which("npm")
    if not (frontend / "package.json").is_file():
        abort(NO_SOURCE)
    elif npm is None:
        abort(NO_NODE)
    elif any(
        subprocess.run([npm, *words], cwd=frontend, check=False).returncode
        for words in (["install", "--no-save"], ["run", "build"])
    ):
        abort("npm could not build the front end; its own words stand above.")

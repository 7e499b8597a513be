"""Who finds outlines. A new one is a file here and a line below; the first that is ready goes before the others."""

from guiju.data.outlining.model import Outliner
from guiju.data.outlining.outliners.grabcut import GRABCUT
from guiju.data.outlining.outliners.onnx import ONNX

OUTLINERS: dict[str, Outliner] = {outliner.name: outliner for outliner in (ONNX, GRABCUT)}

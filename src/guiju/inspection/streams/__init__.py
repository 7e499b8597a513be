"""Streams of lots: how strictly the next lot of a stream is inspected follows from the lots before it.

A stream is what lots of one making are: the lots of one annotator, or those that were drawn from everybody's work. Each
goes between normal, tightened, reduced and stopped inspection by the rules of ISO 2859-1; nothing of it is stored but
what people decided (reduced inspection is wanted, a stopped stream goes on), for the rest follows from the lots.
"""

from guiju.inspection.streams.actions import decide_stream, get_stream, list_streams
from guiju.inspection.streams.errors import InspectionStopped, StreamActEmpty, StreamNotFound, StreamNotStopped
from guiju.inspection.streams.model import Stream, StreamAct, StreamKey, Switching

__all__ = [
    "InspectionStopped",
    "Stream",
    "StreamAct",
    "StreamActEmpty",
    "StreamKey",
    "StreamNotFound",
    "StreamNotStopped",
    "Switching",
    "decide_stream",
    "get_stream",
    "list_streams",
]

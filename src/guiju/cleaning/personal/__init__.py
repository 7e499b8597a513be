"""Personal data in texts: what a text says about a real person, found by patterns, checksums and context.

Pure: `find_personal` takes a text and gives the places. Numbers that carry a check digit are certain, names are not.
"""

from guiju.cleaning.personal.model import KIND_NAMES, KIND_TAGS, Found, PersonalKind
from guiju.cleaning.personal.rules import find_personal, half_width

__all__ = ["KIND_NAMES", "KIND_TAGS", "Found", "PersonalKind", "find_personal", "half_width"]

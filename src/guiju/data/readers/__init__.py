"""How data comes in: one file a format, each a stream of records in an order that never changes.

A reader keeps one record in memory at a time (a workbook excepted, which its library reads whole), so that an import
that was killed goes on by skipping the records behind it.
"""

from guiju.data.readers.parts import Opened, Part, find_parts, open_part

__all__ = ["Opened", "Part", "find_parts", "open_part"]

"""How data comes in: one file a format, each a stream of records in an order that never changes.

A reader keeps one record in memory at a time (a workbook excepted, which its library reads whole), so that an import
that was killed goes on by skipping the records behind it.
"""

from guiju.data.readers.parts import Format, Opened, Part, find_family, find_parts, look_at_part, open_part, open_parts

__all__ = ["Format", "Opened", "Part", "find_family", "find_parts", "look_at_part", "open_part", "open_parts"]

"""A rulebook while it is written: what the editor is told of a text, and what is added to one byte for byte.

`insert_entry` and `append_to` give an `Edit`, whole lines that become others; `look_at` and `join` change nothing.
"""

from guiju.rulebooks.writing.inserting import Edit, append_to, entries_of, entry_lines, in_flow, insert_entry

__all__ = ["Edit", "append_to", "entries_of", "entry_lines", "in_flow", "insert_entry"]

"""Items laid ready beside the rulebook's editor, and an item as an example of the text that is being written."""

"""Items as files: the content itself with its type, ranges of it, and small pictures of it."""

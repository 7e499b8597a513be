"""What two answers to nearly the same content are compared by."""

PLACELESS = frozenset({"choice", "rating", "ranking", "soft", "text"})
"""Kinds whose answers point at no place of the content: they mean the same of what is nearly the same."""

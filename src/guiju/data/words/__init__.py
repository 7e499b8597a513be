"""The words of a text in any language, and of a search for it."""

from guiju.data.words.rules import query_tokens, said_in, tokens_of

__all__ = ["query_tokens", "said_in", "tokens_of"]

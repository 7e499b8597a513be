"""A question is asked: from an item, about several, or in general; what is like it is found before it is sent."""

from guiju.rulings.asking.actions import ask_about, ask_question, find_alike, find_similar

__all__ = ["ask_about", "ask_question", "find_alike", "find_similar"]

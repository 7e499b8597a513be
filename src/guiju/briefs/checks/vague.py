"""Words that two people read differently, in Chinese and English, by what has to be asked about them.

`words` finds them, `unless` is what holds the same characters with one meaning only (等级, 等待, 等于 are no 等).
Both are regular expressions; a match is let pass where one of `unless` overlaps it.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from guiju.kit import N_


@dataclass(frozen=True)
class Vague:
    """Words with the same question behind them."""

    ask: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(self.words), re.IGNORECASE)

    @cached_property
    def exceptions(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.unless), re.IGNORECASE) if self.unless else None

    def found_in(self, text: str) -> list[str]:
        """The words as they stand in `text`, in its order."""
        let = [found.span() for found in self.exceptions.finditer(text)] if self.exceptions else []
        hits = (found for found in self.pattern.finditer(text) if found.group())
        spans = [hit.span("word") if hit.groupdict().get("word") else hit.span() for hit in hits]
        return [text[a:b].strip() for a, b in spans if not any(c < b and a < d for c, d in let)]


HOW_FAR = N_("How far exactly, and what is done where it cannot be reached?")
WHAT_ELSE = N_("What else is in the list? Name all of it.")
VISIBLE = N_("Visible to whom, at what size and zoom? Show one picture or passage just inside and one just outside.")
WHO_DECIDES = N_("Who decides, and by which figure?")
FROM_WHERE = N_("From which size, count or share on is it so?")
WHICH_DATE = N_("On which date, or how many working days after what?")
BETWEEN = N_("Between which two numbers?")
WHICH_FIGURE = N_("Which figure, measured how, is high enough?")
WHICH_CASES = N_("Which cases are these? Name them, with an example of each.")
WHICH_ONES = N_("Which ones exactly, and what is just no longer one of them?")
WHO_BY_NAME = N_("Who is it, by name, and who stands in?")
BOTH = N_("Both together, either one, or exactly one of them?")
HOW_OFTEN = N_("How often: how many times a week, or after how many items?")
INCLUDED = N_("Is the number itself included?")
WHICH_DAYS = N_("Working days or calendar days, and counted from what?")
WHEN_DECIDED = N_("Who decides it, until when, and what holds until then?")
MUST = N_("Must it be so, or may it be left? What follows if it is left?")

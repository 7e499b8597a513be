"""A rating as the inspector sees it: its point, the ends of its scale, and what the point means."""

from guiju.data import Item, Media
from guiju.inspection.model import DEFECTS_OF_KIND, DefectType
from guiju.inspection.showing import ShownRating, show_answers
from guiju.kinds import Rating
from guiju.rulebooks import RulebookVersion
from guiju.rulebooks.compiled import compile_rulebook
from tests.rulebooks.test_scales import DOCUMENT

RULEBOOK = compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))
TEXT = Item(1, 1, 1, "h", Media.TEXT, "a", "a text", None, 6, None, None, None)


def shown(value: float | None) -> ShownRating | None:
    [field] = show_answers({"fluency": Rating(value)}, RULEBOOK, TEXT)
    return field.rating


def test_a_point_is_shown_with_the_ends_of_its_scale_and_its_own_words() -> None:
    assert shown(5) == ShownRating("5", "1", "5", {"zh": "好", "en": "good"})
    assert shown(3) == ShownRating("3", "1", "5", None)


def test_what_was_not_rated_shows_no_point() -> None:
    assert shown(None) is None


def test_the_one_thing_wrong_with_a_rating_is_its_point() -> None:
    assert DEFECTS_OF_KIND["rating"] == (DefectType.WRONG_VALUE,)

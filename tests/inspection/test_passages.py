"""A text with spans as the inspector sees it: cut where spans begin and end, nothing lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guiju.inspection.passages import cut_text
from guiju.inspection.showing import ShownLabel, ShownSpan

RED = ShownLabel({"zh": "人", "en": "Person"}, "#cc0000")
BLUE = ShownLabel({"zh": "地", "en": "Place"}, "#0000cc")


def test_a_piece_knows_every_span_over_it_and_draws_each_on_a_line_of_its_own() -> None:
    pieces = cut_text("北京大学在北京", [ShownSpan(RED, 0, 4), ShownSpan(BLUE, 0, 2)])
    assert [(piece.text, [span.label for span in piece.spans]) for piece in pieces] == [
        ("北京", [RED, BLUE]),
        ("大学", [RED]),
        ("在北京", []),
    ]
    assert pieces[0].lines == (("#cc0000", 0), ("#0000cc", 1))
    assert "linear-gradient(#cc0000,#cc0000),linear-gradient(#0000cc,#0000cc)" in pieces[0].style


places = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda both: ShownSpan(RED, min(both), max(both)))


@given(st.text(max_size=18), st.lists(places, max_size=8))
def test_the_pieces_together_are_the_text_and_lines_never_collide(text: str, spans: list[ShownSpan]) -> None:
    pieces = cut_text(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        lanes = [lane for _, lane in piece.lines]
        assert len(set(lanes)) == len(lanes) == len(piece.spans)
    assert all(one.text and other.text for one, other in pairwise(pieces))

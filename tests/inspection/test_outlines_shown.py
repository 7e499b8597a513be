"""Outlines as the inspector sees them: over their picture, each with its label's name and colour."""

from litestar import Litestar
from litestar.testing import TestClient

from guiju.inspection import draw_lot
from guiju.kinds import Answer, Polygon, Polygons
from guiju.kit import new_id
from tests.annotations.moving import publish_labels
from tests.inspection.build import Made, import_pictures, resolve_all
from tests.support.cast import Cast

RING = ((16.0, 12.0), (48.0, 12.0), (32.0, 36.0))


def test_an_outline_lies_over_its_picture_and_can_be_beside_the_edge(cast: Cast, client: TestClient[Litestar]) -> None:
    rulebook = publish_labels(cast, "polygon", ["leaf"])
    items = import_pictures(cast, cast.project, 2)
    answer: dict[str, Answer] = {"answer": Polygons((Polygon("p1", "leaf", RING),))}
    said = dict.fromkeys(items, answer)
    made = Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, said), items)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")
    cast.sign_in(client, "hu")
    page = client.get(f"/projects/{made.project}/lots/{lot}/inspect").text
    assert '<polygon points="25.0,25.0 75.0,25.0 50.0,75.0" style="--c:#0072b2"/>' in page
    assert '<b style="left:25.0%;top:25.0%;--c:#0072b2">leaf</b>' in page
    assert "1 个轮廓" in page
    assert 'value="shifted-outline"' in page
    assert 'value="loose-box"' not in page

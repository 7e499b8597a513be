"""A rough box becomes an outline: of what stands out in it, for those who may see the item, and never for long."""

import sys
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image, ImageDraw, ImageFilter

from guiju.data import item_ids
from guiju.data.outlining import actions
from guiju.data.outlining.errors import OutlinerNotInstalled, OutlinersBusy, OutlineTookTooLong
from guiju.data.outlining.model import Box, Deadline, View, Wanted
from guiju.data.outlining.outliners import grabcut, onnx
from guiju.data.outlining.rules import box_in_view, counts_of, largest_ring, outline_of, plan_view
from guiju.kinds.points import area_of, crosses_itself
from guiju.kinds.runs import read_runs
from tests.data.conftest import Importer

Write = Callable[[str, bytes | str], Path]
Client = TestClient[Litestar]
WIDE, HIGH = 640, 420
LEAF = (180, 120, 420, 320)
AREA = np.pi * 120 * 100
BOX = [160, 100, 280, 240]


def leaf(size: tuple[int, int] = (WIDE, HIGH), mode: str = "RGB") -> Image.Image:
    """A green ellipse on soil, with some grain."""
    picture = Image.new("RGB", size, (122, 96, 74))
    across, down = size[0] / WIDE, size[1] / HIGH
    where = (LEAF[0] * across, LEAF[1] * down, LEAF[2] * across, LEAF[3] * down)
    ImageDraw.Draw(picture).ellipse(where, fill=(60, 140, 66))
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(1)))
    grain = np.random.default_rng(3).normal(0, 10, (size[1], size[0], 3))
    return Image.fromarray((soft + grain).clip(0, 255).astype(np.uint8)).convert(mode)


def written(picture: Image.Image, form: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


@pytest.fixture
def show(importer: Importer, write: Write) -> Callable[[bytes, str], int]:
    """Import a picture; returns its item."""

    def bring(content: bytes, name: str = "leaf.jpg") -> int:
        importer.run(write(f"folder/{name}", content).parent)
        with importer.house.reading() as connection:
            return item_ids(connection, importer.cast.project)[-1]

    return bring


@pytest.fixture
def item(show: Callable[..., int]) -> int:
    return show(written(leaf(), quality=92))


def ask(client: Client, headers: dict[str, str], item: int, **wanted: Any) -> Any:
    return client.post(f"/api/v1/items/{item}/outline", json={"box": BOX, **wanted}, headers=headers)


def iou(counts: str, points: Any) -> float:
    """What a mask and a polygon share."""
    picture = Image.new("1", (WIDE, HIGH))
    ImageDraw.Draw(picture).polygon([(x - 0.5, y - 0.5) for x, y in points], fill=1)
    flat = np.repeat(np.arange(len(read_runs(counts) or [])) % 2, read_runs(counts) or [])
    one, other = flat.reshape(WIDE, HIGH).T.astype(bool), np.asarray(picture)
    return float((one & other).sum() / (one | other).sum())


def test_a_box_around_a_leaf_becomes_its_outline_as_polygon_and_as_mask(
    importer: Importer, client: Client, item: int
) -> None:
    headers = importer.cast.sign_in(client, "alice")
    polygon = ask(client, headers, item).json()
    assert polygon["outliner"] == "grabcut"
    points = tuple((x, y) for x, y in polygon["points"])
    assert area_of(points) == pytest.approx(AREA, rel=0.03)
    assert len(points) < 120
    assert not crosses_itself(points)
    mask = ask(client, headers, item, form="mask").json()
    assert mask["size"] == [HIGH, WIDE]
    assert sum((read_runs(mask["counts"]) or [])[1::2]) == pytest.approx(AREA, rel=0.03)
    assert iou(mask["counts"], points) > 0.97
    again = ask(client, headers, item).json()
    assert again == polygon, "the same box gives the same outline"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (written(leaf(mode="CMYK")), "cmyk.jpg"),
        (written(leaf(mode="RGBA"), "PNG"), "alpha.png"),
        (written(Image.fromarray(np.asarray(leaf())[:, :, 0].astype(np.uint16) * 200), "PNG"), "sixteen.png"),
        (written(leaf(mode="P"), "GIF"), "palette.gif"),
    ],
)
def test_pictures_of_every_make_are_looked_at(
    importer: Importer, client: Client, show: Callable[[bytes, str], int], content: bytes, name: str
) -> None:
    found = ask(client, importer.cast.sign_in(client, "alice"), show(content, name)).json()
    assert area_of(tuple((x, y) for x, y in found["points"])) == pytest.approx(AREA, rel=0.06)


def test_a_turned_picture_is_looked_at_upright(
    importer: Importer, client: Client, show: Callable[[bytes, str], int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = leaf().transpose(Image.Transpose.ROTATE_90)
    found = ask(client, importer.cast.sign_in(client, "alice"), show(written(turned, exif=exif), "turned.jpg")).json()
    assert area_of(tuple((x, y) for x, y in found["points"])) == pytest.approx(AREA, rel=0.06)


def test_a_large_picture_is_looked_at_small_and_answered_in_its_own_pixels(
    importer: Importer, client: Client, show: Callable[[bytes, str], int]
) -> None:
    big = show(written(leaf((4000, 2625))), "big.jpg")
    scale = 4000 / WIDE
    headers = importer.cast.sign_in(client, "alice")
    answer = client.post(
        f"/api/v1/items/{big}/outline", json={"box": [side * scale for side in BOX], "form": "mask"}, headers=headers
    )
    found = answer.json()
    assert found["size"] == [2625, 4000]
    runs = read_runs(found["counts"]) or []
    assert sum(runs) == 4000 * 2625
    assert sum(runs[1::2]) == pytest.approx(AREA * scale**2, rel=0.03)


def test_who_may_not_see_the_item_hears_that_it_is_not_there(importer: Importer, client: Client, item: int) -> None:
    stranger = importer.cast.sign_in(client, "mallory")
    answer = ask(client, stranger, item)
    assert (answer.status_code, answer.json()["code"]) == (404, "item-not-found")
    client.cookies.clear()
    assert ask(client, {}, item).status_code in {401, 403}


@pytest.mark.parametrize(
    ("wanted", "code", "status"),
    [
        ({"box": [900, 10, 40, 40]}, "box-beside-image", 422),
        ({"box": [10, 10, 0, 40]}, "box-beside-image", 422),
        ({"outliner": "magic"}, "unknown-outliner", 422),
        ({"box": [20, 20, 50, 40]}, "nothing-stands-out", 422),
    ],
)
def test_a_box_that_nothing_can_come_of_is_refused_by_name(
    importer: Importer, client: Client, show: Callable[[bytes, str], int], wanted: Any, code: str, status: int
) -> None:
    plain = Image.new("RGB", (WIDE, HIGH), (90, 90, 90))
    blank = show(written(plain, "PNG"), "blank.png")
    answer = ask(client, importer.cast.sign_in(client, "alice"), blank, **wanted)
    assert (answer.json()["code"], answer.status_code) == (code, status)
    assert answer.json()["next"]


def test_a_text_has_no_outline(importer: Importer, client: Client, write: Write) -> None:
    importer.run(write("a.csv", "id,text\n1,a leaf in words"))
    with importer.house.reading() as connection:
        (text,) = item_ids(connection, importer.cast.project)
    answer = ask(client, importer.cast.sign_in(client, "alice"), text)
    assert (answer.status_code, answer.json()["code"]) == (409, "not-on-a-picture")


def test_without_its_package_the_refusal_names_the_extra(
    importer: Importer, client: Client, item: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    answer = ask(client, importer.cast.sign_in(client, "alice"), item)
    assert (answer.status_code, answer.json()["code"]) == (501, "outliner-not-installed")
    assert "guiju[media]" in answer.json()["next"]


def test_a_person_asks_one_at_a_time_and_not_all_of_the_machine_is_taken(
    importer: Importer, item: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(*_: Any) -> Any:
        begun.set()
        go_on.wait(20)
        return np.ones((HIGH, WIDE), bool)

    house, alice = importer.house, importer.cast.alice
    monkeypatch.setattr(actions, "_segmented", slow)
    wanted = Wanted(Box(0, 0, WIDE, HIGH))
    thread = threading.Thread(target=lambda: actions.find_outline(house, alice, item, wanted))
    thread.start()
    assert begun.wait(20)
    try:
        with pytest.raises(OutlinersBusy):
            actions.find_outline(house, alice, item, wanted)
    finally:
        go_on.set()
        thread.join()
    assert actions.find_outline(house, alice, item, wanted).points, "the place is free again"


def test_a_deadline_that_is_over_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    picture = np.asarray(leaf())
    with pytest.raises(OutlineTookTooLong):
        grabcut.segment(picture, Box(*map(float, BOX)), Deadline.after(-1), tmp_path)


# What is looked at, and what becomes of it


def test_the_view_is_around_the_box_inside_of_the_picture_and_never_too_large() -> None:
    view = plan_view(Box(1000, 1000, 2000, 1500), 8000, 6000, 300_000)
    assert view is not None
    assert (view.left, view.top, view.right, view.bottom) == (300, 475, 3700, 3025)
    assert view.wide * view.high <= 300_000
    assert view.wide / view.high == pytest.approx(3400 / 2550, rel=0.01)
    inner = box_in_view(Box(1000, 1000, 2000, 1500), view)
    assert inner.x == pytest.approx(700 / view.across)
    corner = plan_view(Box(-50, -50, 60, 60), 100, 80, 10**6)
    assert corner == View(0, 0, 22, 22, 22, 22)
    assert plan_view(Box(100, 10, 50, 50), 100, 80, 10**6) is None


masks = arrays(np.bool_, (9, 11))


@settings(deadline=None)  # the first of them loads SciPy and the oracle
@given(masks)
def test_the_largest_ring_encloses_a_whole_piece_and_never_less(mask: Any) -> None:
    from scipy.ndimage import binary_fill_holes, label

    ring = largest_ring(mask)
    if not mask.any():
        assert ring == ()
        return
    pieces, count = label(mask)
    around = np.ones((3, 3), np.int64)
    assert area_of(ring) == max(int(binary_fill_holes(pieces == n, around).sum()) for n in range(1, count + 1))


@settings(deadline=None)  # the first of them loads SciPy and the oracle
@given(masks)
def test_run_lengths_of_a_part_are_those_of_the_whole(mask: Any) -> None:
    from pycocotools import mask as coco

    view = View(5, 3, 16, 12, 11, 9)
    whole = np.zeros((20, 30), np.uint8)
    whole[3:12, 5:16] = mask
    encoded: Any = coco.encode(np.asfortranarray(whole))
    assert counts_of(mask, view, 20, 30) == encoded["counts"].decode()
    full = View(0, 0, 11, 9, 11, 9)
    alone: Any = coco.encode(np.asfortranarray(mask.astype(np.uint8)))
    assert counts_of(mask, full, 9, 11) == alone["counts"].decode()


@settings(deadline=None)
@given(st.integers(20, 60), st.integers(20, 60))
def test_a_rectangle_stays_one_to_half_a_pixel(wide: int, high: int) -> None:
    mask = np.zeros((80, 80), bool)
    mask[5 : 5 + high, 7 : 7 + wide] = True
    points = outline_of(mask, View(100, 200, 180, 280, 80, 80))
    assert area_of(points) == pytest.approx(wide * high, rel=0.05)
    assert len(points) <= 8
    assert max(x for x, _ in points) == 107 + wide
    assert min(y for _, y in points) == 205


# A model of the user's own


def put_model(folder: Path, *, rank: int = 4, ask_for: str = "point_coords") -> None:
    """A model as small as can be: its mask is the box it is asked about, and its second mask is nothing."""
    onnx_ = pytest.importorskip("onnx", reason="the models of these tests are made by it")
    make, types = onnx_.helper, onnx_.TensorProto
    folder.mkdir(parents=True, exist_ok=True)
    shape = [1, 3, 64, 64] if rank == 4 else ["h", "w", 3]
    shown = make.make_tensor_value_info("image", types.FLOAT, shape)
    embeddings = make.make_tensor_value_info("image_embeddings", types.FLOAT, None)
    keep = make.make_node("Identity", ["image"], ["image_embeddings"])
    _write(make, make.make_graph([keep], "encoder", [shown], [embeddings]), folder / onnx.ENCODER)
    _write(make, _decoder(onnx_, ask_for, 64.0 if rank == 4 else 1024.0), folder / onnx.DECODER)


def _decoder(onnx_: Any, ask_for: str, side: float) -> Any:
    """`masks` is the box, as 1 inside and -1 outside: |2x - (left + right)| < right - left, and so for y."""
    make, types, to_array = onnx_.helper, onnx_.TensorProto, onnx_.numpy_helper.from_array
    inputs = [
        make.make_tensor_value_info("image_embeddings", types.FLOAT, None),
        make.make_tensor_value_info(ask_for, types.FLOAT, [1, 2, 2]),
        make.make_tensor_value_info("point_labels", types.FLOAT, [1, 2]),
        make.make_tensor_value_info("mask_input", types.FLOAT, [1, 1, 256, 256]),
        make.make_tensor_value_info("has_mask_input", types.FLOAT, [1]),
        make.make_tensor_value_info("orig_im_size", types.FLOAT, [2]),
    ]
    constants = {
        "nought": np.array(0, np.float32),
        "one": np.array(1, np.float32),
        "half": np.array(0.5, np.float32),
        "side": np.array(side, np.float32),
        "first": np.array([0], np.int64),
        "second": np.array([1], np.int64),
        "columns": np.array([1, 1, 1, -1], np.int64),
        "rows": np.array([1, 1, -1, 1], np.int64),
        "scalar": np.array([], np.int64),
        "sure": np.array([[0.2, 0.9]], np.float32),
        "minus": np.array(-1, np.float32),
    }
    nodes = [
        make.make_node("Gather", ["orig_im_size", "first"], ["high1"], axis=0),
        make.make_node("Gather", ["orig_im_size", "second"], ["wide1"], axis=0),
        make.make_node("Reshape", ["high1", "scalar"], ["high"]),
        make.make_node("Reshape", ["wide1", "scalar"], ["wide"]),
        make.make_node("Max", ["high", "wide"], ["longer"]),
        make.make_node("Div", ["longer", "side"], ["grow"]),
        make.make_node("Mul", [ask_for, "grow"], ["corners"]),
        make.make_node("Split", ["corners"], ["low", "far"], axis=1, num_outputs=2),
        make.make_node("Split", ["low"], ["left", "top"], axis=2, num_outputs=2),
        make.make_node("Split", ["far"], ["right", "bottom"], axis=2, num_outputs=2),
        *_between(make, "wide", "columns", ("left", "right"), "across"),
        *_between(make, "high", "rows", ("top", "bottom"), "down"),
        make.make_node("Mul", ["across", "down"], ["inside"]),
        make.make_node("Sub", ["inside", "half"], ["drawn"]),
        make.make_node("Mul", ["drawn", "nought"], ["flat"]),
        make.make_node("Sub", ["flat", "one"], ["empty"]),
        make.make_node("Concat", ["empty", "drawn"], ["masks"], axis=1),
        make.make_node("Identity", ["sure"], ["iou_predictions"]),
    ]
    outputs = [
        make.make_tensor_value_info("masks", types.FLOAT, None),
        make.make_tensor_value_info("iou_predictions", types.FLOAT, [1, 2]),
    ]
    held = [to_array(value, name) for name, value in constants.items()]
    return make.make_graph(nodes, "decoder", inputs, outputs, initializer=held)


def _between(make: Any, count: str, shape: str, ends: tuple[str, str], name: str) -> list[Any]:
    low, high = ends
    return [
        make.make_node("Range", ["nought", count, "one"], [f"{name}-steps"]),
        make.make_node("Add", [f"{name}-steps", "half"], [f"{name}-middles"]),
        make.make_node("Reshape", [f"{name}-middles", shape], [f"{name}-line"]),
        make.make_node("Greater", [f"{name}-line", low], [f"{name}-after"]),
        make.make_node("Less", [f"{name}-line", high], [f"{name}-before"]),
        make.make_node("And", [f"{name}-after", f"{name}-before"], [f"{name}-both"]),
        make.make_node("Cast", [f"{name}-both"], [name], to=1),
    ]


def _write(make: Any, graph: Any, path: Path) -> None:
    model = make.make_model(graph, opset_imports=[make.make_opsetid("", 18)], ir_version=9)
    path.write_bytes(model.SerializeToString())


@pytest.mark.parametrize("rank", [4, 3])
def test_a_model_in_the_home_goes_before_grabcut(importer: Importer, client: Client, item: int, rank: int) -> None:
    put_model(importer.house.home / "outliners" / "onnx", rank=rank)
    headers = importer.cast.sign_in(client, "alice")
    found = ask(client, headers, item).json()
    assert found["outliner"] == "onnx"
    corners = [min(x for x, _ in found["points"]), min(y for _, y in found["points"])]
    assert corners == pytest.approx(BOX[:2], abs=2)
    assert area_of(tuple((x, y) for x, y in found["points"])) == pytest.approx(BOX[2] * BOX[3], rel=0.03)
    assert ask(client, headers, item, outliner="grabcut").json()["outliner"] == "grabcut"


def test_what_is_no_model_and_a_model_of_another_make_are_refused_with_the_reason(
    importer: Importer, client: Client, item: int
) -> None:
    folder = importer.house.home / "outliners" / "onnx"
    headers = importer.cast.sign_in(client, "alice")
    answer = ask(client, headers, item, outliner="onnx").json()
    assert (answer["code"], answer["details"]["reason"]) == ("outliner-unreadable", "encoder.onnx is missing")
    put_model(folder, ask_for="where")
    answer = ask(client, headers, item).json()
    assert answer["details"]["reason"] == "its decoder asks for where"
    (folder / onnx.ENCODER).write_bytes(b"no model")
    answer = ask(client, headers, item).json()
    assert answer["code"] == "outliner-unreadable"
    assert "No graph" in answer["message"] or "protobuf" in answer["message"].lower()


def test_without_onnxruntime_the_refusal_names_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_model(tmp_path)
    onnx.forget_sessions()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(OutlinerNotInstalled) as refused:
        onnx.segment(np.asarray(leaf()), Box(*map(float, BOX)), Deadline.after(5), tmp_path)
    assert refused.value.details["extra"] == "images"

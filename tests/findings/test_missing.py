"""What nobody has labelled the like of is told by scene; labels of pictures are doubted by their vectors."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from guiju.findings.picks.actions import look_at_pick, make_pick, trial_of_pick
from guiju.findings.picks.model import Of
from guiju.kit import new_id
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.scenes import View, ask_to_make
from guiju.storage import work_jobs
from tests.findings.test_analysis import analyse
from tests.inspection.build import choice, import_files, import_texts, publish, resolve_all, sign_a_brief
from tests.scenes.conftest import texts
from tests.support.cast import Cast

KINDS = ("refund", "parcel", "发票")


def find_scenes(cast: Cast, view: View, count: int) -> None:
    ask_to_make(cast.house, cast.zhou, cast.project, view, request_id=new_id(), count=count)
    work_jobs(cast.house, SCENE_JOBS)


def test_a_class_that_nobody_labelled_is_what_is_missing_and_goes_into_a_trial(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    known = import_texts(cast, cast.project, texts(20, kinds=KINDS))
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {item: choice("a") for item in known})
    new = [f"门店周{'一二三四五六日'[n % 7]}几点营业，{n} 号店停车方便吗" for n in range(15)]
    every = import_texts(cast, cast.project, [*texts(8, start=40, kinds=KINDS), *new])
    usual, planted = [e for e in every if e not in known][:24], set(every[-15:])
    find_scenes(cast, View.TEXT, 4)
    [missing] = analyse(cast).missing
    assert (missing.view, missing.labelled, missing.unlabelled) == ("text", 60, 39)
    told = [item for row in missing.scenes for item in row.items]
    assert planted <= set(told), "the whole planted class is far from all that is labelled"
    assert len(set(told) & set(usual)) <= 5, "of what is like the labelled items hardly any"
    assert missing.scenes[0].far >= 12, "and one scene holds it"
    sign_a_brief(cast, cast.project)
    details = {"view": "text", "scene_id": str(missing.scenes[0].id)}
    chosen = make_pick(cast.house, cast.zhou, cast.project, of=Of.FAR, details=details)
    assert list(look_at_pick(cast.house, cast.zhou, cast.project, chosen).pick.items) == missing.scenes[0].items
    where = (cast.house, cast.zhou, cast.project, chosen)
    trial_of_pick(*where, request_id=new_id(), account_ids=[cast.alice.id, cast.bob.id])


def test_without_a_map_or_with_too_few_labels_nothing_is_said_to_be_missing(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, texts(10, kinds=KINDS))
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {item: choice("a") for item in items[:10]})
    assert analyse(cast).missing == []
    find_scenes(cast, View.TEXT, 3)
    assert analyse(cast).missing == []


def picture(kind: int, number: int) -> bytes:
    """Red discs or blue bars, no two the same."""
    drawn, some = Image.new("RGB", (64, 64), (240, 240, 235)), random.Random(kind * 1_000 + number)
    x, y, pen = some.randrange(8, 28), some.randrange(8, 28), ImageDraw.Draw(drawn)
    if kind:
        pen.rectangle((x, 4, x + 12, 60), fill=(20, 40, 150 + some.randrange(60)))
    else:
        pen.ellipse((x, y, x + 26, y + 26), fill=(150 + some.randrange(60), 20, 30))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def test_labels_of_pictures_unlike_those_of_similar_pictures_are_doubted_once_there_is_a_map(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    folder = cast.house.home.parent / "pictures"
    folder.mkdir()
    for number in range(40):
        (folder / f"p{number:02}.png").write_bytes(picture(number % 2, number))
    items = import_files(cast, cast.project, [folder])
    wrong = {4, 17}
    said = {item: choice("ab"[(n % 2) ^ (n in wrong)]) for n, item in enumerate(items)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    assert analyse(cast).fields[0].doubts is None
    find_scenes(cast, View.IMAGE, 2)
    doubts = analyse(cast).fields[0].doubts
    assert doubts is not None
    assert {one.item for one in doubts.listed[:2]} == {items[n] for n in wrong}
    assert doubts.right == pytest.approx(0.95, abs=0.03)

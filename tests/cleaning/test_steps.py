"""Each step does one thing, gives the same for the same, and leaves alone what it is not for."""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import soundfile
from PIL import Image

from guiju.cleaning.recipes.document import read_recipe, write_recipe
from guiju.cleaning.recipes.errors import RecipeEmpty, RecipeUnreadable, StepOptionWrong, StepUnknown
from guiju.cleaning.recipes.files import facts_of
from guiju.cleaning.recipes.model import Around, Piece, StepSaid
from guiju.cleaning.recipes.rules import Made, carry_out, marks_of, must_confirm, ready, tidy
from guiju.cleaning.recipes.steps import STEPS
from guiju.cleaning.recipes.steps.model import texts_of
from guiju.cleaning.recipes.steps.sound import MOST_MINUTES
from guiju.data import Media
from tests.support.raw_pictures import SIZE, drawn, has_place, odd_ones, saved, sixteen_bits, taken_by_a_phone
from tests.support.sounds import silence, sound_bytes, tone

KEY = b"k" * 32


def through(piece: Piece, step: str, **options: Any) -> Made:
    return carry_out(piece, ready([StepSaid(step, options)]), KEY)


def text(said: str, **more: Any) -> Piece:
    return Piece(Media.TEXT, "t", text=said, **more)


def said(piece: Piece | str, step: str, **options: Any) -> list[str]:
    made = through(text(piece) if isinstance(piece, str) else piece, step, **options)
    assert made.fault is None
    return [one for each in made.pieces for one in texts_of(each)]


TALK = Piece(Media.DIALOGUE, "d", document={"turns": [{"speaker": "客户", "text": "我的电话是13800138000"}]})


@pytest.mark.parametrize(
    ("step", "options", "before", "after"),
    [
        ("width", {}, "ＡＢＣ１２３，你好　啊", "ABC123，你好 啊"),
        ("width", {"punctuation": True}, "你好，世界！", "你好,世界!"),
        ("width", {"kana": True}, "ｶﾀｶﾅ", "カタカナ"),
        ("width", {"shapes": True}, "①㎏ﬁ", "1kgfi"),
        ("width", {}, "①", "①"),
        ("script", {}, "電話號碼", "电话号码"),
        ("script", {"to": "s2t"}, "电话号码", "電話號碼"),
        ("mojibake", {}, "ä½\u00a0å¥½", "你好"),
        ("mojibake", {}, "鐢ㄦ埛", "用户"),
        ("mojibake", {}, "联通是一家公司", "联通是一家公司"),
        ("html", {}, "<p>甲</p><p>乙<br>丙</p><script>x=1</script>", "甲\n\n乙\n丙"),
        ("html", {}, "1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("html", {}, "a < b 而且 1<2", "a < b 而且 1<2"),
        ("spaces", {}, " 甲 \t 乙\r\n\r\n\r\n丙\u200b\x07 ", "甲 乙\n\n丙"),
        ("spaces", {"emoji": "remove"}, "好😀的👍🏽", "好的"),
        ("spaces", {"emoji": "tag"}, "好👨‍👩‍👧", "好【表情】"),
        ("spaces", {"faces": True}, "好[微笑]", "好"),
        ("mask", {}, "打13800138000找张先生", "打【电话】找【姓名】先生"),
        ("mask", {"uncertain": False}, "打13800138000找张先生", "打【电话】找张先生"),
        ("mask", {"how": "last4"}, "打13800138000", "打*******8000"),
        ("mask", {"how": "remove"}, "打13800138000吧", "打吧"),
        ("mask", {"kinds": {"mobile": "keep"}}, "13800138000 a@b.cn", "13800138000 【邮箱】"),
        ("mask", {"language": "en"}, "call 13800138000", "call [PHONE]"),
        ("mask", {"words": ["星河"]}, "星河公司", "【隐去】公司"),
    ],
)
def test_a_text_is_cleaned(step: str, options: dict[str, Any], before: str, after: str) -> None:
    assert said(before, step, **options) == [after]
    assert said(after, step, **options) == [after], "a second time changes nothing"


def test_a_pseudonym_is_the_same_however_the_number_was_written_and_another_one_in_another_project() -> None:
    [one] = said("13800138000 / １３８-0013-8000 / 13900139000", "mask", how="pseudonym")
    first, second, third = one.split(" / ")
    assert first == second != third
    other = carry_out(text("13800138000"), ready([StepSaid("mask", {"how": "pseudonym"})]), b"other").pieces[0].text
    assert other not in {first, third}


def test_an_item_may_be_dropped_for_what_it_says_about_a_person() -> None:
    made = through(text("卡号4111111111111111"), "mask", kinds={"bank-card": "drop"})
    assert (made.outcome, made.pieces, made.masked) == ("dropped", [], True)


def test_masking_reaches_every_turn_the_name_and_other_columns() -> None:
    made = through(msgspec.structs.replace(TALK, name="13800138000.txt", meta={"tel": 13800138000, "n": 3}), "mask")
    [piece] = made.pieces
    assert (texts_of(piece), piece.name, piece.meta) == (
        ["我的电话是【电话】"],
        "【电话】.txt",
        {"tel": "【电话】", "n": 3},
    )


def test_a_dialogue_loses_the_turns_that_have_nothing_left() -> None:
    talk = Piece(
        Media.DIALOGUE, "d", document={"turns": [{"speaker": "a", "text": "好"}, {"speaker": "b", "text": "😀"}]}
    )
    assert said(talk, "spaces", emoji="remove") == ["好"]


def test_long_texts_are_split_at_empty_lines_ruled_lines_or_sentences() -> None:
    assert said("甲\n\n乙\n \n丙", "split") == ["甲", "乙", "丙"]
    assert said("甲\n---\n乙", "split", at="ruled-lines") == ["甲", "乙"]
    assert said("一二三。四五六！七八九？", "split", at="sentences", most=8) == ["一二三。四五六！", "七八九？"]
    made = through(text("甲\n\n乙"), "split")
    assert ([piece.name for piece in made.pieces], made.outcome) == (["t #1", "t #2"], "split")


def test_speakers_marks_make_a_dialogue_and_any_other_text_stays() -> None:
    [piece] = through(text("客户：你好\n还在吗\n客服: 您好"), "speakers").pieces
    assert piece.document == {
        "turns": [{"speaker": "客户", "text": "你好\n还在吗"}, {"speaker": "客服", "text": "您好"}]
    }
    assert through(text("注意：明天放假"), "speakers").outcome == "unchanged"


def test_a_filter_keeps_or_drops_by_all_its_conditions() -> None:
    assert said("好", "filter", least=2) == []
    assert said("hello there", "filter", language="chinese") == []
    assert said("你好 hi", "filter", language="chinese", contains=["你"]) == ["你好 hi"]
    assert said(text("x", meta={"channel": "app"}), "filter", then="drop", column="channel", value="app") == []


def picture(size: tuple[int, int], kind: str = "JPEG", orientation: int = 0) -> Piece:
    out, image = BytesIO(), Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(out, kind, **({"exif": exif} if orientation else {}))
    return Piece(Media.IMAGE, "p", content=out.getvalue())


def looked(made: Made) -> Image.Image:
    return Image.open(BytesIO(made.pieces[0].content or b""))


def test_a_picture_is_made_smaller_upright_and_without_what_the_camera_wrote() -> None:
    image = looked(through(picture((400, 200), orientation=6), "picture", longest=100))
    assert (image.size, dict(image.getexif())) == ((50, 100), {})
    assert through(picture((40, 20)), "picture", longest=100).outcome == "unchanged"
    assert looked(through(picture((40, 20)), "picture", mode="grey", format="png")).mode == "L"


def test_where_a_picture_was_taken_leaves_the_file_with_everything_else_a_camera_wrote() -> None:
    content = taken_by_a_phone(drawn("leaves", 1))
    assert has_place(content)
    image = looked(through(Piece(Media.IMAGE, "p", content=content), "picture"))
    assert (image.size, dict(image.getexif())) == (SIZE, {})
    noted = saved(drawn("leaves", 1), comment=b"taken at home", xmp=b"<x:xmpmeta/>")
    bare = through(Piece(Media.IMAGE, "p", content=noted), "picture").pieces[0]
    assert not looked(through(bare, "picture")).info.keys() & {"comment", "xmp"}
    assert through(bare, "picture").outcome == "unchanged"


def test_sixteen_bits_become_eight_and_keep_what_is_to_be_seen() -> None:
    deep = Piece(Media.IMAGE, "p", content=sixteen_bits(drawn("stripes", 1)))
    image = looked(through(deep, "picture", mode="rgb", longest=64))
    grey = np.asarray(image.convert("L"))
    darkest, brightest = int(grey.min()), int(grey.max())
    assert (image.mode, darkest < 60, brightest > 200) == ("RGB", True, True)


def test_what_is_too_small_or_blurred_is_dropped_and_what_cannot_be_measured_is_not() -> None:
    fine, tiny = (Piece(Media.IMAGE, "p", content=saved(drawn("spots", 1).resize(size))) for size in (SIZE, (40, 30)))
    blurred = Piece(Media.IMAGE, "p", content=odd_ones()["odd/blurred.jpg"])
    assert [through(each, "fit", side=64, sharpness=20).outcome for each in (fine, tiny, blurred)] == [
        "unchanged",
        "dropped",
        "dropped",
    ]
    assert through(fine, "fit", brightest=20).outcome == "dropped"
    assert through(msgspec.structs.replace(fine, content=b"\xff\xd8\xff"), "fit").outcome == "failed"


def test_sounds_too_short_or_too_quiet_are_dropped() -> None:
    heard, faint = (Piece(Media.AUDIO, "s", content=sound_bytes(tone(1.0, loud=loud))) for loud in (0.5, 0.001))
    assert through(heard, "fit", shortest=500, longest=2, loudness=-40).outcome == "unchanged"
    assert through(faint, "fit", loudness=-40).outcome == "dropped"
    assert through(heard, "fit", shortest=1_500).outcome == "dropped"


def test_a_file_is_told_in_a_line_before_and_after() -> None:
    before = Piece(Media.IMAGE, "p", content=taken_by_a_phone(drawn("leaves", 1)))
    [after] = through(before, "picture", longest=160).pieces
    told, left = facts_of(before), facts_of(after)
    assert told is not None
    assert left is not None
    assert (told.line.split(",")[0], told.is_located) == ("320 × 240 JPEG", True)
    assert (left.line.split(",")[0], left.is_located, left.is_marked) == ("160 × 120 JPEG", False, False)
    assert left.small.startswith("data:image/webp;base64,")
    assert facts_of(Piece(Media.IMAGE, "p", content=b"nothing")) is None
    sound = facts_of(Piece(Media.AUDIO, "s", content=sound_bytes(tone(0.5))))
    assert sound is not None
    assert sound.line.startswith("0.50 s, 16,000 Hz × 1 WAV")


def test_a_picture_that_no_longer_decodes_stops_at_its_item() -> None:
    broken = Piece(Media.IMAGE, "p", content=(picture((80, 80)).content or b"")[:300])
    made = through(broken, "picture", longest=10)
    assert (made.outcome, made.fault is not None) == ("failed", True)


def test_a_sound_loses_its_silence_and_gets_one_rate() -> None:
    heard = np.concatenate([silence(0.5, 8_000), tone(1.0, rate=8_000), silence(0.5, 8_000)])
    piece = Piece(Media.AUDIO, "s", content=sound_bytes(heard, rate=8_000))
    made = through(piece, "sound", rate=16_000)
    assert made.fault is None
    samples, rate = soundfile.read(BytesIO(made.pieces[0].content or b""))
    assert rate == 16_000
    assert 1.1 <= len(samples) / rate <= 1.3
    assert through(Piece(Media.AUDIO, "s", content=sound_bytes(silence(0.3))), "sound").outcome == "dropped"
    assert MOST_MINUTES == 60


def test_a_step_that_raises_stops_at_its_item_with_the_reason() -> None:
    made = carry_out(Piece(Media.DIALOGUE, "d", document={}), ready([StepSaid("width")]), KEY)
    assert made.outcome == "failed"
    assert made.fault is not None
    assert made.fault.details["step"] == "width"


@pytest.mark.parametrize("code", STEPS)
def test_any_step_takes_a_text_of_a_million_characters_and_gives_the_same_twice(code: str) -> None:
    long = text("用户１３８００１３８０００<b>说😀 " * 50_000)
    one, two = (through(long, code) for _ in range(2))
    assert (one.fault, one.pieces) == (None, two.pieces)


@pytest.mark.parametrize("code", STEPS)
def test_every_option_has_words_and_every_choice_too(code: str) -> None:
    step = STEPS[code]
    assert set(step.words) == {field.name for field in msgspec.structs.fields(step.options)}
    page = (Path(__file__).parents[2] / "docs" / "cleaning" / "steps.md").read_text("utf-8")
    assert f"`{code}`" in page
    assert not [option for option in step.words if f"`{option}`" not in page]


def test_a_recipe_is_a_document_that_reads_back() -> None:
    document = "recipe: 客服\nsteps:\n  - html\n  - step: mask\n    how: last4\n    kinds: {name: keep}\n"
    name, steps = read_recipe(document)
    assert (name, [one.step.code for one in steps]) == ("客服", ["html", "mask"])
    assert read_recipe(write_recipe(name, steps)) == (name, steps)
    assert tidy(ready(tidy(steps))) == tidy(steps)


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        ("recipe: x\nsteps: []", RecipeEmpty),
        ("recipe: x\nsteps:\n  - bleach", StepUnknown),
        ("recipe: x\nsteps:\n  - step: mask\n    how: shred", StepOptionWrong),
        ("recipe: x\nsteps:\n  - step: mask\n    hwo: tag", StepOptionWrong),
        ("recipe: x\nsteps:\n  - step: picture\n    longest: -1", StepOptionWrong),
        ("recipe: [", RecipeUnreadable),
        ("steps: [html]", RecipeUnreadable),
        ("recipe: " + "x" * 81 + "\nsteps: [html]", RecipeUnreadable),
    ],
)
def test_a_recipe_that_is_none_is_refused_by_name(document: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_recipe(document)


def test_half_of_the_characters_or_of_the_items_must_be_confirmed() -> None:
    assert must_confirm(0.5, 0)
    assert must_confirm(0, 0.5)
    assert not must_confirm(0.49, 0.49)


def test_what_masking_takes_away_counts_even_where_the_tag_is_as_long() -> None:
    assert through(text("电话13800138000"), "mask").lost == 11
    assert through(text("<b>好</b>"), "html").lost == 7


def test_differences_are_marked() -> None:
    before, [after] = text("电话13800138000吧"), through(text("电话13800138000吧"), "mask").pieces
    assert [(mark.kind, mark.text) for mark in marks_of(before, [after])] == [
        ("same", "电话"),
        ("gone", "13800138000"),
        ("new", "【电话】"),
        ("same", "吧"),
    ]
    assert [mark.kind for mark in marks_of(before, [])] == ["gone"]


def test_a_mask_never_sees_what_it_was_not_told() -> None:
    around = Around(KEY)
    step = STEPS["mask"]
    assert step.run(text("没有什么"), step.options(), around) == [text("没有什么")]
    assert around.masked == 0

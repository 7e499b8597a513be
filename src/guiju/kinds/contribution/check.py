"""What can be wrong with what people give: too little of it, or not good enough by what was measured."""

from collections.abc import Iterator

from guiju.kinds.contribution.options import ContributionOptions
from guiju.kinds.contribution.shape import Contributions, Given
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import MakeProblem, problem
from guiju.kit import N_

nothing_given = problem(
    "nothing-given",
    N_("“{field}” has {count} of at least {limit} contributions."),
    N_("Record, photograph or write what the prompt asks for."),
)
too_many = problem(
    "too-many-given",
    N_("“{field}” has {count} contributions; it takes at most {limit}."),
    N_("Take away those that are not needed."),
)
wrong_mode = problem(
    "contribution-wrong-mode",
    N_("“{field}” asks for a {expected}, and a {given} was given."),
    N_("Give what the prompt asks for."),
)
too_brief = problem(
    "sound-too-brief",
    N_("Too short: {seconds} s; at least {limit} s are asked for."),
    N_("Record it again, and read the whole prompt."),
)
too_lengthy = problem(
    "sound-too-lengthy",
    N_("Too long: {seconds} s; at most {limit} s are asked for."),
    N_("Record it again, and stop when you have read the prompt."),
)
too_quiet = problem(
    "sound-too-quiet",
    N_("Too quiet: {level} dB; at least {limit} dB are asked for."),
    N_("Speak nearer to the microphone, or turn it up, and record it again."),
)
clipped = problem(
    "sound-clipped",
    N_("Distorted: {share}% of the sound is cut off at the top; at most {limit}% may be."),
    N_("Move away from the microphone, or turn it down, and record it again."),
)
too_silent = problem(
    "sound-too-silent",
    N_("Mostly silence: {share}% of it; at most {limit}% may be."),
    N_("Check that the right microphone is chosen, and speak as soon as the recording begins."),
)
too_noisy = problem(
    "sound-too-noisy",
    N_("Too noisy: the background is at {level} dB; at most {limit} dB are asked for."),
    N_("Close the window, switch fans off, and record it again."),
)
low_rate = problem(
    "sound-low-rate",
    N_("Recorded at {rate} Hz; at least {limit} Hz are asked for."),
    N_("Choose another microphone: a headset over Bluetooth often records at 8,000 Hz."),
)
too_small = problem(
    "picture-too-small",
    N_("Too small: {width} × {height} pixels; the shorter side needs {limit}."),
    N_("Take the photograph with a higher resolution, and not from a chat that shrinks pictures."),
)
blurred = problem(
    "picture-blurred",
    N_("Blurred: its sharpness is {sharpness}; at least {limit} is asked for."),
    N_("Hold still, wait until the camera has focused, and take it again."),
)
too_dark = problem(
    "picture-too-dark",
    N_("Too dark: its brightness is {brightness} of 255; at least {limit} is asked for."),
    N_("Take it in more light."),
)
too_bright = problem(
    "picture-too-bright",
    N_("Too bright: its brightness is {brightness} of 255; at most {limit} is asked for."),
    N_("Take it without the flash, or turn away from the light."),
)
few_characters = problem(
    "given-text-too-short",
    N_("Too short: {count} characters; at least {limit} are asked for."),
    N_("Write more of what the prompt asks for."),
)
many_characters = problem(
    "given-text-too-long",
    N_("Too long: {count} characters; at most {limit} are asked for."),
    N_("Shorten it."),
)
wrong_language = problem(
    "given-wrong-language",
    N_("It seems to be written in “{language}”; asked for is {wanted}."),
    N_("Write it in the language that the prompt asks for."),
)
too_alike = problem(
    "given-too-alike",
    N_("It is {share}% like something that was given before; at most {limit}% may be."),
    N_("Give something of your own, new for this prompt."),
)


def check(answer: Contributions, field: FieldShape, _item: ItemShape) -> list[Problem]:
    told = field.option(ContributionOptions)
    count, found = len(answer.given), list[Problem]()
    least = max(told.least, 1) if field.required else told.least if count else 0
    if count < least:
        found.append(nothing_given(field=field.id, count=count, limit=least))
    if count > told.most:
        found.append(too_many(field=field.id, count=count, limit=told.most))
    return [*found, *(problem for one in answer.given for problem in check_one(one, field))]


def check_one(one: Given, field: FieldShape) -> list[Problem]:
    """What is wrong with one thing given, by the limits of the field; `shape` in the details names it."""
    told = field.option(ContributionOptions)
    if one.mode != told.mode:
        return [wrong_mode(field=field.id, shape=one.id, expected=told.mode, given=one.mode)]
    tests = {"sound": _of_sound, "picture": _of_picture, "text": _of_text}[one.mode]
    return [
        make(field=field.id, shape=one.id, **details)
        for make, wrong, details in (*tests(one, told), *_of_any(one, told))
        if wrong
    ]


Test = tuple[MakeProblem, bool, dict[str, object]]


def _of_sound(one: Given, told: ContributionOptions) -> Iterator[Test]:
    measures = one.measures
    seconds, level = measures.get("seconds", 0.0), measures.get("level", -96.0)
    clipping, silence = measures.get("clipping", 0.0), measures.get("silence", 100.0)
    noise, rate = measures.get("noise", -96.0), measures.get("rate", 0.0)
    yield too_brief, seconds < told.min_seconds, {"seconds": seconds, "limit": told.min_seconds}
    yield too_lengthy, seconds > told.max_seconds, {"seconds": seconds, "limit": told.max_seconds}
    yield too_quiet, level < told.min_level, {"level": level, "limit": told.min_level}
    yield clipped, clipping > told.max_clipping, {"share": clipping, "limit": told.max_clipping}
    yield too_silent, silence > told.max_silence, {"share": silence, "limit": told.max_silence}
    yield too_noisy, told.max_noise < 0 and noise > told.max_noise, {"level": noise, "limit": told.max_noise}
    yield low_rate, rate < told.min_rate, {"rate": int(rate), "limit": told.min_rate}


def _of_picture(one: Given, told: ContributionOptions) -> Iterator[Test]:
    measures = one.measures
    width, height = int(measures.get("width", 0)), int(measures.get("height", 0))
    sharp, bright = measures.get("sharpness", 0.0), measures.get("brightness", 0.0)
    yield too_small, min(width, height) < told.min_side, {"width": width, "height": height, "limit": told.min_side}
    yield blurred, sharp < told.min_sharpness, {"sharpness": sharp, "limit": told.min_sharpness}
    yield too_dark, bright < told.min_brightness, {"brightness": bright, "limit": told.min_brightness}
    yield too_bright, bright > told.max_brightness, {"brightness": bright, "limit": told.max_brightness}


def _of_text(one: Given, told: ContributionOptions) -> Iterator[Test]:
    count = int(one.measures.get("characters", 0))
    wanted: dict[str, object] = {"language": one.language, "wanted": ", ".join(told.languages)}
    yield few_characters, count < told.min_characters, {"count": count, "limit": told.min_characters}
    yield many_characters, count > told.max_characters, {"count": count, "limit": told.max_characters}
    yield wrong_language, not is_written_in(one.language, told.languages), wanted


def _of_any(one: Given, told: ContributionOptions) -> Iterator[Test]:
    share = one.measures.get("alike", 0.0)
    yield too_alike, share > told.max_alike, {"share": share, "limit": told.max_alike}


_WRITTEN_IN = {"latin": frozenset({"en", "de", "fr", "es", "pt", "it", "nl", "id", "vi", "tr", "pl"}),
               "cyrillic": frozenset({"ru", "uk"})}  # fmt: skip


def is_written_in(found: str, wanted: tuple[str, ...]) -> bool:
    """Whether a guessed language can be one of those wanted; a guess that only names a script fits its languages.

    >>> is_written_in("zh-Hans", ("zh",)), is_written_in("latin", ("en",)), is_written_in("en", ("zh",))
    (True, True, False)
    """
    if not wanted or found in {"", "none"}:
        return True
    return any(
        found == one
        or found.startswith(f"{one}-")
        or one.startswith(f"{found}-")
        or one in _WRITTEN_IN.get(found, frozenset())
        for one in wanted
    )

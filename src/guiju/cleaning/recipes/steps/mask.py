"""Personal data out of the words, kind by kind: a tag, the last four signs, a pseudonym, nothing, or no item at all."""

import hashlib
import hmac
import re
from typing import Any, Literal, TypeAlias, cast

import msgspec

from guiju.cleaning.personal import KIND_TAGS, Found, PersonalKind, find_personal, half_width
from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import WRITTEN, Step, change_texts, texts_of
from guiju.kit import N_

How: TypeAlias = Literal["tag", "last4", "pseudonym", "remove", "drop", "keep"]
_PSEUDONYM_SIGNS = 6
_KEPT = 4
_MOST_WORDS = 1_000
_JOINTS = re.compile(r"[\s·•・.()+-]")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    how: How = "tag"
    kinds: dict[PersonalKind, How] = {}
    uncertain: bool = True
    language: Literal["zh", "en"] = "zh"
    words: tuple[str, ...] = ()
    meta: bool = True

    def __post_init__(self) -> None:
        if len(self.words) > _MOST_WORDS:
            raise ValueError(f"words: more than {_MOST_WORDS}")

    def how_of(self, kind: PersonalKind) -> How:
        return self.kinds.get(kind, self.how)


def mask(piece: Piece, options: Options, around: Around) -> list[Piece]:
    """The piece without what it says about people, its name and other columns included."""
    told = [*texts_of(piece), *([piece.name] if options.meta else []), *_values(piece.meta if options.meta else None)]
    if any(options.how_of(hit.kind) == "drop" for text in told for hit in _found(text, options)):
        around.masked += 1
        return []
    before = around.masked
    masked = change_texts(piece, lambda text: _masked(text, options, around))
    if options.meta:
        masked = [_outside(one, options, around) for one in masked]
    return masked if around.masked > before else [piece]


def _outside(piece: Piece, options: Options, around: Around) -> Piece:
    aside = Around(around.key)
    name = _masked(piece.name, options, aside)
    meta = cast(dict[str, Any] | None, _deep(piece.meta, options, aside))
    if not aside.masked:
        return piece
    around.masked += aside.masked
    return msgspec.structs.replace(piece, name=name, meta=meta)


def _deep(value: object, options: Options, around: Around) -> object:
    """Other columns with everything in them masked. A number that is a telephone's becomes a tag, too."""
    if isinstance(value, dict):
        return {key: _deep(one, options, around) for key, one in cast(dict[str, object], value).items()}
    if isinstance(value, list):
        return [_deep(one, options, around) for one in cast(list[object], value)]
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        masked = _masked(str(value), options, around)
        return value if masked == str(value) else masked
    return value


def _values(value: object) -> list[str]:
    if isinstance(value, dict):
        return [said for one in cast(dict[str, object], value).values() for said in _values(one)]
    if isinstance(value, list):
        return [said for one in cast(list[object], value) for said in _values(one)]
    return [str(value)] if isinstance(value, str | int) else []


def _found(text: str, options: Options) -> list[Found]:
    return [
        hit for hit in find_personal(text) if (hit.certain or options.uncertain) and options.how_of(hit.kind) != "keep"
    ]


def _masked(text: str, options: Options, around: Around) -> str:
    out: list[str] = []
    at = 0
    for hit in _found(text, options):
        out += [text[at : hit.start], _instead(hit.kind, text[hit.start : hit.end], options, around.key)]
        at = hit.end
        around.masked += 1
        around.lost += hit.end - hit.start
    masked = "".join([*out, text[at:]])
    tag = "【隐去】" if options.language == "zh" else "[HIDDEN]"
    for word in options.words:
        times = masked.count(word) if word else 0
        if times:
            masked = masked.replace(word, tag)
            around.masked += times
            around.lost += times * len(word)
    return masked


def _instead(kind: PersonalKind, said: str, options: Options, key: bytes) -> str:
    how = options.how_of(kind)
    if how == "remove":
        return ""
    if how == "last4":
        return "*" * max(len(said) - _KEPT, _KEPT) + (said[-_KEPT:] if len(said) > 2 * _KEPT else "")
    tag = KIND_TAGS[kind][0 if options.language == "zh" else 1]
    if how == "pseudonym":
        tag += pseudonym(kind, said, key)
    return f"【{tag}】" if options.language == "zh" else f"[{tag}]"


def pseudonym(kind: PersonalKind, said: str, key: bytes) -> str:
    """The same signs for the same person's data within a project, however it was spaced; nothing leads back."""
    plain = _JOINTS.sub("", half_width(said)).casefold().removeprefix("86" if kind is PersonalKind.MOBILE else "\0")
    return hmac.new(key, f"{kind}:{plain}".encode(errors="replace"), hashlib.sha256).hexdigest()[:_PSEUDONYM_SIGNS]


STEP = Step(
    "mask",
    N_("Mask personal data"),
    N_("Telephones, cards, addresses, names … are masked, or the item is dropped; each kind as it is told."),
    WRITTEN,
    Options,
    mask,
    {
        "how": N_("What becomes of it"),
        "kinds": N_("Except"),
        "uncertain": N_("Also what is not certain (names, roads without a city)"),
        "language": N_("Language of the tags"),
        "words": N_("These words, too (one a line)"),
        "meta": N_("Also in the item's name and its other columns"),
    },
    {
        "tag": N_("a tag, such as 【电话】"),
        "last4": N_("stars and the last four signs"),
        "pseudonym": N_("a pseudonym, the same all over the project"),
        "remove": N_("nothing in its place"),
        "drop": N_("drop the item"),
        "keep": N_("leave it"),
        "zh": N_("Chinese"),
        "en": N_("English"),
    },
)

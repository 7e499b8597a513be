"""Texts that were once read in the wrong encoding, repaired: UTF-8 read as Latin-1 (by ftfy) or as GBK."""

import re

from guiju.cleaning.recipes.steps.model import WRITTEN, Nothing, Step, text_step
from guiju.kit import N_

_LEAST_SIGNS = 2
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def repair(text: str, _: Nothing) -> str:
    if text.isascii():
        return text
    import ftfy  # noqa: PLC0415 - only what repairs pays for it

    return "\n".join(_from_gbk(line) for line in str(ftfy.fix_encoding(text)).split("\n"))


def _from_gbk(line: str) -> str:
    """鐢ㄦ埛 is 用户 whose bytes in UTF-8 were taken for GBK. Taken back only where all of it becomes Chinese."""
    if line.isascii():
        return line
    try:
        read = line.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return line
    foreign = [sign for sign in read if not sign.isascii()]
    sound = len(foreign) >= _LEAST_SIGNS and all(map(_HAN.match, foreign))
    return read if sound and len(read) < len(line) else line


STEP = Step(
    "mojibake",
    N_("Repair broken encodings"),
    N_("Texts such as “ä½\u00a0å¥½” or “鐢ㄦ埛” are read again as what they were. What cannot be told stays."),
    WRITTEN,
    Nothing,
    text_step(repair),
)

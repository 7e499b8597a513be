"""Labels named in an expression, exchanged for others; everything else stays as it was written."""

import re
from collections.abc import Mapping

from guiju.rulebooks.expressions.tokens import quote

_TEXT = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_PLACES = re.compile(
    rf"""(?P<listed>(?P<looked>{_NAME})\s+in\s*\[(?P<members>(?:{_TEXT}|[^\]"'])*)\])
      | (?P<left>{_NAME})\s*(?P<sign>==|!=)\s*(?P<right>{_TEXT})
      | (?P<before>{_TEXT})\s*(?P<turned>==|!=)\s*(?P<after>{_NAME})
      | (?P<sought>{_TEXT})\s+in\s+(?P<several>{_NAME})
      | (?:{_TEXT})""",
    re.VERBOSE,
)
_MEMBER = re.compile(_TEXT)
NO_LABELS = frozenset({"text", "speaker"})
"""Variables whose texts are what somebody wrote or who speaks, not labels."""


def with_labels(source: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The expression where each label named is exchanged for what stands for it now.

    >>> with_labels('label == "scratch" && width > 3', {"scratch": ("line",)})
    'label == "line" && width > 3'
    >>> with_labels("label != 'scratch'", {"scratch": ("deep", "fine")})
    '(label != "deep" && label != "fine")'
    """
    return _PLACES.sub(lambda found: _rewritten(found, names), source)


def _rewritten(found: re.Match[str], names: Mapping[str, tuple[str, ...]]) -> str:
    name = found["looked"] or found["left"] or found["after"] or found["several"]
    if name is None or name in NO_LABELS:
        return found[0]
    if found["listed"]:
        return _listed(found, names)
    text = found["right"] or found["before"] or found["sought"]
    new = names.get(_plain(text))
    if new is None:
        return found[0]
    if len(new) == 1:
        return found[0].replace(text, quote(new[0]))
    if found["sought"]:
        return f"({' || '.join(f'{quote(one)} in {name}' for one in new)})"
    if (found["sign"] or found["turned"]) == "==":
        return f"{name} in [{', '.join(map(quote, new))}]"
    return f"({' && '.join(f'{name} != {quote(one)}' for one in new)})"


def _listed(found: re.Match[str], names: Mapping[str, tuple[str, ...]]) -> str:
    members = [_plain(one) for one in _MEMBER.findall(found["members"])]
    if not any(one in names for one in members):
        return found[0]
    new = dict.fromkeys(each for one in members for each in names.get(one, (one,)))
    return f"{found['looked']} in [{', '.join(map(quote, new))}]"


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])

"""Addresses of machines, which law counts among personal data: IPv4 and IPv6."""

import ipaddress
import re
from collections.abc import Iterator

from guiju.cleaning.personal.model import Found, PersonalKind

_FOUR = re.compile(r"(?<![0-9A-Za-z_.])(?:\d{1,3}\.){3}\d{1,3}(?![0-9A-Za-z_]|\.\d)")
_SIX = re.compile(r"(?<![0-9A-Za-z_:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z_:])")
_VERSION = re.compile(r"版本|版|version|ver\.?|release|v$", re.IGNORECASE)
_ZONE = re.compile(r"[0-9A-Fa-f:]{4,}")
_BEFORE = 10


def find_networks(text: str) -> Iterator[Found]:
    if "." in text:
        for match in _FOUR.finditer(text):
            if _is_address(match.group()) and not _VERSION.search(text, max(match.start() - _BEFORE, 0), match.start()):
                yield Found(PersonalKind.IP, match.start(), match.end(), certain=True)
    if ":" in text:
        for zone in _ZONE.finditer(text):
            match = _SIX.match(text, zone.start()) if zone.group().count(":") > 1 else None
            if match is not None and _is_address(match.group()):
                yield Found(PersonalKind.IP, match.start(), match.end(), certain=True)


def _is_address(said: str) -> bool:
    try:
        ipaddress.ip_address(said)
    except ValueError:
        return False
    return True

"""What has no domain word: errors, identifiers, clock, digests, paging, words to be translated.

Everything else in the house may import this room; this room imports nothing of the house.
"""

from guiju.kit.clock import Clock, bounds_of_day, day_of, iso, midnight, now, parse_iso
from guiju.kit.digest import canonical_json, digest, sha256_hex
from guiju.kit.errors import NotFound, Refusal, describe
from guiju.kit.ids import is_request_id, new_id, new_secret
from guiju.kit.marks import Mark, compare_texts
from guiju.kit.paging import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.starting import without_collecting
from guiju.kit.words import N_, Sentence, Words, bilingual

__all__ = [
    "N_",
    "Clock",
    "Mark",
    "NotFound",
    "Page",
    "PageRequest",
    "Refusal",
    "Sentence",
    "Words",
    "bilingual",
    "bounds_of_day",
    "canonical_json",
    "compare_texts",
    "day_of",
    "decode_cursor",
    "describe",
    "digest",
    "encode_cursor",
    "is_request_id",
    "iso",
    "midnight",
    "new_id",
    "new_secret",
    "now",
    "parse_iso",
    "sha256_hex",
    "without_collecting",
]

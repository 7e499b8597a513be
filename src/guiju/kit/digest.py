"""Digests of content, and the one byte form of a structure that they are taken over."""

import hashlib

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def sha256_hex(content: bytes) -> str:
    """SHA-256 of `content`, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def canonical_json(value: object) -> bytes:
    """`value` as JSON with sorted keys and no spaces: equal values give equal bytes."""
    return _encoder.encode(value)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return sha256_hex(canonical_json(value))
